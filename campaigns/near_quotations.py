"""Slogans quoted almost rightly (口号与通知不一致): a character wrong, missing or too many.

Punctuation, spaces, quotation marks and the width of a character are the writer's own affair. A passage is almost a
slogan when one character differs, two from twelve characters on, and it is at most one longer or shorter: the words of
every day are further away than that.
Where to look is told by the parts: cut a slogan into one part more than characters may differ, and one of the parts
stands in the text as it is.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from rapidfuzz.distance import Levenshtein

LONGEST = 120
"""Characters of a slogan, as it is kept."""
SHORTEST = 5
"""What has fewer characters is an ordinary word: nobody misquotes it."""
LONG = 12
"""From so many characters on two may differ."""
TAKEN = "\0"
"""Stands where a slogan is quoted rightly: no passage that holds it is a misquotation of another one."""
SENTENCE_ENDS = frozenset("。！？；!?;\n")


@dataclass(frozen=True)
class Misquote:
    """A passage that is almost a slogan: what stands there, what is meant, and where (in characters)."""

    found: str
    meant: str
    start: int
    end: int


@dataclass(frozen=True)
class Folded:
    """A text without what may differ; ``places`` says where each of its characters stood."""

    text: str
    letters: str
    places: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a passage of the letters stands in the text."""
        return self.places[start], self.places[end - 1] + 1


@cache
def folded(character: str) -> str:
    """A character as it counts: narrow, small; nothing for punctuation, spaces and signs."""
    narrow = unicodedata.normalize("NFKC", character).casefold()
    return "".join(each for each in narrow if unicodedata.category(each)[0] in "LN")


def bare(text: str) -> str:
    """The letters and numbers of a slogan: what two writings of it share, and by what the register knows it.

    Never longer than a slogan may be, though one sign may stand for a whole phrase.
    """
    return "".join(map(folded, text))[:LONGEST]


def fold(text: str) -> Folded:
    """The letters of a text with their places."""
    parts = [folded(each) for each in text]
    places = [place for place, part in enumerate(parts) for _each in part]
    return Folded(text, "".join(parts), places)


def issued_words(campaign: Any) -> list[str]:
    """Theme, spirit slogan and slogans of a campaign: what everybody is to quote to the letter; one query."""
    words = [campaign.theme, campaign.spirit_slogan, *(each.text for each in campaign.slogans.all())]
    return [each for each in dict.fromkeys(words) if each]


def misquotes(text: str, register: Iterable[str]) -> list[Misquote]:
    """The passages that are almost a slogan of the register and are none.

    Arguments: the text; the slogans as they were issued.
    Returns: findings in the order of the text, none overlapping another; of two slogans the nearer is meant.
    """
    meant = {letters: each for each in register if len(letters := bare(each)) >= SHORTEST}
    passage = fold(text)
    letters = passage.letters
    for each in sorted(meant, key=len, reverse=True):
        letters = letters.replace(each, TAKEN * len(each))
    found = [near for each in meant for near in nearly(each, letters, passage)]
    return [misquote(passage, meant[slogan], span) for slogan, span in apart(found)]


def misquote(passage: Folded, meant: str, span: tuple[int, int]) -> Misquote:
    """The finding at a span of letters."""
    start, end = passage.original(*span)
    return Misquote(passage.text[start:end], meant, start, end)


def differs_by_little(text: str, register: Iterable[str]) -> str | None:
    """The slogan of the register a text was probably meant to be.

    Arguments: one slogan or theme; the register. Returns: the nearest that differs by little; None when the text
    stands in the register, or when nothing is near.
    """
    letters, known = bare(text), {bare(each): each for each in register}
    if letters in known or len(letters) < SHORTEST:
        return None
    alike = [each for each in known if abs(len(each) - len(letters)) < 2]
    near = [(Levenshtein.distance(letters, each, score_cutoff=most(each)), each) for each in alike]
    steps, nearest = min(((far, each) for far, each in near if far <= most(each)), default=(0, ""))
    return known[nearest] if steps else None


def most(slogan: str) -> int:
    """How many characters may differ in a slogan that is still meant."""
    return 0 if len(slogan) < SHORTEST else 1 if len(slogan) < LONG else 2


Near = tuple[int, tuple[int, int], str]


def nearly(slogan: str, letters: str, passage: Folded) -> Iterator[Near]:
    """How far, where and of what: each place at which a part of the slogan stands and the rest is near."""
    allowed = most(slogan)
    for start in places_of_parts(slogan, letters, allowed):
        window = letters[start : start + len(slogan) + 2 * allowed]
        if Levenshtein.distance(slogan, window, score_cutoff=3 * allowed) <= 3 * allowed:
            yield from best(slogan, letters, start, passage)


def places_of_parts(slogan: str, letters: str, allowed: int) -> list[int]:
    """Where the slogan would begin, at the earliest, for each place of one of its parts."""
    size, found = len(slogan) // (allowed + 1), set()
    for number in range(allowed + 1):
        offset = number * size
        part = slogan[offset : offset + size] if number < allowed else slogan[offset:]
        at = letters.find(part)
        while at >= 0:
            found.add(max(0, at - offset - allowed))
            at = letters.find(part, at + 1)
    return sorted(found)


def best(slogan: str, letters: str, start: int, passage: Folded) -> Iterator[Near]:
    """The passage near a place that is nearest to the slogan, if it is near enough.

    Of two that are equally near, the one within a sentence, then the one of the slogan's length.
    """
    allowed, found = most(slogan), []
    for begin in range(start, min(start + 2 * allowed, len(letters)) + 1):
        for end in range(begin + len(slogan) - 1, min(begin + len(slogan) + 1, len(letters)) + 1):
            far = Levenshtein.distance(slogan, letters[begin:end], score_cutoff=allowed)
            if far <= allowed and TAKEN not in letters[begin:end]:
                first, last = passage.original(begin, end)
                broken = not SENTENCE_ENDS.isdisjoint(passage.text[first:last])
                found.append((far, broken, abs(end - begin - len(slogan)), (begin, end)))
    if found:
        far, _broken, _longer, span = min(found)
        yield far, span, slogan


def apart(found: list[Near]) -> list[tuple[str, tuple[int, int]]]:
    """The nearest of findings that overlap, in the order of the text."""
    taken = bytearray(max((span[1] for _far, span, _slogan in found), default=0))
    kept = []
    for _far, (start, end), slogan in sorted(found):
        if not any(taken[start:end]):
            taken[start:end] = b"1" * (end - start)
            kept.append(((start, end), slogan))
    return [(slogan, span) for span, slogan in sorted(kept)]
