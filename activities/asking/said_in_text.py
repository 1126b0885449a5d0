"""What the text of a notice demands: filings by a day, and other days, read from its body and its annexes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import documents
from activities.burden.texts import texts_of
from activities.reading.quotas import EVERYBODY, some
from activities.states import Kind
from campaigns.models import Notice
from documents.text import bare
from workflow import clock
from workflow.workdays import working_days

LIAISON = re.compile("联络")
RECEIPT = re.compile("签收|收文回执")
HAN, ENOUGH = re.compile(r"[\u4e00-\u9fff]"), 20
"""A text with fewer Chinese characters is not judged: the reader reads no other language, and no notice is shorter."""


@dataclass(frozen=True)
class Said:
    """One filing the text demands."""

    item: str
    words: str
    """The day as the text prints it."""
    days: tuple[date, ...]
    """The days it comes to; none where it comes back every month, or depends on what nobody knows yet."""
    kind: str
    """Of what the system asks for in a form of its own, which; else empty."""
    filing: str
    """What kind of filing it is, as the reader says: case, material, …"""
    who: str = ""
    """Of whom it is asked, where that is not everybody."""
    of_all: bool = False
    """Whether the text says that everybody is asked: 各单位."""

    @property
    def day(self) -> date | None:
        return self.days[0] if len(self.days) == 1 else None

    def is_like(self, title: str) -> bool:
        """Whether something asked in data is this, by its words."""
        mine, other = bare(self.item), bare(title)
        return bool(mine and other) and (mine in other or other in mine)


@dataclass(frozen=True)
class Spoken:
    """All a text demands; whether there is anything in it that the reader can read."""

    filings: tuple[Said, ...]
    quotas: tuple[documents.reading.Quota, ...]
    days: tuple[documents.reading.DateFound, ...]
    is_readable: bool


def spoken(notice: Notice) -> Spoken:
    """What the text of a notice and its annexes in words demand, each thing once."""
    filings: dict[tuple[str, tuple[date, ...], str], Said] = {}
    quotas: dict[str, documents.reading.Quota] = {}
    days: dict[tuple[date | None, date | None], documents.reading.DateFound] = {}
    around, counts = clock.today(), working_days().is_working_day
    for title, text in texts_of(notice):
        found = documents.reading.read_demands(text, year=notice.year, around=around, is_working_day=counts)
        for each in found.deadlines:
            one = said(each, title)
            filings.setdefault((one.kind or bare(one.item), one.days, one.words if not one.days else ""), one)
        for quota in found.quotas:
            quotas.setdefault(bare(quota.target.text), quota)
        for day in found.days:
            days.setdefault((day.start, day.end), day)
    is_readable = len(HAN.findall(notice.body)) >= ENOUGH
    return Spoken(tuple(filings.values()), tuple(quotas.values()), tuple(days.values()), is_readable)


def said(found: documents.reading.Deadline, title: str) -> Said:
    """A filing of the text. Arguments: what the reader found; the title of the annex in which it stands."""
    day = found.date.end if found.date else None
    days = (day,) if day else tuple(dict.fromkeys(found.resolved))
    item = found.item.strip() or title
    of_all = bool(EVERYBODY.match(found.sender))
    return Said(item, found.text, days, kind_of(found, title), found.kind, some(found.sender), of_all)


def kind_of(found: documents.reading.Deadline, title: str) -> str:
    """Which of the system's own kinds a filing is; empty for what the notice asks beside them."""
    if found.kind in ("summary", "plan"):
        return str(found.kind)
    if RECEIPT.search(found.item):
        return str(Kind.RECEIPT)
    names_somebody = found.kind in ("registration", "nominee_list", "other")
    if names_somebody and LIAISON.search(f"{title}{found.item}{found.before}"):
        return str(Kind.LIAISON)
    return ""
