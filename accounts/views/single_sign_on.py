"""Signing in through a provider of the office, and connecting an account there with one's own here."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import single_sign_on as provider
from accounts.audit_trail import note
from accounts.brakes import remember_browser
from accounts.models import Act, User
from accounts.second_step import SECONDS, enter
from accounts.views.two_factor import OwnPassword
from workflow.pages import going_on, refused, told

GOING = "going-elsewhere"
"""In the session: the page to go on to."""
SUBJECT = "vouched-for"
"""In the session of somebody who is signed in: the number there that may be connected."""


def insist_on_provider() -> None:
    """Raises: Http404 where the office has none."""
    if not provider.is_on():
        raise Http404


@login_not_required
@require_safe
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Off to the provider."""
    insist_on_provider()
    if request.session.is_empty():
        request.session.set_expiry(SECONDS)
    request.session[GOING] = going_on(request, reverse("reports:home"))
    try:
        return provider.gone_there(request)
    except provider.NotVouched as why:
        return not_in(request, why)


def not_in(request: HttpRequest, why: Exception) -> HttpResponse:
    """Back where the button is, with the reason."""
    refused(request, why)
    return redirect("accounts:linked" if request.user.is_authenticated else "accounts:sign-in")


@login_not_required
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Back from the provider: signed in, or, for who is signed in already, asked whether to connect."""
    insist_on_provider()
    try:
        subject = provider.vouched(request)
    except provider.NotVouched as why:
        return not_in(request, why)
    if request.user.is_authenticated:
        request.session[SUBJECT] = subject
        return redirect("accounts:linked")
    person = provider.person_of(subject)
    if person is None:
        note(Act.REFUSED, request.path, request=request)
        return render(request, "accounts/single_sign_on_unknown.html", {"subject": subject}, status=403)
    return entered(request, person)


def entered(request: HttpRequest, person: User) -> HttpResponse:
    """On to the page that was wanted, or to the second step."""
    going = request.session.pop(GOING, "") or reverse("reports:home")
    if not enter(request, person, elsewhere=True):
        return redirect_to_login(going, reverse("accounts:code"))
    response = redirect(going)
    remember_browser(request, response, person)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def linked(request: HttpRequest) -> HttpResponse:
    """Whether the own account is connected; it is connected with the password, so that an open browser does not do."""
    insist_on_provider()
    user: Any = request.user
    if "unlink" in request.POST:
        provider.unlink(user, by=user)
        messages.success(request, _("You sign in with your password alone from now on."))
        return redirect(request.path)
    form = OwnPassword(request, request.POST or None)
    subject = request.session.get(SUBJECT, "")
    if request.method == "POST" and subject and form.is_valid():
        return connected(request, user, subject)
    context = {"form": form, "connected": provider.subject_of(user), "subject": subject}
    return render(request, "accounts/linked.html", context, status=422 if form.errors else 200)


def connected(request: HttpRequest, user: User, subject: str) -> HttpResponse:
    """Connect the account from which the person has just come back."""
    request.session.pop(SUBJECT)
    with told(request, _("Connected. From now on you may sign in that way as well.")):
        provider.link(user, subject, by=user)
    return redirect(request.path)
