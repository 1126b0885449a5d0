"""The register of units as Excel: those an office looks after, by the form of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit, UnitGroup, UnitKind
from accounts.models.units import UnitLevel
from accounts.unit_forms import UnitForm
from accounts.unit_keepers import groups_for, offices_of, units_for
from accounts.unit_names import Names, names_in, tidy
from documents.text import bare
from workflow.sheets.columns import Column, Holds
from workflow.sheets.declared import Line, Sheet, Texts


class Units(Sheet):
    """Every unit the office words, with its names, its place, its groups."""

    name = "units"
    title = gettext_lazy("Units")
    identity = ("name",)

    def __init__(self, user: Any, scope: Mapping[str, Any]) -> None:
        super().__init__(user, {})
        self.offices = offices_of(user)

    @property
    def address(self) -> str:
        return reverse("accounts:units-excel")

    @property
    def home(self) -> str:
        return reverse("accounts:units")

    @cached_property
    def columns(self) -> Sequence[Column]:
        groups = list(self.group_names.values())
        return (
            Column("name", gettext_lazy("Short name"), width=24, needed=True, example="市水务局",
                   help=gettext_lazy("The short name: it stands in lists and tables.")),
            Column("full_name", gettext_lazy("full name"), width=34, example="深圳市水务局",
                   help=gettext_lazy("As it stands in an official document; empty: the same.")),
            Column("aliases", gettext_lazy("Other names"), Holds.LINES, 28, example="水务局",
                   help=gettext_lazy("Several: each on a line of its own in the cell (Alt+Enter).")),
            Column("kind", gettext_lazy("Kind"), width=14, needed=True, choices=_labels(UnitKind),
                   example=str(UnitKind.DEPARTMENT.label)),
            Column("level", gettext_lazy("Level"), width=12, choices=_labels(UnitLevel),
                   help=gettext_lazy("Empty in a new row: the level of your office."),
                   example=str(UnitLevel.CITY.label)),
            Column("parent", gettext_lazy("belongs to"), width=22, offers=self.above, reads=self.read_parent,
                   help=gettext_lazy("The unit above it, by any of its names.")),
            Column("order", gettext_lazy("place in lists"), Holds.NUMBER, 12, example="12",
                   help=gettext_lazy("Units with a smaller number stand before it; empty in a new row: at the end.")),
            Column("groups", gettext_lazy("Groups"), width=30, offers=groups, reads=self.read_groups,
                   help=gettext_lazy("Groups of your office, several with 、 between them."),
                   example="、".join(groups[:2])),
        )  # fmt: skip

    # --- what stands -------------------------------------------------------------------------------------------------

    @cached_property
    def names(self) -> Names:
        """All units by every name they go by."""
        return Names()

    @cached_property
    def groups(self) -> dict[str, UnitGroup]:
        """The groups of the offices by what cells call them, as names are compared."""
        return {bare(self.group_names[row.pk]): row for row in self.own_groups}

    @cached_property
    def own_groups(self) -> list[UnitGroup]:
        """The groups of the offices, in their order."""
        return list(groups_for(self.offices))

    @cached_property
    def group_names(self) -> dict[int, str]:
        """What cells call each group: of two offices that have one of the same name, each with its office."""
        often = Counter(bare(row.name) for row in self.own_groups)
        return {
            row.pk: row.name if often[bare(row.name)] == 1 else f"{row.name}（{row.owner.name}）"
            for row in self.own_groups
        }

    @cached_property
    def above(self) -> list[str]:
        """The units something may belong to."""
        rows = Unit.objects.filter(pk__in=UnitForm(offices=self.offices, names=self.names).parents().values("pk"))
        return list(rows.filter(children__isnull=False).distinct().values_list("name", flat=True)) or [self.office.name]

    @cached_property
    def office(self) -> Unit:
        """The office that looks after what is new."""
        return Unit.objects.get(pk=min(self.offices))

    def standing(self) -> dict[int, Texts]:
        rows = units_for(self.offices).filter(mended=True).order_by("order", "pk")
        inside: dict[int, list[str]] = {}
        through = UnitGroup.units.through.objects.filter(unitgroup__owner__in=self.offices).order_by("unitgroup")
        for unit, group in through.values_list("unit", "unitgroup"):
            inside.setdefault(unit, []).append(self.group_names[group])
        kinds, levels = dict(UnitKind.choices), dict(UnitLevel.choices)
        found: dict[int, Texts] = {}
        columns = ("pk", "name", "full_name", "aliases", "kind", "level", "parent__name", "order")
        for pk, name, full_name, aliases, kind, level, parent, order in rows.values_list(*columns):
            found[pk] = {
                "name": name,
                "full_name": full_name,
                "aliases": "\n".join(aliases),
                "kind": str(kinds[kind]),
                "level": str(levels[level]),
                "parent": parent or "",
                "order": str(order),
                "groups": "、".join(inside.get(pk, ())),
            }
        return found

    def number(self) -> int:
        return int(units_for(self.offices).filter(mended=True).count())

    def lock(self) -> None:
        list(Unit.objects.select_for_update().filter(pk__in=self.offices).order_by("pk"))

    # --- cells -------------------------------------------------------------------------------------------------------

    def read_parent(self, text: str) -> str:
        """A unit by any of its names, as its short name; what the file itself adds above is known by then."""
        found = self.names.called(text)
        return found[0].name if len(found) == 1 else tidy(text)

    def read_groups(self, text: str) -> str:
        """Groups of the offices, in their order. Raises: ValidationError with the name of none."""
        asked = names_in(text, self.groups.__contains__)
        for name in asked:
            if bare(name) not in self.groups:
                raise ValidationError(_("Your office has no group called “%(name)s”.") % {"name": name})
        wanted = set(map(bare, asked))
        return "、".join(name for name in self.group_names.values() if bare(name) in wanted)

    # --- writing -----------------------------------------------------------------------------------------------------

    @cached_property
    def last(self) -> int:
        """The last place in lists that is taken."""
        return int(Unit.objects.aggregate(last=Max("order"))["last"] or 0)

    def write(self, line: Line) -> None:
        if line.key is None:
            unit = Unit(kept_by=self.office, level=self.office.level, parent=self.office.parent)
        else:
            unit = Unit.objects.select_for_update().get(pk=line.key)
            self.names.add(copy(unit))  # as it is called now: the form turns the row itself into what it is to be
        form = UnitForm(self.sent(line, unit), offices=self.offices, instance=unit, names=self.names)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        made = form.save()
        if line.changed != ("groups",):
            self.names.add(made)

    def sent(self, line: Line, unit: Unit) -> dict[str, Any]:
        """The row as the page would send it: on the unit as it stands, the cells the file changes.

        Raises: ValidationError.
        """
        if line.key is None and not line.texts["order"]:
            self.last += 1
            unit.order = self.last
        inside = unit.in_groups.filter(owner__in=self.offices).values_list("pk", flat=True) if unit.pk else ()
        stands = {"aliases": "\n".join(unit.aliases), "parent": unit.parent_id, "groups": list(inside)}
        stands |= {name: getattr(unit, name) for name in ("name", "full_name", "kind", "level", "order")}
        return stands | {name: self.value(name, line.texts[name], unit) for name in line.changed}

    def value(self, name: str, text: str, unit: Unit) -> Any:
        """A cell as the page would send it. Raises: ValidationError."""
        match name:
            case "kind":
                return _value(UnitKind, text)
            case "level":
                return _value(UnitLevel, text) if text else unit.level
            case "parent":
                return self.names.today(text).pk if text else None
            case "order":
                return text or unit.order
            case "groups":
                return [self.groups[bare(each)].pk for each in names_in(text, self.groups.__contains__)]
        return text


def _labels(choices: Any) -> tuple[str, ...]:
    return tuple(str(label) for label in choices.labels)


def _value(choices: Any, label: str) -> str:
    return str(next(value for value, said in choices.choices if str(said) == label))
