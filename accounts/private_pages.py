"""What somebody sees who is signed in is kept by no browser: the next person at a shared computer finds nothing.

Pages and lists are not stored at all. Photos and pages as pictures, which a person meets again and again, are stored
but asked for each time: the answer is short as long as nothing changed, and none without a session.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

ASKED_AGAIN = "private, no-cache"


class PrivatePages:
    """No answer is stored: all but the sign-in page are for one person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the answer, unless its view has said how long it may be kept."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class SignOut(LogoutView):
    """Signing out; the browser is asked to forget what it kept (https://www.w3.org/TR/clear-site-data/)."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As Django's, with the header."""
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response


def asked_again(request: HttpRequest, name: str, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """An answer that a browser keeps and asks for again each time.

    Arguments: the request; a name of the content, another one when it changes; what makes the answer, called when the
    browser does not have it. Returns: the answer, or 304.
    """
    etag = quote_etag(name)
    response = get_conditional_response(request, etag=etag) or make()
    response["ETag"], response["Cache-Control"] = etag, ASKED_AGAIN
    return response
