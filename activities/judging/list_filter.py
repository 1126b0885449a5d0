"""The filter of the list of who owes what, said to the database: export, package and reminders take the same rows.

The list itself reads a sheet (``lists/owed.py``); tests hold both together on random rows. Two parts belong to the list
of receipts (``lists/receipts.py``): a notice, and how its receipts stand; one to the page of a question.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import Membership, Unit, UnitKind
from accounts.models.memberships import UNIT_ROLES
from accounts.models.units import UnitLevel
from accounts.unit_names import called_like
from activities.judging.lists.owed import ALIKE, HEARD, IN, NOT_FILED, OWED, OWN_ACCORD, REVIEW, UNHEARD
from activities.judging.lists.receipts import ON_BEHALF, OPENED, SHOWS, SIGNED
from activities.judging.lists.source import numbered
from activities.models.listed import BEGUN, OPEN_YET
from activities.models.photo import Likeness
from activities.models.standing_sql import TO_REVIEW, overdue
from activities.states import CAME_IN, FILED, AssignmentState, Kind, Standing
from campaigns.models import Notice, Opening
from documents.text import bare
from workflow import clock
from workflow.listing.listing import WORDS

NAMES = OWED.names


def stands(value: str, user: Any) -> Q:
    """That an assignment stands like this."""
    if value == ALIKE:
        return Q(pk__in=Likeness.objects.to_look_at(user))
    now = clock.now()
    said = {
        NOT_FILED: Q(settled__in=(OPEN_YET, BEGUN)),
        IN: Q(settled__in=[each.value for each in CAME_IN]),
        REVIEW: TO_REVIEW,
        Standing.OVERDUE: overdue(now),
        Standing.DUE: Q(settled=OPEN_YET, last_at__gte=now) | Q(settled=BEGUN),
    }
    return said.get(value) or Q(settled=value)


def heard() -> Exists:
    """That somebody files for the unit."""
    held = Membership.objects.held_now().filter(unit=OuterRef("unit"), role__in=UNIT_ROLES, user__is_active=True)
    return Exists(held)


def in_group(value: str) -> Q:
    """That the unit stands in a group of the campaign's host."""
    inside = Unit.in_groups.through.objects.filter(
        unit=OuterRef("unit"), unitgroup=int(value), unitgroup__owner=OuterRef("campaign__host")
    )
    return Q(Exists(inside))


def receipt_stands(value: str) -> Q:
    """That it is a receipt that stands like this."""
    signed, opened = Q(state__in=FILED), Opening.objects.filter(notice=OuterRef("notice"), unit=OuterRef("unit"))
    if value in (SIGNED, ON_BEHALF):
        found = signed & (Q(filed_for="") if value == SIGNED else Q(filed_for__gt=""))
    else:
        found = ~signed & (Q(Exists(opened)) if value == OPENED else ~Q(Exists(opened)))
    return Q(kind=Kind.RECEIPT) & found


@dataclass(frozen=True)
class Part:
    """One part of the filter: which values there are, and what one of them means."""

    known: Callable[[str], bool]
    rows: Callable[[str, Any], Any]


def is_number(value: str) -> bool:
    """Whether it may be the number of a row."""
    return value.isdecimal() and len(value) < 19


STANDINGS = (*Standing.values, NOT_FILED, IN, REVIEW, ALIKE)
PARTS: dict[str, Part] = {
    "standing": Part(STANDINGS.__contains__, stands),
    "kind": Part(Kind.values.__contains__, lambda value, _user: Q(kind=value)),
    "state": Part(AssignmentState.values.__contains__, lambda value, _user: Q(state=value)),
    "group": Part(is_number, lambda value, _user: in_group(value)),
    "level": Part(UnitLevel.values.__contains__, lambda value, _user: Q(unit__level=value)),
    "sort": Part(UnitKind.values.__contains__, lambda value, _user: Q(unit__kind=value)),
    "officer": Part((HEARD, UNHEARD).__contains__, lambda value, _user: heard() if value == HEARD else ~heard()),
    "asked": Part("01".__contains__, lambda value, _user: Q(volunteered=value == OWN_ACCORD)),
    "unit": Part(is_number, lambda value, _user: Q(unit=int(value))),
    "notice": Part(is_number, lambda value, _user: Q(notice=int(value))),
    "question": Part(is_number, lambda value, _user: Q(question=int(value))),
    "show": Part(dict(SHOWS).__contains__, lambda value, _user: receipt_stands(value)),
}


def values_of(name: str, chosen: Mapping[str, str]) -> list[str]:
    """The values of one part that there are; nothing senseless that somebody sent."""
    asked = chosen.get(name, "").split(",")
    return [each for each in dict.fromkeys(asked) if each and PARTS[name].known(each)]


def words_of(chosen: Mapping[str, str]) -> str:
    """The words looked for; without the sign that no database takes."""
    return chosen.get(WORDS, "").replace("\0", "").strip()


def meant(chosen: Mapping[str, str]) -> dict[str, str]:
    """The parts of a filter that choose something, to be kept."""
    found = {name: ",".join(values) for name in PARTS if (values := values_of(name, chosen))}
    words = words_of(chosen)
    return found | ({WORDS: words} if words else {})


def sifted(rows: Any, chosen: Mapping[str, str], user: Any) -> Any:
    """The rows that fit.

    Arguments: assignments; the filter as it stands in the address, missing or senseless parts choosing nothing; who
    asks, because only an office has photos to look at.
    """
    for name, part in PARTS.items():
        if values := values_of(name, chosen):
            found = Q()
            for value in values:
                found |= Q(part.rows(value, user))
            rows = rows.filter(found)
    words = words_of(chosen)
    return rows.filter(worded(words, rows)) if words else rows


def worded(words: str, rows: Any) -> Q:
    """That unit, somebody who files for it, activity or demand is called so, or the notice has this number."""
    held = Membership.objects.held_now().filter(role__in=UNIT_ROLES, user__is_active=True)
    people = held.filter(Q(user__name__icontains=words) | Q(user__name="", user__username__icontains=words))
    units = Unit.objects.filter(called_like(words)) if bare(words) else Unit.objects.none()
    notices = Notice.objects.filter(campaign__in=rows.order_by().values("campaign")).select_related("document_number")
    found = Q(unit__in=units.order_by().values("pk")) | Q(unit__in=people.order_by().values("unit"))
    found |= Q(activity__title__icontains=words) | Q(demand__title__icontains=words)
    return found | Q(notice__in=numbered({notice.pk: notice.number for notice in notices}, words))
