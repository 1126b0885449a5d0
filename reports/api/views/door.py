"""The door of the interface: who asks, how often, in which language; only then the interface itself is loaded.

django-ninja with pydantic takes ten megabytes of a web process and a second to load (``docs/api.md``), which an office
without such systems has no use for. So the addresses behind this one are resolved by the first request with a token
that is good, and by no process before.
"""

import logging
from importlib import import_module
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from reports.api.caller import caller_of, language_of
from reports.api.refusal import Refused, answer

log = logging.getLogger(__name__)
ROUTES = "reports.api.routes"


@login_not_required
@csrf_exempt
def api(request: HttpRequest, rest: str) -> HttpResponse:
    """Whatever is asked below ``/api/v1/``: no session, no cookie has a say in it."""
    with translation.override(language_of(request)):
        try:
            caller = caller_of(request)
            with translation.override(language_of(request, caller.token)):
                return entered(request, caller, rest)
        except Refused as refused:
            return refused.answer()


def entered(request: HttpRequest, caller: Any, rest: str) -> HttpResponse:
    """What is behind the door, for a system that is known; whatever goes wrong is said in JSON."""
    request.caller = caller  # type: ignore[attr-defined]
    try:
        match = import_module(ROUTES).resolver.resolve(rest)
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except Refused as refused:
        return refused.answer()
    except (Resolver404, Http404):
        return nothing_there().answer()
    except Error:
        log.exception("the database failed a request of a token")
        return Refused(503, "later", _("The database does not answer now. Please try again in a minute."), 60).answer()
    if response.status_code == 405:
        allowed = response.headers.get("Allow", "")
        response = Refused(405, "method", _("This address takes %(methods)s.") % {"methods": allowed}).answer()
        response["Allow"] = allowed
    response["Cache-Control"] = "no-store"
    return response


def nothing_there() -> Refused:
    """That there is nothing at an address, or nothing this system may see."""
    return Refused(404, "not_found", _("There is nothing here, or nothing this token may see."))


@login_not_required
def described(request: HttpRequest) -> HttpResponse:
    """The description of the interface (OpenAPI), for whoever is signed in or brings a token."""
    with translation.override(language_of(request)):
        try:
            if not request.user.is_authenticated:
                caller_of(request)
        except Refused as refused:
            return refused.answer()
        return answer(import_module(ROUTES).description())
