"""The State Council's text on a year's days off: which days are free, and which weekends are worked for them.

One line a holiday, as it is published: 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
What is only advised (鼓励…除夕休息) makes no day off. A later text below the first (延长2020年春节假期至…) changes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import zip_longest

from documents.numerals import DATE as FULL_DATE
from documents.numerals import day_of, small
from documents.reading.phrases.spans import fold
from documents.text import clean

LONGEST = 10_000
"""Characters that are read; the longest notice of this kind has a tenth of them."""
_MEMORIAL = r"(?:(?![、和及暨])[\u4e00-\u9fff“”0-9]){2,40}纪念日"
_NAME = rf"(?:元旦节?|春节|清明节?|(?:“?五一”?)?(?:国际)?劳动节|端午节?|中秋节?|国庆节?|{_MEMORIAL})"
# possessive and at most four names: a long row of names without a colon is not tried in every length
_LABEL = re.compile(
    rf"(?P<names>{_NAME}(?:[、和及暨]{_NAME}){{0,3}}+)(?:假期|放假)?(?:：|(?=(?:\d{{4}}年)?\d{{1,2}}月\d))"
)
_YEAR = re.compile(r"((?:19|20)\d{2})年(?:度)?(?:部分)?(?:法定)?(?:节假日|元旦|春节|放假)")
_DATE = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:\([^()]*\))?"
_DAYS = re.compile(rf"(?:自|从)?{_DATE}(?:(?:[至到—、和及与，]|--){_DATE})*")
_ONE = re.compile(
    r"(?P<to>[至到—]|--)?[、和及与，]?"
    r"(?P<words>(?:(?P<y>\d{4})年)?(?:(?P<m>\d{1,2})月)?(?P<d>\d{1,2})日(?:\((?P<in>[^()]*)\))?)"
)
_WEEKDAY = re.compile("(?:周|星期|礼拜)([一二三四五六日天])")
_COUNT = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_OFF = re.compile(rf"#(?:均|全天)?(?:放假调休|调休放假|放假公休|放假|补休|调休|休假|休息)(?:({_COUNT})天)?")
_WORKED = re.compile("#(?:均|照常|正常)?上班")
_SUM = re.compile(rf"共(?:计)?({_COUNT})天")
_WITH_WEEKEND = re.compile("与(?:周末|双休日)(?:连休|调休)")
_SAYS_NOTHING = re.compile("(?:不调休|#起(?:照常|正常|恢复)?上班|(?:照常|正常)上班)?")
_ADVISED = re.compile("鼓励|倡导|可结合|带薪")
_SPEAKS = re.compile(r"\d月\d|\d日|#|放假|上班|补休|调休")
_LONGER = re.compile(rf"延长(?:\d{{4}}年)?(?P<name>{_NAME})假期至(?P<last>{_DATE})")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something of the text that cannot be: what it is (weekday, no-day, count, weekend, both, year), and the words."""

    what: str
    words: str
    day: date | None = None
    count: int = 0
    """How many days it really comes to, where the text gives another number."""


@dataclass(slots=True)
class DaysOff:
    """What a text arranges. year: the year it is about, as it says or as it was given."""

    year: int
    off: dict[date, str] = field(default_factory=dict)
    """Each free day with its holiday; weekends among them where the text names them."""
    worked: dict[date, str] = field(default_factory=dict)
    """Each Saturday and Sunday that is worked, with the holiday for which it is."""
    wrong: list[Wrong] = field(default_factory=list)
    advised: list[str] = field(default_factory=list)
    """What is only recommended, and so makes no day off."""
    unread: list[str] = field(default_factory=list)
    """Sentences about days that were not understood."""


