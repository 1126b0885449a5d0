"""Signing in; and what becomes of a press on a page whose session had ended: back there, nothing lost, nothing done."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import LoginView, PasswordChangeView, redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import resolve, reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import two_factor, unsent
from accounts.brakes import remember_browser
from accounts.second_step import ELSEWHERE, enter, passed, waiting
from accounts.sign_in_forms import CodeForm, OwnPasswordForm, SignInForm
from accounts.unsent_page import with_words
from workflow.pages import going_on, is_refused

ON_THE_WAY_IN = ("accounts:sign-in", "accounts:code", "accounts:password", "accounts:two-factor")
"""Pages one passes before the one that was asked for."""


class SignIn(LoginView):
    """The page to sign in; says what becomes of what was sent when the session had ended."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The form, and whether something waits for it."""
        return {**super().get_context_data(**more), "unsent": bool(unsent.fresh(self.request)), "mails": sends_mail()}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Signed in; the session lasts as long as any other."""
        user, going = form.get_user(), self.get_success_url()
        if not enter(self.request, user):
            return redirect_to_login(going, reverse("accounts:code"))
        response = HttpResponseRedirect(going)
        remember_browser(self.request, response, user)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """The page again; after too many wrong tries it says how long to wait, also to programs."""
        return braked(super().form_invalid(form), form)


def sends_mail() -> bool:
    """Whether this site can send a mail: else nobody is told that one is on its way."""
    return "dummy" not in settings.EMAIL_BACKEND


def braked(response: HttpResponse, form: Any) -> HttpResponse:
    """A page whose form was not even looked at says so to programs as well."""
    if form.wait:
        response.status_code, response.headers["Retry-After"] = 429, str(form.wait)
    return response


@login_not_required
def code(request: HttpRequest) -> HttpResponse:
    """The second step, after the right password."""
    user, page = waiting(request), going_on(request, reverse("reports:home"))
    if user is None:
        return redirect(page) if request.user.is_authenticated else redirect_to_login(page)
    form = CodeForm(user, request.POST or None)
    if not form.is_valid():
        return braked(render(request, "accounts/code.html", {"form": form}), form)
    passed(request, user)
    response = redirect(page)
    remember_browser(request, response, user)
    return response


class OwnPassword(PasswordChangeView):
    """A new password of one's own; it leads on to where the person was going when one had to be chosen."""

    template_name = "accounts/password.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("reports:home")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form wants to know from where somebody guesses."""
        return {**super().get_form_kwargs(), "request": self.request}

    def get_success_url(self) -> str:
        """To a page of ours that was asked for, else to the first one."""
        return going_on(self.request, super().get_success_url())

    def form_valid(self, form: Any) -> HttpResponse:
        """Said, because the page it leads to does not show it."""
        messages.success(self.request, _("Your password was changed."))
        return super().form_valid(form)


class SignInFirst(LoginRequiredMiddleware):
    """Pages are closed by default. What is sent to a closed one is kept, and shown again where it was typed."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> Any:
        """As Django's; and whoever has a password that somebody else knows chooses one before anything else."""
        shut = super().process_view(request, view, args, kwargs)
        if shut or not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return shut
        first = asked_first(request)
        if first is None or is_on_the_way_in(request.path):
            return None
        page = request.get_full_path() if request.method == "GET" else unsent.pressed_on(request)
        return gone_to(request, redirect_to_login(page or "/", reverse(first)))

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        """To the sign-in page, and from there back; the whole page, also where only a part of it was asked for."""
        if request.method == "GET" and "HX-Request" in request.headers:
            return gone_to(request, redirect_to_login(unsent.pressed_on(request) or reverse("reports:home")))
        if request.method != "POST" or is_saved_by_itself(request):
            return super().handle_no_permission(request, view_func)
        unsent.keep(request)
        return gone_to(request, super().handle_no_permission(request, view_func))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
        """Show what was typed on the page it belongs to; a page that cannot be opened sends on, or shows nothing."""
        if request.method == "GET" and isinstance(response, HttpResponseNotAllowed):
            return not_a_page(request, response)
        if request.method == "POST" and is_refused(request) and isinstance(response, HttpResponseRedirect):
            unsent.keep(request, response.url, refused=True)
            return response
        if unsent.UNSENT not in request.session:
            return response
        if request.method == "POST" and request.user.is_authenticated and not getattr(request, "page_was_old", False):
            unsent.forget(request, request.path)
        if request.method != "GET" or "HX-Request" in request.headers:
            return response
        entry = unsent.of(request)
        return response if entry is None else shown(request, response, entry)


