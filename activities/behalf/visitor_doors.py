"""A visitor by personal link: bound to the session, let through the doors named here and no others.

Pages are closed by default (LoginRequiredMiddleware), also for whoever came by a link. Only for the pages below the
request gets a :class:`~accounts.visitor.Visitor`, and their lists and rules then know nothing but what the link names.
The secret stands in one address only, which answers with a redirect at once: so it is in no page's address, in no
Referer, and in no line of our log (a refused page is logged with its address).
"""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import unsent
from accounts.network import address_of
from activities.models import PersonalLink
from activities.states import PAGES

LINK = "personal-link"
"""Where the session has the number of the link."""
FILES = {"activities:photo", "activities:photo-part", "activities:thumbnail", "activities:attachment"}
COUNTS = {"activities:finish-deliverable", "activities:take-back-entry"}
OPEN = frozenset({*PAGES.values(), *FILES, *COUNTS})
"""The doors a visitor passes; behind each of them only what the link names is visible."""
MISSES = 30
"""Unknown secrets from one address in a minute that are answered with a page."""


class LetVisitorsIn:
    """Middleware, before LoginRequiredMiddleware: at an open door whoever came by a good link is a visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Let pass, or lead to the page that says why the link is not good any more."""
        match = request.resolver_match
        if match is None or match.view_name not in OPEN or LINK not in request.session or request.user.is_authenticated:
            return None
        link = bound(request)
        if link is None or not link.is_good:
            if request.method == "POST":
                unsent.keep(request, reverse("activities:link-page"))
            return redirect("activities:link-page")
        request.user = link.visitor()  # type: ignore[assignment]  # answers what pages ask of a user
        return None


def bound(request: HttpRequest) -> PersonalLink | None:
    """The link this session came by."""
    pk = request.session.get(LINK)
    rows = PersonalLink.objects.select_related("unit", "campaign__host", "made_by")
    return rows.filter(pk=pk).first() if pk else None


def bind(request: HttpRequest, secret: str) -> bool:
    """Bind the session to the link of a secret, or free it. Returns: whether there is such a link."""
    link = PersonalLink.objects.of_secret(secret)
    request.session.pop(LINK, None)
    if link is None:
        return False
    request.session.cycle_key()  # nobody else may know the session that is now worth something
    request.session[LINK] = link.pk
    request.session.set_expiry(None)  # it may have been made for what was typed without one
    return True


def guesses_too_often(request: HttpRequest) -> bool:
    """Count an unknown secret. It only spares work: 256 bits are guessed at no speed, and a good link always opens."""
    key = f"link-miss-{address_of(request)}"
    cache.add(key, 0, 60)
    try:
        return cache.incr(key) > MISSES
    except ValueError:  # it ran out between the two lines
        return False
