"""Groups of units: whom an office addresses together. Putting in and taking out never undoes what somebody else did."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Unit, UnitGroup, UnitKind
from accounts.unit_forms import GroupForm
from accounts.unit_keepers import groups_for, offices_of, put_into, take_out, units_for
from accounts.unit_names import Found, Names, called_like
from documents.counts import so_many
from workflow import together
from workflow.pages import numbers, words

PAGE, OFFERED = 50, 50


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The groups of the office, and how many units are in each."""
    rows = groups_for(offices_of(request.user))
    rows = rows.annotate(count=Count("units", filter=Q(units__merged_into=None)))
    return render(request, "accounts/groups.html", {"groups": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: HttpRequest) -> HttpResponse:
    """A new group, perhaps with the units of a pasted list."""
    owner = Unit.objects.get(pk=min(offices_of(request.user)))
    form, found = GroupForm(request.POST or None, owner=owner), None
    if request.method == "POST":
        found = Names().found(words(request.POST, "names"))
        if form.is_valid() and (not found.unknown or "rest" in request.POST) and (made := form.saved()):
            said_in(request, put_into(made, found.units), len(found.units))
            return redirect("accounts:group", made.pk)
    context = {"form": form, "found": found, "names": words(request.POST, "names")}
    return render(request, "accounts/group_new.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: its name, the units in it, those that can be put into it."""
    offices = offices_of(request.user)
    row = get_object_or_404(groups_for(offices), pk=pk)
    if request.method != "POST":
        return group_page(request, row, offices)
    deed = request.POST.get("deed", "")
    if deed == "name":
        return named(request, row, offices)
    if deed == "paste":
        return pasted(request, row, offices)
    if deed == "in":
        chosen = Unit.objects.live().filter(pk__in=numbers(request.POST, "add"))
        said_in(request, put_into(row, chosen), len(chosen))
    elif deed == "out":
        count = take_out(row, Unit.objects.filter(pk__in=numbers(request.POST, "remove")))
        said = so_many("%(n)s unit is no longer in the group.", "%(n)s units are no longer in the group.", count)
        messages.success(request, said)
    return redirect(request.get_full_path())


def group_page(
    request: HttpRequest, row: UnitGroup, offices: set[int], *, form: Any = None, found: Found | None = None
) -> HttpResponse:
    """The page of a group. Arguments: as asked; the form of its name, the pasted list, where there is more to say."""
    find, seek = words(request.GET, "find"), {"q": words(request.GET, "seek"), "kind": words(request.GET, "kind")}
    inside = Unit.objects.filter(in_groups=row)
    others = offered(offices, seek).exclude(pk__in=inside.values("pk"))
    form = form or GroupForm(instance=UnitGroup.objects.get(pk=row.pk), owner=row.owner)
    context = {
        "group": row,
        "form": form,
        "base": request.POST.get("base") or together.base(form),
        "count": inside.live().count(),
        "page": Paginator(sifted(inside, {"q": find}), PAGE).get_page(request.GET.get("page")),
        "find": find,
        "seek": seek,
        "kinds": UnitKind.choices,
        "others": others[:OFFERED],
        "more": max(0, others.count() - OFFERED),
        "found": found,
        "names": words(request.POST, "names"),
    }
    wrong = form.errors or (found and found.unknown)
    return render(request, "accounts/group.html", context, status=422 if wrong else 200)


def offered(offices: set[int], seek: dict[str, str]) -> Any:
    """Units to be put into a group: those the office works with; whoever looks for a name finds all there are."""
    rows = Unit.objects.all() if seek["q"] else Unit.objects.filter(pk__in=units_for(offices).values("pk"))
    return sifted(rows.live().select_related("kept_by"), seek)


def sifted(rows: Any, chosen: dict[str, str]) -> Any:
    """The units that fit what was chosen."""
    if chosen["q"]:
        rows = rows.filter(called_like(chosen["q"]))
    return rows.filter(kind=chosen["kind"]) if chosen.get("kind") else rows


def named(request: HttpRequest, row: UnitGroup, offices: set[int]) -> HttpResponse:
    """Another name, another description; what somebody else wrote meanwhile is not overwritten."""
    with transaction.atomic():
        locked = UnitGroup.objects.select_for_update().get(pk=row.pk)

        def make(data: QueryDict | None) -> GroupForm:
            return GroupForm(data, instance=locked, owner=row.owner)

        form, found = together.meet(request, make)
        if any(each.is_clash for each in found):
            return clash(request, row, form, found, make(None))
        if not form.is_valid() or not form.saved():
            return group_page(request, row, offices, form=form)
    messages.success(request, together.said(_("%(name)s was saved.") % {"name": locked}, found))
    return redirect(request.get_full_path())


def clash(request: HttpRequest, row: UnitGroup, form: GroupForm, found: Any, now: GroupForm) -> HttpResponse:
    """Somebody else changed the same meanwhile: both wordings, to choose from."""
    context = {
        "group": row,
        **together.clash_of(form, now, found),
        "deed": "name",
        "why": _("Somebody saved this group meanwhile."),
        "back": request.path,
    }
    return render(request, "accounts/group_clash.html", context, status=409)


def pasted(request: HttpRequest, row: UnitGroup, offices: set[int]) -> HttpResponse:
    """A pasted list of names: all of them, or none until what is not found is put right or left out."""
    found = Names().found(words(request.POST, "names"))
    if found.unknown and "rest" not in request.POST:
        return group_page(request, row, offices, found=found)
    said_in(request, put_into(row, found.units), len(found.units))
    return group_page(request, row, offices, found=found) if found.unknown else redirect(request.get_full_path())


def said_in(request: HttpRequest, fresh: int, asked: int) -> None:
    """How many units came into the group, and how many were there before."""
    if not asked:
        return
    said = so_many("%(n)s unit is put into the group.", "%(n)s units are put into the group.", fresh)
    there = asked - fresh
    if there:
        known = so_many("%(n)s was in it already.", "%(n)s were in it already.", there)
        said = f"{said} {known}"
    messages.success(request, said)
