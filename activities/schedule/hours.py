"""Printed hours (上午9时, 14:30–16:00) as minutes of the day, to tell whether two of them meet."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

MORNING, AFTERNOON, EVENING = ("上午", "早上"), ("下午",), ("晚上", "晚")
HALVES = {**dict.fromkeys(MORNING, (0, 720)), **dict.fromkeys(AFTERNOON, (720, 1080)),
          **dict.fromkeys(EVENING, (1080, 1440))}  # fmt: skip
HALF = "|".join(HALVES)
CLOCK = r"(\d{1,2})(?::(\d{2})|[时点](?:(\d{1,2})分?|(半))?)?"
HOURS = re.compile(rf"({HALF})?{CLOCK}(?:(?:-+|至|到)({HALF})?{CLOCK})?")
DASHES = str.maketrans("–—－~～", "-----")


def all_apart(texts: Iterable[str]) -> bool:
    """Whether no two of these printed hours meet. What cannot be read may be at any hour."""
    spans = [span(each) for each in texts]
    if None in spans:
        return False
    known = sorted(each for each in spans if each)
    return all(before[1] <= after[0] and before[0] < after[0] for before, after in pairwise(known))


@lru_cache(maxsize=10_000)
def span(text: str) -> tuple[int, int] | None:
    """From when to when, in minutes of the day: both the same where only a beginning is printed; None: unreadable."""
    text = unicodedata.normalize("NFKC", "".join(text.split())).translate(DASHES)
    if text in HALVES:
        return HALVES[text]
    found = HOURS.fullmatch(text)
    if not found:
        return None
    half, other = found[1] or "", found[6] or ""
    begins = minutes(half, *found.groups()[1:5])
    if found[7] is None:
        return None if begins is None else (begins, begins)
    ends = minutes(other or half, *found.groups()[6:10])
    return (begins, ends) if begins is not None and ends is not None and begins < ends <= 1440 else None


def minutes(half: str, hour: str, sharp: str | None, loose: str | None, is_half: str | None) -> int | None:
    """The minute of the day; None where there is no such hour."""
    hours, rest = int(hour), 30 if is_half else int(sharp or loose or 0)
    if half and half not in MORNING and hours < 12:
        hours += 12
    at = hours * 60 + rest
    return at if rest < 60 and (HALVES[half][0] if half else 0) <= at <= 1440 else None
