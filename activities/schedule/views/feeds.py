"""Feeds for calendar programs: made, listed and revoked by a person; read without a session by its address."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.behalf.visitor_doors import guesses_too_often
from activities.models import CalendarFeed
from activities.models.calendar_feed import READS
from activities.schedule import ics
from activities.schedule.forms.feeds import FeedForm
from activities.schedule.told import newest, told
from workflow.pages import refused, visible

MOST = 20
"""Feeds of one person that are not revoked: a calendar program needs one."""
TOO_MANY = 429
KEPT = "private, max-age=900, must-revalidate"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def feeds(request: HttpRequest) -> HttpResponse:
    """The feeds there are, and how to put one into a calendar program. A new address is shown once, in the answer."""
    user: Any = request.user
    form = FeedForm(request.POST or None, user=user)
    if request.method != "POST" or not form.is_valid():
        return shown(request, form, status=422 if request.method == "POST" else 200)
    if not user.units_as(*READS):
        refused(request, _("You have no role in any unit, so a calendar would be empty."))
        return redirect("activities:feeds")
    if CalendarFeed.objects.live().filter(person=user).count() >= MOST:
        refused(request, _("You have many addresses already. Please revoke those that no program reads any more."))
        return redirect("activities:feeds")
    feed, secret = CalendarFeed.make(user, form.cleaned_data["unit"], translation.get_language() or "")
    address = request.build_absolute_uri(reverse("activities:feed", args=[secret]))
    return shown(request, FeedForm(user=user), address=address, feed=feed)


def shown(request: HttpRequest, form: FeedForm, status: int = 200, **more: Any) -> HttpResponse:
    """The page."""
    rows = CalendarFeed.objects.visible_to(request.user).live().select_related("person", "unit")
    context: dict[str, Any] = {"form": form, "feeds": rows, **more}
    if address := more.get("address"):
        context["by_program"] = "webcal" + address[address.index("://") :]
    return render(request, "activities/schedule/feeds.html", context, status=status)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The address shows nothing from now on."""
    visible(CalendarFeed, request, pk=pk).revoke()
    messages.success(request, _("The address is revoked: calendar programs get nothing from it any more."))
    return redirect("activities:feeds")


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar, as its person may see it at this moment. Raises: Http404 for what shows nothing."""
    found = CalendarFeed.objects.of_secret(secret)
    if found is None:
        if guesses_too_often(request):
            return HttpResponse(status=TOO_MANY)
        raise Http404
    found.note_reading()
    events = told(found)
    events.sort(key=lambda each: (each.item.first, each.mark.key))
    site = f"{request.scheme}://{request.get_host()}"
    with translation.override(found.language):
        return answer(request, events, site, name_of(found))


def name_of(found: CalendarFeed) -> str:
    """What the calendar is called."""
    return _("Quality Month: %(whose)s") % {"whose": found.unit or found.person}


def answer(request: HttpRequest, events: list[ics.Told], site: str, name: str) -> HttpResponse:
    """The file, or that nothing changed: then it is not even written."""
    etag = quote_etag(ics.fingerprint(events, site, name))
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(ics.written(events, site, name), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="quality-month.ics"'
    response["ETag"], response["Cache-Control"] = etag, KEPT
    if changed := newest(events):
        response["Last-Modified"] = http_date(changed.timestamp())
    return response
