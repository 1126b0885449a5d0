"""The register of units as its page lists them: plain rows, with the groups each stands in and who files for it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.db.models import OuterRef, Q, Subquery

from accounts.models import Membership, Unit, UnitGroup
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from accounts.models.units import bare
from accounts.unit_keepers import unheard, units_of
from accounts.unit_names import known_by, sound_of
from workflow.compiled import COUNT, PART, Compiled, any_of
from workflow.fresh import unchanged
from workflow.pages import page_of

PAGE = 50


@dataclass(frozen=True)
class Sought:
    """Which units are to be listed: called so, of a kind, in a group, or those for which nobody files."""

    name: str = ""
    kind: str = ""
    group: int = 0
    silent: bool = False

    @property
    def shape(self) -> tuple[str, bool]:
        """What the text of the query depends on."""
        return self.kind, self.silent

    @property
    def values(self) -> dict[str, Any]:
        """What the query is given."""
        given: dict[str, Any] = {"name": bare(self.name)} if self.name else {}
        given |= {"sound": sound} if (sound := sound_of(self.name)) else {}
        return given | {"group": self.group} if self.group else given


@dataclass(slots=True)
class ListedUnit:
    """One unit in the list."""

    pk: int
    name: str
    full_name: str
    kind: str
    kept_by: int | None
    keeper: str | None
    groups: list[str] = field(default_factory=list)
    speakers: list[tuple[str, str]] = field(default_factory=list)
    """Who files for it or runs it, each with the role."""

    def __str__(self) -> str:
        return self.name

    def has(self, *roles: str) -> bool:
        """Whether anybody speaks for it in one of these roles."""
        return any(role in roles for _name, role in self.speakers)

    def is_silent(self, offices: Collection[int]) -> bool:
        """Nobody files for it, and it is none of the offices that look."""
        return self.pk not in offices and not self.has(*UNIT_ROLES)

    def is_mended(self, offices: Collection[int]) -> bool:
        """Whether the offices word its name: their own, and what they look after unless it runs an office itself."""
        return self.pk in offices or (self.kept_by in offices and not self.has(*OFFICE_ROLES))


def live(kind: str, silent: bool, *, offices: Any, **given: Any) -> Any:
    """The units sought among those an office works with."""
    rows = unheard(offices, given["day"]) if silent else units_of(offices).live()
    if "name" in given:
        rows = rows.filter(known_by(given["name"], sound=given.get("sound", "")))
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(in_groups=given["group"]) if "group" in given else rows


def columns(*shape: Any, **given: Any) -> Any:
    """The rows with what they show."""
    keeper = Unit.objects.filter(pk=OuterRef("kept_by")).order_by().values("name")[:1]
    rows = live(*shape, **given).annotate(keeper=Subquery(keeper))
    return rows.order_by("order", "pk").values_list("pk", "name", "full_name", "kind", "kept_by", "keeper")


ROWS = Compiled(columns, PART)
NUMBER = Compiled(lambda *shape, **given: live(*shape, **given).values_list("pk"), COUNT)
IN_GROUPS = Compiled(
    lambda pks, offices: (
        UnitGroup.units.through.objects.filter(any_of("unit", pks), any_of("unitgroup__owner", offices))
        .order_by("unitgroup")
        .values_list("unit", "unitgroup__name")
    )
)
SPEAKERS = Compiled(
    lambda pks, day: (
        Membership.objects.held_on(day)
        .filter(any_of("unit", pks), user__is_active=True, role__in=(*UNIT_ROLES, *OFFICE_ROLES))
        .order_by("pk")
        .values_list("unit", "user__name", "user__username", "role")
    )
)


def numbers(offices: set[int], sought: Sought, day: date) -> tuple[int, int]:
    """How many units there are of those sought, and for how many of the offices' groups nobody files: two queries, or
    none while nothing changes."""
    return unchanged(
        f"units:{sorted(offices)}:{sought}:{day}",
        lambda: (
            NUMBER.number(*sought.shape, **given_to(offices, sought, day)),
            NUMBER.number("", True, offices=sorted(offices), day=day),
        ),
    )


def given_to(offices: set[int], sought: Sought, day: date) -> dict[str, Any]:
    """The values of a query for the units sought."""
    return sought.values | {"offices": sorted(offices)} | ({"day": day} if sought.silent else {})


def page_of_units(offices: set[int], sought: Sought, number: int, day: date, asked: Any) -> "Page[Any]":
    """A page of the register: three queries.

    Arguments: the offices that look; what they look for; how many there are; today; the number of the page as asked
    for.
    """
    given = given_to(offices, sought, day)

    def read(limit: int, offset: int) -> list[ListedUnit]:
        units = {row[0]: ListedUnit(*row) for row in ROWS(*sought.shape, **given, limit=limit, offset=offset)}
        for pk, name in IN_GROUPS(pks=list(units), offices=sorted(offices)):
            units[pk].groups.append(name)
        for pk, name, username, role in SPEAKERS(pks=list(units), day=day):
            units[pk].speakers.append((name or username, role))
        return list(units.values())

    return page_of(number, PAGE, asked, read)


ENDED = Compiled(
    lambda **given: (
        units_of(given["offices"])
        .exclude(merged_into=None)
        .filter(known_by(given["name"]) if "name" in given else Q())
        .order_by("-merged_on", "pk")
        .values_list("name", "merged_into__name", "merged_on")[:PAGE]
    )
)


def ended_units(offices: set[int], name: str) -> list[tuple[Any, ...]]:
    """The units that were merged into others, the last first: name, successor, since when."""
    return ENDED(offices=sorted(offices), **({"name": bare(name)} if name else {}))
