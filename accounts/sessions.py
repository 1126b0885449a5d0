"""How long a person stays signed in, and where. Named in the settings (SESSION_ENGINE), so Django keeps sessions here.

A session ends when nobody did anything for a while (``SESSION_COOKIE_AGE``), and some hours after signing in whatever
was done (``SESSION_LONGEST``). That something was done is written now and then only, not with each request. What a
page fetches by itself to show how far a job has come is nothing anybody did.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts import unsent
from accounts.browsers import browser_of
from accounts.models.session import Session
from accounts.network import address_of
from workflow.compiled import Compiled

BEGAN, SEEN, FROM = "began", "seen", "from"
"""In a session: when somebody signed in, when something was done (seconds), and with which browser from where."""
WRITTEN_EVERY = 300
"""Seconds after which it is written again that something was done."""
OWN_END = "_session_expiry"
"""Where Django has the end of a session that is only kept for what was typed (:mod:`accounts.unsent`)."""


HELD_IN = Compiled(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data")
)


class SessionStore(DatabaseSessions):
    """Sessions in the database, each with its person, its beginning, and when it was last used."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The row."""
        return Session

    def load(self) -> dict[str, Any]:
        """What it holds, as Django reads it; every request does, so the SQL is built once."""
        for (data,) in HELD_IN(key=self.session_key, now=timezone.now()):
            return dict(self.decode(data))
        self._session_key = None
        return {}

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to be written."""
        if data and OWN_END not in data:
            now = int(time())
            data[SEEN], data[BEGAN] = now, data.get(BEGAN, now)
        row: Any = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row


class TimeOuts:
    """Middleware, after AuthenticationMiddleware: what lasted too long is over, before anybody asks who it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session, or note that it is in use."""
        if BEGAN in request.session:
            if seconds_left(request) <= 0:
                end(request)
            elif time() - request.session[SEEN] > WRITTEN_EVERY and is_done_by_somebody(request):
                request.session.modified = True
        return self.get_response(request)


def seconds_left(request: HttpRequest) -> int:
    """How long the session lasts if nothing more is done."""
    return min(settings.SESSION_COOKIE_AGE - int(time() - request.session[SEEN]), longest_left(request))


def longest_left(request: HttpRequest) -> int:
    """How long it lasts whatever is done."""
    return settings.SESSION_LONGEST - int(time() - request.session[BEGAN])


def end(request: HttpRequest) -> None:
    """It is over; what was typed and not yet shown again stays for whoever signs in next and may see it."""
    kept = unsent.fresh(request)
    request.session.flush()
    if kept:
        request.session.set_expiry(unsent.SECONDS)
        request.session[unsent.UNSENT] = kept


def is_done_by_somebody(request: HttpRequest) -> bool:
    """Whether a person does something; a part of a page may be fetched by the page."""
    fetched = request.method == "GET" and "HX-Request" in request.headers
    return not fetched and request.path != reverse("accounts:session")


def begin(request: HttpRequest, user: Any) -> None:
    """Sign a person in here, from now on."""
    request.session.set_expiry(None)  # it may have been made for what was typed without one
    login(request, user, settings.AUTHENTICATION_BACKENDS[-1])
    begun(request)


def begun(request: HttpRequest) -> None:
    """Somebody has just signed in: it lasts from now, and is seen to come from here."""
    request.session[BEGAN] = request.session[SEEN] = int(time())
    request.session[FROM] = [browser_of(request.headers.get("User-Agent", "")), address_of(request)]


# --- the list ------------------------------------------------------------------------------------------------------


def sessions_of(user: Any) -> Iterable[dict[str, Any]]:
    """Where a person is signed in, what was used last first, as the page shows it."""
    rows = Session.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-expire_date")
    for row in rows:
        data = row.get_decoded()
        browser, address = data.get(FROM, ["", ""])
        began, seen = (moment(data.get(name)) for name in (BEGAN, SEEN))
        yield {"row": row, "browser": browser, "address": address, "began": began, "seen": seen}


def moment(seconds: int | None) -> datetime | None:
    """A time as pages show it."""
    return datetime.fromtimestamp(seconds, timezone.get_current_timezone()) if seconds else None
