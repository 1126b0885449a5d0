"""Units by their names: the short one, the official one, the others they go by. A name belongs to one unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from accounts.models.units import Unit, bare, names_of

NUMBERING = re.compile(r"^\s*(?:[（(]?\d{1,4}[）)]|\d{1,4}[.．、])\s*(?=\D)")
"""“1.”, “（1）” before a name that was copied out of a numbered list."""
SEPARATORS = re.compile(r"[、，,;；\t]+")
NEAR = 60
"""From this likeness (of 100) on another name is offered for one that is not known."""
GUESSES = 20
"""For so many names of a list another one is looked for: a long list of strangers is another list altogether."""


def called_like(sought: str) -> Q:
    """That one of a unit's names holds these characters."""
    return known_by(bare(sought))


def known_by(part: Any) -> Q:
    """The same for characters as names are compared (or the place of a value in a compiled query)."""
    return Q(known_as__contains=part)


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """The names of a pasted list, each with the number of its line."""
    for number, line in enumerate(text.splitlines(), 1):
        for piece in SEPARATORS.split(NUMBERING.sub("", line)):
            if piece.strip():
                yield number, piece.strip()


@dataclass(frozen=True)
class Unknown:
    """A name of a pasted list that stands for no unit, or for several."""

    line: int
    name: str
    why: str


@dataclass(frozen=True)
class Found:
    """The units of a pasted list, each once, and what was not found."""

    units: list[Unit]
    unknown: list[Unknown]


class Names:
    """All units by every name they go by, read once; the names of a merged unit lead to its successor."""

    def __init__(self) -> None:
        self.units = {unit.pk: unit for unit in Unit.objects.all()}
        self.bearers: dict[str, list[Unit]] = {}
        for unit in self.units.values():
            for name in dict.fromkeys(map(bare, names_of(unit))):
                self.bearers.setdefault(name, []).append(unit)

    def successor(self, unit: Unit) -> Unit:
        """The unit it was merged into, through any number of mergers; itself when it was not."""
        while unit.merged_into_id is not None:
            unit = self.units[unit.merged_into_id]
        return unit

    def called(self, name: str) -> list[Unit]:
        """The units that go by this name now."""
        return list(dict.fromkeys(map(self.successor, self.bearers.get(bare(name), ()))))

    def taken_by(self, name: str, unit: Unit) -> Unit | None:
        """Another unit that has this name; what was merged into the unit left it its names."""
        others = (each for each in self.bearers.get(bare(name), ()) if self.successor(each).pk != unit.pk)
        return next(others, None)

    def found(self, text: str) -> Found:
        """The units of a pasted list: one a line, or parted by commas."""
        units, unknown = dict[Unit, None](), list[Unknown]()
        for line, name in pieces(text):
            known = self.called(name)
            if len(known) == 1:
                units[known[0]] = None
            else:
                guess = len(unknown) < GUESSES
                unknown.append(Unknown(line, name, several(name, known) if known else self.nothing(name, guess)))
        return Found(list(units), unknown)

    def nothing(self, name: str, guess: bool) -> str:
        """That no unit is called so, and which one is called almost so, if that is to be looked for."""
        known = self.bearers.keys() if guess else ()
        like = process.extractOne(bare(name), known, scorer=fuzz.ratio, score_cutoff=NEAR)
        if like is None:
            return _("No unit is called “%(name)s”.") % {"name": name}
        meant = self.successor(self.bearers[like[0]][0])
        return _("No unit is called “%(name)s”. Is %(unit)s meant?") % {"name": name, "unit": meant}


def several(name: str, units: list[Unit]) -> str:
    """That a name stands for more than one unit."""
    values = {"name": name, "units": "、".join(map(str, units))}
    return _("“%(name)s” is the name of several units: %(units)s.") % values
