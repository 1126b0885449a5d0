"""What carries a year, an edition or a theme in its words: exchanged in a new year's draft, or found by the check.

Numbers of documents, of standards and of laws, and titles of other papers, are not exchanged: a new year has another
paper, or the old one is meant. They are found by the check, which asks.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campaigns.wording import SHORTEST, bare, fold

DIGITS = "〇一二三四五六七八九"
ZEROS = "〇零○0"
QUOTED = (
    r"《[^《》]*》",
    r"[〔\[（(【]\s*\d{4}\s*年?\s*[〕\]）)】]\s*第?\s*\d+\s*号",
    r"[A-Z]{2,}(?:/[A-Z]+)?\s*[\d.]+\s*[-—–:：]\s*\d{4}",
    r"\d{4}\s*年\s*(?:修订|修正|版)",
)
"""What cites another paper."""
CITED = re.compile("|".join(QUOTED))
EDITION = re.compile(r"第([\d一二三四五六七八九十百]{1,5})(届|个|次)(?=[^，。；\n]{0,8}质量月)")


def year_words(year: int) -> re.Pattern[str]:
    """A year as people write it: 2015, 二〇一五, ２０１５."""
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(year))
    spelt = "".join(f"[{ZEROS}]" if digit == "0" else DIGITS[int(digit)] for digit in str(year))
    return re.compile(rf"(?<!\d)(?:{year}|{wide})(?!\d)|{spelt}")


def spelt_like(found: str, year: int) -> str:
    """A year written as another one was."""
    if found[0].isascii():
        return str(year)
    if found.isdecimal():
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(year))
    zero = next((char for char in found if char in ZEROS), "〇")
    return "".join(zero if digit == "0" else DIGITS[int(digit)] for digit in str(year))


def with_year(text: str, old: int, new: int) -> str:
    """A text with last year's number exchanged for this year's, and the edition counted on; what it cites stays."""

    def exchanged(part: str) -> str:
        part = year_words(old).sub(lambda found: spelt_like(found[0], new), part)
        return EDITION.sub(lambda found: f"第{counted_on(found[1], new - old)}{found[2]}", part)

    return "".join(part if cites else exchanged(part) for part, cites in parted(text))


def parted(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts, and whether each cites another paper."""
    last = 0
    for found in CITED.finditer(text):
        yield text[last : found.start()], False
        yield found[0], True
        last = found.end()
    yield text[last:], False


def counted_on(number: str, years: int) -> str:
    """The number of an edition some years later, written as it was."""
    if number.isdecimal():
        return str(int(number) + years)
    return spelt_number(number_of(number) + years)


def number_of(text: str) -> int:
    """The value of a Chinese number below a thousand."""
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = DIGITS.index(char)
    return total + digit


def spelt_number(number: int) -> str:
    """A number below a hundred in Chinese; a greater one in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十") + (DIGITS[ones] if ones else "")


def with_theme(text: str, old: str, new: str) -> str:
    """A text with last year's theme exchanged, however it is punctuated. A theme of a few characters is any word."""
    letters = bare(old)
    if len(letters) < SHORTEST:
        return text.replace(f"“{old}”", f"“{new}”") if old else text
    for start, end in reversed(places(text, old)):
        text = text[:start] + new + text[end:]
    return text


def places(text: str, theme: str) -> list[tuple[int, int]]:
    """Where a theme stands in a text, in characters."""
    passage, letters, found = fold(text), bare(theme), []
    at = passage.letters.find(letters) if letters else -1
    while at >= 0:
        found.append(passage.original(at, at + len(letters)))
        at = passage.letters.find(letters, at + len(letters))
    return found


@dataclass(frozen=True)
class Reworded:
    """What becomes of last year's words: the year, the edition and the theme are exchanged."""

    old_year: int
    new_year: int
    old_theme: str
    new_theme: str

    def __call__(self, text: str, most: int | None = None) -> str:
        """A text of the new year; the old one where the new one has no room, and then the check asks."""
        found = with_theme(with_year(text, self.old_year, self.new_year), self.old_theme, self.new_theme)
        return text if most is not None and len(found) > most else found


BACK = 3
"""Years before this one that a notice speaks of only if it means them."""
AROUND = 8


def old_years(text: str, year: int) -> list[str]:
    """Passages of a text that speak of a year shortly before: each with the words around it, once."""
    found = [
        text[max(0, each.start() - AROUND) : each.end() + AROUND].replace("\n", " ").strip()
        for back in range(1, BACK + 1)
        for each in year_words(year - back).finditer(text)
    ]
    return list(dict.fromkeys(found))


def old_themes(text: str, themes: Iterable[str], theme: str) -> list[str]:
    """The themes of earlier years that stand in a text, but for what this year's theme has of them."""
    rest = with_theme(text, theme, "") if len(bare(theme)) >= SHORTEST else text
    return [
        each
        for each in dict.fromkeys(themes)
        if len(bare(each)) >= SHORTEST and bare(each) != bare(theme) and places(rest, each)
    ]
