"""Interfaces for other systems: tokens, tables for Excel, addresses told of events; made and ended by head or
administrator. What opens something is shown once, in the answer, and noted in the audit trail."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit_trail import note
from accounts.models import Act, Unit
from reports.api.forms import FeedForm, HookForm, TokenForm
from reports.models import ApiHook, ApiToken, Scope
from reports.models.interface import makers
from workflow import clock
from workflow.models import Transition
from workflow.pages import visible, words

FORMS: dict[str, type[Any]] = {"token": TokenForm, "feed": FeedForm, "hook": HookForm}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def access(request: HttpRequest) -> HttpResponse:
    """What there is, and a form for each sort of thing; the secret of a new one stands in this answer alone."""
    user: Any = request.user
    if not Unit.objects.filter(makers(user)).exists():
        raise PermissionDenied
    wanted = words(request.POST, "make")
    forms = {
        name: form(request.POST if name == wanted else None, user=user, prefix=name) for name, form in FORMS.items()
    }
    if request.method != "POST":
        return shown(request, forms)
    if wanted not in forms or not forms[wanted].is_valid():
        return shown(request, forms, status=422)
    made = MAKE[wanted](request, forms[wanted].cleaned_data)
    fresh = {name: form(user=user, prefix=name) for name, form in FORMS.items()}
    return shown(request, fresh, made={"sort": wanted, "secret": made})


def shown(request: HttpRequest, forms: dict[str, Any], status: int = 200, **more: Any) -> HttpResponse:
    """The page."""
    tokens = ApiToken.objects.visible_to(request.user).live().select_related("unit", "made_by")
    hooks = ApiHook.objects.visible_to(request.user).live().select_related("unit", "made_by")
    site = f"{request.scheme}://{request.get_host()}"
    context = {"tokens": tokens, "hooks": hooks, "forms": forms, "site": site, **more}
    return render(request, "reports/api/access.html", context, status=status)


def make_token(request: HttpRequest, given: dict[str, Any]) -> str:
    """A token. Returns: its secret."""
    token, secret = ApiToken.make(**about(request, given), scopes=given["scopes"], expires_at=end_of(given["until"]))
    noted(request, token, "made", ",".join(token.scopes))
    return secret


def make_feed(request: HttpRequest, given: dict[str, Any]) -> str:
    """A table for Excel. Returns: its secret address."""
    scopes = [Scope.FEED, *([Scope.OFFICE] if given["office"] else [])]
    campaign = given["campaign"].pk if given["campaign"] else None
    beside = {"scopes": scopes, "campaign": campaign, "expires_at": end_of(given["until"])}
    token, secret = ApiToken.make(**about(request, given), **beside)
    noted(request, token, "made", ",".join(token.scopes))
    return request.build_absolute_uri(reverse("reports:table", args=[secret]))


def make_hook(request: HttpRequest, given: dict[str, Any]) -> str:
    """An address told of events. Returns: the key it is signed with."""
    newest = Transition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    user: Any = request.user
    hook = ApiHook.objects.create(
        unit=given["unit"], name=given["name"], made_by=user, url=given["url"], events=given["events"],
        office=given["office"], nonce=get_random_string(40), since=newest,
    )  # fmt: skip
    noted(request, hook, "made", f"{','.join(hook.events)} {hook.url}")
    return hook.secret


MAKE: dict[str, Callable[[HttpRequest, dict[str, Any]], str]] = {
    "token": make_token, "feed": make_feed, "hook": make_hook,
}  # fmt: skip


def about(request: HttpRequest, given: dict[str, Any]) -> dict[str, Any]:
    """What is alike in every token."""
    language = translation.get_language() or ""
    return {"unit": given["unit"], "name": given["name"], "made_by": request.user, "language": language}


def end_of(day: date) -> Any:
    """The end of a day, at the clock that tokens are held against."""
    return timezone.now() + (clock.end_of(day) - clock.now())


def noted(request: HttpRequest, row: Any, deed: str, detail: str) -> None:
    """That somebody opened or ended an interface: who, for which unit, what it opens; never what opens it."""
    kind = "token" if isinstance(row, ApiToken) else "hook"
    note(Act.POWER, f"interface {kind} {row.pk} of unit {row.unit_id}", request=request, detail=f"{deed}: {detail}")


@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """The token opens nothing from now on."""
    return ended(request, visible(ApiToken, request, pk=pk))


@require_POST
def revoke_hook(request: HttpRequest, pk: int) -> HttpResponse:
    """The address is told of nothing from now on."""
    return ended(request, visible(ApiHook, request, pk=pk))


def ended(request: HttpRequest, row: Any) -> HttpResponse:
    """End it, once."""
    if row.revoke():
        noted(request, row, "revoked", row.name)
    messages.success(request, _("“%(name)s” is revoked: it opens nothing any more.") % {"name": row.name})
    return redirect("reports:access")


@require_safe
def interface(request: HttpRequest) -> HttpResponse:
    """How other systems are connected, with examples that run."""
    makes = Unit.objects.filter(makers(request.user)).exists()
    site = f"{request.scheme}://{request.get_host()}"
    return render(request, "reports/api/interface.html", {"site": site, "makes": makes})
