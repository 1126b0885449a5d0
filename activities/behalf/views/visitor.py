"""The pages of whoever comes by a personal link."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import unsent
from activities.behalf import visitor_doors
from activities.models import PersonalLink
from activities.models.link import LinkStanding

GONE = 410
TOO_MANY = 429


@login_not_required
@require_safe
@never_cache
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """The address in the message: bind the session and go on at an address without the secret."""
    if not visitor_doors.bind(request, secret) and visitor_doors.guesses_too_often(request):
        return HttpResponse(status=TOO_MANY)
    response = redirect(typed_page(request) or "activities:link-page")
    response["Referrer-Policy"] = "no-referrer"
    return response


def typed_page(request: HttpRequest) -> str:
    """The page of this link on which something was typed after the session had ended, if there is one."""
    link = visitor_doors.bound(request)
    pages = {row.get_absolute_url() for row in link.assignments.all()} if link and link.is_good else set()
    typed = [entry["trail"][0] for entry in unsent.fresh(request)]
    return next((page for page in reversed(typed) if page in pages), "")


@login_not_required
@require_safe
@never_cache
def link_page(request: HttpRequest) -> HttpResponse:
    """Whose link it is, what is asked and by when; or why it opens nothing."""
    link = visitor_doors.bound(request)
    if link is None:
        return render(request, "activities/behalf/links/unknown.html", status=404)
    if link.standing in (LinkStanding.EXPIRED, LinkStanding.REVOKED):
        return render(request, "activities/behalf/links/closed.html", {"link": link}, status=GONE)
    context = {"link": link, "rows": asked(link), "signed_in": request.user.is_authenticated}
    return render(request, "activities/behalf/links/visit.html", context, status=200 if link.is_good else GONE)


def asked(link: PersonalLink) -> list[object]:
    """What may be filed through it, the next deadline first."""
    return list(link.assignments.for_list().order_by("due_at", "pk"))


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the link on this computer. What was filed stays filed."""
    request.session.pop(visitor_doors.LINK, None)
    return render(request, "activities/behalf/links/left.html")
