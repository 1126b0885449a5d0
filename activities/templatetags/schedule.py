"""The calendar: a month may have two hundred things on its page, so each is put together here, every text escaped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.schedule.chosen import LIST, Chosen
from activities.schedule.clashes import LEADER, MEDIUM, Clash, listed, said
from activities.schedule.items import ACTIVITY, ASKED, MEETING, OWED, ROUND, TASK, Entry, Item
from activities.schedule.month import LONG, Day, Placed, Week
from activities.schedule.page import Happening
from activities.schedule.timeline import Row
from documents.counts import so_many, thousands
from workflow.words import Words

register = template.Library()
ICONS = {
    ACTIVITY: "bi-calendar-event", TASK: "bi-flag", ROUND: "bi-broadcast", OWED: "bi-alarm", ASKED: "bi-alarm",
    MEETING: "bi-people",
}  # fmt: skip
NOTHING = '<p class="quiet small mb-0">%s</p>'
CLASHES = '<i class="bi bi-exclamation-triangle-fill clash" aria-hidden="true"></i>'


@register.simple_tag
def month_weeks(weeks: Iterable[Week], happening: Happening, chosen: Chosen, today: date) -> SafeString:
    """A month: its weeks, each with its days and what lies on them."""
    month = Month(Words(), happening, chosen, today)
    return mark_safe("".join(map(month.week, weeks)))  # nosec B308 # every text in it is escaped below


@dataclass(frozen=True)
class Month:
    """How the days of one page are written: in which language, for which choice."""

    words: Words
    happening: Happening
    chosen: Chosen
    today: date

    def week(self, week: Week) -> str:
        """One week as a grid of seven columns; on a telephone it is a list of days."""
        parts = []
        for column, day in enumerate(week.days, 1):
            there = week.of_column(column)
            things = "".join(map(self.thing, there))
            parts.append(
                f"{self.cell(day, column)}{self.head(day, column, bool(there))}{things}{self.more(day, column)}"
            )
        return f'<div class="week">{"".join(parts)}</div>'

    def cell(self, day: Day, column: int) -> str:
        """The ground of a day."""
        return f'<div class="cell c{column} {day.kind}{"" if day.is_inside else " outside"}"></div>'

    def head(self, day: Day, column: int, is_busy: bool) -> str:
        """The day: its number, whether it is free or worked, and the way to all that is on it."""
        kind = f" {day.kind}{'' if day.is_inside else ' outside'}{'' if is_busy or day.more else ' bare'}"
        now = ' aria-current="date"' if day.day == self.today else ""
        return (
            f'<h3 class="day c{column}{kind}"><a href="{self.way(day.day)}"{now}>'
            f'<span class="n" aria-hidden="true">{day.day.day}</span><span class="long">{long_day(day.day)}</span></a>'
            f"{self.free(day)}</h3>"
        )

    def free(self, day: Day) -> str:
        """Whether the day is free for a holiday, or a weekend that is worked."""
        if day.kind == "off":
            off = pgettext("mark in a calendar", "off")
            return f' <small>{off} <span class="why-off">{escape(day.why)}</span></small>'
        work = pgettext("mark in a calendar", "work")
        return f"<small>{work}</small>" if day.kind == "worked" else ""

    def way(self, day: date) -> str:
        """The address of the list of one day."""
        return escape(self.chosen.address(look=LIST, day=day))

    def more(self, day: Day, column: int) -> str:
        """How many things a day has no room for; the list has them."""
        if not day.more:
            return ""
        told = so_many("%(n)s more on this day", "%(n)s more on this day", day.more)
        return (
            f'<a class="more c{column}" href="{self.way(day.day)}" title="{told}">'
            f'<span aria-hidden="true">+{thousands(day.more)}</span><span class="told">{told}</span></a>'
        )

    def thing(self, placed: Placed) -> str:
        """One thing in its lane."""
        item, entry = placed.item, placed.item.entry
        assert entry
        met = self.happening.of_item.get(item.key, [])
        goes_on = " goes-on" if placed.goes_on else ""
        where = f"c{placed.column} s{placed.over} r{placed.lane + 1}"
        whole = escape("; ".join([entry.title, *(said(each, item) for each in met)]))
        clash = CLASHES + unseen(_("Clashes")) if met else ""
        return (
            f'<a class="thing {where} {item.sort} {entry.mark}{goes_on}" href="{escape(entry.url)}" title="{whole}">'
            f"{icon(item)}{clash}<span>{escape(entry.title)}{until(item, self.words)}</span>{behind(entry)}</a>"
        )


def unseen(words: str) -> str:
    """Words for who cannot see a sign."""
    return f' <span class="visually-hidden">{words}</span> '


def long_day(day: date) -> str:
    """A day as one says it."""
    form = pgettext("a day without its year", "j F")
    return f"{date_format(day, form)} {date_format(day, 'l')}"


def icon(item: Item) -> str:
    """The sign of its sort, with the word for who cannot see it."""
    return f'<i class="bi {ICONS[item.sort]}" aria-hidden="true"></i>{unseen(sort_of(item))}'


def sort_of(item: Item) -> str:
    """What it is called: a deadline, a round, a kind of activity."""
    if item.sort in (OWED, ASKED):
        return _("Deadline")
    if item.sort == MEETING:
        return _("Joint meeting")
    return _("Activity") if item.sort == ACTIVITY else _("Last day of a task") if item.sort == TASK else _("round")


def until(item: Item, words: Words) -> str:
    """Until when it goes on; said where days stand one below the other."""
    if item.days < 2 or not item.last:
        return ""
    told = _("until %(day)s") % {"day": words.day(item.last)}
    return f' <span class="until">{told}</span>'


def behind(entry: Entry) -> str:
    """How many have filed, the hour of a deadline, a tick for what is done."""
    tick = '<i class="bi bi-check2" aria-hidden="true"></i>' + unseen(_("Filed"))
    done = tick if entry.mark == "done" else ""
    return f"{hour(entry)} <b>{entry.count}</b>{done}" if entry.count else hour(entry) + done


def hour(entry: Entry) -> str:
    """The hour of a deadline that is not the end of its day."""
    at = localtime(entry.at) if entry.at else None
    return f"<b>{at:%H:%M}</b>" if at and (at.hour, at.minute) != (0, 0) else ""


# --- rows -----------------------------------------------------------------------------------------------------


@register.simple_tag
def week_days(week: Week, happening: Happening, chosen: Chosen, today: date) -> SafeString:
    """A week, each day with what is on it, said in full."""
    month = Month(Words(), happening, chosen, today)
    always = [each.item for each in week.placed if each.item.days > LONG]
    going_on = _("Going on")
    parts = [of_day("always", f'<h3 class="day">{going_on}</h3>', always, month)] if always else []
    for column, day in enumerate(week.days, 1):
        there = [each for each in week.placed if each.column <= column < each.column + each.over]
        items = [each.item for each in there if each.item.days <= LONG]
        parts.append(of_day(day.kind, month.head(day, 0, True), items, month, month.more(day, 0)))
    return mark_safe("".join(parts))  # nosec B308 # every text in it is escaped


def of_day(kind: str, head: str, items: list[Item], month: Month, more: str = "") -> str:
    """One day of a week: its head, what is on it, how many things more there are."""
    rows = "".join(row(each, month.words, month.happening, {}) for each in items)
    things = f'<ul class="rows">{rows}</ul>' if items else NOTHING % _("Nothing")
    return f'<section class="of-day {kind}">{head}{things}{more}</section>'


@register.simple_tag
def thing_rows(items: Iterable[Item], happening: Happening, campaigns: Any = None, of: Any = None) -> SafeString:
    """A list, with the day where it is another one than in the row before.

    Arguments: things; all that happens; campaigns to be named, by number; the one day that all of it is about.
    """
    words, parts, day = Words(), ['<ul class="rows">'] if of else [], date.min
    for item in items:
        if not of and (item.first != day or not parts):
            parts.append(f'{"</ul>" if parts else ""}<h3>{heading(item)}</h3><ul class="rows">')
            day = item.first or date.max
        parts.append(row(item, words, happening, campaigns or {}))
    return mark_safe("".join([*parts, "</ul>" if parts else ""]))  # nosec B308 # every text in it is escaped


def heading(item: Item) -> str:
    """The day of a thing, or that it has none."""
    if item.first is None:
        return _("Without a day")
    return f"{date_format(item.first, 'DATE_FORMAT')} {date_format(item.first, 'l')}"


def row(item: Item, words: Words, happening: Happening, campaigns: Any) -> str:
    """One thing with who, where and when; what clashes with it in words."""
    entry = item.entry
    assert entry
    campaign = campaigns.get(entry.campaign, "")
    facts = [
        str(campaign),
        words_of(entry.who),
        entry.place,
        item.people,
        "" if item.sort in (OWED, ASKED) else entry.note,
    ]
    about = " · ".join(escape(each) for each in facts if each)
    met = "".join(
        f'<div class="why">{CLASHES} {escape(said(each, item))}</div>' for each in happening.of_item.get(item.key, [])
    )
    kind = (
        f'<span class="badge-of">{escape(entry.kind)}</span>' if entry.kind and item.sort not in (OWED, ASKED) else ""
    )
    return (
        f'<li class="{item.sort} {entry.mark}"><span class="icon">{icon(item)}</span>'
        f'<div class="what"><a href="{escape(entry.url)}">{escape(entry.title)}</a>{until(item, words)}'
        f'<div class="quiet small">{about}</div>{met}</div><div class="when">{behind(entry)}{kind}</div></li>'
    )


def words_of(names: list[str]) -> str:
    """The first names, and how many more there are."""
    some, rest = "、".join(names[:5]), len(names) - 5
    return some if rest <= 0 else so_many("%(names)s and %(n)s more", "%(names)s and %(n)s more", rest, names=some)


@register.simple_tag
def clash_rows(happening: Happening) -> SafeString:
    """What clashes, in words: when, over what, which things."""
    words = Words()
    rows = "".join(f"<li>{CLASHES} {clash_said(each, words)}</li>" for each in happening.spelled_out)
    rest = len(happening.met) - len(happening.spelled_out)
    told = so_many("and %(n)s more", "and %(n)s more", rest)
    more = f"<li>{told}</li>" if rest > 0 else ""
    return mark_safe(f'<ul class="found">{rows}{more}</ul>')  # nosec B308 # every text in it is escaped


def clash_said(clash: Clash, words: Words) -> str:
    """One clash."""
    day = words.day(clash.first) + (f" – {words.day(clash.last)}" if clash.last != clash.first else "")
    sort = {LEADER: _("The same leader"), MEDIUM: _("The same medium")}.get(clash.sort, _("The same place"))
    colon = _(": ")
    return f"<strong>{day}</strong> {sort}{colon}{escape(clash.what)} — {escape(listed(clash.items))}"


# --- timeline -------------------------------------------------------------------------------------------------


@register.simple_tag
def timeline_rows(rows: Iterable[Row], days: list[Day], happening: Happening, today: date) -> SafeString:
    """Bars on a line of days, each under its unit or its day."""
    words, parts, under = Words(), [ground(days, today)], None
    for each in rows:
        head = (each.unit, each.day)
        if head != under:
            title = heading(each.item) if each.day else escape(each.unit) or _("Without a unit that leads")
            parts.append(f"{'</ul>' if under else ''}<h3>{title}</h3><ul>")
            under = head
        parts.append(bar(each.item, days, words, happening))
    return mark_safe("".join([*parts, "</ul>" if under else ""]))  # nosec B308 # every text in it is escaped


def ground(days: list[Day], today: date) -> str:
    """The days in numbers, and the free ones as stripes that each line shows."""
    rest = "".join(
        f'<rect x="{n}" width="1" height="10"/>' for n, day in enumerate(days) if day.kind in ("off", "rest")
    )
    now = "".join(
        f'<rect class="now" x="{n}" width="1" height="10"/>' for n, day in enumerate(days) if day.day == today
    )
    marks = "".join(f'<span class="{day.kind}">{day.day.day}</span>' for day in days)
    return (
        f'<svg class="visually-hidden" aria-hidden="true"><defs><g id="free-days">{rest}{now}</g></defs></svg>'
        f'<div class="scale" aria-hidden="true"><div></div><div>{marks}</div></div>'
    )


def bar(item: Item, days: list[Day], words: Words, happening: Happening) -> str:
    """One line: title and days as text, then the bar."""
    entry, first = item.entry, days[0].day
    assert entry and item.first and item.last
    begins, ends = max((item.first - first).days, 0), min((item.last - first).days + 1, len(days))
    met = "".join(
        f'<div class="why">{CLASHES} {escape(said(each, item))}</div>' for each in happening.of_item.get(item.key, [])
    )
    span = words.day(item.first) + (f" – {words.day(item.last)}" if item.days > 1 else "")
    return (
        f'<li class="{item.sort} {entry.mark}"><div>{icon(item)} <a href="{escape(entry.url)}">'
        f"{escape(entry.title)}</a>"
        f' <span class="quiet small days">{span}</span> {behind(entry)}{met}</div>'
        f'<div class="track"><svg viewBox="0 0 {len(days)} 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<use href="#free-days"/>'
        f'<rect class="bar-of" x="{begins}" width="{ends - begins}" y="2" height="6"/></svg></div></li>'
    )
