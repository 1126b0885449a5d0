"""The reason that goes with a deed: asked for, and kept on the page until the deed is done."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from workflow.pages import told, words

LONGEST = 1000


def reason_given(request: HttpRequest, complaint: str) -> str:
    """What was typed as the reason; the page shows it again until :func:`told_once_done` has seen the deed done.

    Arguments: the request; what to say when it is empty or too long. Returns: the reason, or nothing.
    """
    reason = words(request.POST, "reason")
    request.session["reason"] = reason[:4000]
    if reason and len(reason) <= LONGEST:
        return reason
    messages.error(request, complaint)
    return ""


@contextmanager
def told_once_done(request: HttpRequest, done: str) -> Iterator[None]:
    """Do the deed and say what came of it; its reason need not be shown again."""
    with told(request, done):
        yield
        del request.session["reason"]
