"""Splitting an activity that is two, and merging two that are one."""

import re
from typing import Any

from django.db import transaction

from accounts.naming import names_in
from activities.models import Group, Part, Proposal

SENTENCE = re.compile(r"[^。；！？]*[。；！？]?")
CLAUSE = re.compile(r"^[^。；，！？]*")


def sentences(proposal: Proposal) -> list[str]:
    """The sentences of an activity's text, in order."""
    return [each for each in SENTENCE.findall(proposal.values.get("description", "")) if each.strip()]


@transaction.atomic
def split(proposal: Proposal, at: int) -> Proposal | None:
    """Make two activities of one: what stands from sentence ``at`` on becomes the second.

    Arguments: the activity; the number of the sentence, from 1 (the first stays). Returns: the second, or None
    when there is nothing to split there.
    """
    all_of_it = sentences(proposal)
    if not 0 < at < len(all_of_it):
        return None
    first, rest = "".join(all_of_it[:at]), "".join(all_of_it[at:])
    title = CLAUSE.match(rest)
    begins = proposal.reading.text.find(all_of_it[at][:20], proposal.start, proposal.end)
    place = begins if begins > 0 else proposal.start
    second = Proposal.objects.create(
        reading=proposal.reading,
        group=Group.ACTIVITY,
        order=between(proposal),
        values={**proposal.values, "title": (title[0] if title else rest)[:200], "description": rest, "key": ""},
        start=place,
        end=proposal.end,
    )
    end = place if place > proposal.start else proposal.end
    proposal.write(proposal.revision, values={**proposal.values, "description": first}, end=end, checked=True)
    return second


def between(proposal: Proposal) -> float:
    """A place in the order right after a proposal."""
    later = proposal.reading.proposals.filter(order__gt=proposal.order).order_by("order").first()
    return (proposal.order + later.order) / 2 if later else proposal.order + 1


def before(proposal: Proposal) -> Proposal | None:
    """The activity that stands before this one, of those that were not dropped."""
    rows = proposal.reading.proposals.filter(group=Group.ACTIVITY, dropped=False, order__lt=proposal.order)
    return rows.order_by("order").last()


@transaction.atomic
def merge(proposal: Proposal) -> Proposal | None:
    """Put an activity into the one before it. Returns: that one, or None when there is none."""
    first = before(proposal)
    if first is None:
        return None
    values = merged(first.values, proposal.values)
    start, end = min(first.start, proposal.start), max(first.end, proposal.end)
    first.write(first.revision, values=values, start=start, end=end, checked=True)
    hand_over(proposal, first)
    proposal.delete()
    return first


def hand_over(proposal: Proposal, first: Proposal) -> None:
    """What a task asks for and its rounds go with it when it becomes part of another."""
    key = proposal.values.get("key")
    for row in proposal.reading.proposals.filter(group__in=(Group.DELIVERABLE, Group.ROUND)) if key else ():
        if row.values["of"] == key:
            row.write(row.revision, values={**row.values, "of": first.values.get("key", "")})


def merged(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Texts one after the other, all units, from the first day to the last."""
    days = [value for each in (first, second) for value in (each.get("starts_on"), each.get("ends_on")) if value]
    parts = {str(part): "、".join(names_in(f"{first.get(part, '')}、{second.get(part, '')}")) for part in Part}
    return {
        **first,
        **parts,
        "description": f"{first.get('description', '')}{second.get('description', '')}",
        "starts_on": min(days, default=""),
        "ends_on": max(days, default=""),
        "place": first.get("place") or second.get("place", ""),
    }
