"""Names of units in proposals: known ones by name or alias, the rest made when the campaign is made."""

import re
from dataclasses import dataclass

from accounts.models import Unit, UnitKind
from accounts.naming import Names, bare, names_in, several, units_like

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


def kind_of(name: str) -> str:
    """What kind of unit a new one is, by the form of its name."""
    return next((kind for form, kind in FORMS if form.search(name)), UnitKind.DEPARTMENT)


@dataclass(frozen=True)
class Named:
    """A name and the unit it stands for: known, new (None), or everybody who is addressed."""

    name: str
    unit: Unit | None
    is_everybody: bool
    doubt: str = ""
    """That several units are called so; the first of them is meant."""


class Register(Names):
    """The names of a reading: what no unit and no group of the office is called becomes a unit."""

    def named(self, text: str) -> list[Named]:
        """The units of a list of names."""
        return [self.one(name) for name in names_in(text)]

    def one(self, name: str) -> Named:
        """What a name stands for."""
        known = self.called(name)
        doubt = several(name, known) if len(known) > 1 else ""
        return Named(name, known[0] if known else None, self.is_many(name), doubt)

    def is_many(self, name: str) -> bool:
        """Whether a name means several units: each member unit, a group of the office."""
        return bool(EVERYBODY.match(name)) or self.group(name) is not None

    def unit(self, name: str, office: Unit) -> tuple[Unit, bool]:
        """The unit of this name; one that is not known is made, and the office looks after it.

        Returns: the unit, and whether it was made.
        """
        if known := self.called(name):
            return known[0], False
        unit = Unit.objects.create(
            name=name,
            kind=kind_of(name),
            level=office.parent.level if office.parent else "city",
            parent=office.parent,
            order=max((each.order for each in self.units.values()), default=0) + 1,
            kept_by=office,
        )
        self.add(unit)
        return unit, True


def like(text: str, limit: int = 8) -> list[Unit]:
    """Known units one of whose names has these characters, at least two; shortest first."""
    return sorted(units_like(text), key=lambda unit: len(unit.name))[:limit] if len(bare(text)) > 1 else []