def read_days_off(text: str, year: int) -> DaysOff:
    """Read a text of the State Council.

    Arguments: the text, whole or a line of it; the year it is about, where it does not say so itself.
    Returns: the days, what cannot be, and what was not understood. Raises: nothing.
    """
    flat = re.sub(r"[ \t\u3000\xa0]", "", fold(clean(text[:LONGEST])))
    said = _YEAR.search(flat)
    found = DaysOff(int(said[1]) if said else year)
    for name, part in _parts(flat):
        _read_part(part, name, found)
    for longer in _LONGER.finditer(flat):
        _lengthen(longer, found)
    _judge(found)
    return found


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Each holiday with what is said of it; what stands before the first one says why, and nothing of days."""
    labels = list(_LABEL.finditer(text))
    if not labels:
        yield "", text
    for label, following in zip_longest(labels, labels[1:]):
        end = following.start() if following else len(text)
        yield re.sub("[“”]", "", label["names"]), text[label.end() : end]


def _read_part(text: str, name: str, found: DaysOff) -> None:
    """What is said of one holiday, sentence by sentence."""
    for sentence in re.split(r"[。；\n]", _LONGER.sub("", text)):
        if FULL_DATE.fullmatch(sentence) or not _SPEAKS.search(sentence) or re.search("如下$|如下：$", sentence):
            continue
        if _ADVISED.search(sentence):
            found.advised.append(sentence)
        else:
            _Sentence(sentence, name, found).read()


class _Sentence:
    """One sentence: its groups of dates, and the clauses that say what they are."""

    def __init__(self, text: str, name: str, found: DaysOff) -> None:
        self.text, self.name, self.found = text, name, found
        self.groups = [match[0] for match in _DAYS.finditer(text)]
        self.free: set[date] = set()

    def read(self) -> None:
        """Take each clause; what is not understood is kept as it stands, with its sentence."""
        groups = iter(self.groups)
        wrong = len(self.found.wrong)
        for clause in _DAYS.sub("#", self.text).split("，"):
            days = [day for _ in range(clause.count("#")) for day in self.days(next(groups))]
            if not self.take(clause, days) and len(self.found.wrong) == wrong:
                self.found.unread.append(self.text)
                return

    def take(self, clause: str, days: list[date]) -> bool:
        """Whether a clause is understood; then its days are free, or worked."""
        if off := _OFF.fullmatch(clause):
            self.free.update(days)
            self.found.off.update(dict.fromkeys(days, self.name))
            self.counts(off[1], set(days))
            return bool(days)
        if _WORKED.fullmatch(clause):
            self.found.worked.update(dict.fromkeys(days, self.name))
            return bool(days)
        if total := _SUM.fullmatch(clause):
            self.counts(total[1], self.free)
            return True
        if _WITH_WEEKEND.fullmatch(clause):
            self.free = _with_weekends(self.free)
            return True
        return _SAYS_NOTHING.fullmatch(clause) is not None

    def counts(self, said: str | None, days: set[date]) -> None:
        """The number of days that is printed must be theirs."""
        if said and days and small(said) not in (len(days), len(_with_weekends(days) if self.joined else days)):
            self.found.wrong.append(Wrong("count", self.text, count=len(days)))

    @property
    def joined(self) -> bool:
        return _WITH_WEEKEND.search(self.text) is not None

    def days(self, group: str) -> list[date]:
        """The days of a group such as 1月5日（周六）、6日 or 2018年12月30日至2019年1月1日."""
        days: list[date] = []
        year: int | None = None
        month: int | None = None
        for one in _ONE.finditer(group):
            year = int(one["y"]) if one["y"] else year
            before, month = month, int(one["m"]) if one["m"] else month
            day = self.day(one, year or self.year_of(month), month)
            if day and one["to"] and days:
                if year is None and before and month and month < before:
                    day = day_of(days[-1].year + 1, day.month, day.day) or day
                days += _between(days[-1], day)
            elif day:
                days.append(day)
        return days

    def day(self, one: re.Match[str], year: int, month: int | None) -> date | None:
        """One date; its weekday is looked at, and a date that cannot be is named."""
        day = day_of(year, month, int(one["d"]))
        printed = _WEEKDAY.search(one["in"] or "")
        if day is None:
            self.found.wrong.append(Wrong("no-day", one["words"]))
        elif abs((day - date(self.found.year, 7, 1)).days) > 366:
            self.found.wrong.append(Wrong("year", one["words"], day))
            return None
        elif printed and "一二三四五六日".index(printed[1].replace("天", "日")) != day.weekday():
            self.found.wrong.append(Wrong("weekday", one["words"], day))
        return day

    def year_of(self, month: int | None) -> int:
        """The year of a date without one: December beside New Year's Day is that of the year before."""
        return self.found.year - (month == 12 and "元旦" in self.name)


def _between(first: date, last: date) -> Iterator[date]:
    """The days after one up to another, at most two months of them."""
    return (first + timedelta(days=number) for number in range(1, min((last - first).days, 62) + 1))


def _with_weekends(days: set[date]) -> set[date]:
    """Days together with the Saturdays and Sundays that touch them."""
    joined = set(days)
    for step in (timedelta(days=-1), timedelta(days=1)):
        for day in days:
            while (day := day + step) not in joined and day.weekday() >= 5:
                joined.add(day)
    return joined


def _lengthen(longer: re.Match[str], found: DaysOff) -> None:
    """A holiday goes on until a later day, also over weekends that were to be worked."""
    known = [day for day, name in found.off.items() if longer["name"] in name]
    last = _Sentence(longer["last"], longer["name"], found).days(longer["last"])
    if not known or not last:
        found.unread.append(longer[0])
        return
    for day in _between(max(known), last[-1]):
        found.off[day] = longer["name"]
        found.worked.pop(day, None)


def _judge(found: DaysOff) -> None:
    """What contradicts itself: a day that is free and worked, one worked that is no weekend."""
    for day in found.worked:
        if day in found.off:
            found.wrong.append(Wrong("both", f"{day.month}月{day.day}日", day))
        elif day.weekday() < 5:
            found.wrong.append(Wrong("weekend", f"{day.month}月{day.day}日", day))
