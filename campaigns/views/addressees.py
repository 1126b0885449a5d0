"""To whom a notice goes, who gets a copy, which bodies issue it together."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.unit_names import Names, Unknown, units_like
from campaigns import addressing
from campaigns.addressing import Relation
from campaigns.forms.notice import Line
from campaigns.models import JointBody, Notice
from campaigns.views.annexes import STEPS, own_notice
from documents.counts import so_many
from workflow.models import MoveRefused
from workflow.pages import number, numbers, refused, told, words

PAGE, OFFERED, SHOWN_NAMES = 50, 20, 200


def addressees(request: HttpRequest, pk: int) -> HttpResponse:
    """The units the notice goes to."""
    return units_page(request, own_notice(request, pk), "addressees")


def copy_to(request: HttpRequest, pk: int) -> HttpResponse:
    """The units that get a copy; printed in the imprint."""
    return units_page(request, own_notice(request, pk), "copy_to")


def units_page(request: HttpRequest, notice: Notice, relation: Relation) -> HttpResponse:
    """One of the two lists: groups, a search for units to add, and the list by pages. A POST changes it."""
    unknown = changed(request, notice, relation) if request.method == "POST" else []
    if request.method == "POST" and not unknown:
        return redirect(request.get_full_path())
    find, seek = words(request.GET, "find"), words(request.GET, "seek")
    listed = getattr(notice, relation)
    found = listed.filter(pk__in=units_like(find).values("pk")) if find else listed.all()
    others = units_like(seek).exclude(pk__in=listed.values("pk")) if seek else Unit.objects.none()
    context = {
        "notice": notice,
        "campaign": notice.campaign,
        "here": relation,
        "groups": addressing.groups_of(notice, relation),
        "count": listed.count(),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "find": find,
        "seek": seek,
        "others": others[:OFFERED],
        "more": max(0, others.count() - OFFERED) if seek else 0,
        "unknown": unknown,
        "wrong": unknown[:SHOWN_NAMES],
        "left": "\n".join(each.name for each in unknown),
    }
    return render(request, "campaigns/editor_units.html", context, status=422 if unknown else 200)


def changed(request: HttpRequest, notice: Notice, relation: Relation) -> list[Unknown]:
    """Do what was pressed: a group or units in or out, or a pasted list of names; say what came of it.

    Returns: the names of a pasted list that belong to no unit, to be mended.
    """
    data = request.POST
    live = Unit.objects.live()
    try:
        if group := number(data.get("add_group")):
            said_added(request, addressing.add(notice, relation, pks(live.filter(in_groups=own_group(notice, group)))))
        elif group := number(data.get("remove_group")):
            units = Unit.objects.filter(in_groups=own_group(notice, group))
            said_removed(request, addressing.remove(notice, relation, units))
        elif "add" in data:
            said_added(request, addressing.add(notice, relation, pks(live.filter(pk__in=numbers(data, "add")))))
        elif "remove" in data:
            units = Unit.objects.filter(pk__in=numbers(data, "remove"))
            said_removed(request, addressing.remove(notice, relation, units))
        elif names := words(data, "names"):
            return pasted(request, notice, relation, names)
    except MoveRefused as refusal:
        refused(request, refusal)
    return []


def pasted(request: HttpRequest, notice: Notice, relation: Relation, names: str) -> list[Unknown]:
    """Add the units of a pasted list. Returns: the names that belong to none, or to several, with the reason."""
    found = Names().found(names)
    if found.units:
        said_added(request, addressing.add(notice, relation, [unit.pk for unit in found.units]))
    return found.unknown


def said_added(request: HttpRequest, count: int) -> None:
    if count:
        messages.success(request, so_many("%(n)s unit is added.", "%(n)s units are added.", count))
    else:
        messages.info(request, _("Nobody is added: they are in the list already."))


def said_removed(request: HttpRequest, count: int) -> None:
    messages.success(request, so_many("%(n)s unit is removed.", "%(n)s units are removed.", count))


def own_group(notice: Notice, pk: int) -> Any:
    """A group of the office. Raises: Http404."""
    return get_object_or_404(notice.campaign.host.groups, pk=pk)


def bodies(request: HttpRequest, pk: int) -> HttpResponse:
    """The bodies that issue the notice together with the host, in their order."""
    notice = own_notice(request, pk)
    if request.method == "POST":
        body_changed(request, notice)
        return redirect(request.get_full_path())
    seek = words(request.GET, "seek")
    taken = [*notice.joint_bodies.values_list("unit", flat=True), notice.campaign.host_id]
    others = units_like(seek).exclude(pk__in=taken) if seek else Unit.objects.none()
    context = {"notice": notice, "campaign": notice.campaign, "here": "bodies", "seek": seek}
    context |= {"rows": list(notice.joint_bodies.select_related("unit")), "others": others[:OFFERED]}
    return render(request, "campaigns/editor_bodies.html", context)


def body_changed(request: HttpRequest, notice: Notice) -> None:
    """Add a body, change its printed name, its place, or take it away."""
    if pk := number(request.POST.get("add")):
        unit = get_object_or_404(Unit.objects.live(), pk=pk)
        with told(request, _("%(unit)s is among the issuing bodies now.") % {"unit": unit}):
            addressing.add_body(notice, unit)
        return
    row = notice.joint_bodies.filter(pk=number(request.POST.get("body"))).first()
    deed = request.POST.get("deed", "")
    if row is None:  # somebody else took it away
        refused(request, _("This body is not among those that issue the notice."))
        return
    with told(request, _("Done.")), addressing.written(notice):
        if deed in STEPS:
            addressing.shift(notice.joint_bodies.all(), row, STEPS[deed])
        elif deed == "away":
            row.delete()
        elif name := Line(max_length=120, required=False).clean(request.POST.get("name", "")[:120]):
            JointBody.objects.filter(pk=row.pk).update(name=name)


def pks(units: Any) -> list[int]:
    return list(units.values_list("pk", flat=True))
