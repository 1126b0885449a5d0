"""Units by their names: the short one, the official one, the others they go by. A name belongs to one unit."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from accounts.models.units import Unit
from documents.text import SHAPELESS, clean, pieces

NUMBERING = re.compile(r"^\s*(?:[（(]?\d{1,4}[）)]|\d{1,4}[.．、])\s*(?=\D)")
"""“1.”, “（1）” before a name that was copied out of a numbered list."""
SEPARATORS = "、，,;；\t"
"""What parts the names of a list, outside brackets: one place may have several names behind it in brackets."""
UNSEEN = re.compile(rf"[\s\x00-\x1f\x7f-\x9f{SHAPELESS}\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""White space, what has no shape, and what only says how a neighbour is to be drawn."""
ONE_COMMA = str.maketrans(",;", "、、")
NEAR = 60
"""From this likeness (of 100) on another name is offered for one that is not known."""
MOST_PARTS = 6
"""So many pieces, parted by commas, may be one name."""
GUESSES = 20
"""For so many names of a list another one is looked for: a long list of strangers is another list altogether."""


def tidy(name: str) -> str:
    """A name as it is kept: one line, without what nobody sees."""
    return " ".join(clean(name).split())


def bare(name: str) -> str:
    """A name as names are compared: only what is seen, without white space, of one width, without capitals."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", name)).translate(ONE_COMMA).casefold()


def names_of(unit: Unit) -> list[str]:
    """Every name a unit goes by; one printed in a notice stays its name."""
    return [name for name in (unit.name, unit.full_name, *unit.aliases, *unit.printed_names) if name]


def remember_printed(units: "QuerySet[Unit]") -> None:
    """These units are named in a paper that goes out now: the names they have are theirs for good."""
    fresh = []
    for unit in units:
        new = [name for name in (unit.name, unit.full_name) if name and name not in unit.printed_names]
        if new:
            unit.printed_names = [*unit.printed_names, *new]
            fresh.append(unit)
    Unit.objects.bulk_update(fresh, ["printed_names"], batch_size=500)


def called_like(rows: "QuerySet[Unit]", sought: str) -> list[int]:
    """The units one of whose names holds these characters; databases keep lists of names each in their own way."""
    part = bare(sought)
    found = rows.values_list("pk", "name", "full_name", "aliases", "printed_names")
    return [
        pk
        for pk, name, full, others, printed in found
        if any(part in bare(each) for each in (name, full, *others, *printed))
    ]


Known = Callable[[str], bool]
"""Whether a bare name is that of a unit, or of a group."""


def parted(text: str, known: Known | None = None) -> Iterator[tuple[int, str]]:
    """The names of a list as people write it, each with the number of its line: the one way to part names.

    A bracket parts nothing, and several pieces that are together a name somebody bears stay together.
    """
    for number, line in enumerate(clean(text).split("\n"), 1):
        whole = NUMBERING.sub("", line)
        found = [tidy(whole[start:end]) for start, end in pieces(whole, SEPARATORS)]
        yield from ((number, name) for name in joined([name for name in found if name], known))


def joined(found: list[str], known: Known | None) -> Iterator[str]:
    """The pieces of a line, the longest run that is a known name as one."""
    start = 0
    while start < len(found):
        longest = min(len(found), start + MOST_PARTS) if known else start + 1
        ends = (end for end in range(longest, start + 1, -1) if known and known(bare("、".join(found[start:end]))))
        end = next(ends, start + 1)
        yield "、".join(found[start:end])
        start = end


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
        for line, name in parted(text, self.bearers.__contains__):
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
