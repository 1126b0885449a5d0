"""Runs of glyphs as text objects: one for what stands together on a line, its characters placed one by one.

What readers need was tried (see ``tests/``): exactly one distance less than there are characters; no blank at either
end; a character beyond 16 bits, and one that its text alone does not lead to, in an object of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from . import markup
from .drawing import Glyph, Run
from .font_subset import Face

ABOVE = 0.88
"""em from the top of an object to the base line: Chinese characters reach that high."""
_FAR = 1.5  # em from one text to the next on a line: more is another column
_PLACES = 4  # of a distance in mm: sixty characters are off by 0.003 at most
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff")


def joined(runs: Sequence[Run]) -> Run:
    """Return runs that stand one behind the other on a line as one."""
    first = runs[0]
    glyphs = list(first.glyphs)
    for run in runs[1:]:
        moved = (run.x - first.x) / first.matrix[0]
        glyphs += [replace(glyph, x=glyph.x + moved) for glyph in run.glyphs]
    return replace(first, glyphs=tuple(glyphs))


def follows(before: Run, run: Run) -> bool:
    """Whether a run goes on where the one before it ended, in the same hand."""
    same = (before.font, before.size, before.matrix, before.colour, before.alpha)
    if same != (run.font, run.size, run.matrix, run.colour, run.alpha) or run.matrix[1] or run.matrix[2]:
        return False
    end = before.x + (before.glyphs[-1].x + before.glyphs[-1].width) * before.matrix[0]
    wide = run.size * run.matrix[0]
    return abs(before.y - run.y) < 0.001 and -0.2 * wide < run.x - end < _FAR * wide


def text_objects(run: Run, face: Face, number: Callable[[], int]) -> Iterator[tuple[int, str, str]]:
    """Yield the objects of a run: the ID of each, its text, its markup.

    face: the font of the run, which notes what is printed; number: gives each object its ID.
    """
    shown = [glyph for glyph in run.glyphs if glyph.text and not set(glyph.text) <= _INVISIBLE]
    plain = {glyph: face.take(glyph.number, glyph.text) for glyph in shown}
    for apart, group in groupby(shown, key=lambda glyph: not plain[glyph] or ord(glyph.text[0]) > 0xFFFF):
        for piece in [[glyph] for glyph in group] if apart else [list(group)]:
            if kept := _without_ends(piece):
                special = "" if plain[kept[0]] else _by_number(kept[0], face)
                identity, words = number(), "".join(glyph.text for glyph in kept)
                yield identity, words, _object(run, kept, words, face.number, identity, special)


def _without_ends(glyphs: list[Glyph]) -> list[Glyph]:
    first, last = 0, len(glyphs)
    while first < last and glyphs[first].text.isspace():
        first += 1
    while last > first and glyphs[last - 1].text.isspace():
        last -= 1
    return glyphs[first:last]


def _object(run: Run, glyphs: list[Glyph], words: str, font: int, number: int, special: str) -> str:
    a, b, c, d = run.matrix
    upright = round(a, 5) == round(d, 5) == 1 and not (round(b, 5) or round(c, 5))
    x, rise = glyphs[0].x, run.size * ABOVE
    end = glyphs[-1].x + glyphs[-1].width - x
    left, base = run.x + a * x, run.y + b * x
    if upright:
        place = {"Boundary": markup.box(left, base - rise, end, run.size)}
        code = {"X": "0", "Y": markup.number(rise)}
    else:  # what is turned or stretched lies in a box whose corner is its own beginning
        place = {"Boundary": markup.box(left, base, *_extent(run, end))}
        place["CTM"] = " ".join(markup.number(value, 5) for value in (a, b, c, d, 0.0, 0.0))
        code = {"X": "0", "Y": "0"}
    if len(words) > 1:
        code["DeltaX"] = distances(glyphs)
    inner = colour("FillColor", run.colour, run.alpha) + special
    inner += markup.element("TextCode", markup.text(words), **code)
    return markup.element("TextObject", inner, ID=number, **place, Font=font, Size=markup.number(run.size, 4))


def _extent(run: Run, end: float) -> tuple[float, float]:
    a, b, c, d = run.matrix
    return (max(abs(a * end) + abs(c * run.size), 0.1), max(abs(b * end) + abs(d * run.size), 0.1))


def _by_number(glyph: Glyph, face: Face) -> str:
    """Name a glyph by its number in the font, where the characters alone do not lead to it."""
    inner = markup.element("Glyphs", str(face.places[glyph.number]))
    return markup.element("CGTransform", inner, CodePosition=0, CodeCount=len(glyph.text), GlyphCount=1)


def distances(glyphs: list[Glyph]) -> str:
    """Return the distances between the characters of glyphs, equal ones in short: ``g 3 5.6``.

    A glyph that stands for several characters has them all at its place.
    """
    steps: list[float] = []
    for glyph, after in pairwise(glyphs):
        steps += [0.0] * (len(glyph.text) - 1) + [after.x - glyph.x]
    steps += [0.0] * (len(glyphs[-1].text) - 1)
    written: list[str] = []
    for value, same in groupby(markup.number(step, _PLACES) for step in steps):
        count = len(list(same))
        written += ["g", str(count), value] if count > 2 else [value] * count
    return " ".join(written)


def colour(name: str, value: tuple[int, int, int], alpha: float = 1.0) -> str:
    """Return a colour as an element; black is said too, since not every reader takes it for granted."""
    opacity = None if alpha >= 1 else round(alpha * 255)
    return markup.element(name, Value=" ".join(map(str, value)), Alpha=opacity)
