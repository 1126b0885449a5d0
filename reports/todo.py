"""What a unit's person has to do, first things first: for the home page."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef

from accounts.models.memberships import UNIT_ROLES, Role
from activities.judging.filed_versions import Sender, units_to_send
from activities.models import Appearance, Assignment, Listed, Petition, Signing
from activities.states import FILED, OWED, AssignmentState
from campaigns.finding import running
from campaigns.models import Campaign
from campaigns.states import CampaignState
from reports.figures import Tally, tally_of_units
from workflow import clock
from workflow.compiled import Compiled, any_of
from workflow.models import Transition

SOON = timedelta(days=7)
LATEST = 10
"""What was filed last; the rest stands in the list of the campaign."""
ROUNDS = 6
CAMPAIGNS = 3


@dataclass(frozen=True)
class ToDo:
    """What the person's units owe, sorted by how soon it is wanted."""

    to_release: list[Listed] = field(default_factory=list)
    """What lies before this person as the head of a unit."""
    with_head: list[Listed] = field(default_factory=list)
    """What lies before somebody else who is the head."""
    stands: list[tuple[Campaign, Tally]] = field(default_factory=list)
    """How the units stand of which the person is the head."""
    to_correct: list[tuple[Listed, str]] = field(default_factory=list)
    late: list[Listed] = field(default_factory=list)
    soon: list[Listed] = field(default_factory=list)
    coming: list[Listed] = field(default_factory=list)
    begun: list[Listed] = field(default_factory=list)
    asked: list[Petition] = field(default_factory=list)
    rounds: list[Appearance] = field(default_factory=list)
    done: list[Listed] = field(default_factory=list)
    senders: list[tuple[Campaign, list[Sender]]] = field(default_factory=list)


def of_units(own: Any) -> Any:
    """What these units owe or owed in campaigns that are not put away."""
    return Assignment.objects.filter(any_of("unit", own)).exclude(campaign__state=CampaignState.ARCHIVED)


BEFORE_HEAD = Exists(Signing.objects.waiting().filter(assignment=OuterRef("pk")))
OWED_BY = Compiled(
    lambda own: Listed.read_from(
        of_units(own).filter(state__in=OWED).annotate(before_head=BEFORE_HEAD).order_by("last_at", "pk"),
        "before_head",
        "unit",
    )
)
FILED_BY = Compiled(
    lambda own: Listed.read_from(of_units(own).filter(state__in=FILED).order_by("-submitted_at", "-pk")[:LATEST])
)


def todo(user: Any) -> ToDo:
    """What is to be done for the units of a person; a number of queries that does not grow with the rows.

    Arguments: the person. Returns: empty lists where nothing is.
    """
    own, now = sorted(user.units_as(*UNIT_ROLES)), clock.now()
    rows = [(bool(before), unit, Listed(*row)) for before, unit, *row in OWED_BY(own=own)]
    heads = user.units_as(Role.HEAD)
    owed = [row for before, _unit, row in rows if not before]
    waiting = [row for row in owed if row.is_open and not row.volunteered]
    return ToDo(
        to_release=[row for before, unit, row in rows if before and unit in heads],
        with_head=[row for before, unit, row in rows if before and unit not in heads],
        stands=stands(user, sorted(heads)),
        to_correct=with_reasons([row for row in owed if row.state == AssignmentState.RETURNED]),
        late=[row for row in waiting if row.last_at < now],
        soon=[row for row in waiting if now <= row.last_at < now + SOON],
        coming=[row for row in waiting if row.last_at >= now + SOON],
        begun=[row for row in owed if row.volunteered and row.is_open],
        asked=asked(own),
        rounds=rounds(user, own),
        done=[Listed(*row) for row in FILED_BY(own=own)],
        senders=senders(user),
    )


def stands(user: Any, heads: list[int]) -> list[tuple[Campaign, Tally]]:
    """How the units stand whose head the person is, campaign by campaign; no query for anybody else."""
    found = [(each, tally_of_units(each, heads)) for each in running(user, CAMPAIGNS)] if heads else []
    return [(campaign, tally) for campaign, tally in found if tally.expected]


def with_reasons(rows: list[Listed]) -> list[tuple[Listed, str]]:
    """Each returned row with the reason the office gave last; one query."""
    if not rows:
        return []
    kind = ContentType.objects.get_for_model(Assignment)
    lines = Transition.objects.filter(
        content_type=kind, object_id__in=[row.pk for row in rows], to_state=AssignmentState.RETURNED
    )
    reasons = dict(lines.order_by("pk").values_list("object_id", "note"))
    return [(row, reasons.get(row.pk, "")) for row in rows]


ASKED = Compiled(
    lambda own: Petition.objects.waiting().filter(any_of("assignment__unit", own)).order_by().values_list("pk")
)


def asked(own: list[int]) -> list[Petition]:
    """What the units asked of the office and is not decided; one query where nothing is."""
    found = [pk for (pk,) in ASKED(own=own)]
    if not found:
        return []
    about = ("unit", "activity", "demand", "deliverable", "appearance__round")
    return list(Petition.objects.filter(pk__in=found).select_related(*(f"assignment__{each}" for each in about)))


INVITED = Compiled(
    lambda own, today: Appearance.objects.filter(any_of("unit", own), round__on__gte=today).order_by().values_list("pk")
)


def rounds(user: Any, own: list[int]) -> list[Appearance]:
    """The next rounds to which the units are invited from today on; one query where there are none."""
    found = [pk for (pk,) in INVITED(own=own, today=clock.today())]
    if not found:
        return []
    rows = Appearance.objects.filter(pk__in=found, round__activity__campaign__in=Campaign.objects.visible_to(user))
    return list(rows.select_related("unit", "round__activity").order_by("round__on", "pk")[:ROUNDS])


def senders(user: Any) -> list[tuple[Campaign, list[Sender]]]:
    """The campaigns to which something can be sent of one's own accord, each with the units that can."""
    found = [(campaign, units_to_send(user, campaign)) for campaign in running(user, CAMPAIGNS)]
    return [(campaign, units) for campaign, units in found if units]
