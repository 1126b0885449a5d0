"""What a security key signs (WebAuthn), by django-allauth's protocol with fido2: 10 MB, loaded by the first who asks.

Reached by :mod:`accounts.security_keys` only, by name: nobody else imports this file.
"""

import json
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError

from accounts.models import User

WRONG = (
    ValidationError, ValueError, TypeError, LookupError, AttributeError, RecursionError, InvalidSignature,
)  # fmt: skip
"""What the libraries raise at an answer that is none, is another key's, or was asked for by nobody."""


def to_add(user: User) -> str:
    """What the browser is to ask a new key; the challenge waits in the session. Returns: JSON for the browser."""
    return in_json(auth.begin_registration(user, False))


def to_show(user: User) -> str:
    """What the browser is to ask one of the person's keys. Returns: JSON for the browser."""
    return in_json(auth.begin_authentication(user))


def in_json(asked: Any) -> str:
    """The part that browsers take, with everything nested made plain."""
    return json.dumps(asked["publicKey"], default=dict)


def added(user: User, name: str, answer: str) -> bool:
    """Keep the key that answered. Returns: whether the answer is one to what was asked."""
    return judged(lambda: keep(user, name, json.loads(answer)))


def shown(user: User, answer: str) -> bool:
    """Whether one of the person's keys signed what was asked; each challenge is good once."""
    return judged(lambda: auth.complete_authentication(user, json.loads(answer)).record_usage())


def keep(user: User, name: str, credential: Any) -> None:
    """Check what a new key says of itself, and write its row. Raises: what is ``WRONG``."""
    auth.complete_registration(credential)
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": credential}
    )


def judged(deed: Callable[[], Any]) -> bool:
    """Whether the deed found nothing wrong; whatever was asked is not good a second time."""
    try:
        deed()
    except WRONG:
        return False
    finally:
        auth.clear_state()
    return True
