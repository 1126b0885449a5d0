"""Activities: one for each entry or sub-item, with title, dates, place, units and targets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.reading.phrases.activity_titles import title_of
from documents.reading.phrases.dates import Calendar, DateFound, find, is_background, overlaps
from documents.reading.phrases.spans import Flow, Span, Text
from documents.reading.phrases.targets import find_targets
from documents.reading.phrases.unit_roles import Roles, read_roles, settle
from documents.reading.phrases.units import Register, UnitFound
from documents.reading.phrases.venues import find_venue
from documents.reading.structure.numbered_tree import Node

from . import doubt_messages
from .draft import Activity
from .list_entries import Entry, Item, items_of

_THEME = re.compile(
    r"(?:以|围绕|活动主题：?(?:为|是)?|主题：?(?:为|是)?)“(?P<t>[^“”]{3,40})”(?=(?:为|这一|的)?(?:活动|宣传)?主题|[，。；\n]|$|为)"
)
_ARRIVES = re.compile("[^，。；\n月日]{0,14}(?:报到|签到|离会|返程)")
"""The day people come or leave is none of the event's own."""
_THEMED = re.compile(r"主题")


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules of one document share: its calendar and the units known."""

    calendar: Calendar
    register: Register


def read_entry(entry: Entry, context: Context) -> list[Activity]:
    """Return the activities of one entry."""
    before, items = items_of(entry.flow)
    roles = [read_roles(item.flow, context.register) for item in items]
    if len(items) > 1:
        _share(before, items, roles, context.register)
    shared = find(before, context.calendar) if len(items) > 1 else []
    shared = shared or (find(entry.when, context.calendar) if entry.when else [])
    for found in roles:
        if not found.units:
            found.add(list(entry.inherited))
            found.explicit = bool(entry.inherited)
    parent = _parent(before)
    return [_activity(entry, item, found, parent, shared, context) for item, found in zip(items, roles, strict=True)]


def _share(before: Flow, items: list[Item], roles: list[Roles], register: Register) -> None:
    """Units named for all sub-items, before them or behind the last, belong to each of them."""
    common = read_roles(before, register)
    last = items[-1].flow
    closing = re.search(
        r"(?<=[。；\n])(?:(?:此|本|该|以上|上述|由|[\u4e00-\u9fff]{2}(?:单位|部门|科室)：)[^。\n]+(?:。|$)|\([^()]+\)。?$)",
        last.text,
    )
    if closing and not any(found.explicit for found in roles[:-1]):
        common.add(read_roles(last.cut(max(0, closing.start() - 1)), register).units)
    if common.units:
        for found in roles:
            found.add(common.units)
            found.explicit = True


def _parent(before: Flow) -> Text | None:
    """The umbrella heading before the sub-items."""
    if len(before) < 4:
        return None
    start, end = title_of(before)
    return Text(before.value(start, end), before.span(start, end))


def _activity(
    entry: Entry, item: Item, roles: Roles, parent: Text | None, shared: list[DateFound], context: Context
) -> Activity:
    flow = item.flow
    start, end = title_of(flow)
    dates = _dates(flow, context.calendar) or shared
    units = settle(roles.units, entry.heads)
    problems = _problems(flow.text[start:end], dates, units, entry, roles) + _date_problems(dates, context.calendar)
    group = entry.group
    return Activity(
        title=Text(flow.value(start, end), flow.span(start, end), 0.5 if doubt_messages.TITLE in problems else 1.0),
        span=entry.span if not item.mark else _sub_span(flow, item),
        scope="member" if entry.owner else "common",
        owner=entry.owner,
        number=entry.number,
        sub_number=item.mark,
        group=Text(group.heading, group.own.span(0, group.heading_end)) if isinstance(group, Node) else None,
        parent=parent,
        theme=_theme(flow),
        venue=_venue(flow),
        dates=tuple(dates),
        units=units,
        targets=tuple(find_targets(flow, "activity")),
        confidence=max(0.2, 1.0 - 0.25 * len(problems)),
        doubts=tuple(problems),
    )


def _sub_span(flow: Flow, item: Item) -> Span:
    whole = flow.whole()
    return Span(whole.start - len(item.mark), whole.end)


def _dates(flow: Flow, calendar: Calendar) -> list[DateFound]:
    """The dates of an entry, each once; years alone and months long past say nothing of when it takes place."""
    kept: list[DateFound] = []
    for found in find(flow, calendar):
        past = found.relation != "by" and is_background(flow.text, flow.find(found.span.end))
        past = past or found.text.endswith("以来") or _ARRIVES.match(flow.text, flow.find(found.span.end)) is not None
        if found.precision == "year" or overlaps(found, kept) or past:
            continue
        kept.append(found)
    return kept


def _theme(flow: Flow) -> Text | None:
    match = _THEME.search(flow.text)
    if match is None or not _THEMED.search(flow.text, match.start(), min(len(flow), match.end() + 8)):
        return None
    return Text(flow.value(*match.span("t")), flow.span(*match.span("t")))


def _venue(flow: Flow) -> Text | None:
    found = find_venue(flow)
    return Text(found[0], found[1], 0.8) if found else None


def _problems(
    title: str, dates: list[DateFound], units: tuple[UnitFound, ...], entry: Entry, roles: Roles
) -> list[str]:
    """Why a person should look at an activity."""
    problems = []
    if not 4 <= len(title) <= 60:
        problems.append(doubt_messages.TITLE)
    if not any(unit.role == "lead" for unit in units):
        problems.append(doubt_messages.NO_LEAD)
    if any(unit.confidence < 0.7 for unit in units):
        problems.append(doubt_messages.UNIT_FORM)
    if entry.owner is None and units and not roles.explicit:
        problems.append(doubt_messages.LEAD_GUESSED)
    return problems


def _date_problems(dates: list[DateFound], calendar: Calendar) -> list[str]:
    """Why the dates of an activity are doubtful."""
    problems = []
    if any(found.start is None or found.end is None for found in dates):
        problems.append(doubt_messages.NO_YEAR if calendar.year is None else doubt_messages.NO_DAY)
    if any(doubt_messages.weekday_differs(found) for found in dates):
        problems.append(doubt_messages.WEEKDAY)
    return problems
