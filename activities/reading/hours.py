"""The hours of deadlines that a notice names, as they stand beside its text."""

from collections.abc import Iterable
from datetime import time

from activities.models import Proposal
from activities.states import Kind

USUAL = {"is_summary": Kind.SUMMARY, "is_plan": Kind.PLAN, "is_registration": Kind.LIAISON}
"""What the system asks for in forms of its own."""


def hour_of(row: Proposal) -> time | None:
    """The hour of a deadline, if one is named."""
    return time.fromisoformat(row.values["due_hour"]) if row.values.get("due_hour") else None


def usual_hours(deadlines: Iterable[Proposal]) -> dict[str, str]:
    """The hours of usual filings, by their kinds: of each the first deadline that has a day counts."""
    found: dict[str, str] = {}
    dated = [row for row in deadlines if row.values.get("due_on")]
    for what, kind in USUAL.items():
        row = next((row for row in dated if row.values.get(what)), None)
        if row and (hour := hour_of(row)):
            found[kind.value] = hour.isoformat()
    return found
