"""Rows of a task table and of a series of rounds as proposals: what each task asks for, in which windows, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import documents
from activities.models import Comparator, Group, Proposal, Share

COMPARATORS = {
    ">=": Comparator.AT_LEAST, ">": Comparator.AT_LEAST, "=": Comparator.EXACTLY, "<=": Comparator.AT_MOST,
}  # fmt: skip
"""Signs of the reader that say how many; “about” and “from … to” say how long or how large one thing is."""
HOW_LONG = {"秒", "分钟", "小时"}
CLAUSE = re.compile(r"^[）)]?\s*(?:之前|以前|前)?([^，。；;]{1,40})")
INTERVIEW = re.compile("采访|访谈|宣讲|巡讲")
LIAISON = re.compile("联络")


@dataclass(frozen=True)
class Asked:
    """One thing a task asks for."""

    title: str
    due_on: date | None
    target: documents.reading.Target | None = None
    windows: tuple[documents.reading.DateFound, ...] = ()
    span: documents.reading.Span | None = None

    def values(self, key: str) -> dict[str, Any]:
        """The values of its row, which knows its task by a key."""
        sign = self.target.comparator if self.target else ">="
        return {
            "of": key,
            "title": self.title[:200],
            "target": int(self.target.value) if self.target else "",
            "comparator": str(COMPARATORS[sign]),
            "measure": self.target.unit[:20] if self.target else "",
            "share": str(Share.EACH),
            "due_on": str(self.due_on or ""),
            "windows": "\n".join(f"{each.start} – {each.end}" for each in self.windows),
        }


def asked_for(task: documents.reading.Task) -> list[Asked]:
    """What a task asks for: each number, each draft with its day, what happens in windows; else that it is done."""
    due = task.deadline.end if task.deadline else None
    found = [
        Asked(squeezed(each.metric or each.text), due, each, span=each.span) for each in task.targets if counts(each)
    ]
    windows = tuple(each for each in task.dates if each.start and each.end and each.end > each.start)
    title = squeezed(task.title.value).rstrip("。；")
    if windows:
        found.append(Asked(title, windows[-1].end, windows=windows, span=task.span))
    else:
        found += drafts(task)
    return found or ([Asked(title, due, span=task.span)] if due else [])


def counts(target: documents.reading.Target) -> bool:
    """Whether a figure is a number of things to deliver."""
    return target.comparator in COMPARATORS and target.unit not in HOW_LONG and target.value == int(target.value) > 0


def drafts(task: documents.reading.Task) -> Iterator[Asked]:
    """What the remark wants by days of their own: a first draft by one day, a second by another."""
    text = task.remark.value if task.remark else ""
    for each in task.dates:
        at = text.find(each.text)
        after = CLAUSE.match(text[at + len(each.text) :]) if at >= 0 else None
        if each.end and after:
            yield Asked(squeezed(after[1]), each.end, span=task.remark.span if task.remark else task.span)


def squeezed(text: str) -> str:
    """A text without the white space that a table breaks into it."""
    return re.sub(r"\s+", "", text)


def deliverable_rows(task: documents.reading.Task, key: str) -> Iterator[Proposal]:
    """What a task asks for, one row each."""
    for asked in asked_for(task):
        place = asked.span or task.span
        yield Proposal(group=Group.DELIVERABLE, values=asked.values(key), start=place.start, end=place.end)


# --- rounds --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Preparation:
    """By when and what is to be prepared for each round, by its number."""

    item: str = ""
    days: dict[int, date] = field(default_factory=dict)
    duty: documents.reading.Deadline | None = None


def preparation(draft: documents.reading.NoticeDraft) -> Preparation:
    """The deadline that is counted from the rounds (“one week before”), if there is one."""
    on = [each.date.start for each in draft.interviews if each.date and each.date.start]
    for duty in draft.deadlines:
        before = len(duty.resolved) == len(on) > 0 and all(by <= day for by, day in zip(duty.resolved, on, strict=True))
        if before:
            numbers = [each.number for each in draft.interviews]
            issued = draft.issued.start if draft.issued else None
            days = {
                number: after_issue(by, day, issued)
                for number, by, day in zip(numbers, duty.resolved, on, strict=True)
                if day
            }
            return Preparation(duty.item, days, duty)
    return Preparation()


def after_issue(by: date, on: date, issued: date | None) -> date:
    """A day that was past when the notice went out cannot be kept: then it is the day before the round."""
    return by if issued is None or by > issued else max(by, on - timedelta(days=1))


def round_rows(draft: documents.reading.NoticeDraft, keys: dict[str, str]) -> Iterator[Proposal]:
    """The rounds of a series, each under the task that speaks of it.

    Arguments: the draft; the keys of the tasks by their titles.
    """
    of = next((key for title, key in keys.items() if INTERVIEW.search(title)), "")
    ready = preparation(draft)
    for each in draft.interviews:
        if each.date and each.date.start:
            span = documents.reading.Span(
                each.round.span.start, max(each.round.span.end, *(unit.span.end for unit in each.interviewees))
            )
            values = round_values(each, of, ready)
            yield Proposal(group=Group.ROUND, values=values, start=span.start, end=span.end)


def round_values(each: documents.reading.Interview, of: str, ready: Preparation) -> dict[str, Any]:
    """The values of one round."""
    return {
        "of": of,
        "title": each.round.value,
        "on": str(each.date.start) if each.date else "",
        "units": "、".join(unit.name for unit in each.interviewees),
        "prepare": ready.item,
        "prepare_by": str(ready.days.get(each.number, "")),
    }


def registers_officers(draft: documents.reading.NoticeDraft, duty: documents.reading.Deadline) -> bool:
    """Whether a deadline is for naming liaison officers: the system asks for these anyway, and never twice."""
    if duty.kind not in ("registration", "nominee_list"):
        return False
    annexes = [each.title.value for each in draft.attachments if each.number == duty.annex]
    forms = [each.title for each in draft.forms if not duty.annex or each.annex == duty.annex]
    return any(LIAISON.search(text) for text in (duty.item, *annexes, *forms))
