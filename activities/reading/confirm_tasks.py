"""Confirmed rows of a task table and of rounds become deliverables, windows, rounds and invitations."""

import re
from collections.abc import Callable
from datetime import date

from accounts.models import Unit
from activities.models import Activity, Appearance, Deliverable, Proposal, Round, Window
from activities.models.activity import Scope
from activities.reading.quotas import BESIDE
from campaigns.models import Campaign

DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\s*[–—~至-]+\s*(\d{4}-\d{2}-\d{2})")
SERIES = "集中采访"
"""The task that rounds get when none of the notice speaks of them."""


def windows(text: str) -> list[tuple[date, date]]:
    """The windows of a text, one a line: first and last day. Raises: ValueError."""
    found = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        days = DAYS.fullmatch(line)
        if days is None:
            raise ValueError(line)
        first, last = date.fromisoformat(days[1]), date.fromisoformat(days[2])
        if last < first:
            raise ValueError(line)
        found.append((first, last))
    return found


def make_deliverables(tasks: dict[str, Activity], rows: list[Proposal]) -> None:
    """The deliverables of each task with their windows; of a task that was dropped none."""
    places: dict[str, int] = {}
    for row in rows:
        task = tasks.get(row.values["of"])
        if task is None:
            continue
        places[row.values["of"]] = order = places.get(row.values["of"], 0) + 1
        target = row.values["target"]
        made = Deliverable.objects.create(
            activity=task,
            order=order,
            title=row.values["title"][:200],
            target=int(target) if target not in ("", None) else None,
            comparator=row.values["comparator"],
            measure=row.values["measure"],
            share=row.values["share"],
            due_on=day(row.values["due_on"]),
            beside_plan=str(row.values["of"]).startswith(BESIDE),
        )
        Window.objects.bulk_create(
            Window(deliverable=made, starts_on=first, ends_on=last) for first, last in windows(row.values["windows"])
        )


def make_rounds(
    campaign: Campaign, tasks: dict[str, Activity], rows: list[Proposal], units_of: Callable[[str], list[Unit]]
) -> None:
    """The rounds of each task, and the units invited."""
    for number, row in enumerate(rows, 1):
        on = date.fromisoformat(row.values["on"])
        made = Round.objects.create(
            activity=tasks.get(row.values["of"]) or series_of(campaign),
            order=number,
            on=on,
            title=row.values["title"][:200],
            prepare=row.values["prepare"][:500],
            prepare_by=day(row.values["prepare_by"]),
        )
        invited = units_of(row.values["units"])
        Appearance.objects.bulk_create(Appearance(round=made, unit=unit) for unit in invited)


def series_of(campaign: Campaign) -> Activity:
    """The task rounds stand under that belong to no task of the notice."""
    there = campaign.activities.filter(title=SERIES).first()
    return there or campaign.activities.create(title=SERIES, scope=Scope.COMMON, order=campaign.activities.count())


def day(text: str) -> date | None:
    """A day as the form keeps it."""
    return date.fromisoformat(text) if text else None
