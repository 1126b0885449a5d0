"""Names of units in proposals: known ones by name or alias, the rest made when the campaign is made."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from accounts.models import Unit, UnitKind
from accounts.unit_names import Names, bare, several, units_like
from activities.reading.group_words import GroupWords, Meant, kind_by_name


def kind_of(name: str) -> str:
    """What kind of unit a new one is, by the form of its name; without one it is a department."""
    return kind_by_name(name) or str(UnitKind.DEPARTMENT)


@dataclass(frozen=True)
class Named:
    """A name and the unit it stands for, known or new (None); or what a word for many means."""

    name: str
    unit: Unit | None
    meant: Meant | None = None
    doubt: str = ""
    """That several units are called so; the first of them is meant."""


class Register(Names):
    """The names of a reading: what no unit and no group of the office is called, and means no many, becomes a unit."""

    def __init__(self, office: Unit | None = None) -> None:
        super().__init__(office)
        groups = list(self.groups.values())
        prefetch_related_objects(groups, "units")
        live = [unit for unit in self.units.values() if unit.merged_into_id is None]
        self.words = GroupWords(office, groups, live)

    def named(self, text: str) -> list[Named]:
        """The units of a list of names."""
        return [self.one(name) for name in self.listed(text)]

    def one(self, name: str) -> Named:
        """What a name stands for: a group of the office, a unit whatever its name looks like, or many units."""
        known = [] if self.words.group(name) else self.called(name)
        doubt = several(name, known) if len(known) > 1 else ""
        return Named(name, known[0] if known else None, None if known else self.words.meaning(name), doubt)

    def questions(self, text: str) -> list[str]:
        """The words for many of which nobody knows whom they mean."""
        return [each.name for each in self.named(text) if each.meant and each.meant.is_question]

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
