"""To whom a notice goes, who gets a copy, and which bodies issue it together: by unit, by group, by name."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Unit, UnitGroup
from campaigns.models import JointBody, Notice
from campaigns.states import WRITTEN
from workflow.models import MoveRefused

Relation = Literal["addressees", "copy_to"]


@contextmanager
def written(notice: Notice) -> Iterator[None]:
    """Change what belongs to a notice while nobody can send it to review. Raises: MoveRefused when it is too late."""
    with transaction.atomic():
        row = Notice.objects.select_for_update().get(pk=notice.pk)
        if row.state not in WRITTEN:
            raise MoveRefused(row.refusal())
        yield


def groups_of(notice: Notice, relation: Relation) -> "QuerySet[UnitGroup]":
    """The office's groups, each with its ``total`` of units, how many stand in the list (``present``), how many not."""
    listed = getattr(notice, relation).values("pk")
    live = Q(units__merged_into=None)
    groups = UnitGroup.objects.filter(owner=notice.campaign.host)
    groups = groups.annotate(
        total=Count("units", filter=live), present=Count("units", filter=live & Q(units__in=listed))
    )
    return groups.annotate(missing=F("total") - F("present"))


def add(notice: Notice, relation: Relation, units: Iterable[int]) -> int:
    """Put units into the list. Returns: how many were not in it before. Raises: MoveRefused."""
    with written(notice):
        rows = getattr(notice, relation)
        there = set(rows.values_list("pk", flat=True))
        new = [pk for pk in dict.fromkeys(units) if pk not in there]
        through = rows.through
        through.objects.bulk_create([through(notice_id=notice.pk, unit_id=pk) for pk in new], batch_size=500)
        return len(new)


def remove(notice: Notice, relation: Relation, units: "QuerySet[Unit]") -> int:
    """Take units out of the list. Returns: how many were in it. Raises: MoveRefused."""
    with written(notice):
        rows = getattr(notice, relation).through.objects.filter(notice=notice, unit__in=units)
        return int(rows.delete()[0])


# --- bodies that issue it together -------------------------------------------------------------------------


def add_body(notice: Notice, unit: Unit) -> JointBody:
    """Name one more body that issues the notice together with the host. Raises: MoveRefused."""
    with written(notice):
        if unit.pk == notice.campaign.host_id or notice.joint_bodies.filter(unit=unit).exists():
            raise MoveRefused(_("%(unit)s is among the issuing bodies already.") % {"unit": unit})
        order = (notice.joint_bodies.aggregate(last=Max("order"))["last"] or 0) + 1
        return JointBody.objects.create(notice=notice, unit=unit, name=unit.official_name, order=order)


def shift(rows: Any, row: Any, step: int) -> None:
    """Exchange a row with its neighbour: ``step`` -1 moves it up, 1 down; at the end nothing happens.

    Arguments: the rows of one notice that carry ``order``; one of them; the step.
    """
    beyond = Q(order__lt=row.order) if step < 0 else Q(order__gt=row.order)
    other = rows.filter(beyond).order_by("-order" if step < 0 else "order").first()
    if other is None:
        return
    free = (rows.aggregate(last=Max("order"))["last"] or 0) + 1
    for pk, order in ((row.pk, free), (other.pk, row.order), (row.pk, other.order)):  # an order stands once
        rows.filter(pk=pk).update(order=order)
