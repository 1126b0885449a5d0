"""Assignments as a list reads them: a sheet of a whole campaign for its office, a small one for anybody else."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain
from typing import Any

from django.db.models import F, Q

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from accounts.unit_facts import Names, UnitFact, UnitFacts, unit_facts
from activities.models import Activity, Assignment, Demand, Listed
from activities.models.listed import BEGUN, OPEN_YET
from activities.models.photo import Likeness
from activities.models.reminder import reminded
from activities.states import PAGES, REVIEWED, AssignmentState, Kind, Standing
from campaigns.models import Campaign, Notice
from documents.text import one_bracket
from workflow.addresses import of_many
from workflow.compiled import Compiled, any_of
from workflow.listing.followed import Follower
from workflow.listing.held import held
from workflow.listing.listing import Source
from workflow.listing.sheet import Fact, Shape, Sheet

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When it was filed, of what was not filed: sorted before everything else."""
READ = (
    "pk", "unit", "kind", "state", "settled", "volunteered", "activity", "demand", "notice",
    "due_at", "last_at", "submitted_at", "unit__order", "filed_for", "campaign",
)  # fmt: skip
UNIT, KIND, STATE, SETTLED, VOLUNTEERED, ACTIVITY, DEMAND, NOTICE, DUE, LAST, FILED_AT, PLACE, BEHALF, CAMPAIGN = range(
    1, 15
)
SHAPE = Shape(
    masks={
        "kind": KIND, "state": STATE, "settled": SETTLED, "volunteered": VOLUNTEERED, "notice": NOTICE,
        "behalf": BEHALF, "campaign": CAMPAIGN,
    },
    lists={"unit": UNIT, "activity": ACTIVITY, "demand": DEMAND},
    orders={
        "due": (DUE, PLACE, 0),
        "unit": (PLACE, UNIT, DUE, 0),
        "filed": (FILED_AT, 0),
        "last": (LAST, PLACE, 0),
    },
)  # fmt: skip
SEVERAL = 500


def facts(rows: Iterable[Sequence[Any]]) -> Iterable[Fact]:
    """Rows as a sheet takes them."""
    for row in rows:
        yield (*row[:FILED_AT], row[FILED_AT] or NEVER, row[PLACE], bool(row[BEHALF]), row[CAMPAIGN])


SOME = Compiled(
    lambda campaign, pks: Assignment.objects.filter(any_of("pk", pks), campaign=campaign).order_by().values_list(*READ)
)


def read_campaign(campaign: Any, pks: Collection[int] | None) -> Iterable[Fact]:
    """The rows of a campaign, or some of them."""
    if pks is None:
        rows = Assignment.objects.filter(campaign=campaign).order_by("pk")
        return facts(rows.values_list(*READ).iterator(chunk_size=1000))
    wanted = list(pks)
    parts = (wanted[start : start + SEVERAL] for start in range(0, len(wanted), SEVERAL))
    return facts(row for part in parts for row in SOME(campaign=campaign, pks=part))


FOLLOWED = Follower(Assignment, SHAPE, read_campaign)
ROWS = Compiled(
    lambda pks: Listed.read_from(Assignment.objects.filter(any_of("pk", pks)).annotate(whose=F("unit")), "whose")
)


@dataclass(frozen=True, slots=True)
class Owed:
    """One assignment in a list, with what is known of its unit."""

    row: Listed
    of: UnitFact | None
    groups: tuple[str, ...] = ()
    address: str = ""
    """Its page; for a reviewer in the line of what waits."""
    reminded_at: datetime | None = None
    reminders: int = 0
    """On how many days somebody of the unit was reminded of it."""

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def unit(self) -> str:
        return self.row.unit

    def __str__(self) -> str:
        return str(self.row)

    def get_absolute_url(self) -> str:
        return self.address


@dataclass(frozen=True)
class Titles:
    """What words find beside units: activities, demands, and the numbers of notices."""

    activities: dict[int, str]
    demands: dict[int, str]
    notices: dict[int, str]

    @cached_property
    def texts(self) -> tuple[Names, Names]:
        """The titles of activities, and those of demands, as one text each."""
        return Names(self.activities.items()), Names(self.demands.items())

    def worded(self, words: str) -> tuple[list[int], list[int], list[int]]:
        """The activities, demands and notices that are called so."""
        sought = words.casefold()
        activities, demands = self.texts
        return activities.holding(sought), demands.holding(sought), numbered(self.notices, words)


def numbered(notices: dict[int, str], words: str) -> list[int]:
    """The notices in whose document number these signs stand, whichever brackets are typed.

    Arguments: the numbers by the notices; what is looked for.
    """
    sought = one_bracket(words)
    return [pk for pk, number in notices.items() if sought in one_bracket(number)] if sought else []


def titles_of(campaigns: Any) -> Titles:
    """What words find in some campaigns. Arguments: their numbers, or a query for them."""
    among = {"campaign__in": campaigns}
    notices = Notice.objects.filter(**among).select_related("document_number")
    return Titles(
        {pk: title.casefold() for pk, title in Activity.objects.filter(**among).order_by().values_list("pk", "title")},
        {
            pk: title.casefold()
            for pk, title in Demand.objects.filter(notice__campaign__in=campaigns).order_by().values_list("pk", "title")
        },
        {notice.pk: notice.number for notice in notices},
    )


