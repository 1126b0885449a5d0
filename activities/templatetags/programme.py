"""The activities of a campaign as a list and as a table: up to a hundred rows a page, so they are put together here."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from activities.models.activity import ActivityKind, Part, Scope
from activities.models.deliverable import Comparator, Deliverable, Share
from activities.programme.activity_list import ASSISTING, AskedFor, ListedActivity
from documents.counts import thousands
from workflow.addresses import address
from workflow.words import Words

register = template.Library()


@register.simple_tag
def activity_sections(rows: Iterable[ListedActivity]) -> SafeString:
    """The list of activities: those arranged for all, then those of the units, each under its unit."""
    headings, others = {Scope.COMMON.value: _("Arranged for all")}, _("Organised by the units")
    found = [
        f'<section class="sheet-of"><h2>{headings.get(scope, others)}</h2>'
        f"{''.join(map(of_owner, grouped(inside, 'owner')))}</section>"
        for scope, inside in groupby(rows, lambda row: row.scope)
    ]
    return mark_safe("".join(found))  # nosec B308 # every text in it is escaped below


def grouped(rows: Iterable[ListedActivity], name: str) -> list[list[ListedActivity]]:
    """Rows that follow each other and agree in one thing."""
    return [list(inside) for _key, inside in groupby(rows, lambda row: getattr(row, name))]


def of_owner(rows: list[ListedActivity]) -> str:
    """The activities of one unit under its name, or of nobody in particular."""
    first = rows[0]
    heading = f'<h3 class="mt-3">{escape(first.number)}{escape(first.owner_name or "")}</h3>' if first.owner else ""
    lines = [activity_item(row, place) for place, row in enumerate(rows, 1)]
    return f'{heading}<ul class="rows numbered">{"".join(lines)}</ul>'


@register.filter
def bare_number(number: str) -> str:
    """A number as it stands in a column of its own: 1 and not 1. as in the text it came from."""
    return number.strip().rstrip(".．、")


def activity_item(row: ListedActivity, place: int) -> str:
    """One activity: its number, title, who leads it and where, when."""
    mark = escape(bare_number(row.sub_number)) or "·" if row.owner else escape(bare_number(row.number)) or str(place)
    leads = "" if row.owner else "、".join(map(escape, row.names(Part.LEAD)))
    where = " · ".join(each for each in (leads, escape(row.place)) if each)
    kind = f' <span class="badge-of">{ActivityKind(row.kind).label}</span>' if row.kind else ""
    return (
        f'<li><span class="icon small">{mark}</span>'
        f'<div class="what"><a href="{address("activities:activity", row.pk)}">{escape(row.title)}</a>'
        f'<div class="quiet small">{where}</div></div><div class="when">{escape(row.date_text)}{kind}</div></li>'
    )


# --- the table of tasks -------------------------------------------------------------------------------------


@register.simple_tag
def task_rows(rows: Iterable[ListedActivity], oversees: Any, writes: Any, is_sent: Any) -> SafeString:
    """The rows of the task table, as the notice prints it.

    Arguments: the rows; whether the reader sees how far each is; whether the reader may change it; whether the notice
    is issued.
    """
    table = TaskTable(Words(), bool(oversees), bool(writes), bool(is_sent))
    return mark_safe("".join(map(table.row, rows)))  # nosec B308 # every text in it is escaped below


@dataclass(frozen=True)
class TaskTable:
    """How the rows of one table are written: in which language, for whom, before or after the issue."""

    words: Words
    oversees: bool
    writes: bool
    is_sent: bool

    def row(self, row: ListedActivity) -> str:
        """One task: its number, what, by when, who, who helps, what is asked for, how far it is."""
        _, words = self.words.text, self.words
        due, leads, assists = _("To be done by"), _("Responsible"), _("Assisting")
        remark = f'<div class="small quiet">{lines(row.remark)}</div>' if row.remark else ""
        day = words.day(row.due_on) if row.due_on else escape(row.date_text) or "—"
        return (
            f'<tr id="task-{row.pk}"><td class="number-of">{escape(bare_number(row.sub_number or row.number))}</td>'
            f'<td class="wide item"><a href="{address("activities:activity", row.pk)}">{escape(row.title)}</a>'
            f'{remark}</td><td class="day" data-label="{due}">{day}</td>'
            f'<td data-label="{leads}">{words.names(row.names(Part.LEAD)) or "—"}</td>'
            f'<td data-label="{assists}">{words.names(row.names(*ASSISTING)) or "—"}</td>'
            f'<td class="wide">{self.asked_for(row)}</td>{self.how_far(row) if self.oversees else ""}</tr>'
        )

    def asked_for(self, row: ListedActivity) -> str:
        """What a task asks for in numbers; a plan where it asks for none."""
        _ = self.words.text
        if not row.asked:
            plan = _("a plan")
            return f'<span class="small">{plan}</span>'
        return f'<ul class="plain-list small">{"".join(self.asked_item(each, row) for each in row.asked)}</ul>'

    def asked_item(self, each: AskedFor, task: ListedActivity) -> str:
        """One deliverable: what, how many, by when where that is another day than the task's, in which windows."""
        _, asked, day = self.words.text, each.row, ""
        title = "" if asked.title == task.title else escape(asked.title) + _(": ")
        if asked.due_on and asked.due_on != task.due_on:
            by = _("by %(day)s") % {"day": self.words.day(asked.due_on)}
            day = f' <span class="quiet">{by}</span>'
        windows = "".join(f'<div class="quiet">{escape(str(window))}</div>' for window in each.windows)
        return f"<li>{title}{self.amount(asked)}{day}{windows}</li>"

    def amount(self, asked: Deliverable) -> str:
        """How many are asked for, of each unit or of all together."""
        _, label = self.words.text, self.words.label
        if asked.target is None:
            return _("to be done")
        measure = f" {escape(asked.measure)}" if asked.measure else ""
        share = f" ({label(Share.TOGETHER)})" if asked.share == Share.TOGETHER else ""
        return f"{label(Comparator(asked.comparator))} <strong>{thousands(asked.target)}{measure}</strong>{share}"

    def how_far(self, row: ListedActivity) -> str:
        """How many have filed, and what the office can do with the row."""
        _, said = self.words.text, ""
        if row.owed:
            said = _("%(done)s of %(all)s filed") % {"done": thousands(row.done), "all": thousands(row.owed)}
            said = f'<a href="{address("activities:task-tally", row.pk)}">{said}</a>' if row.asked else said
        elif self.is_sent:
            late = _("not handed out")
            said = f'<span class="badge-of late">{late}</span>'
        deeds = f'<div class="deeds-of small">{self.deeds(row)}</div>' if self.writes else ""
        return f'<td class="no-print how">{said}{deeds}</td>'

    def deeds(self, row: ListedActivity) -> str:
        """The ways to its form, and to handing it out."""
        _ = self.words.text
        change = _("Change the day") if row.owed else _("Edit")
        edit, hand_out = f'<a href="{address("activities:task", row.pk)}">{change}</a>', _("Hand out")
        if row.owed or not self.is_sent:
            return edit
        return f'{edit} · <a href="{address("activities:hand-out", row.pk)}">{hand_out}</a>'


def lines(text: str) -> str:
    """A text with its line breaks."""
    return escape(text).replace("\n", "<br>")
