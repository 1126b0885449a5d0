"""Dates in running text: days, ranges, 旬, months, 月底前, crossing the year, Arabic and Chinese figures.

find() returns what stands in a flow; resolving a month and day to a year is Calendar's business.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from documents.numerals import DATE, SMALL, YEAR, day_of, small, year

from .spans import Flow, Span

_TO = r"(?:—{1,2}|-{1,2}|(?:起|开始)?，?(?:一?直|持续|延续)?[至到]|或)"
_NEXT = "(?:次年|翌年|第二年|明年)"
_PART = r"(?:上旬|上中旬|中下旬|中旬|下旬|月?底|月?末|月?初|中(?![秋国小心央学期]))"
_POINT = re.compile(
    rf"(?:(?P<y>{YEAR})年)?(?P<m>{SMALL})月(?:份|间)?"
    rf"(?:(?P<d>{SMALL})(?:[日号]|(?={_TO}{SMALL}[日号])|(?=(?:、{SMALL})+[日号]))|(?P<p>{_PART}))?"
)
_MONTHS = re.compile(
    rf"(?:(?P<y>{YEAR})年)?(?P<m>{SMALL})月?(?:份)?{_TO}(?P<m2>{SMALL})月(?:份)?(?!{SMALL}[日号]|[上中下]旬|底|初)"
)
_SECOND = re.compile(
    rf"{_TO}(?:(?P<y>{YEAR})年|{_NEXT})?(?:(?P<m>{SMALL})月(?:份)?)?(?:(?P<d>{SMALL})[日号]|(?P<p>上旬|中旬|下旬|底|末|初))"
)
_SECOND_MONTH = re.compile(rf"{_TO}(?:(?P<y>{YEAR})年|{_NEXT})?(?P<m>{SMALL})月(?:份)?")
_MORE = re.compile(rf"(?:、|和|及|与)(?P<d>{SMALL})(?:[日号]|(?=(?:、{SMALL})*(?:和|及)?{SMALL}?[日号]))")
_DOTTED = re.compile(r"(?<![\d.])(?:(?P<y>\d{4})[./-])?(?P<m>\d{1,2})[./-](?P<d>\d{1,2})(?![\d%]|\.\d)")
# in running text a point makes a day only before 前: 8.25前
_DOTTED_DUE = re.compile(
    r"(?<![\d.])(?:(?P<y>\d{4})[./])?(?P<m>\d{1,2})\.(?P<d>\d{1,2})(?=[上下]午|日?(?:下班|之|以)?前(?![往来后夕期述端沿景进瞻]|提(?![交供出醒前])))"
)
_FULL = re.compile(r"(?<!\d)(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})(?!\d)")
_DOTTED_RANGE = re.compile(
    r"(?<![\d.])(?P<m>\d{1,2})\.(?P<d>\d{1,2})(?:—{1,2}|-|至|到)(?P<m2>\d{1,2})\.(?P<d2>\d{1,2})(?![\d%.])"
)
_YEAR_ONLY = re.compile(r"(?P<y>\d{4})年(?P<end>底|末)(?P<by>前)?")
_YEAR_END = re.compile(
    r"(?<![\d一二三四五六七八九〇零每全半往明次去历])[今本当]?年(?:底|末)(?:之|以)?前(?![往来后夕期述端沿景进瞻]|提(?![交供出醒前]))"
)
_DATED_LINE = re.compile(r"((?:19|20)\d\d)[./—-](\d{1,2})[./—-](\d{1,2})")
# what every date has; most of the many pieces that are searched for one have none
_DATED = re.compile(r"[年月]|\d[./-]\d")
_WEEKDAY = re.compile(r"\((?:星期|周|礼拜)([一二三四五六日天])\)")
_HOUR = rf"(?:\d{{1,2}}|{SMALL}|零)"
_TIME = re.compile(
    r"(?:上午|下午|中午|正午|凌晨|晚上?)?"
    rf"(?:下班|放学|收工|闭馆|\d{{1,2}}[：]\d{{2}}(?:：\d{{2}})?|{_HOUR}[时点](?:半|整|正|\d{{1,2}}分)?)?"
)
_MIDNIGHT = re.compile("(?:凌晨)?(?:0{1,2}：00(?:：00)?|(?:0{1,2}|零)[时点](?:整|正|0{1,2}分)?)")
_WHOLE_DAY = re.compile(
    "(?:(?:下午|晚上?)?(?:下班|放学|收工|闭馆)|晚上?|(?:晚上?)?(?:24：00(?:：00)?|23：59(?:：59)?|(?:24|二十四)[时点](?:整|正)?|23[时点]59分))?"
)
_BY = re.compile(r"(?:之前|以前|前(?![往来后夕期述端沿景进瞻]|提(?![交供出醒前]))|截止|截稿|止(?!损))")
_FROM = re.compile(r"(?:起(?![草点步重])|开始|以来)")
_TENTHS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "上中旬": (1, 20), "中下旬": (11, 31)}
_LOOSE = {"初": (1, 10), "中": (11, 20), "底": (21, 31), "末": (21, 31)}


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date or range of the source; start and end are None when no year could be told.

    precision: day, ten-day, month or year, and without a day recurring (每季度末) or ongoing (持续推进);
    relation "by" for X前; weekday: 0 Monday … as printed, -1 when not.
    """

    text: str
    span: Span
    start: date | None
    end: date | None
    precision: str = "day"
    approx: bool = False
    open_end: bool = False
    relation: str = ""
    time: str = ""
    what: str = ""
    weekday: int = -1
    confidence: float = 1.0
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What resolves a month and day: the year of the notice and, when printed, its date of issue."""

    year: int | None = None
    issued: date | None = None

    def year_of(self, month: int) -> int | None:
        """Return the year of a month named without one: the next, when the month lies half a year before issue."""
        if self.year is None:
            return None
        if self.issued is not None and self.issued.year < self.year:
            return self.issued.year if month >= self.issued.month else self.year
        if self.issued is not None and month <= self.issued.month - 6:
            return self.year + 1
        return self.year


def is_date_line(text: str) -> bool:
    """Return whether a line is one full date and nothing else, as under a signature."""
    bare = re.sub(r"\s", "", text)
    return DATE.fullmatch(bare) is not None or _DATED_LINE.fullmatch(bare) is not None


def issue_date(flow: Flow) -> DateFound | None:
    """Return the first full date of a flow."""
    found = DATE.search(flow.text) or _DATED_LINE.fullmatch(flow.text)
    if found is None:
        return None
    day = day_of(year(found[1]), small(found[2]), small(found[3]))
    return DateFound(flow.value(*found.span()), flow.span(*found.span()), day, day)


def find(flow: Flow, calendar: Calendar, *, dotted: bool = False) -> list[DateFound]:
    """Return the dates of a flow in order.

    dotted: also read 11.20 as a day (cells of a date column; in running text only the range 9.11—9.22 is one).
    """
    if _DATED.search(flow.text) is None:
        return []
    found: list[DateFound] = []
    position = 0
    for match, kind in _candidates(flow.text, dotted):
        if match.start() < position or _cited(flow.text, match.start()):
            continue
        read, position = _READERS[kind](flow, match, calendar)
        found.extend(read)
    return found


def _candidates(text: str, dotted: bool) -> list[tuple[re.Match[str], str]]:
    forms = [(_DOTTED_RANGE, "dotted-range"), (_FULL, "dotted"), (_MONTHS, "months"), (_POINT, "point")]
    forms += [(_DOTTED if dotted else _DOTTED_DUE, "dotted")]
    forms += [(_YEAR_ONLY, "year"), (_YEAR_END, "year-end")]
    hits = [
        (match.start(), rank, match, kind) for rank, (form, kind) in enumerate(forms) for match in form.finditer(text)
    ]
    return [(match, kind) for _, _, match, kind in sorted(hits, key=lambda hit: hit[:2])]


def _cited(text: str, index: int) -> bool:
    """Whether the place lies in the title of a cited paper, 《…》."""
    opened = text.rfind("《", max(0, index - 60), index)
    return opened >= 0 and "》" not in text[opened:index]


def _last(y: int, m: int) -> int:
    return monthrange(y, m)[1]


def _bounds(y: int | None, m: int | None, part: str) -> tuple[date | None, date | None]:
    """The first and last day of a month or of a part of it."""
    if y is None or m is None or not 1 <= m <= 12 or not 1 <= y <= 9998:
        return None, None
    first, last = _TENTHS.get(part) or _LOOSE.get(part.lstrip("月"), (1, 31))
    return day_of(y, m, first), day_of(y, m, min(last, _last(y, m)))


def _read_point(flow: Flow, match: re.Match[str], calendar: Calendar) -> tuple[list[DateFound], int]:
    month = small(match["m"])
    if month is None or not 1 <= month <= 12:
        return [], match.end()
    own = year(match["y"]) if match["y"] else calendar.year_of(month)
    day = small(match["d"]) if match["d"] else None
    first = _make(own, month, day, match["p"] or "")
    behind = _WEEKDAY.match(flow.text, match.end()) if day else None
    onward = behind.end() if behind else match.end()
    second = _SECOND.match(flow.text, onward) or (None if day else _SECOND_MONTH.match(flow.text, onward))
    if second is not None:
        return _read_range(flow, match, second, first)
    found = [_finish(flow, match.start(), match.end(), first)]
    end = found[0][1]
    dates = [found[0][0]]
    more = _MORE.match(flow.text, match.end()) if day else None
    while more is not None:
        item, end = _finish(flow, more.start("d"), more.end(), _make(own, month, small(more["d"]), ""))
        dates.append(item)
        more = _MORE.match(flow.text, more.end())
    return dates, end


def _make(y: int | None, m: int | None, d: int | None, part: str) -> DateFound:
    """A date without a place yet."""
    nowhere = Span(0, 0)
    if d is not None:
        day = day_of(y, m, d)
        return DateFound("", nowhere, day, day)
    start, end = _bounds(y, m, part)
    precision = "ten-day" if part else "month"
    return DateFound("", nowhere, start, end, precision, approx=part.lstrip("月") in _LOOSE)


def _read_range(
    flow: Flow, match: re.Match[str], second: re.Match[str], first: DateFound
) -> tuple[list[DateFound], int]:
    groups = second.groupdict()
    month = small(groups["m"]) if groups.get("m") else small(match["m"])
    own = first.start.year if first.start else None
    if groups.get("y"):
        own = year(groups["y"])
    elif own is not None and month is not None and month < (small(match["m"]) or 0):
        own += 1
    day = small(groups["d"]) if groups.get("d") else None
    last = _make(own, month, day, groups.get("p") or "")
    joined = replace(first, end=last.end, approx=first.approx or last.approx)
    item, end = _finish(flow, match.start(), second.end(), joined)
    return [item], end


def _read_months(flow: Flow, match: re.Match[str], calendar: Calendar) -> tuple[list[DateFound], int]:
    first, last = small(match["m"]), small(match["m2"])
    if first is None or last is None or not (1 <= first <= 12 and 1 <= last <= 12):
        return [], match.start() + 1
    own = year(match["y"]) if match["y"] else calendar.year_of(first)
    start, _ = _bounds(own, first, "")
    _, end = _bounds(own + (last < first) if own is not None else None, last, "")
    item, stop = _finish(flow, match.start(), match.end(), DateFound("", Span(0, 0), start, end, "month"))
    return [item], stop


def _read_dotted(flow: Flow, match: re.Match[str], calendar: Calendar) -> tuple[list[DateFound], int]:
    month, day = int(match["m"]), int(match["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return [], match.end()
    own = int(match["y"]) if match["y"] else calendar.year_of(month)
    first = _make(own, month, day, "")
    joint = re.compile(_TO).match(flow.text, match.end())
    second = _DOTTED.match(flow.text, joint.end()) if joint else None
    if second is None:
        item, end = _finish(flow, match.start(), match.end(), first)
        return [item], end
    own = int(second["y"]) if second["y"] else (own + (int(second["m"]) < month) if own is not None else None)
    last = _make(own, int(second["m"]), int(second["d"]), "")
    item, end = _finish(flow, match.start(), second.end(), replace(first, end=last.end))
    return [item], end


def _read_dotted_range(flow: Flow, match: re.Match[str], calendar: Calendar) -> tuple[list[DateFound], int]:
    m, d, m2, d2 = (int(value) for value in match.groups())
    if not (1 <= m <= 12 and 1 <= m2 <= 12 and 1 <= d <= 31 and 1 <= d2 <= 31):
        return [], match.end()
    own = calendar.year_of(m)
    later = own + (m2 < m) if own is not None else None
    joined = replace(_make(own, m, d, ""), end=_make(later, m2, d2, "").end)
    item, end = _finish(flow, match.start(), match.end(), joined)
    return [item], end


def _read_year(flow: Flow, match: re.Match[str], calendar: Calendar) -> tuple[list[DateFound], int]:
    day = day_of(int(match["y"]), 12, 31)
    found = DateFound("", Span(0, 0), day, day, "year")
    item, end = _finish(flow, match.start(), match.start("by") if match["by"] else match.end(), found)
    return [item], end


def _read_year_end(flow: Flow, match: re.Match[str], calendar: Calendar) -> tuple[list[DateFound], int]:
    """年底前 without a year: the last day of the year of the paper."""
    day = day_of(calendar.year, 12, 31) if calendar.year is not None else None
    found = due(DateFound("", Span(0, 0), day, day))
    return [replace(found, text=flow.value(*match.span()), span=flow.span(*match.span()))], match.end()


_READERS = {
    "point": _read_point,
    "months": _read_months,
    "dotted": _read_dotted,
    "dotted-range": _read_dotted_range,
    "year": _read_year,
    "year-end": _read_year_end,
}


def _finish(flow: Flow, start: int, end: int, found: DateFound) -> tuple[DateFound, int]:
    """Take in what follows a date: weekday, time of day, 前, 起."""
    weekday = _WEEKDAY.match(flow.text, end)
    stop = weekday.end() if weekday else end
    time = _TIME.match(flow.text, stop)
    stop = time.end() if time else stop
    clock = time[0] if time else ""
    by, since = _BY.match(flow.text, stop), _FROM.match(flow.text, stop)
    found = replace(found, time=clock, weekday="一二三四五六日".find(weekday[1].replace("天", "日")) if weekday else -1)
    lasts = found.start != found.end and found.precision == "day"
    if by is not None:
        found, stop = (found if lasts and by[0].endswith("止") else due(found)), by.end()
    elif since is not None:
        found, stop = replace(found, open_end=True), since.end()
    elif clock in ("上午", "下午", "中午", "正午", "凌晨", "晚", "晚上", "") and weekday is None:
        stop = end
    return replace(found, text=flow.value(start, stop), span=flow.span(start, stop)), stop


def names_an_hour(found: DateFound) -> bool:
    """Return whether an hour is printed that is not the end of a day: before noon is not by the end of that day."""
    return not (_WHOLE_DAY.fullmatch(found.time) or _MIDNIGHT.fullmatch(found.time))


def due(found: DateFound) -> DateFound:
    """X前: the last day of a part of a month is the day it is due; before 0:00 of a day, the day before it."""
    if _MIDNIGHT.fullmatch(found.time) and found.start is not None and found.end is not None:
        start, end = (day - timedelta(days=1) for day in (found.start, found.end))
        weekday = (found.weekday - 1) % 7 if found.weekday >= 0 else -1
        return replace(found, start=start, end=end, weekday=weekday, relation="by")
    if found.precision in ("ten-day", "month") and found.approx and found.end is not None:
        return replace(found, start=found.end, precision="day", approx=False, relation="by")
    return replace(found, relation="by")


def overlaps(found: DateFound, others: list[DateFound]) -> bool:
    """Return whether the same start and end were found before."""
    return any(found.start == other.start and found.end == other.end for other in others)


def is_background(text: str, end: int) -> bool:
    """Return whether the date that ends here tells of what was before: 6月印发, 2010年以来."""
    return re.match(r"(?:以来|印发|出台|发布的|颁布|施行|实施的|建成|成立|获)", text[end : end + 4]) is not None


def working_days_from(anchor: date, count: int, is_working_day: Callable[[date], bool]) -> date:
    """Return the day count working days after the anchor (before it, when count is negative)."""
    day, step, left = anchor, timedelta(days=1 if count > 0 else -1), abs(count)
    for _ in range(3660):
        if left <= 0:
            break
        day += step
        left -= is_working_day(day)
    return day
