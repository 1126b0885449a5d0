"""Names of units in proposals: known ones by name or alias, the rest made when the campaign is made."""

import re
from dataclasses import dataclass

from accounts.models import Unit, UnitKind
from accounts.naming import SEPARATORS, Known, bare, names_of, parted, tidy
from documents.text import pieces

EVERYBODY = re.compile(r"^(各|全体|所有|有关)")
"""A name that means many: each member unit, all districts."""
FORMS = (
    (re.compile(r"(镇|街道|街道办事处|乡)$"), UnitKind.TOWN),
    (re.compile(r"(区|县|管委会|新区)$"), UnitKind.DISTRICT),
    (re.compile(r"(报|台|报社|电视台|集团|网)$"), UnitKind.MEDIA),
    (re.compile(r"(协会|学会|商会|联合会|促进会)$"), UnitKind.ASSOCIATION),
    (re.compile(r"(公司|厂)$"), UnitKind.ENTERPRISE),
)
"""The kind of a unit by the form of its name; everything else is a department."""


def names(text: str, known: Known | None = None) -> list[str]:
    """The names in a list as people write it, each once; what is known keeps together what a comma would part."""
    return list(dict.fromkeys(name for _line, name in parted(text, known)))


def half_typed(text: str) -> tuple[list[str], str]:
    """The names before the one that is being typed, and that one; a bracket not closed yet parts nothing either."""
    found = [tidy(text[start:end]) for start, end in pieces(text, SEPARATORS, half_typed=True)]
    last = "" if text[-1:] in SEPARATORS or not found else found.pop()
    return list(filter(None, found)), last


def kind_of(name: str) -> str:
    """What kind of unit a new one is, by the form of its name."""
    return next((kind for form, kind in FORMS if form.search(name)), UnitKind.DEPARTMENT)


@dataclass(frozen=True)
class Named:
    """A name and the unit it stands for: known, new (None), or everybody who is addressed."""

    name: str
    unit: Unit | None
    is_everybody: bool


class Register:
    """All units by every name they go by, read once; and the groups of one office."""

    def __init__(self, host: Unit | None = None) -> None:
        self.known: dict[str, Unit] = {}
        self.groups = {bare(group.name) for group in host.groups.all()} if host else set()
        for unit in Unit.objects.live().order_by("-order"):
            for name in reversed(names_of(unit)):
                self.known[bare(name)] = unit

    def names(self, text: str) -> list[str]:
        """The names of a list, those of units and groups whole."""
        return names(text, lambda name: name in self.known or name in self.groups)

    def named(self, text: str) -> list[Named]:
        """The units of a list of names."""
        return [Named(name, self.known.get(bare(name)), self.is_many(name)) for name in self.names(text)]

    def is_many(self, name: str) -> bool:
        """Whether a name means several units: each member unit, a group of the office."""
        return bool(EVERYBODY.match(name)) or bare(name) in self.groups

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
