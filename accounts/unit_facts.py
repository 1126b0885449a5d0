"""What lists know of the units in them: names, kind, level, groups, who files; read once for many rows."""

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

from accounts.models import Membership, UnitGroup
from accounts.models.memberships import UNIT_ROLES
from accounts.models.units import bare
from accounts.unit_names import sound_of
from workflow import clock


@dataclass(frozen=True, slots=True)
class UnitFact:
    """One unit."""

    pk: int
    name: str
    kind: str
    level: str
    known_as: str
    groups: tuple[int, ...] = ()
    officers: tuple[str, ...] = ()
    """Who files for it."""
    sounds_as: str = ""
    kept_by: int | None = None
    """The office that looks after it."""


@dataclass(frozen=True)
class UnitFacts:
    """The units of a list, and the groups of the office that looks at it."""

    units: dict[int, UnitFact]
    groups: tuple[tuple[int, str], ...] = ()
    version: int = field(default_factory=count().__next__, compare=False)
    """By which what was made of it is known."""

    @cached_property
    def names(self) -> "Names":
        """All names as one text, to be searched."""
        return Names((unit.pk, unit.known_as) for unit in self.units.values())

    @cached_property
    def people(self) -> "Names":
        """The names of those who file, as one text."""
        return Names((unit.pk, bare("\n".join(unit.officers))) for unit in self.units.values() if unit.officers)

    @cached_property
    def sounds(self) -> "Names":
        """How all names sound, as one text."""
        return Names((unit.pk, unit.sounds_as) for unit in self.units.values() if unit.sounds_as)

    def worded(self, words: str) -> set[int]:
        """The units that have these characters in one of their names, or in that of somebody who files for them."""
        sought, sound = bare(words), sound_of(words)
        return {*self.names.holding(sought), *self.people.holding(sought), *self.sounds.holding(sound)}

    def of_level(self, level: str) -> list[int]:
        return [unit.pk for unit in self.units.values() if unit.level == level]

    def of_kind(self, kind: str) -> list[int]:
        return [unit.pk for unit in self.units.values() if unit.kind == kind]

    def of_group(self, group: int) -> list[int]:
        return [unit.pk for unit in self.units.values() if group in unit.groups]

    def heard(self, is_heard: bool) -> list[int]:
        """Those for which somebody files, or nobody."""
        return [unit.pk for unit in self.units.values() if bool(unit.officers) == is_heard]


class Names:
    """Many texts as one: which of them hold some characters is found in one pass."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        """Arguments: number and text of each."""
        self.starts: list[int] = []
        self.pks: list[int] = []
        parts: list[str] = []
        at = 0
        for pk, text in texts:
            self.starts.append(at)
            self.pks.append(pk)
            parts.append(text)
            at += len(text) + 1
        self.text = "\0".join(parts)

    def holding(self, sought: str) -> list[int]:
        """The numbers of the texts that hold these characters."""
        found: list[int] = []
        at = self.text.find(sought) if sought else -1
        while at >= 0:
            which = bisect_right(self.starts, at) - 1
            found.append(self.pks[which])
            if which + 1 == len(self.starts):
                break
            at = self.text.find(sought, self.starts[which + 1])
        return found


def unit_facts(units: Any, offices: Collection[int]) -> UnitFacts:
    """What is known of some units: four queries.

    Arguments: a queryset of units; the offices whose groups count.
    """
    groups = tuple(UnitGroup.objects.filter(owner__in=offices).order_by("pk").values_list("pk", "name"))
    inside: dict[int, list[int]] = {}
    pairs = UnitGroup.units.through.objects.filter(unitgroup__in=[pk for pk, _name in groups])
    for unit, group in pairs.values_list("unit", "unitgroup"):
        inside.setdefault(unit, []).append(group)
    people: dict[int, list[str]] = {}
    held = Membership.objects.held_on(clock.today()).filter(unit__in=units.order_by().values("pk"))
    held = held.filter(role__in=UNIT_ROLES, user__is_active=True).order_by("pk")
    for unit, name, username in held.values_list("unit", "user__name", "user__username"):
        if (called := name or username) not in people.setdefault(unit, []):
            people[unit].append(called)
    rows = units.order_by("order", "pk").values_list("pk", "name", "kind", "level", "known_as", "sounds_as", "kept_by")
    found = {
        pk: UnitFact(pk, name, kind, level, known, tuple(inside.get(pk, ())), tuple(people.get(pk, ())), sounds, kept)
        for pk, name, kind, level, known, sounds, kept in rows
    }
    return UnitFacts(found, groups)
