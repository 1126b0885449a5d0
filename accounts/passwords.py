"""The password everybody knows: it opens the demonstration, and nothing in production."""

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class NotOfTheDemonstration:
    """A password somebody chooses is never the one that stands in the README."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises: ValidationError."""
        if password == settings.DEMONSTRATION_PASSWORD:
            raise ValidationError(_("Everybody knows this password from the demonstration. Please choose another."))

    def get_help_text(self) -> str:
        """What is asked of a password, in words."""
        return _("Not the password of the demonstration.")


class SignInForm(AuthenticationForm):
    """Account and password. Accounts that came with a demonstration stay shut where others can reach the site."""

    def confirm_login_allowed(self, user: Any) -> None:
        """Raises: ValidationError when the account is closed, or its password known to everybody."""
        super().confirm_login_allowed(user)
        if settings.PRODUCTION and self.cleaned_data["password"] == settings.DEMONSTRATION_PASSWORD:
            raise ValidationError(
                _("This is the password of the demonstration, which everybody knows. Please ask for another one.")
            )
