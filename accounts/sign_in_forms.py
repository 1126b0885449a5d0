"""The forms that ask for a password: to sign in, and to change it. Both are braked."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import brakes, two_factor
from accounts.models import User
from accounts.passwords import HELP
from accounts.security_keys import has_key

LONGEST_ANSWER = 20_000
"""Characters of what a security key answers: some hundred, with a maker's certificates a few thousand."""


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
            brakes.insist_on_waiting(counted)
            cleaned = super().clean()
        except brakes.TriedTooOften as braked:
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


class CodeForm(forms.Form):
    """The second step: a code of the app, a recovery code, or what a security key answered."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
        help_text=gettext_lazy("Six digits of the app on your telephone, or one of your recovery codes."),
    )
    answer = forms.CharField(required=False, max_length=LONGEST_ANSWER, widget=forms.HiddenInput)
    wait = 0
    """Seconds to wait, after too many wrong tries."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.has_key = user, has_key(user)

    def clean(self) -> dict[str, Any]:
        """Raises: ValidationError."""
        code, answer = self.cleaned_data.get("code", "").replace(" ", ""), self.cleaned_data.get("answer", "")
        self.data = dict(self.data.items()) | {"answer": ""}  # an answer is good once: the page asks the key again
        try:
            if answer:
                two_factor.insist_on_key(self.user, answer)
            elif code:
                two_factor.insist_on(self.user, code)
            elif "code" not in self.errors:
                self.add_error("code", _("Please write the code."))
        except brakes.TriedTooOften as braked:
            self.wait = braked.seconds
            self.add_error("code", braked)
        except ValidationError as wrong:
            self.add_error("code", wrong)
        return self.cleaned_data


class OwnPasswordForm(PasswordChangeForm):
    """The old password and a new one, which is another one."""

    def __init__(self, user: Any, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.request = request
        self.fields["new_password1"].help_text = HELP

    def clean_old_password(self) -> str:
        """Raises: ValidationError."""
        counted = brakes.of_name(self.request, self.user.get_username())
        brakes.insist_on_waiting(counted)
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
