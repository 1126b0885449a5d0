"""How many of what a text asks: of each unit beside its day, and of an activity beside its plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import documents
from activities.models import Counts, Group, Proposal
from activities.reading.table_rows import COMPARATORS, HOW_LONG
from documents.text import bare
from workflow import clock
from workflow.workdays import working_days

BESIDE = "activity-"
"""Keys of activities whose deliverables are owed beside the plan; those of tasks stand for it."""
EVERYBODY = re.compile(r"各(?:成员|有关|相关|责任|参与)?单位|各地")
COUNTED = (
    (Counts.CASE, ("案例",)),
    (Counts.COVERAGE, ("报道",)),
    (Counts.PROGRESS, ("动态", "信息", "简报", "进展")),
)


def counts_of(item: str) -> str:
    """What units send of their own accord and this counts; empty for what is handed in otherwise."""
    return next((str(kind) for kind, words in COUNTED if any(word in item for word in words)), "")


def least(target: documents.reading.Target) -> int | None:
    """The number that must be there at least; None where a figure says how long, how large or at most."""
    if target.comparator == "<=" or target.unit in HOW_LONG or "%" in target.unit or "‰" in target.unit:
        return None
    return int(target.value) if target.value == int(target.value) > 0 else None


def quotas(draft: documents.reading.NoticeDraft) -> list[documents.reading.Quota]:
    """What the text asks of units by the piece, outside of its activities and tasks."""
    found = documents.reading.read_demands(
        draft.source,
        year=draft.year or clock.today().year,
        around=draft.issued.start if draft.issued else None,
        is_working_day=working_days().is_working_day,
    )
    spans = [row.span for row in draft.activities] + [row.span for row in (*draft.tasks, *draft.body_tasks)]
    asked = [each for each in found.quotas if least(each.target) and (each.who or counts_of(each.item))]
    return [each for each in asked if not any(span.covers(each.target.span) for span in spans)]


def values_of(quota: documents.reading.Quota | None, sender: str = "") -> dict[str, Any]:
    """What a row of a deadline holds of a number, or of none, and of whom it is asked."""
    if quota is None:
        return {"target": "", "measure": "", "counts": "", "who": some(sender)}
    number, who = least(quota.target), some(quota.who) or some(sender)
    return {"target": number, "measure": quota.target.unit, "counts": counts_of(quota.item), "who": who}


def some(who: str) -> str:
    """Who is meant where words name some of the addressees (各区); empty where they name all, or say no 各."""
    return "" if EVERYBODY.match(who) or not who.startswith("各") else who


def is_of(quota: documents.reading.Quota, deadline: documents.reading.Deadline) -> bool:
    """Whether a number is one of what a deadline asks for."""
    mine, its = bare(quota.item), bare(deadline.item)
    return deadline.source.covers(quota.target.span) and bool(mine and its) and (mine in its or its in mine)


def activity_rows(activity: documents.reading.Activity, key: str) -> Iterator[Proposal]:
    """The numbers an activity is to reach: owed by those who lead it, beside their plan."""
    for target in wanted(activity):
        values = {
            "of": key,
            "title": (target.metric or target.text)[:200],
            "target": least(target),
            "comparator": str(COMPARATORS[">="]),
            "measure": target.unit[:20],
            "share": "each",
            "due_on": "",
            "windows": "",
        }
        yield Proposal(group=Group.DELIVERABLE, values=values, start=target.span.start, end=target.span.end)


def wanted(activity: documents.reading.Activity) -> list[documents.reading.Target]:
    """The figures of an activity that say at least how many."""
    return [each for each in activity.targets if each.comparator in (">=", ">", "range") and least(each)]
