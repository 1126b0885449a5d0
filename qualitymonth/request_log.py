"""One line of the log for each request: which view, how it ended, how long it took, whose account; and its number.

The address is not written: what was sought, and the secret of a link, stand in it. The view and the numbers of its rows
say the same. Static files have no line.
"""

import logging
import re
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from accounts.visitor import Visitor
from qualitymonth.counting import count, deed
from workflow import request_number

log = logging.getLogger("qualitymonth.requests")
HEADER = "X-Request-ID"
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
"""A number that a proxy has given, if it has one."""


class RequestLog:
    """Middleware behind the one that serves static files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        deed("count_request")  # loaded now, and not under the first visitor

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say so in the log; the number goes with the answer."""
        given, began = request.headers.get(HEADER, ""), perf_counter()
        with request_number.bound(given if GIVEN.fullmatch(given) else request_number.made()):
            response = self.get_response(request)
            response[HEADER] = request_number.current()
            seconds = perf_counter() - began
            write(request, response.status_code, seconds)
        method = request.method if request.method in METHODS else "other"  # anybody may make up one
        count("count_request", view_of(request), method, response.status_code, seconds)
        return response


def view_of(request: HttpRequest) -> str:
    """The name of the view; a dash where there is none."""
    return request.resolver_match.view_name if request.resolver_match else "-"


def write(request: HttpRequest, status: int, seconds: float) -> None:
    """Write the line."""
    match, view = request.resolver_match, view_of(request)
    rows = [value for value in match.kwargs.values() if isinstance(value, int)] if match else []
    told = {"method": request.method, "view": view, "rows": rows or None, "status": status, "ms": round(seconds * 1000)}
    shown = " ".join(map(str, [view, *rows]))
    log.info("%s %s %s %s ms", request.method, shown, status, told["ms"], extra=told | who(request))


def who(request: HttpRequest) -> dict[str, Any]:
    """The number of the account, or of the personal link; nothing is asked of the database for it."""
    user = vars(request).get("user")
    if type(user) is SimpleLazyObject:
        user = getattr(request, "_cached_user", None)
    if isinstance(user, Visitor):
        return {"link": user.link}
    number = getattr(user, "pk", None)
    return {"user": number} if number else {}
