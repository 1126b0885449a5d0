"""What a request is answered that failed. While the database is away the answer holds what was typed.

Nobody is known without a database, so the page is made of nothing but the request: what was sent, in a form that sends
it again. Passwords are asked for anew, and files, which no page can give back to a browser, are named.
"""

import sys
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.request import RawPostDataException
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from accounts.unsent_page import is_said

AWAY_SECONDS = "10"
"""When to ask again."""
TOKEN = "csrfmiddlewaretoken"  # nosec B105 # the name of a field


@dataclass(frozen=True)
class Sent:
    """What a form sent: words, names of passwords, and the names of the chosen files by field."""

    words: tuple[tuple[str, str], ...] = ()
    passwords: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()

    @property
    def typed(self) -> list[str]:
        """What somebody typed, to be read and copied."""
        return [value for name, value in self.words if name != TOKEN and is_said(value)]


def failed(request: HttpRequest) -> HttpResponse:
    """The handler of failures (``handler500``): 503 while the database is away, else the page of an error."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError) and "no such" not in str(error):
        return database_away(request)
    return server_error(request)


def database_away(request: HttpRequest) -> HttpResponse:
    """The page that says so, with everything that was sent; to a script that saves a draft, JSON."""
    again = {"Retry-After": AWAY_SECONDS}
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"why": _("The database does not answer just now.")}, status=503, headers=again)
    sent = sent_by(request) if request.method == "POST" else None
    page = render_to_string("503.html", {"sent": sent, "address": request.get_full_path()})
    return HttpResponse(page, status=503, headers=again)


def sent_by(request: HttpRequest) -> Sent:
    """What was posted, as far as it can be read."""
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        files = tuple((name, ", ".join(each.name or "" for each in many)) for name, many in request.FILES.lists())
    except (SuspiciousOperation, RawPostDataException, UnreadablePostError):
        return Sent()
    secret = tuple(dict.fromkeys(name for name, _value in fields if "passw" in name.lower()))
    return Sent(tuple(field for field in fields if field[0] not in secret), secret, files)
