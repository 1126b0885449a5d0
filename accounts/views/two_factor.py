"""Signing in in two steps: switched on with an app or a security key, new recovery codes, switched off."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import brakes
from accounts import two_factor as steps
from accounts.second_step import waiting
from accounts.security_keys import asked, keys_of
from accounts.sign_in_forms import LONGEST_ANSWER
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
        self.auto_id = f"{type(self).__name__.lower()}_%s"  # a page has several of them
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


class AddKey(OwnPassword):
    """A security key answered what the browser asked it."""

    name = forms.CharField(
        label=gettext_lazy("Name of the key"),
        max_length=50,
        help_text=gettext_lazy("So that you know it again: blue key, office computer."),
    )
    answer = forms.CharField(required=False, max_length=LONGEST_ANSWER, widget=forms.HiddenInput)
    field_order = ("name", "password", "answer")

    def clean(self) -> dict[str, Any]:
        """An answer is good once: a page shown again asks the key again."""
        self.data = dict(self.data.items()) | {"answer": ""}
        return self.cleaned_data


def two_factor(request: HttpRequest) -> HttpResponse:
    """How it stands, and what there is to do."""
    for name, (kind, deed) in DEEDS.items():
        if name in request.POST:
            form = kind(request, request.POST)
            answer = deed(request, form) if form.is_valid() else None
            return answer or shown(request, {name: form})
    return shown(request, {})


@login_not_required
@require_POST
def key_asked(request: HttpRequest) -> HttpResponse:
    """What the browser is to ask: a new key of who is signed in, one of the keys of who waits for the second step."""
    is_new = "new" in request.POST
    user: Any = request.user if is_new else waiting(request)
    if user is None or not user.is_authenticated:
        raise PermissionDenied
    return HttpResponse(asked(user, is_new=is_new), content_type="application/json")


def with_key(request: HttpRequest, form: Any) -> HttpResponse | None:
    """The key will do from now on; where it is the first step, the recovery codes are shown, this once."""
    try:
        codes = steps.add_key(request, form.cleaned_data["name"], form.cleaned_data["answer"])
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return None
    messages.success(request, _("The key %(name)s will do at signing in.") % {"name": form.cleaned_data["name"]})
    return with_codes(request, codes) if codes else redirect(request.path)


def without_key(request: HttpRequest, _form: Any) -> HttpResponse:
    """A key is taken away."""
    if name := steps.remove_key(request.user, request.POST["remove"]):
        messages.success(request, _("The key %(name)s opens nothing any more.") % {"name": name})
    return redirect(request.path)


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


def shown(request: HttpRequest, typed: dict[str, Any]) -> HttpResponse:
    """The page; ``typed``: the form that was not right, by the button it was sent with."""
    user, on, has_app = request.user, steps.is_on(request.user), steps.has_app(request.user)
    context: dict[str, Any] = {
        "on": on,
        "has_app": has_app,
        "demanded": steps.is_demanded(user),
        "keys": [(row.pk, row.data["name"], row.created_at, row.last_used_at) for row in keys_of(user)],
        "add": typed.get("key") or AddKey(request),
    }
    if on:
        context |= {"left": steps.codes_left(user), "own": own(request, typed)}
    if not has_app:
        context["app"] = typed.get("app") or SwitchOn(request)
        context["secret"], context["picture"] = steps.offered(request)
    return render(request, "accounts/two_factor.html", context)


def own(request: HttpRequest, typed: dict[str, Any]) -> OwnPassword:
    """The form of what only takes the password, as it was sent, or empty."""
    return next((typed[name] for name in ("off", "codes", "remove") if name in typed), OwnPassword(request))


Deed = Callable[[HttpRequest, Any], HttpResponse | None]
DEEDS: dict[str, tuple[type[OwnPassword], Deed]] = {
    "off": (OwnPassword, switched_off),
    "codes": (OwnPassword, anew),
    "remove": (OwnPassword, without_key),
    "key": (AddKey, with_key),
    "app": (SwitchOn, switched_on),
}
"""By the button that is pressed: what it takes, and what it does."""
