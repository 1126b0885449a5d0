"""The register of units as a list: what it shows, is narrowed by and sorted by, and where its rows come from."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role, Unit, UnitGroup, UnitKind
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from accounts.models.units import UnitLevel, bare
from accounts.unit_facts import UnitFact, UnitFacts, unit_facts
from accounts.unit_keepers import offices_of, units_of
from accounts.unit_names import known_by
from workflow import clock
from workflow.addresses import address
from workflow.compiled import Compiled, any_of
from workflow.listing.columns import Column, Type
from workflow.listing.held import held
from workflow.listing.listing import Facet, Listing, Order, Source
from workflow.listing.sheet import Fact, Shape, Sheet
from workflow.sheets.asked import Page
from workflow.words import Words

MERGED = 50
"""Of the units that were merged, so many are named, the last first."""
HEARD, UNHEARD, ALONE = "0", "1", "2"
OURS, THEIRS, NOBODYS = "ours", "theirs", "nobody"
SHAPE = Shape(
    masks={"kind": 1, "level": 2, "silent": 3, "kept": 4},
    orders={"order": (5,), "name": (6, 5)},
)


# --- where rows come from -------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Known:
    """The units some offices work with, as they stand on a day."""

    facts: UnitFacts
    sheet: Sheet


def known_to(offices: Collection[int], day: date) -> Known:
    """Read them, or take what was read while nothing at all has been written since."""
    return held(("register", tuple(sorted(offices)), day), lambda: read_for(offices), exact=True)


def read_for(offices: Collection[int]) -> Known:
    """The same, read now: four queries."""
    facts = unit_facts(units_of(offices).live(), offices)
    return Known(facts, Sheet(SHAPE, facts_of(facts, offices)))


def facts_of(facts: UnitFacts, offices: Collection[int]) -> Iterator[Fact]:
    """Units as a sheet takes them, in their order."""
    for place, unit in enumerate(facts.units.values()):
        kept = OURS if unit.pk in offices or unit.kept_by in offices else THEIRS if unit.kept_by else NOBODYS
        sound = unit.sounds_as if unit.sounds_as[1:] else unit.known_as
        yield unit.pk, unit.kind, unit.level, heard(unit, offices), kept, place, sound


def heard(unit: UnitFact, offices: Collection[int]) -> str:
    """Whether somebody files for a unit; of an office that looks, nobody has to."""
    if unit.officers:
        return HEARD
    return "" if unit.pk in offices else UNHEARD if unit.groups else ALONE


@dataclass(slots=True)
class ListedUnit:
    """One unit in the list."""

    offices: Collection[int]
    """Those that look."""
    pk: int
    name: str
    full_name: str
    kind: str
    level: str
    order: int
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

    @property
    def is_silent(self) -> bool:
        """Nobody files for it, and it is none of the offices that look."""
        return self.pk not in self.offices and not self.has(*UNIT_ROLES)

    @property
    def is_mended(self) -> bool:
        """Whether the offices word its name: their own, and what they look after unless it runs an office itself."""
        return self.pk in self.offices or (self.kept_by in self.offices and not self.has(*OFFICE_ROLES))


ROWS = Compiled(
    lambda pks: (
        Unit.objects.filter(any_of("pk", pks))
        .annotate(keeper=Subquery(Unit.objects.filter(pk=OuterRef("kept_by")).order_by().values("name")[:1]))
        .values_list("pk", "name", "full_name", "kind", "level", "order", "kept_by", "keeper")
    )
)
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


@dataclass
class Units(Source):
    """The units some offices work with, before somebody of these."""

    facts: UnitFacts = field(default_factory=lambda: UnitFacts({}))
    offices: Collection[int] = ()

    @classmethod
    def of(cls, offices: Collection[int], day: date) -> "Units":
        """Arguments: the offices that look; today."""
        known = known_to(offices, day)
        return cls(known.sheet, known.sheet.all, facts=known.facts, offices=offices)

    @property
    def unheard(self) -> int:
        """For how many units of the offices' groups nobody files: they would not hear of a notice."""
        return self.sheet.having("silent", UNHEARD).bit_count()

    def of_units(self, units: Collection[int]) -> int:
        """The rows of some units."""
        return self.sheet.mask_of(self.sheet.place[pk] for pk in units)

    def in_group(self, group: int) -> int:
        """The units of a group."""
        found: int = self.sheet.once(("group", group), lambda: self.of_units(self.facts.of_group(group)))
        return found

    def worded(self, words: str) -> int:
        return self.of_units(self.facts.worded(words))

    def read(self, pks: Sequence[int]) -> list[ListedUnit]:
        units = {row[0]: ListedUnit(self.offices, *row) for row in ROWS(pks=list(pks))}
        for pk, name in IN_GROUPS(pks=list(units), offices=sorted(self.offices)):
            units[pk].groups.append(name)
        for pk, name, username, role in SPEAKERS(pks=list(units), day=self.now.date()):
            units[pk].speakers.append((name or username, role))
        return list(units.values())


