"""People: an administrator looks after those of the own unit and of the units it looks after."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import single_sign_on
from accounts.audit_trail import shows_personal_data
from accounts.choosing import link_for, site_of
from accounts.duties import ADMINISTRATORS, auditing, granting, held_alone
from accounts.forms import MembershipForm, PasswordForm, PersonForm, last_administrator
from accounts.models import Deed, Membership, Unit, User
from accounts.people_keepers import editable_by, looked_after, people_of
from accounts.role_changes import changes_in, record
from accounts.two_factor import is_on, switch_off
from accounts.undelivered import address_is_right, comes_back
from accounts.unit_names import called_like
from documents.text import bare
from workflow.models import Cause, Delivery, StoppedAddress
from workflow.pages import refused, told, words
from workflow.queue import ask_later

PAGE = 50


def named(sought: str, *, unit: str, person: str = "") -> Q:
    """What is sought by a part of a person's name or account, or of any name of a unit.

    Arguments: the words; how the rows reach a unit, and a person, in the notation of a lookup.
    """
    found = Q(**{f"{person}name__icontains": sought}) | Q(**{f"{person}username__icontains": sought})
    return found | called_like(sought, unit) if bare(sought) else found


LAST = Delivery.objects.filter(notification__person=OuterRef("pk"), channel="mail").exclude(tries=0).order_by("-pk")
REFUSED = LAST.annotate(
    comes_back=Case(When(given_up_at__isnull=False, cause=Cause.ADDRESS, then="trouble"), default=Value(""))
).values("comes_back")[:1]
STOPPED = StoppedAddress.objects.filter(address=Lower(OuterRef("email"))).values("said")[:1]
MAIL_TROUBLE = Coalesce(Subquery(STOPPED), Subquery(REFUSED))
"""What a mail server said to the address of a person when it was last tried; empty when it took it."""


@require_safe
@shows_personal_data
def people(request: HttpRequest) -> HttpResponse:
    """The list of people, found by name, account or unit."""
    sought = words(request.GET, "q")
    units = looked_after(request.user, granting())
    found = people_of(units)
    if sought:
        found = found.filter(named(sought, unit="memberships__unit__"))
    found = found.annotate(mail_trouble=MAIL_TROUBLE).prefetch_related("memberships__unit")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "accounts/people.html",
        {"page": page, "sought": sought, "editable": set(editable_by(request.user).values_list("pk", flat=True))},
    )


def new_person(request: HttpRequest) -> HttpResponse:
    """A new person with a first role."""
    return edit(request, User(), looked_after(request.user, granting()))


@shows_personal_data
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: data, password, roles."""
    units = looked_after(request.user, granting())
    user = get_object_or_404(editable_by(request.user), pk=pk)
    taken = request.POST.get("remove", "")
    if request.method == "POST" and taken.isdecimal() and len(taken) < 19:
        return taken_away(request, Membership.objects.filter(pk=int(taken), user=user, unit__in=units))
    if request.method == "POST" and "reset" in request.POST:
        return reset(request, user, units)
    if request.method == "POST" and "invite" in request.POST:
        return invited(request, user)
    if request.method == "POST" and "mail" in request.POST:
        return mail_again(request, user)
    if request.method == "POST" and "second_step" in request.POST:
        return one_step(request, user)
    if (
        request.method == "POST"
        and single_sign_on.is_on()
        and ("connect" in request.POST or "disconnect" in request.POST)
    ):
        return connected(request, user)
    return edit(request, user, units)


def connected(request: HttpRequest, user: User) -> HttpResponse:
    """Connect the person with an account at the provider of the office, by its number there; or end that."""
    subject = words(request.POST, "subject")[:255]
    if "disconnect" in request.POST:
        single_sign_on.unlink(user, by=request.user)
        messages.success(request, _("The connection was taken away."))
    elif subject:
        with told(request, _("%(name)s may sign in that way now.") % {"name": user}):
            single_sign_on.link(user, subject, by=request.user)
    return redirect(request.path)


@transaction.atomic
def mail_again(request: HttpRequest, user: User) -> HttpResponse:
    """Mail came back, and the address is right all the same: the mailbox was opened, or a letter was missing there."""
    address_is_right(user)
    ask_later("workflow.deliver")
    messages.success(request, _("Mail goes to %(address)s again.") % {"address": user.email})
    return redirect(request.path)


@transaction.atomic
def taken_away(request: HttpRequest, rows: "QuerySet[Membership]") -> HttpResponse:
    """Take a role away; the last administrator of a unit stays. Taking it away twice changes nothing."""
    held = rows.select_for_update(of=("self",)).select_related("user", "unit", "acting_for").first()
    if held:
        list(Unit.objects.select_for_update().filter(pk=held.unit_id))  # two administrators do not remove each other
        if held_alone(held.user).filter(pk=held.pk).exists():
            refused(request, last_administrator(held))
            return redirect("accounts:person", held.user_id)
        record(Deed.TAKEN, held.user, by=request.user, of=held)
        held.delete()
    messages.success(request, _("The role was taken away."))
    return redirect("accounts:people")


