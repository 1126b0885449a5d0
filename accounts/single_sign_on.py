"""Signing in through an OpenID Connect provider of the office (``OIDC_ISSUER``): whose account here one there is.

Nobody is made, and nobody is found by name or mail: an account there is one of ours only after the person, signed in
here, connected it, or whoever gives roles entered its number. Authlib speaks the protocol (discovery, state, nonce,
PKCE, signature of the token; allauth's client checks neither nonce nor signature). It and what it needs, 17 MB in a
process, are loaded by the first who presses the button.
"""

import logging
from functools import cache
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import Deed, LinkedAccount, User
from accounts.role_changes import record
from workflow.models import MoveRefused

log = logging.getLogger(__name__)

PATIENCE = 5
"""Seconds after which a provider that does not answer is down."""
LEFT_ALONE = 15
"""Seconds during which it is not asked again then, so that strangers who press the button occupy nobody."""
_away: dict[str, float] = {}
"""Until when a provider is left alone, by its name."""


class NotVouched(Exception):
    """The provider did not say, or not so that it can be believed, who somebody is; the words are for a person."""


def is_on() -> bool:
    """Whether the office has such a provider."""
    return bool(settings.OIDC_ISSUER)


def client() -> Any:
    """Who speaks with the provider of the settings."""
    return client_of(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)


@cache
def client_of(issuer: str, client_id: str, secret: str) -> Any:
    """The same for one provider; keeps what it said of itself for the life of the process."""
    registry = import_string("authlib.integrations.django_client.OAuth")()
    return registry.register(
        "oidc",
        client_id=client_id,
        client_secret=secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid", "code_challenge_method": "S256", "default_timeout": PATIENCE},
    )


def gone_there(request: HttpRequest) -> HttpResponse:
    """To the provider. Raises: NotVouched when it does not answer."""
    back = request.build_absolute_uri(reverse("accounts:elsewhere-back"))
    return asked(lambda: known().authorize_redirect(request, back))


def known() -> Any:
    """Who speaks with the provider, if that names itself as the settings do. Raises: ValueError."""
    found = client()
    named = found.load_server_metadata().get("issuer")
    if named != settings.OIDC_ISSUER:
        raise ValueError(f"the provider names itself {named}, the settings {settings.OIDC_ISSUER}")
    return found


def vouched(request: HttpRequest) -> str:
    """For whom the provider vouches, when somebody comes back from it.

    Returns: the number there. Raises: NotVouched.
    """
    claims = {"iss": {"essential": True, "value": settings.OIDC_ISSUER}}
    token = asked(lambda: known().authorize_access_token(request, claims_options=claims))
    subject = (token.get("userinfo") or {}).get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise NotVouched(_("The other system did not say who you are. Please sign in with your password."))
    return subject


def asked(question: Any) -> Any:
    """Ask the provider; the log knows why it failed. Raises: NotVouched."""
    words = _("Signing in through the other system did not work. Please try once more, or use your password.")
    if monotonic() < _away.get(settings.OIDC_ISSUER, 0):
        raise NotVouched(words)
    try:
        return question()
    except Exception as error:  # of requests, of Authlib, of joserfc; or an answer that is no JSON
        code = getattr(error, "error", "")  # what a provider tells beside it may name who tried
        log.warning("OpenID Connect: %s: %s", type(error).__name__, code or error)
        if isinstance(error, OSError):  # as all of requests are: it was not reached
            _away[settings.OIDC_ISSUER] = monotonic() + LEFT_ALONE
        raise NotVouched(words) from error


# --- whose account it is ---------------------------------------------------------------------------------------------


def person_of(subject: str) -> User | None:
    """Which of our people an account there is; None: nobody's, or of somebody who may not sign in."""
    row = LinkedAccount.objects.filter(issuer=settings.OIDC_ISSUER, subject=subject, user__is_active=True)
    found = row.select_related("user").first()
    return found.user if found else None


def subject_of(user: User) -> str:
    """The number a person has there; empty: not connected."""
    row = LinkedAccount.objects.filter(issuer=settings.OIDC_ISSUER, user=user).first()
    return row.subject if row else ""


def link(user: User, subject: str, *, by: Any) -> None:
    """Connect an account there with a person here. Raises: MoveRefused when either is connected already."""
    try:
        with transaction.atomic():
            LinkedAccount.objects.create(user=user, issuer=settings.OIDC_ISSUER, subject=subject)
            record(Deed.LINKED, user, by=by)
    except IntegrityError as error:
        words = _("It is connected already. Take the connection away first, here or at the other person.")
        raise MoveRefused(words) from error


@transaction.atomic
def unlink(user: User, *, by: Any) -> None:
    """The account there opens nothing here any more; twice changes nothing."""
    if LinkedAccount.objects.filter(user=user, issuer=settings.OIDC_ISSUER).delete()[0]:
        record(Deed.UNLINKED, user, by=by)