@dataclass
class OfUnits(Source):
    """Rows each of which is a unit's."""

    facts: Callable[[], UnitFacts] = lambda: UnitFacts({})

    @cached_property
    def units(self) -> UnitFacts:
        """The units in it."""
        return self.facts()

    def of_units(self, name: str, units: Callable[[], Iterable[int]]) -> int:
        """The rows of some units, kept by what they have in common."""
        found: int = self.sheet.once((name, self.units.version), lambda: self.sheet.listed("unit", units()))
        return found

    def known_of(self, unit: int) -> tuple[UnitFact | None, tuple[str, ...]]:
        """What is known of a unit, and the names of its groups."""
        known, groups = self.units.units.get(unit), dict(self.units.groups)
        return known, tuple(groups[each] for each in known.groups) if known else ()


@dataclass
class Assignments(OfUnits):
    """Assignments before one reader."""

    titles: Callable[[], Titles] = lambda: Titles({}, {}, {})
    alike: Callable[[], Collection[int]] | None = None
    """Before those who run the campaign: the assignments whose photos they should look at."""

    stand: dict[Standing, int] = field(default_factory=dict)
    address: Callable[[str], str] = str
    """What becomes of the address of a row's page."""

    def worded(self, words: str) -> int:
        activities, demands, notices = self.titles().worded(words)
        parts = (("unit", self.units.worded(words)), ("activity", activities), ("demand", demands))
        places = chain.from_iterable(self.sheet.places(name, called) for name, called in parts)
        return self.sheet.mask_of(places) | self.sheet.having("notice", *notices)

    def read(self, pks: Sequence[int]) -> list[Owed]:
        known, groups, asked, at = self.units.units, dict(self.units.groups), reminded(pks), of_many()
        found = []
        for unit, *row in ROWS(pks=list(pks)):
            of, listed = known.get(unit), Listed(*row)
            named = tuple([groups[each] for each in of.groups]) if of else ()
            address = self.address(at(PAGES[Kind(listed.kind)], listed.pk))
            found.append(Owed(listed, of, named, address, *asked.get(listed.pk, ())))
        return found

    # --- what facets ask ------------------------------------------------------------------------------------------

    def standing(self, standing: Standing) -> int:
        """The rows that stand like this now."""
        if standing not in self.stand:
            self.stand[standing] = self.standing_now(standing)
        return self.stand[standing]

    def standing_now(self, standing: Standing) -> int:
        """The same, found out."""
        sheet = self.sheet
        if standing not in (Standing.OVERDUE, Standing.DUE):
            return sheet.having("settled", standing.value)
        past, unfiled = sheet.before("last", (self.now,)), sheet.having("settled", OPEN_YET)
        return unfiled & past if standing == Standing.OVERDUE else unfiled & ~past | sheet.having("settled", BEGUN)

    def to_review(self) -> int:
        """Filed and waiting for the office."""
        return self.sheet.having("state", AssignmentState.SUBMITTED) & self.sheet.having("kind", *REVIEWED)


def before_office(user: Any, campaign: Campaign, *, runs: bool) -> Assignments:
    """A campaign before somebody of its host: all of it but what other units have begun and not filed.

    Arguments: the person; the campaign; whether the person runs it.
    """
    sheet = FOLLOWED.sheet(campaign.pk)
    begun = sheet.having("settled", BEGUN)
    own = sheet.listed("unit", user.units_as(*UNIT_ROLES)) if begun else 0
    return Assignments(
        sheet,
        sheet.all & ~begun | own,
        facts=lambda: units_of(campaign),
        titles=lambda: held(f"titles:{campaign.pk}", lambda: titles_of([campaign.pk])),
        alike=(lambda: held(f"alike:{campaign.pk}:{user.pk}", lambda: set(Likeness.objects.to_look_at(user))))
        if runs
        else None,
    )


def units_of(campaign: Campaign) -> UnitFacts:
    """The same as :func:`units_in`, at most half a minute old."""
    found: UnitFacts = held(f"units:{campaign.pk}", lambda: units_in(campaign))
    return found


def units_in(campaign: Campaign) -> UnitFacts:
    """The units that owe something in a campaign, with the groups of its host."""
    owing = Assignment.objects.filter(campaign=campaign.pk).order_by().values("unit")
    return unit_facts(Unit.objects.filter(pk__in=owing), [campaign.host_id])


def before_unit(user: Any, where: Q) -> Assignments:
    """What the person's own units owe, as far as it is asked for: read for this page alone."""
    own = sorted(user.units_as(*UNIT_ROLES))
    rows = Assignment.objects.filter(where, unit__in=own).order_by("pk")
    sheet = Sheet(SHAPE, facts(rows.values_list(*READ)))
    campaigns = rows.order_by().values("campaign").distinct()
    return Assignments(
        sheet,
        sheet.all,
        facts=lambda: unit_facts(Unit.objects.filter(pk__in=own), []),
        titles=lambda: titles_of(campaigns),
    )
