"""Whether the site lives (``/livez``) and whether all its parts are well (``/readyz``): JSON, whatever is broken.

Both are answered before anything else of a request is done, so neither a session nor a host name, nor the redirect to
HTTPS, stands in the way of a probe. What exactly is wrong is read by an administrator, by whoever brings the
``MONITORING_TOKEN``, and on a site that only its own machine reaches; everybody else learns well or not well.
"""

import hmac
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.module_loading import import_string

from accounts.models import Role
from accounts.network import exact_address_of
from qualitymonth.environment import TOKEN
from qualitymonth.parts import PARTS, trouble_of

LIVE = "/livez"
READY = ("/readyz", "/health/")
"""The second is the old address of the first, and the page an administrator opens."""
METRICS = "/metrics"


class Probes:
    """The outermost layer: nothing a probe asks can fail in any other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a probe; who may be an administrator goes the whole way, and comes back here if that fails."""
        if request.path == LIVE:
            return live(request)
        if request.path == METRICS and may_measure(request):
            return page_of_figures()
        if request.path not in READY:
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not brings_token(request):
            response = self.get_response(request)
            if isinstance(response, JsonResponse):
                return response
        with translation.override(settings.LANGUAGE_CODE):
            return report(whole=brings_token(request) or not settings.PRODUCTION)


@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """The process answers. It asks nothing else: who restarts it when this fails mends nothing but the process."""
    return uncached({"alive": True}, 200)


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """All parts, for whoever came with a session."""
    user = request.user
    return report(whole=not settings.PRODUCTION or (user.is_authenticated and bool(user.units_as(Role.ADMIN))))


def report(*, whole: bool) -> JsonResponse:
    """Ask every part. Arguments: whether the reader may know what exactly is wrong. Returns: 200, or 503."""
    troubles = {part: trouble_of(part) for part in PARTS}
    well = not any(troubles.values())
    found: dict[str, object] = {"ready": well}
    if whole:
        found |= {part: trouble or True for part, trouble in troubles.items()}
    return uncached(found, 200 if well else 503)


def may_measure(request: HttpRequest) -> bool:
    """Whether the figures are for whoever asks (``METRICS_FROM``); to everybody else there is no such page."""
    address = exact_address_of(request)
    return any(
        brings_token(request) if allowed == TOKEN else address is not None and address in allowed
        for allowed in settings.METRICS_FROM
    )


def page_of_figures() -> HttpResponse:
    """The figures; what makes them is loaded only where somebody may read them."""
    page: HttpResponse = import_string("qualitymonth.metrics.page")()
    page["Cache-Control"] = "no-store"
    return page


def uncached(found: dict[str, object], status: int) -> JsonResponse:
    """The answer, which is of this moment only."""
    said = {"ensure_ascii": False}
    answer = JsonResponse(found, status=status, json_dumps_params=said, headers={"Cache-Control": "no-store"})
    answer._has_been_logged = True  # type: ignore[attr-defined]  # Django would log a failure with every probe
    return answer


def brings_token(request: HttpRequest) -> bool:
    """Whether monitoring asks, with its secret (``Authorization: Bearer …``)."""
    given = request.headers.get("Authorization", "").encode()
    wanted = f"Bearer {settings.MONITORING_TOKEN}".encode()
    return bool(settings.MONITORING_TOKEN) and hmac.compare_digest(given, wanted)