@transaction.atomic
def reset(request: HttpRequest, user: User, units: Any) -> HttpResponse:
    """A new password for a known person; nothing else of the page is saved."""
    password = PasswordForm(request.POST, user=user)
    if not password.is_valid():
        return shown(request, user, units, PersonForm(instance=user), roles_form(request, user, units), password)
    own = user == request.user
    (user.set_password if own else user.give_password)(password.cleaned_data["new_password"])
    user.save(update_fields=["password", "password_chosen_at"])
    record(Deed.PASSWORD, user, by=request.user)
    messages.success(request, _("%(name)s has a new password. Please hand it over in person.") % {"name": user})
    return redirect("accounts:people")


@transaction.atomic
def invited(request: HttpRequest, user: User) -> HttpResponse:
    """A person who is known already is invited to choose a password."""
    record(Deed.INVITED, user, by=request.user)
    return link_shown(request, user)


def link_shown(request: HttpRequest, user: User) -> HttpResponse:
    """A link by which the person chooses a password; shown once, handed over by the administrator."""
    link = link_for(site_of(request), user, "invited")
    return render(request, "accounts/invited.html", {"person": user, "link": link})


@transaction.atomic
def one_step(request: HttpRequest, user: User) -> HttpResponse:
    """The telephone is lost: the password alone is asked for, until the person sets up the second step again."""
    if switch_off(user):
        record(Deed.FACTOR, user, by=request.user)
    messages.success(request, _("%(name)s signs in with the password alone now.") % {"name": user})
    return redirect("accounts:people")


def roles_form(request: HttpRequest, user: User, units: Any, data: Any = None) -> MembershipForm:
    """The form of one more role; of the first one for somebody new."""
    admin: Any = request.user
    own = admin.units_as(*granting())
    return MembershipForm(data, units=units.live(), own=own, user=user, use_required_attribute=False)


@transaction.atomic
def edit(request: HttpRequest, user: User, units: Any) -> HttpResponse:
    """The form of a person, new or known."""
    if request.method == "POST" and user.pk:
        administered = user.memberships.filter(role__in=ADMINISTRATORS)
        list(Unit.objects.select_for_update(of=("self",)).filter(memberships__in=administered))
        User.objects.select_for_update().get(pk=user.pk)  # two roles given at once do not miss each other
    data, new = request.POST or None, user.pk is None
    form, roles = PersonForm(data, instance=user), roles_form(request, user, units, data)
    password = PasswordForm(data if new else None, user=user)
    invites = new and "invite" in request.POST
    asked = (form, roles, *([password] if new and not invites else []))
    valid = [each.is_valid() for each in asked]  # every error shows
    if all(valid):
        saved = form.save(commit=False)
        if invites:
            saved.set_unusable_password()
        elif new:
            saved.give_password(password.cleaned_data["new_password"])
        saved.save()
        if "email" in form.changed_data:
            address_is_right(saved)
        for deed in () if new else form.changes_power():
            record(deed, saved, by=request.user)
        if not invites:  # the page of the link says it
            messages.success(request, _("%(name)s was saved.") % {"name": saved})
        if roles.cleaned_data.get("unit"):
            given(request, saved, roles)
        return link_shown(request, saved) if invites else redirect("accounts:people")
    return shown(request, user, units, form, roles, password)


def given(request: HttpRequest, user: User, roles: MembershipForm) -> None:
    """Give the role that was chosen; one that is held for good already is nothing new to anybody."""
    held = roles.held_already()
    if held:
        messages.info(request, _("%(name)s already has this role: %(role)s.") % {"name": user, "role": held})
    else:
        record(Deed.GIVEN, user, by=request.user, of=roles.save_for(user))


@require_safe
def role_changes(request: HttpRequest) -> HttpResponse:
    """Who gave or took which power when, in the units of whoever gives roles or audits."""
    rows, sought = changes_in(looked_after(request.user, {*granting(), *auditing()})), words(request.GET, "q")
    if sought:
        rows = rows.filter(named(sought, person="person__", unit="unit__"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/role_changes.html", {"page": page, "sought": sought})


def shown(
    request: HttpRequest, user: User, units: Any, form: PersonForm, roles: MembershipForm, password: PasswordForm
) -> HttpResponse:
    """The page of one person."""
    held = list(user.memberships.filter(unit__in=units).select_related("unit")) if user.pk else []
    context = {"form": form, "roles": roles, "password": password, "held": held, "person": user}
    context["comes_back"] = comes_back(user) if user.pk else ""
    context["two_steps"] = bool(user.pk) and is_on(user)
    context["connected"] = single_sign_on.subject_of(user) if user.pk and single_sign_on.is_on() else ""
    return render(request, "accounts/person.html", context)
