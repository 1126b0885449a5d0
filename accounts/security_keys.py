"""Security keys and passkeys (WebAuthn) as the second step: which a person has, and what they are asked.

Browsers offer them over https and under a name only (or on the machine itself), never under a number such as 10.1.2.3.
A key belongs to the name of the site: where an office moves to another, everybody adds theirs anew, with the app or a
recovery code.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.module_loading import import_string

from accounts.models import User

PROTOCOL = "accounts.webauthn"


def protocol(name: str) -> Any:
    """A function of the file that loads fido2."""
    return import_string(f"{PROTOCOL}.{name}")


def keys_of(user: Any) -> Any:
    """The rows of a person's keys, the oldest first."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("pk")


def has_key(user: Any) -> bool:
    """Whether the person can show a key."""
    return bool(keys_of(user).exists())


def asked(user: Any, *, is_new: bool) -> str:
    """What the browser is to ask, in JSON: a key that is new to us, or one of the person's."""
    return str(protocol("to_add" if is_new else "to_show")(user))


def is_added(request: HttpRequest, name: str, answer: str) -> bool:
    """Keep the key that answered, under a name. Returns: whether it answered what was asked."""
    return bool(protocol("added")(request.user, name, answer))


def is_theirs(user: User, answer: str) -> bool:
    """Whether one of the person's keys answered what was asked."""
    return bool(protocol("shown")(user, answer))


def remove(user: Any, number: str) -> str:
    """Take a key away. Returns: its name; none where there is no such key."""
    row = keys_of(user).filter(pk=number).first() if number.isdecimal() else None
    if row is None:
        return ""
    row.delete()
    return str(row.data["name"])
