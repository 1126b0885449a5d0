"""The second step of signing in: a code of an app (TOTP), a security key, or one of ten recovery codes on paper.

Rows and arithmetic are django-allauth's (``allauth.mfa``: 1.2 MB in a web process). Its pages are not used: they bring
fido2 and cryptography into every web process (10 MB) and know nothing of what was typed before the session ended.
Whoever holds a role named in ``TWO_FACTOR_ROLES`` has to set it up before anything else.
"""

from base64 import b64encode
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import brakes, security_keys
from accounts.models import User

PASSED = "second-step"
"""In the session: the second step was passed in it."""
SECRET = "second-step-secret"  # nosec B105 # the name of a place
"""In the session: what is offered to the app, until a code shows that the app has it."""

WAYS: dict[str, Any] = {Authenticator.Type.TOTP: TOTP, Authenticator.Type.RECOVERY_CODES: RecoveryCodes}
"""What knows how to check a code. A row's own ``wrap()`` loads fido2."""
STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What asks for a second step: recovery codes alone are none."""


def is_on(user: Any) -> bool:
    """Whether the person signs in in two steps."""
    return Authenticator.objects.filter(user=user, type__in=STEPS).exists()


def has_app(user: Any) -> bool:
    """Whether the person has an app that shows codes."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def is_missing(request: HttpRequest) -> bool:
    """Whether a role of the person demands the second step and this session has not passed it."""
    user: Any = request.user
    return bool(settings.TWO_FACTOR_ROLES) and PASSED not in request.session and is_demanded(user)


def is_demanded(user: Any) -> bool:
    """Whether a role of the person demands the second step."""
    return bool(user.units_as(*settings.TWO_FACTOR_ROLES)) if settings.TWO_FACTOR_ROLES else False


def insist_on(user: User, code: str) -> None:
    """Check a code: of the app, or a recovery code, which is good once. Raises: ValidationError."""
    said = _("This code is not right, or was used already.")
    check(user, lambda: any(WAYS[each.type](each).validate_code(code) for each in of(user)), said)


def insist_on_key(user: User, answer: str) -> None:
    """Check what a security key answered. Raises: ValidationError."""
    check(user, lambda: security_keys.is_theirs(user, answer), _("This is not a key of yours. Please press once more."))


def of(user: User) -> Any:
    """What the person can show: app and recovery codes."""
    return Authenticator.objects.filter(user=user, type__in=WAYS)


def check(user: User, is_right: Any, said: str) -> None:
    """Ask for a code or a key, braked as a password is. Raises: ValidationError, in these words."""
    counted = brakes.counts(("code", str(user.pk)))
    brakes.insist_on_waiting(counted)
    if not is_right():
        brakes.wrong(counted)
        raise ValidationError(said)
    brakes.right(counted)


def offered(request: HttpRequest) -> tuple[str, str]:
    """What the app is to be given. Returns: the secret in letters, and a picture of it as an address of data."""
    secret = request.session.setdefault(SECRET, generate_totp_secret())
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return secret, f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"


def switch_on(request: HttpRequest, code: str) -> list[str]:
    """From now on the app is asked for. Returns: the recovery codes. Raises: ValidationError."""
    user: Any = request.user
    secret = request.session.get(SECRET, "")
    said = _("This code is not right, or was used already.")
    check(user, lambda: secret and validate_totp_code(secret, code), said)  # outside: a wrong try stays counted
    with transaction.atomic():
        Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
        TOTP.activate(user, secret)
        request.session.pop(SECRET)
        return begun(request)


def add_key(request: HttpRequest, name: str, answer: str) -> list[str]:
    """From now on this key will do as well. Returns: recovery codes, where there were none. Raises: ValidationError."""
    user: Any = request.user
    said = _("The key did not answer what was asked. Please press once more.")
    check(user, lambda: security_keys.is_added(request, name, answer), said)
    return [] if of(user) else begun(request)


def remove_key(user: Any, number: str) -> str:
    """Take a key away; with the last step the recovery codes go too. Returns: its name, none where there is no such."""
    name = security_keys.remove(user, number)
    if name and not is_on(user):
        switch_off(user)
    return name


def begun(request: HttpRequest) -> list[str]:
    """The second step is on, and passed in this session. Returns: the recovery codes."""
    request.session[PASSED] = True
    return new_codes(request.user)


def switch_off(user: Any) -> bool:
    """The password alone is asked for from now on. Returns: whether it was on."""
    return bool(Authenticator.objects.filter(user=user).delete()[0])


@transaction.atomic
def new_codes(user: Any) -> list[str]:
    """Ten recovery codes; those from before are void."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(user).get_unused_codes())


def codes_left(user: Any) -> int:
    """How many recovery codes were not used yet."""
    row = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0
