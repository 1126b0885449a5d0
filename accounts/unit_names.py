"""Units by their names: the short one, the official one, the others they go by. A name belongs to one unit."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from accounts.models.units import Unit, UnitGroup, known_as, names_of
from documents.text import bare as bare
from documents.text import clean, pieces

NUMBERING = re.compile(r"^\s*(?:[（(]?\d{1,4}[）)]|\d{1,4}[.．、])\s*(?=\D)")
"""“1.”, “（1）” before a name that was copied out of a numbered list."""
SEPARATORS = "、，,;；\t"
"""What parts the names of a list, outside brackets: 各县（市、区）, 市规划和自然资源局（市海洋局、市林业局）."""
ALTERNATIVES = ("、市", "、县", "、区")
NEAR = 60
"""From this likeness (of 100) on another name is offered for one that is not known."""
MOST_PARTS = 6
"""So many pieces, parted by commas, may be one name."""
GUESSES = 20
"""For so many names of a list another one is looked for: a long list of strangers is another list altogether."""


def tidy(name: str) -> str:
    """A name as it is kept: one line, without what nobody sees."""
    return " ".join(clean(name).split())


def remember_printed(units: "QuerySet[Unit]") -> None:
    """These units are named in a paper that goes out now: the names they have are theirs for good."""
    fresh = []
    for unit in units:
        new = [name for name in (unit.name, unit.full_name) if name and name not in unit.printed_names]
        if new:
            unit.printed_names = [*unit.printed_names, *new]
            unit.known_as = known_as(unit)
            fresh.append(unit)
    Unit.objects.bulk_update(fresh, ["printed_names", "known_as"], batch_size=500)


def called_like(sought: str, unit: str = "") -> Q:
    """That one of a unit's names holds these characters, or sounds like these letters (lg, longgang: 龙岗区).

    Arguments: what was typed; how the rows reach the unit (``unit__``).
    """
    return known_by(bare(sought), unit, sound_of(sought))


def known_by(part: Any, unit: str = "", sound: Any = "") -> Q:
    """The same for characters as names are compared and for letters as they sound (or for the places of both in a
    compiled query)."""
    found = Q(**{f"{unit}known_as__contains": part})
    return found | Q(**{f"{unit}sounds_as__contains": sound}) if sound else found


LEAST = 2
"""So many letters are looked for among sounds; one letter is in every name."""
_LETTERS = re.compile(r"[a-z]+(?:['’ ]?[a-z]+)*")


def sound_of(words: str) -> str:
    """The letters somebody typed, to be looked for among sounds; empty when they are none."""
    typed = words.strip().casefold()
    found = re.sub("['’ ]", "", typed) if len(typed) < 100 and _LETTERS.fullmatch(typed) else ""
    return found if len(found) >= LEAST else ""


def units_like(text: str) -> "QuerySet[Unit]":
    """Units one of whose names holds these characters; merged ones are left out."""
    return Unit.objects.live().filter(called_like(text))


Known = Callable[[str], bool]
"""Whether a bare name is that of a unit, or of a group."""


def parted(text: str, known: Known | None = None) -> Iterator[tuple[int, str]]:
    """The names of a list as people write it, each with the number of its line: the one way to part names.

    A bracket parts nothing, and several pieces that are together a name somebody bears stay together.
    """
    for number, line in enumerate(clean(text).split("\n"), 1):
        listed = NUMBERING.sub("", line)
        found = [tidy(listed[start:end]) for start, end in pieces(listed, SEPARATORS)]
        yield from ((number, name) for name in whole(joined([name for name in found if name], known)))


def joined(found: list[str], known: Known | None) -> Iterator[str]:
    """The pieces of a line, the longest run that is a known name as one."""
    start = 0
    while start < len(found):
        longest = min(len(found), start + MOST_PARTS) if known else start + 1
        ends = (end for end in range(longest, start + 1, -1) if known and known(bare("、".join(found[start:end]))))
        end = next(ends, start + 1)
        yield "、".join(found[start:end])
        start = end


def whole(parts: Iterable[str]) -> list[str]:
    """Names that a comma parted put together again: 各县、市、区人民政府, 各委、办、厅、局."""
    found: list[str] = []
    for part in parts:
        if found and (len(part) == 1 or found[-1][-2:] in ALTERNATIVES):
            found[-1] += f"、{part}"
        else:
            found.append(part)
    return found


def names_in(text: str, known: Known | None = None) -> list[str]:
    """The names of a list as people write them, each once; what is known keeps together what a comma would part."""
    return list(dict.fromkeys(name for _line, name in parted(text, known)))


def half_typed(text: str) -> tuple[list[str], str]:
    """The names before the one that is being typed, and that one; a bracket not closed yet parts nothing either."""
    found = [tidy(text[start:end]) for start, end in pieces(text, SEPARATORS, half_typed=True)]
    last = "" if text[-1:] in SEPARATORS or not found else found.pop()
    return list(filter(None, found)), last


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
    """All units by every name they go by, read once; the names of a merged unit lead to its successor.

    Arguments: an office, where its groups may be named beside units.
    """

    def __init__(self, office: Unit | None = None) -> None:
        self.office = office
        self.groups = {bare(group.name): group for group in office.groups.all()} if office else {}
        self.units: dict[int, Unit] = {}
        self.bearers: dict[str, list[Unit]] = {}
        for unit in Unit.objects.all():
            self.add(unit)

    def add(self, unit: Unit) -> None:
        """Know one more unit."""
        self.units[unit.pk] = unit
        for name in dict.fromkeys(map(bare, names_of(unit))):
            self.bearers.setdefault(name, []).append(unit)

    def successor(self, unit: Unit) -> Unit:
        """The unit it was merged into, through any number of mergers; itself when it was not."""
        while unit.merged_into_id is not None:
            unit = self.units[unit.merged_into_id]
        return unit

    def is_known(self, name: str) -> bool:
        """Whether a bare name is that of a unit or of the office's group."""
        return name in self.bearers or name in self.groups

    def listed(self, text: str) -> list[str]:
        """The names of a list, each once, those of units and groups whole."""
        return names_in(text, self.is_known)

    def called(self, name: str) -> list[Unit]:
        """The units that go by this name now."""
        return list(dict.fromkeys(map(self.successor, self.bearers.get(bare(name), ()))))

    def group(self, name: str) -> UnitGroup | None:
        """The office's group of this name."""
        return self.groups.get(bare(name))

    def merged(self, name: str) -> Unit | None:
        """The unit that had this name until it was merged; None where one of today has it.

        A successor inherits the names of what was merged into it as other names: having a name comes before that.
        """
        bearers = self.bearers.get(bare(name), [])
        own = [each for each in bearers if bare(name) in (bare(each.name), bare(each.full_name))] or bearers
        return own[0] if own and all(each.merged_into_id is not None for each in own) else None

    def today(self, name: str) -> Unit:
        """The unit that is called so today, to be asked for something new.

        Raises: ValidationError when nobody or more than one is called so, or the unit was merged.
        """
        known = self.called(name)
        if not known:
            raise ValidationError(self.nothing(name, guess=True))
        if gone := self.merged(name):
            values = {"unit": gone, "into": self.successor(gone)}
            raise ValidationError(_("%(unit)s was merged into %(into)s.") % values)
        if len(known) > 1:
            raise ValidationError(several(name, known))
        return known[0]

    def parties(self, text: str) -> tuple[list[Unit], list[UnitGroup]]:
        """The units and the office's groups of a list of names; a group comes before a unit of the same name.

        Raises: ValidationError with what :meth:`today` says of each name that stands for neither.
        """
        units, groups, wrong = dict[Unit, None](), dict[UnitGroup, None](), list[ValidationError]()
        for name in self.listed(text):
            try:
                if group := self.group(name):
                    groups[group] = None
                else:
                    units[self.today(name)] = None
            except ValidationError as error:
                wrong.append(error)
        if wrong:
            raise ValidationError(wrong)
        return list(units), list(groups)

    def taken_by(self, name: str, unit: Unit) -> Unit | None:
        """Another unit that has this name; what was merged into the unit left it its names."""
        others = (each for each in self.bearers.get(bare(name), ()) if self.successor(each).pk != unit.pk)
        return next(others, None)

    def found(self, text: str) -> Found:
        """The units of a pasted list: one a line, or parted by commas."""
        units, unknown = dict[Unit, None](), list[Unknown]()
        for line, name in parted(text, self.is_known):
            known = self.called(name)
            if len(known) == 1:
                units[known[0]] = None
            else:
                guess = len(unknown) < GUESSES
                unknown.append(Unknown(line, name, several(name, known) if known else self.nothing(name, guess)))
        return Found(list(units), unknown)

    def nothing(self, name: str, guess: bool) -> str:
        """That no unit is called so, and which one is called almost so, if that is to be looked for."""
        if self.office:
            return _("No unit and no group of the office is called “%(name)s”.") % {"name": name}
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
