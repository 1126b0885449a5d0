"""A password is chosen by link: for a new person who was invited, and for who forgot it."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts import brakes
from accounts.choosing import person_of, site_of
from accounts.models import User
from accounts.network import address_of
from accounts.passwords import HELP
from accounts.second_step import enter
from workflow.queue import ask_later

LINK = "chooses-password"
"""In the session: what the link is for, and its secret."""


class Forgotten(forms.Form):
    """Whose password was forgotten."""

    account = forms.CharField(
        label=_("Account"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )


class Chosen(SetPasswordForm):
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = HELP


@login_not_required
@require_safe
def choose_by_link(request: HttpRequest, kind: str, secret: str) -> HttpResponse:
    """The secret goes into the session, so that no page has it in its address."""
    request.session[LINK] = [kind, secret]
    return redirect("accounts:choose")


@login_not_required
def choose(request: HttpRequest) -> HttpResponse:
    """The page: a password of one's own, and one is signed in."""
    link = request.session.get(LINK)
    user = person_of(*link) if link else None
    if user is None:
        return render(request, "accounts/choose_over.html", status=410)
    form = Chosen(user, request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/choose.html", {"form": form, "account": user.username})
    if not taken(request, form):
        return render(request, "accounts/choose_over.html", status=410)
    return entered(request, user)


@transaction.atomic
def taken(request: HttpRequest, form: Chosen) -> bool:
    """The password is chosen, if nobody used the link meanwhile. Returns: whether it is."""
    User.objects.select_for_update().get(pk=form.user.pk)
    if person_of(*request.session.pop(LINK)) is None:
        return False
    form.save()
    return True


def entered(request: HttpRequest, user: User) -> HttpResponse:
    """On to the first page, or to the second step."""
    response = redirect("reports:home" if enter(request, user) else "accounts:code")
    brakes.remember_browser(request, response, user)
    return response


@login_not_required
def forgot(request: HttpRequest) -> HttpResponse:
    """Ask for a mail. The answer is the same whether there is such an account or not."""
    form = Forgotten(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/forgot.html", {"form": form})
    account = form.cleaned_data["account"]
    counted = brakes.counts(("mail", account.casefold()), ("mails", address_of(request)))
    if not brakes.seconds_to_wait(counted):
        brakes.wrong(counted)
        ask_later("accounts.mail_link", account, site_of(request))
    return render(request, "accounts/forgot.html", {"form": form, "sent": True})
