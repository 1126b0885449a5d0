"""Where one is signed in, and the dialog before a session ends."""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render

from accounts import brakes
from accounts.models.session import Session
from accounts.second_step import enter, passed, waiting
from accounts.sessions import BEGAN, longest_left, seconds_left, sessions_of
from accounts.sign_in_forms import CodeForm, SignInForm

SHORT = 300
"""Seconds before the end at which the dialog opens; staying is no offer where no more are left."""


def sessions(request: HttpRequest) -> HttpResponse:
    """The list; one is ended, or all of them."""
    if request.method == "POST":
        return ended(request)
    rows = list(sessions_of(request.user))
    return render(request, "accounts/sessions.html", {"rows": rows, "here": request.session.session_key})


def ended(request: HttpRequest) -> HttpResponse:
    """Sign out elsewhere, or everywhere; whatever is open there asks to sign in with the next press."""
    user: Any = request.user
    own, number = Session.objects.filter(user=user), request.POST.get("end", "")
    if number == "all":
        own.exclude(session_key=request.session.session_key).delete()
        logout(request)
        return redirect("accounts:sign-in")
    gone = [row.pk for row in own.exclude(session_key=request.session.session_key) if row.number == number]
    own.filter(pk__in=gone).delete()
    return redirect("accounts:sessions")


@login_not_required
def session(request: HttpRequest) -> HttpResponse:
    """The dialog: how long the session lasts; one goes on, or signs in again, and the page stays as it is.

    Asked by a script that watches the clock (``static/session.js``); asking is nothing a person did.
    """
    if request.method == "POST":
        return stays(request) if "stay" in request.POST else again(request)
    return asks(request, request.GET.get("account", ""))


def asks(request: HttpRequest, account: str) -> HttpResponse:
    """The dialog with nothing typed in it, for whose page it is."""
    return dialog(request, SignInForm(request, initial={"username": account}))


def stays(request: HttpRequest) -> HttpResponse:
    """The person is there."""
    if not request.user.is_authenticated:
        return asks(request, request.POST.get("account", ""))
    request.session.modified = True
    return JsonResponse({"left": min(settings.SESSION_COOKIE_AGE, longest_left(request))})


def again(request: HttpRequest) -> HttpResponse:
    """Signed in once more in the dialog, in one step or two: the page goes on with a new token."""
    user = waiting(request) if "code" in request.POST else None
    form: Any = CodeForm(user, request.POST) if user else SignInForm(request, data=request.POST)
    if not form.is_valid():
        return dialog(request, form, 429 if form.wait else 422)
    if user:
        passed(request, user)
    else:
        user = form.get_user()
        if not enter(request, user):
            return dialog(request, CodeForm(user), 422)
    response = JsonResponse({"left": seconds_left(request), "token": get_token(request)})
    brakes.remember_browser(request, response, user)
    return response


def dialog(request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
    """The dialog as it stands now."""
    known = BEGAN in request.session and request.user.is_authenticated
    left, longest = (seconds_left(request), longest_left(request)) if known else (0, 0)
    if isinstance(form, SignInForm):
        name, password = form.fields["username"].widget.attrs, form.fields["password"].widget.attrs
        name["readonly"], name["autofocus"], password["autofocus"] = True, False, True
    minutes = max(1, -(-left // 60))
    may_stay = longest > SHORT and isinstance(form, SignInForm) and not form.is_bound
    context = {"form": form, "left": left, "may_stay": may_stay, "minutes": minutes, "over": left <= 0}
    return render(request, "accounts/session.html", context, status=status)
