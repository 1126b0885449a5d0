"""A signed link by which a person chooses a password: invited by an administrator, or after a mail he asked for.

It is good once: it names the password and the last sign-in as they were, so choosing one, or signing in meanwhile,
makes it void. Nothing is kept of it. The link stands in one address only, which answers with a redirect at once.
"""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User

LASTS = {"invited": timedelta(days=7), "forgotten": timedelta(hours=1)}
"""How long a link is good, by what it is for."""
SALT = "accounts.choosing"


def link_for(site: str, user: User, kind: str) -> str:
    """The whole address of a new link. Arguments: the address of the site, the person, what it is for."""
    secret = signing.dumps([user.pk, standing(user)], salt=f"{SALT}.{kind}")
    return site + reverse("accounts:choose-by-link", args=[kind, secret])


def site_of(request: HttpRequest) -> str:
    """The address under which the site was asked: https://host."""
    return f"{request.scheme}://{request.get_host()}"


def person_of(kind: str, secret: str) -> User | None:
    """Whose link it is; None: it was used, is too old, or nobody signed it."""
    if kind not in LASTS:
        return None
    try:
        number, stood = signing.loads(secret, salt=f"{SALT}.{kind}", max_age=LASTS[kind])
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=number, is_active=True).first()
    return user if user and constant_time_compare(stood, standing(user)) else None


def standing(user: Any) -> str:
    """What changes when a password is chosen or somebody signs in."""
    return salted_hmac(SALT, f"{user.password}{user.last_login}{user.email}", algorithm="sha256").hexdigest()[:32]