def is_saved_by_itself(request: HttpRequest) -> bool:
    """Whether a script saves a draft: nobody pressed anything, and the browser keeps what it could not save."""
    return "application/json" in request.headers.get("Accept", "") or request.POST.get("action") == "autosave"


def gone_to(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A redirect of the whole page, also where a script asked for a part of it."""
    if "HX-Request" not in request.headers or not isinstance(response, HttpResponseRedirect):
        return response
    return HttpResponse(headers={"HX-Redirect": response.url})


def not_a_page(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """An address that only takes what a form sends: to the page of the form, if something was sent and not done."""
    entry = unsent.sent_to(request) or unsent.of(request)
    if entry and urlsplit(entry["trail"][0]).path == request.path:
        unsent.follow(request, entry, entry["trail"][1:])
        entry = unsent.sent_to(request)
    if entry:
        return redirect(entry["trail"][0])
    if is_sign_in(unsent.pressed_on(request)):
        return redirect("reports:home")
    response.content = render(request, "405.html").content
    return response


def shown(request: HttpRequest, response: HttpResponse, entry: dict[str, Any]) -> HttpResponseBase:
    """The page with what was typed, or the way to it."""
    if isinstance(response, HttpResponseRedirect):
        ours = url_has_allowed_host_and_scheme(response.url, None)
        unsent.follow(request, entry, [response.url] if ours and not is_on_the_way_in(response.url) else entry["trail"])
    elif response.status_code in (403, 404, 410):
        unsent.follow(request, entry, [])  # whoever may not open the page reads nothing of it
    elif response.status_code == 200 and not response.streaming and "text/html" in response.get("Content-Type", ""):
        response.content = with_words(request, response.content, entry)
        if entry.get("refused"):
            unsent.follow(request, entry, [])  # said once; what stands on the page later is what the server has
    return response


def is_sign_in(address: str) -> bool:
    """Whether an address is the sign-in page."""
    return urlsplit(address).path == reverse("accounts:sign-in")


def is_on_the_way_in(address: str) -> bool:
    """Whether an address is a page one passes before the one that was asked for."""
    return urlsplit(address).path in {reverse(name) for name in ON_THE_WAY_IN}


def asked_first(request: HttpRequest) -> str | None:
    """What a person has to do before anything else: choose a password, set up the second step."""
    user: Any = request.user
    if user.must_choose_password and not request.session.get(ELSEWHERE):
        return "accounts:password"
    return "accounts:two-factor" if two_factor.is_missing(request) else None


def page_was_old(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form whose token is not good any more: of an old page of ours, or of a page that is not ours.

    What comes from our own pages is kept and shown again where it was typed; nothing of it was done.
    """
    if not is_ours(request):
        return render(request, "403_csrf.html", status=403)
    if resolve(request.path).view_name == "accounts:sign-in":
        return old_sign_in(request)
    if is_saved_by_itself(request):
        return render(request, "403_csrf.html", status=403)
    if not getattr(resolve(request.path).func, "login_required", True):
        messages.warning(request, _("Nothing was done: this page was open too long. Please press once more."))
        return redirect(unsent.pressed_on(request) or "reports:home")
    request.page_was_old = True  # type: ignore[attr-defined]
    unsent.keep(request)
    return gone_to(request, redirect(request.get_full_path()))


def is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent it."""
    said = request.headers.get("Sec-Fetch-Site")
    if said:
        return said == "same-origin"
    origin = request.headers.get("Origin")
    if origin:
        return origin == f"{request.scheme}://{request.get_host()}"
    return bool(unsent.pressed_on(request))


def old_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Who is signed in by another tab goes on; everybody else gets the page again."""
    view = SignIn()
    view.setup(request)
    if request.user.is_authenticated:
        return redirect(view.get_success_url())
    form = SignInForm(request, initial={"username": request.POST.get("username", "")})
    messages.warning(request, _("This page was open too long. Please sign in once more."))
    return render(request, view.template_name, view.get_context_data(form=form), status=403)


@login_not_required
@require_POST
def put_away(request: HttpRequest) -> HttpResponse:
    """What was typed is not wanted any more."""
    unsent.forget(request, request.POST.get("action", ""))
    return redirect(unsent.pressed_on(request) or "reports:home")
