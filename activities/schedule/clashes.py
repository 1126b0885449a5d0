"""What cannot be at once: two things at one place, one leader expected at two, two rounds in one medium on one day."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from django.utils.translation import gettext as _

from accounts.models.units import bare
from activities.schedule.hours import all_apart
from activities.schedule.items import ACTIVITY, ROUND, Item, days_between, in_order
from documents.counts import so_many
from workflow.form_fields import EARLIEST, LATEST

PLACE, LEADER, MEDIUM = "place", "leader", "medium"
PARTS = re.compile(r"[、，,；;／/\n]")
"""What parts two places, or two names."""
ANYWHERE = re.compile(
    r"(全|各|我|本|辖)(国|省|市|区|县|镇|街|村|乡|地|单位|企业|部门|学校|社区|行业|厂|有关|相关|成员|会员|级|辖).*"
    r"|(线上|网上|网络|互联网|电视台?|电台|报纸|微信.*|公众号|官网|网站|现场|户外|室内|单位内?|厂区|厂内|公司内?|企业|会议室)"
    r"|.*(待定|另定|另行通知|自定|自行确定|不限|分别|各自).*|市内|区内|省内|全域|online|tobedecided|tbd|各.*"
)
"""A place that is none: two things “in all districts” do not meet."""
NAMED = 3
"""So many of those that clash are named; of the others, how many they are."""


@dataclass(frozen=True)
class Clash:
    """Things that clash, on these days. ``what``: the place, the leader, the medium, as it is written."""

    sort: str
    what: str
    first: date
    last: date
    items: tuple[Item, ...]


def clashes(items: Iterable[Item], first: date, last: date) -> list[Clash]:
    """All clashes between two days, by their days.

    Arguments: what happens, whatever is shown of it; the days, of which only those a field takes are looked at.
    """
    first, last = max(first, EARLIEST), min(last, LATEST)
    met: dict[tuple[str, str], list[Item]] = {}
    words: dict[tuple[str, str], str] = {}
    for item in items:
        if item.first is None or item.last is None or not (item.place or item.people or item.media):
            continue
        for sort, key, what in claims(item):
            words.setdefault((sort, key), what)
            met.setdefault((sort, key), []).append(item)
    found = [
        each
        for (sort, key), there in met.items()
        if meet(there)
        for each in of_one(sort, words[sort, key], by_day(there, first, last))
    ]
    return sorted(found, key=lambda each: (each.first, each.sort, each.what))


def meet(items: list[Item]) -> bool:
    """Whether the days of any two of these overlap: mostly they do not, and nothing more is to be done."""
    if len(items) < 2:
        return False
    spans = sorted((each.first, each.last) for each in items if each.first and each.last)
    return any(
        after[0] <= reach for after, reach in zip(spans[1:], accumulate((each[1] for each in spans), max), strict=False)
    )


def by_day(items: list[Item], first: date, last: date) -> dict[date, list[Item]]:
    """What is on each day between these."""
    days: dict[date, list[Item]] = {}
    for item in items:
        assert item.first and item.last
        for day in days_between(max(item.first, first), min(item.last, last)):
            days.setdefault(day, []).append(item)
    return days


def claims(item: Item) -> Iterable[tuple[str, str, str]]:
    """What a thing takes for itself: places, people, and of a round the media; each as compared and as written."""
    found = [(PLACE, key, what) for key, what in places(item.place)] if item.place else []
    found += [(LEADER, bare(name), name) for name in parts(item.people)]
    return found + [(MEDIUM, bare(each), each) for each in item.media] if item.sort == ROUND else found


@lru_cache(maxsize=10_000)
def places(text: str) -> tuple[tuple[str, str], ...]:
    """The places in a text, as they are compared and as they are written; none where it names no place."""
    found = ((bare(each), each) for each in parts(text))
    return tuple((key, what) for key, what in found if not ANYWHERE.fullmatch(key))


def parts(text: str) -> list[str]:
    """The places or names in a text."""
    return [each.strip() for each in PARTS.split(text) if each.strip()] if text else []


def of_one(sort: str, what: str, days: dict[date, list[Item]]) -> Iterable[Clash]:
    """The clashes over one place, leader or medium: one for each run of days on which the same things meet."""
    begun: tuple[date, date, list[Item]] | None = None
    for day in sorted(days):
        there = days[day]
        if begun and (there != begun[2] or day - begun[1] != timedelta(days=1)):
            yield from made(sort, what, begun)
            begun = None
        begun = (begun[0] if begun else day, day, there)
    if begun:
        yield from made(sort, what, begun)


def made(sort: str, what: str, run: tuple[date, date, list[Item]]) -> Iterable[Clash]:
    """A run of days as a clash, if more than one thing is there at once.

    A series does not clash with its own rounds, nor do rounds with each other whose printed hours do not meet;
    in one medium they do.
    """
    first, last, there = run
    series = {each.part_of for each in there if each.sort == ROUND}
    there = [each for each in there if each.sort != ACTIVITY or each.pk not in series]
    hours = [each.entry.note for each in there if each.sort == ROUND and each.entry and each.entry.note]
    apart = sort != MEDIUM and len(hours) == len(there) and all_apart(hours)
    if len(there) > 1 and not apart:
        yield Clash(sort, what, first, last, tuple(in_order(there)))


def by_item(found: Iterable[Clash]) -> dict[str, list[Clash]]:
    """The clashes of each thing, by its key."""
    known: dict[str, list[Clash]] = {}
    for clash in found:
        for item in clash.items:
            known.setdefault(item.key, []).append(clash)
    return known


def said(clash: Clash, about: Item) -> str:
    """What clashes with this thing, in words. What is shown of the others is filled in already."""
    others = listed([each for each in clash.items if each is not about])
    if clash.sort == PLACE:
        return _("At the same place (%(what)s): %(others)s") % {"what": clash.what, "others": others}
    if clash.sort == LEADER:
        return _("%(what)s is expected here too: %(others)s") % {"what": clash.what, "others": others}
    return _("Another round in %(what)s on the same day: %(others)s") % {"what": clash.what, "others": others}


def listed(items: Collection[Item]) -> str:
    """The first of them by name, of the rest how many they are."""
    names = "、".join(f"“{each.entry.title}”" for each in named(items) if each.entry)
    rest = len(items) - NAMED
    return names if rest <= 0 else so_many("%(names)s and %(n)s more", "%(names)s and %(n)s more", rest, names=names)


def named(items: Collection[Item]) -> list[Item]:
    """Those of which the names are needed."""
    return list(items)[:NAMED]


def to_fill(found: Iterable[Clash]) -> list[Item]:
    """Things whose names are needed to say what clashes: one more than is named, for a thing is not its own clash."""
    return [item for clash in found for item in clash.items[: NAMED + 1]]
