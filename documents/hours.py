"""The hour a deadline names: 12时, 下午5点半, 17：30; 下班 is the end of a working day."""

from __future__ import annotations

import re
from datetime import time

from documents.numerals import SMALL, small

END_OF_WORK = time(18)
"""下班前 is by 18:00, when most offices close; where one closes at another hour, it is corrected beside the text."""
NOON = time(12)
_NAMED = re.compile(
    "(?P<part>凌晨|上午|中午|正午|下午|晚上?)?"
    rf"(?:(?P<close>下班|放学|收工|闭馆)|(?P<hour>{SMALL}|零)"
    "(?:[：:](?P<minute>[0-9]{2})(?:[：:][0-9]{2})?|[时点](?:(?P<half>半)|整|正|(?P<minutes>[0-9]{1,2})分)?))?"
)


def hour_named(text: str) -> time | None:
    """The hour within a day that stands behind a day.

    Arguments: what is printed there (下班, 上午, 12时).
    Returns: None for the whole day (nothing, 24时, 23：59, 晚上; 0时 ends the day before) and for what is no hour.
    """
    found = _NAMED.fullmatch(text)
    if found is None:
        return None
    part = found["part"] or ""
    if found["hour"] is None:
        before_noon = part in ("上午", "中午", "正午")
        return NOON if before_noon else END_OF_WORK if found["close"] and not part.startswith("晚") else None
    return on_the_clock(part, small(found["hour"].replace("零", "0")) or 0, minutes_of(found))


def minutes_of(found: re.Match[str]) -> int:
    """How many minutes past the hour."""
    return 30 if found["half"] else int(found["minute"] or found["minutes"] or 0)


def on_the_clock(part: str, hour: int, minute: int) -> time | None:
    """下午5点半 is 17:30; the end of a day is no hour within it."""
    if hour < 12 and (part in ("下午", "晚", "晚上") or (part in ("中午", "正午") and hour < 4)):
        hour += 12
    if not 0 <= hour < 24 or minute > 59 or (hour, minute) in ((0, 0), (23, 59)):
        return None
    return time(hour, minute)
