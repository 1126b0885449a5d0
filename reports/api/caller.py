"""Who asks: a system, by a token of a unit. Known before anything of the interface itself is loaded."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from accounts.models.memberships import HOST_ROLES, UNIT_ROLES
from activities.behalf.visitor_doors import guesses_too_often
from documents.counts import thousands
from reports.api.refusal import Refused
from reports.models.interface import ApiToken, Scope

MINUTE = 60


class Caller:
    """A token as lists and rules ask: somebody who files for the unit, and with the scope ``office`` its office."""

    def __init__(self, token: Any) -> None:
        self.token, self.person, self.pk = token, token.made_by, token.made_by_id
        self.roles = {*UNIT_ROLES, *(HOST_ROLES if token.given() & {Scope.OFFICE} else ())}

    def units_as(self, *roles: str) -> set[int]:
        """The unit, where it is asked for by one of these roles."""
        return {self.token.unit_id} if self.roles & set(roles) else set()

    def is_in(self, unit: Any, *roles: str) -> bool:
        """Whether it stands for one of the roles in the unit."""
        return (unit if isinstance(unit, int) else unit.pk) in self.units_as(*roles)

    @property
    def sees_office(self) -> bool:
        """Whether it reads what its unit's office reads."""
        return bool(self.units_as(*HOST_ROLES))

    def insist(self, scope: str) -> None:
        """Raises: Refused without the scope."""
        if scope not in self.token.given():
            told = _("This token may not do that: it lacks the right “%(scope)s”. Whoever made it can make another.")
            raise Refused(403, "scope", told % {"scope": Scope(scope).label})


def caller_of(request: HttpRequest) -> Caller:
    """The system that asks. Raises: Refused without a token that opens anything, or when it asks too often."""
    given = request.headers.get("Authorization", "").partition(" ")
    token = ApiToken.of_secret(given[2].strip()) if given[0].casefold() == "bearer" else None
    if token is None or Scope.FEED in token.scopes:
        raise unknown(request)
    slow_down(token)
    token.note_use()
    return Caller(token)


def unknown(request: HttpRequest) -> Refused:
    """That there is no such token; who tries many of them is told to wait."""
    if guesses_too_often(request):
        return Refused(429, "slow_down", _("Too many requests with tokens nobody has. Please wait a minute."), MINUTE)
    return Refused(
        401, "token", _("No token that is valid now: it is missing, mistyped, revoked, expired, or ended with a role.")
    )


def slow_down(token: ApiToken) -> None:
    """Count a request of this minute. Each web process counts for itself where no Redis is shared. Raises: Refused."""
    key = f"api-minute-{token.pk}"
    cache.add(key, 0, MINUTE)
    try:
        number = cache.incr(key)
    except ValueError:  # it ran out between the two lines
        return
    if number > settings.API_A_MINUTE:
        told = _("More than %(n)s requests in a minute. Please wait a minute and ask less often.")
        raise Refused(429, "slow_down", told % {"n": thousands(settings.API_A_MINUTE)}, MINUTE)


def language_of(request: HttpRequest, token: Any = None) -> str:
    """The language the request asks for (Accept-Language), else that of the token, else that of the site."""
    for asked, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]):
        for code, _name in settings.LANGUAGES:
            if asked.split("-")[0] == code.split("-")[0]:
                return code
    return token.language if token and token.language else settings.LANGUAGE_CODE
