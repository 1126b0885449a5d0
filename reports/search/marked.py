"""A hit in its sentence: the sentences of a text in which the words stand, as HTML with the words marked."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from reports.search.folding import SECTION, TABLE, fold, places

SENTENCE = re.compile(rf"[^。！？；!?;\n{SECTION}]+[。！？；!?;]?|[。！？；!?;]")
AROUND = 45
"""Characters of a long sentence before the first word and behind the last."""
MOST = 2
"""Sentences of one text."""


def sentences(text: str, words: Sequence[str]) -> str:
    """Up to two sentences, so that as many of the words are seen as there can be; the beginning where none stands in
    one sentence (a word may run over the end of one, or be that of a person's name as it sounds).

    Arguments: a text as it is shown; folded words. Returns: HTML.
    """
    left, shown = list(words), list[str]()
    for match in SENTENCE.finditer(text) if words else ():
        folded = fold(match[0])
        if any(word in folded for word in left):
            shown.append(marked(match[0].strip(), words))
            left = [word for word in left if word not in folded]
        if not left or len(shown) == MOST:
            break
    return " … ".join(shown) or over_ends(text, words) or cut(text.replace(SECTION, " ").strip(), 0, 0)


def over_ends(text: str, words: Sequence[str]) -> str:
    """The surroundings of the first word that stands in the text, whatever ends there; nothing where none does."""
    spans = list(found_in(text, words))
    if not spans:
        return ""
    start, end = min(spans)
    return marked(text[max(0, start - AROUND) : end + AROUND].replace(SECTION, " "), words)


def found_in(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand: beginning and end of each place, in the text itself."""
    folded = text.translate(TABLE)
    at = places(text)
    for word in words:
        place = folded.find(word)
        while place >= 0:
            yield at[place], at[place + len(word) - 1] + 1
            place = folded.find(word, place + len(word))


def marked(text: str, words: Sequence[str]) -> str:
    """A text as HTML, every place of the words marked, cut where it is long."""
    spans = joined(sorted(found_in(text, words)))
    if not spans:
        return cut(text, 0, 0)
    first, last = spans[0][0], spans[-1][1]
    start = max(0, first - AROUND) if first > 2 * AROUND else 0
    stop = min(len(text), max(spans[0][1] + 2 * AROUND, min(last, spans[0][1] + 4 * AROUND) + AROUND))
    parts, place = ["…" if start else ""], start
    for begin, end in spans:
        if begin >= stop:
            break
        parts += [escape(text[place:begin]), f"<mark>{escape(text[begin:end])}</mark>"]
        place = end
    return "".join([*parts, escape(text[place:stop]) if place < stop else "", "…" if stop < len(text) else ""])


def joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that overlap or touch as one."""
    found: list[tuple[int, int]] = []
    for begin, end in spans:
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def cut(text: str, start: int, end: int) -> str:
    """The beginning of a text as HTML."""
    most = 4 * AROUND
    return escape(text[start : end or most]) + ("…" if len(text) > most else "")
