"""People: an administrator looks after those of the own unit and of the units it looks after."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms import MembershipForm, PasswordForm, PersonForm
from accounts.models import Membership, Role, Unit, User
from accounts.models.memberships import UNIT_ROLES
from workflow.pages import words

PAGE = 50


def looked_after(user: Any) -> Any:
    """The administrator's units, and those they look after. Raises: PermissionDenied for everybody else."""
    own = user.units_as(Role.ADMIN)
    if not own:
        raise PermissionDenied
    return Unit.objects.looked_after_by(own)


def people_of(units: "QuerySet[Unit]") -> "QuerySet[User]":
    """People who hold a role in one of the units."""
    return User.objects.filter(memberships__unit__in=units).distinct().order_by("pk")


def entrusted(user: Any) -> "QuerySet[Membership]":
    """Roles the administrator answers for: all in the own units; in those they look after only who files for them.

    Such a unit may be an office with a campaign of its own, whose signers are not ours to name.
    """
    own = user.units_as(Role.ADMIN)
    return Membership.objects.filter(Q(unit__in=own) | Q(unit__kept_by__in=own, role__in=UNIT_ROLES))


def editable_by(user: Any) -> "QuerySet[User]":
    """People all of whose roles are entrusted: whoever sets a password must look after all they can do."""
    others = Membership.objects.exclude(pk__in=entrusted(user).values("pk"))
    return people_of(looked_after(user)).exclude(memberships__in=others)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The list of people, found by name, account or unit."""
    sought = words(request.GET, "q")
    units = looked_after(request.user)
    found = people_of(units)
    if sought:
        found = found.filter(
            Q(name__icontains=sought) | Q(username__icontains=sought) | Q(memberships__unit__name__icontains=sought)
        )
    page = Paginator(found.prefetch_related("memberships__unit"), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "accounts/people.html",
        {"page": page, "sought": sought, "editable": set(editable_by(request.user).values_list("pk", flat=True))},
    )


def new_person(request: HttpRequest) -> HttpResponse:
    """A new person with a first role."""
    return edit(request, User(), looked_after(request.user))


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: data, password, roles."""
    units = looked_after(request.user)
    user = get_object_or_404(editable_by(request.user), pk=pk)
    taken = request.POST.get("remove", "")
    if request.method == "POST" and taken.isdecimal() and len(taken) < 19:
        Membership.objects.filter(pk=int(taken), user=user, unit__in=units).delete()
        messages.success(request, _("The role was taken away."))
        return redirect("accounts:people")
    if request.method == "POST" and "reset" in request.POST:
        return reset(request, user, units)
    return edit(request, user, units)


def reset(request: HttpRequest, user: User, units: Any) -> HttpResponse:
    """A new password for a known person; nothing else of the page is saved."""
    password = PasswordForm(request.POST)
    if not password.is_valid():
        return shown(request, user, units, PersonForm(instance=user), roles_form(request, user, units), password)
    user.set_password(password.cleaned_data["new_password"])
    user.save(update_fields=["password"])
    messages.success(request, _("%(name)s has a new password. Please hand it over in person.") % {"name": user})
    return redirect("accounts:people")


def roles_form(request: HttpRequest, user: User, units: Any, data: Any = None) -> MembershipForm:
    """The form of one more role; of the first one for somebody new."""
    admin: Any = request.user
    known = user.pk is not None
    return MembershipForm(
        data, units=units.live(), own=admin.units_as(Role.ADMIN), optional=known, use_required_attribute=False
    )


def edit(request: HttpRequest, user: User, units: Any) -> HttpResponse:
    """The form of a person, new or known."""
    data, new = request.POST or None, user.pk is None
    form, roles = PersonForm(data, instance=user), roles_form(request, user, units, data)
    password = PasswordForm(data if new else None)
    valid = [each.is_valid() for each in (form, roles, *([password] if new else []))]  # every error shows
    if all(valid):
        with transaction.atomic():
            saved = form.save(commit=False)
            if new:
                saved.set_password(password.cleaned_data["new_password"])
            saved.save()
            if roles.cleaned_data.get("unit"):
                roles.save_for(saved)
        messages.success(request, _("%(name)s was saved.") % {"name": saved})
        return redirect("accounts:people")
    return shown(request, user, units, form, roles, password)


def shown(
    request: HttpRequest, user: User, units: Any, form: PersonForm, roles: MembershipForm, password: PasswordForm
) -> HttpResponse:
    """The page of one person."""
    held = list(user.memberships.filter(unit__in=units).select_related("unit")) if user.pk else []
    context = {"form": form, "roles": roles, "password": password, "held": held, "person": user}
    return render(request, "accounts/person.html", context)
