"""The forms that ask for a password: to sign in, and to change it. Both are braked."""

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import brakes
from accounts.passwords import HELP
from documents.counts import so_many


class TriedTooOften(ValidationError):
    """Nothing was checked; ``seconds``: how long to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds, minutes = seconds, -(-seconds // 60)
        text = so_many(
            "Too many wrong passwords. Please wait %(n)s minute and try again; the password was not checked.",
            "Too many wrong passwords. Please wait %(n)s minutes and try again; the password was not checked.",
            minutes,
        )
        super().__init__(text, code="wait")


def insist_on_waiting(counted: brakes.Counts) -> None:
    """Raises: TriedTooOften."""
    if seconds := brakes.seconds_to_wait(counted):
        raise TriedTooOften(seconds)


class SignInForm(AuthenticationForm):
    """Account and password. Accounts that came with a demonstration stay shut where others can reach the site."""

    wait = 0
    """Seconds to wait, after too many wrong tries."""

    def clean(self) -> dict[str, Any]:
        """Raises: ValidationError when they are wrong; TriedTooOften before anything is hashed."""
        name, request = self.cleaned_data.get("username"), self.request
        if not name or not self.cleaned_data.get("password") or request is None:
            return self.cleaned_data
        counted = brakes.of_name(request, name)
        try:
            insist_on_waiting(counted)
            cleaned = super().clean()
        except TriedTooOften as braked:
            self.wait = braked.seconds
            raise
        except ValidationError:
            brakes.wrong(counted)
            raise
        brakes.right(counted)
        return cleaned

    def confirm_login_allowed(self, user: Any) -> None:
        """Raises: ValidationError when the account is closed, or its password known to everybody."""
        super().confirm_login_allowed(user)
        if settings.PRODUCTION and self.cleaned_data["password"] == settings.DEMONSTRATION_PASSWORD:
            raise ValidationError(
                _("This is the password of the demonstration, which everybody knows. Please ask for another one.")
            )


class OwnPasswordForm(PasswordChangeForm):
    """The old password and a new one, which is another one."""

    def __init__(self, user: Any, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.request = request
        self.fields["new_password1"].help_text = HELP

    def clean_old_password(self) -> str:
        """Raises: ValidationError."""
        counted = brakes.of_name(self.request, self.user.get_username())
        insist_on_waiting(counted)
        try:
            old = super().clean_old_password()
        except ValidationError:
            brakes.wrong(counted)
            raise
        brakes.right(counted)
        return old

    def clean(self) -> dict[str, Any]:
        """Raises: ValidationError."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("old_password") and cleaned.get("new_password1") == cleaned["old_password"]:
            self.add_error("new_password1", _("This is the password you have. Please choose another one."))
        return cleaned
