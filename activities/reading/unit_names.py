"""Names of units in proposals: known ones by name or alias, the rest made when the campaign is made."""

import re
from dataclasses import dataclass

from accounts.models import Unit, UnitKind
from accounts.naming import bare, names_of
from activities.reading.group_words import GroupWords, Meant, kind_by_name

SEPARATORS = re.compile(r"[、，,；;\n]+(?![^（(\n]*[）)])")
"""What parts names; a bracket parts nothing: 各县（市、区）."""


ALTERNATIVES = ("、市", "、县", "、区")
"""各县、市、区人民政府 is one name, and so is 各委、办、厅、局."""


def names(text: str) -> list[str]:
    """The names in a list as people write it, each once."""
    found: list[str] = []
    for name in filter(None, (each.strip() for each in SEPARATORS.split(text))):
        if found and (len(name) == 1 or found[-1][-2:] in ALTERNATIVES):
            found[-1] += f"、{name}"
        else:
            found.append(name)
    return list(dict.fromkeys(found))


def kind_of(name: str) -> str:
    """What kind of unit a new one is, by the form of its name; without one it is a department."""
    return kind_by_name(name) or str(UnitKind.DEPARTMENT)


@dataclass(frozen=True)
class Named:
    """A name and the unit it stands for, known or new (None); or what a word for many means."""

    name: str
    unit: Unit | None
    meant: Meant | None = None


class Register:
    """All units by every name they go by, read once; and the groups of one office."""

    def __init__(self, host: Unit | None = None) -> None:
        self.known: dict[str, Unit] = {}
        units = list(Unit.objects.live().order_by("-order"))
        for unit in units:
            for name in reversed(names_of(unit)):
                self.known[bare(name)] = unit
        self.words = GroupWords(host, units)

    def named(self, text: str) -> list[Named]:
        """The units of a list of names; a name of the register is that unit, whatever it looks like."""
        return [self.one(name) for name in names(text)]

    def one(self, name: str) -> Named:
        """What one name stands for."""
        group = self.words.group(name)
        known = None if group else self.known.get(bare(name))
        return Named(name, known, None if known else self.words.meaning(name))

    def questions(self, text: str) -> list[str]:
        """The words for many of which nobody knows whom they mean."""
        return [each.name for each in self.named(text) if each.meant and each.meant.is_question]

    def unit(self, name: str, office: Unit) -> tuple[Unit, bool]:
        """The unit of this name; one that is not known is made, and the office looks after it.

        Returns: the unit, and whether it was made.
        """
        if bare(name) in self.known:
            return self.known[bare(name)], False
        unit = Unit.objects.create(
            name=name,
            kind=kind_of(name),
            level=office.parent.level if office.parent else "city",
            parent=office.parent,
            order=len(self.known),
            kept_by=office,
        )
        self.known[bare(name)] = unit
        return unit, True


def like(text: str, limit: int = 8) -> list[Unit]:
    """Known units whose name or alias has these characters, shortest first."""
    text = bare(text)
    if len(text) < 2:
        return []
    found = [unit for unit in Unit.objects.live() if any(text in bare(name) for name in names_of(unit))]
    return sorted(found, key=lambda unit: len(unit.name))[:limit]
