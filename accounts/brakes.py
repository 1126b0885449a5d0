"""The brake on guessing: after a few wrong tries one waits, longer each time, and nothing is hashed meanwhile.

Counted is what an attacker has: this name from this address, this name from anywhere, this address with any names. A
browser in which the person has signed in before has a count of its own and meets none of the others: so a colleague
who mistypes stops nobody behind the same address, and a stranger locks nobody out of the browser he uses. (OWASP calls
it device cookies: https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies)

Counts stand in the database, so that every process knows them and an emptied cache forgives nothing. Names that nobody
has are counted like others: waiting tells nothing.
"""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.db.models import Case, F, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from accounts.models import WrongTry
from accounts.network import address_of
from documents.counts import so_many

FREE = {"browser": 5, "pair": 5, "code": 5, "mail": 3, "mails": 20, "name": 20, "address": 100}
"""Wrong tries before the first wait."""
FIRST, LONGEST = timedelta(seconds=30), timedelta(minutes=15)
"""How long one waits; each further wrong try doubles it."""
QUIET = timedelta(hours=1)
"""After so long without a wrong try it begins anew."""
KNOWN_FOR = timedelta(days=180)


class TriedTooOften(ValidationError):
    """Nothing was checked; ``seconds``: how long to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds, minutes = seconds, -(-seconds // 60)
        text = so_many(
            "Too many wrong tries. Please wait %(n)s minute and try again; nothing was checked.",
            "Too many wrong tries. Please wait %(n)s minutes and try again; nothing was checked.",
            minutes,
        )
        super().__init__(text, code="wait")


Counts = dict[str, int]
"""What is counted for a try: digests of it, each with the number of tries that are free."""


def counts(*about: tuple[str, ...]) -> Counts:
    """What is counted. Arguments: each the kind (see ``FREE``) and what it is about."""
    return {
        salted_hmac("accounts.brakes", "\0".join(each), algorithm="sha256").hexdigest(): FREE[each[0]] for each in about
    }


def of_name(request: HttpRequest, name: str) -> Counts:
    """What a password typed for this account counts for."""
    name, address, browser = name.casefold(), address_of(request), known_browser(request, name)
    if browser:
        return counts(("browser", browser, name))
    return counts(("pair", name, address), ("name", name), ("address", address))


def seconds_to_wait(counted: Counts) -> int:
    """How long to wait before anything is checked; 0: go on. One query."""
    now = timezone.now()
    rows = WrongTry.objects.filter(key__in=counted, last_at__gt=now - QUIET)
    ends = [row.last_at + delay(row.wrong - counted[row.key]) for row in rows]
    return max([0, *(-int((now - end).total_seconds() // 1) for end in ends)])


def insist_on_waiting(counted: Counts) -> None:
    """Raises: TriedTooOften."""
    if seconds := seconds_to_wait(counted):
        raise TriedTooOften(seconds)


def delay(beyond: int) -> timedelta:
    """How long the last wrong try makes one wait. Arguments: how many tries beyond those that are free."""
    return min(FIRST * 2 ** min(beyond, 10), LONGEST) if beyond >= 0 else timedelta()


def wrong(counted: Iterable[str]) -> None:
    """Count a wrong try."""
    now = timezone.now()
    more = Case(When(last_at__lte=now - QUIET, then=1), default=F("wrong") + 1)
    for key in sorted(counted):  # in one order, so that two who try at once never wait for each other
        new = {"wrong": 1, "last_at": now}
        WrongTry.objects.update_or_create(key=key, defaults={**new, "wrong": more}, create_defaults=new)


def right(counted: Iterable[str]) -> None:
    """It was right: what this person mistyped here counts no more. The address goes on being counted, and so does
    whoever tries the name elsewhere."""
    WrongTry.objects.filter(key=next(iter(counted))).delete()


def forget_old() -> None:
    """Remove counts that no longer count."""
    WrongTry.objects.filter(last_at__lte=timezone.now() - QUIET).delete()


# --- browsers that are known ---------------------------------------------------------------------------------------


def cookie_of(name: str) -> str:
    """The name of the cookie that knows this person; a shared computer has one for each."""
    return f"{settings.COOKIE_PREFIX}known-{sha256(name.casefold().encode()).hexdigest()[:12]}"


def known_browser(request: HttpRequest, name: str) -> str:
    """The number of a browser in which this person has signed in before, else nothing."""
    try:
        told = signer(name).unsign(request.COOKIES.get(cookie_of(name), ""), max_age=KNOWN_FOR)
    except BadSignature:
        return ""
    return str(told)


def signer(name: str) -> TimestampSigner:
    """Signs for one person only."""
    return TimestampSigner(salt=f"known browser of {name.casefold()}")


def remember_browser(request: HttpRequest, response: HttpResponse, user: Any) -> None:
    """This person signed in here: nobody elsewhere locks this browser out."""
    name = user.get_username()
    number = known_browser(request, name) or get_random_string(16)
    response.set_cookie(
        cookie_of(name),
        signer(name).sign(number),
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
