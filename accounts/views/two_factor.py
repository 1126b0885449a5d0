"""Signing in in two steps: switched on with an app, new recovery codes, switched off."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import brakes
from accounts import two_factor as steps
from workflow.pages import going_on


class OwnPassword(forms.Form):
    """Whoever finds a browser open changes nothing of how its owner signs in."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """Raises: ValidationError."""
        password: str = self.cleaned_data["password"]
        user: Any = self.request.user
        counted = brakes.of_name(self.request, user.get_username())
        brakes.insist_on_waiting(counted)
        if not user.check_password(password):
            brakes.wrong(counted)
            raise ValidationError(_("This is not your password."))
        brakes.right(counted)
        return password


class SwitchOn(OwnPassword):
    """A code shows that the app has the secret."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text=gettext_lazy("Six digits that the app shows now."),
    )


def two_factor(request: HttpRequest) -> HttpResponse:
    """How it stands, and the one thing there is to do."""
    on = steps.is_on(request.user)
    form: OwnPassword
    deed: Callable[[HttpRequest, Any], HttpResponse | None]
    if "off" in request.POST:
        form, deed = OwnPassword(request, request.POST), switched_off
    elif "codes" in request.POST:
        form, deed = OwnPassword(request, request.POST), anew
    elif request.method == "POST" and not on:
        form, deed = SwitchOn(request, request.POST), switched_on
    else:
        return shown(request, on, OwnPassword(request) if on else SwitchOn(request))
    if form.is_valid() and (answer := deed(request, form)):
        return answer
    return shown(request, on, form)


def switched_on(request: HttpRequest, form: Any) -> HttpResponse | None:
    """The app has it: the recovery codes are shown, this once."""
    try:
        codes = steps.switch_on(request, form.cleaned_data["code"].replace(" ", ""))
    except ValidationError as wrong:
        form.add_error("code", wrong)
        return None
    return with_codes(request, codes)


def anew(request: HttpRequest, _form: Any) -> HttpResponse:
    """New recovery codes."""
    return with_codes(request, steps.new_codes(request.user)) if steps.is_on(request.user) else redirect(request.path)


def switched_off(request: HttpRequest, _form: Any) -> HttpResponse:
    """The password alone from now on."""
    steps.switch_off(request.user)
    request.session.pop(steps.PASSED, None)
    messages.success(request, _("You sign in with your password alone from now on."))
    return redirect(request.path)


def with_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The page with the recovery codes, which no other page shows."""
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "going": going_on(request, "/")})


def shown(request: HttpRequest, on: bool, form: OwnPassword) -> HttpResponse:
    """The page."""
    context: dict[str, Any] = {"on": on, "form": form, "demanded": steps.is_demanded(request.user)}
    if on:
        context["left"] = steps.codes_left(request.user)
    else:
        context["secret"], context["picture"] = steps.offered(request)
    return render(request, "accounts/two_factor.html", context)