ENDED = Compiled(
    lambda **given: (
        units_of(given["offices"])
        .exclude(merged_into=None)
        .filter(known_by(given["name"]) if "name" in given else Q())
        .order_by("-merged_on", "pk")
        .values_list("name", "merged_into__name", "merged_on")[:MERGED]
    )
)


def ended_units(offices: Collection[int], name: str) -> list[tuple[Any, ...]]:
    """The units that were merged into others, the last first: name, successor, since when."""
    return ENDED(offices=sorted(offices), **({"name": bare(name)} if name else {}))


# --- columns --------------------------------------------------------------------------------------------------------


def unit(row: ListedUnit, _words: Words) -> str:
    """Its name, leading to its page where the office mends it, and its official name."""
    name, icon = escape(row.name), '<i class="bi bi-building" aria-hidden="true"></i> '
    title = f'<a id="r{row.pk}" href="{address("accounts:unit", row.pk)}">{name}</a>'
    official = f'<div class="small">{escape(row.full_name)}</div>' if row.full_name not in ("", row.name) else ""
    return icon + (title if row.is_mended else f"<strong>{name}</strong>") + official


def groups(row: ListedUnit, words: Words) -> str:
    """The groups it stands in; and why the office does not mend it."""
    _ = words.text
    inside = words.names(row.groups) or _("in no group")
    if row.is_mended:
        return inside
    if row.kept_by and row.kept_by not in row.offices:
        why = escape(_("looked after by %(office)s") % {"office": row.keeper})
    else:
        why = _("an office of its own: it words its own name")
    return f'{inside}<div class="small quiet">{why}</div>'


def people(row: ListedUnit, words: Words) -> str:
    """Who files for it or runs it, each with the role; or that nobody does."""
    _ = words.text
    lines = [
        f'<span class="d-block small">{escape(name)} <span class="quiet">{words.label(Role(role))}</span></span>'
        for name, role in row.speakers
    ]
    nobody = _("nobody files for it")
    return (f'<span class="badge-of late">{nobody}</span>' if row.is_silent else "") + "".join(lines)


COLUMNS = (
    Column("unit", _("Unit"), lambda row: row.name, width=24, sort="order", html=unit),
    Column("full_name", _("Official name"), lambda row: row.full_name, width=36, shown=False),
    Column("kind", _("Kind of unit"), lambda row: UnitKind(row.kind).label),
    Column("level", _("Level"), lambda row: UnitLevel(row.level).label, shown=False),
    Column("groups", _("Groups"), lambda row: "、".join(row.groups), width=26, html=groups),
    Column("keeper", _("Looked after by"), lambda row: row.keeper, width=22, shown=False),
    Column(
        "speakers", _("Who files"), lambda row: "、".join(each for each, _role in row.speakers), width=24, html=people
    ),
    Column("order", _("Place in lists"), lambda row: row.order, Type.NUMBER, 10, "order", shown=False),
)  # fmt: skip


# --- facets ---------------------------------------------------------------------------------------------------------

SILENT = [
    (HEARD, _("Somebody files")),
    (UNHEARD, _("Nobody, though it stands in a group")),
    (ALONE, _("Nobody, and it is in no group")),
]
KEPT = [(OURS, _("The office itself")), (THEIRS, _("Another office")), (NOBODYS, _("Nobody"))]

UNITS = Listing(
    "units",
    _("Units"),
    COLUMNS,
    (
        Facet("kind", _("Kind of unit"), lambda _source: UnitKind.choices,
              lambda source, value: source.sheet.having("kind", value)),
        Facet("group", _("Group"), lambda source: [(str(pk), name) for pk, name in source.facts.groups],
              lambda source, value: source.in_group(int(value))),
        Facet("level", _("Level"), lambda _source: UnitLevel.choices,
              lambda source, value: source.sheet.having("level", value)),
        Facet("silent", _("Who files"), lambda _source: SILENT,
              lambda source, value: source.sheet.having("silent", value)),
        Facet("kept", _("Looked after by"), lambda _source: KEPT,
              lambda source, value: source.sheet.having("kept", value)),
    ),
    (Order("order", "order"), Order("name", "name")),
)  # fmt: skip


def units_before(user: Any) -> Units:
    """The register before this person. Raises: PermissionDenied."""
    return Units.of(offices_of(user), clock.today())


def page_before(user: Any, _scope: Mapping[str, Any]) -> Page:
    """The list as a worker finds it again. Raises: PermissionDenied."""
    return Page(UNITS, units_before(user), "", reverse("accounts:units"))
