"""What a unit's person has to do, first things first: for the home page."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from activities.judging.filed_versions import units_to_send
from activities.models import Appearance, Assignment, Petition
from activities.states import FILED, OWED, AssignmentState
from campaigns.models import Campaign
from campaigns.states import CampaignState
from workflow import clock
from workflow.models import Transition

SOON = timedelta(days=7)
LATEST = 10
"""What was filed last; the rest stands in the list of the campaign."""
ROUNDS = 6
CAMPAIGNS = 3


@dataclass(frozen=True)
class ToDo:
    """What the person's units owe, sorted by how soon it is wanted."""

    to_correct: list[tuple[Assignment, str]] = field(default_factory=list)
    late: list[Assignment] = field(default_factory=list)
    soon: list[Assignment] = field(default_factory=list)
    coming: list[Assignment] = field(default_factory=list)
    begun: list[Assignment] = field(default_factory=list)
    asked: list[Petition] = field(default_factory=list)
    rounds: list[Appearance] = field(default_factory=list)
    done: list[Assignment] = field(default_factory=list)
    senders: list[tuple[Campaign, list[Unit]]] = field(default_factory=list)


def todo(user: Any) -> ToDo:
    """What is to be done for the units of a person; a number of queries that does not grow with the rows.

    Arguments: the person. Returns: empty lists where nothing is.
    """
    rows = Assignment.objects.of_units_of(user).exclude(campaign__state=CampaignState.ARCHIVED).for_list()
    owed = sorted(rows.filter(state__in=OWED), key=lambda row: (row.last_moment, row.pk))
    waiting = [row for row in owed if row.state == AssignmentState.OPEN and not row.volunteered]
    now = clock.now()
    return ToDo(
        to_correct=with_reasons([row for row in owed if row.state == AssignmentState.RETURNED]),
        late=[row for row in waiting if row.last_moment < now],
        soon=[row for row in waiting if now <= row.last_moment < now + SOON],
        coming=[row for row in waiting if row.last_moment >= now + SOON],
        begun=[row for row in owed if row.volunteered and row.state == AssignmentState.OPEN],
        asked=list(asked(user)),
        rounds=list(rounds(user)[:ROUNDS]),
        done=list(rows.filter(state__in=FILED).order_by("-submitted_at", "-pk")[:LATEST]),
        senders=senders(user),
    )


def with_reasons(rows: list[Assignment]) -> list[tuple[Assignment, str]]:
    """Each returned row with the reason the office gave last; one query."""
    if not rows:
        return []
    kind = ContentType.objects.get_for_model(Assignment)
    lines = Transition.objects.filter(
        content_type=kind, object_id__in=[row.pk for row in rows], to_state=AssignmentState.RETURNED
    )
    reasons = dict(lines.order_by("pk").values_list("object_id", "note"))
    return [(row, reasons.get(row.pk, "")) for row in rows]


def asked(user: Any) -> Any:
    """What the units asked of the office and is not decided."""
    rows = Petition.objects.waiting().filter(assignment__in=Assignment.objects.of_units_of(user))
    return rows.select_related(
        "assignment__unit", "assignment__activity", "assignment__demand", "assignment__deliverable",
        "assignment__appearance__round",
    )  # fmt: skip


def rounds(user: Any) -> Any:
    """The rounds to which the units are invited from today on, the next first."""
    rows = Appearance.objects.filter(unit__in=user.units_as(*UNIT_ROLES), round__on__gte=clock.today())
    sent = rows.filter(round__activity__campaign__in=Campaign.objects.visible_to(user))
    return sent.select_related("unit", "round__activity").order_by("round__on", "pk")


def senders(user: Any) -> list[tuple[Campaign, list[Unit]]]:
    """The campaigns to which something can be sent of one's own accord, each with the units that can."""
    running = Campaign.objects.visible_to(user).exclude(state__in=(CampaignState.CLOSED, CampaignState.ARCHIVED))
    found = [(campaign, units_to_send(user, campaign)) for campaign in running[:CAMPAIGNS]]
    return [(campaign, units) for campaign, units in found if units]
