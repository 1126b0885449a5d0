"""Between the right password and being signed in: who waits for the second step, for ten minutes."""

from time import time
from typing import Any

from django.http import HttpRequest

from accounts import sessions, two_factor
from accounts.models import User

WAITING = "waits-for-second-step"
ELSEWHERE = "signed-in-elsewhere"
"""In the session: no password of ours was asked for, so none has to be changed before anything else."""
SECONDS = 600


def enter(request: HttpRequest, user: Any, *, elsewhere: bool = False) -> bool:
    """After the right password: sign in, or let the person wait for the second step.

    Arguments: the request; the person; whether a provider vouches for the person instead of a password of ours.
    Returns: whether signed in.
    """
    fresh = request.session.is_empty()
    request.session.pop(ELSEWHERE, None)
    if elsewhere:
        request.session[ELSEWHERE] = True
    if not two_factor.is_on(user):
        sessions.begin(request, user)
        return True
    if fresh:
        request.session.set_expiry(SECONDS)
    request.session[WAITING] = {"user": user.pk, "password": user.get_session_auth_hash(), "at": int(time())}
    return False


def waiting(request: HttpRequest) -> User | None:
    """Whose second step is asked for in this browser; None: nobody's, or it took too long."""
    row = request.session.get(WAITING)
    if not row or row["at"] < time() - SECONDS:
        return None
    user = User.objects.filter(pk=row["user"], is_active=True).first()
    return user if user and user.get_session_auth_hash() == row["password"] else None


def passed(request: HttpRequest, user: User) -> None:
    """The code was right."""
    request.session.pop(WAITING, None)
    sessions.begin(request, user)
    request.session[two_factor.PASSED] = True
