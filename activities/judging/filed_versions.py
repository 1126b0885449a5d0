"""What units have filed, as others read it: the newest submitted version of each, for those who may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from activities.models import Activity, Assignment, Case, Coverage, Material, Plan, Progress, PublishedCase
from activities.states import FILED, Kind
from campaigns.models import Campaign
from campaigns.states import CampaignState

SHOWN = 20
"""Rows of a kind on the page of an activity; the rest stand in the lists."""


def newest_filed(model: type[Any], user: Any) -> Any:
    """The newest submitted version of each filing that stands, for this person.

    Arguments: a kind's model, the person. Returns: a queryset with assignment, unit and activity.
    """
    later = model.objects.filter(
        assignment=OuterRef("assignment"), version__gt=OuterRef("version"), submitted_at__isnull=False
    )
    rows = model.objects.filter(
        ~Exists(later),
        submitted_at__isnull=False,
        assignment__state__in=FILED,
        assignment__in=Assignment.objects.visible_to(user),
    )
    return rows.select_related("assignment__unit", "assignment__activity")


def headlines(rows: Iterable[Assignment]) -> dict[int, str]:
    """The titles under which cases and coverage were filed, by assignment; two queries."""
    found: dict[int, str] = {}
    for model, kind in ((Case, Kind.CASE), (Coverage, Kind.COVERAGE)):
        wanted = [row.pk for row in rows if row.kind == kind]
        submitted = model.objects.filter(assignment__in=wanted, submitted_at__isnull=False).order_by("version")
        found.update(submitted.values_list("assignment", "title"))
    return found


@dataclass(frozen=True)
class Shelf:
    """What was filed about one activity."""

    owed: list[Assignment]
    plans: dict[int, Plan]
    progress: list[Progress]
    cases: list[Case]
    published: list[PublishedCase]
    materials: list[Material]
    coverage: list[Coverage]


def of_activity(user: Any, activity: Activity) -> Shelf:
    """Everything about an activity that this person may see; a fixed number of queries."""

    def rows(model: type[Any]) -> Any:
        return newest_filed(model, user).filter(assignment__activity=activity).order_by("-submitted_at", "-pk")

    owed = Assignment.objects.visible_to(user).filter(activity=activity).required().for_list()
    published = PublishedCase.objects.visible_to(user).filter(
        case__assignment__activity=activity, published_at__isnull=False
    )
    return Shelf(
        owed=list(owed[: SHOWN * 5]),
        plans={plan.assignment_id: plan for plan in rows(Plan)[: SHOWN * 5]},
        progress=first_of_each_unit(rows(Progress)[: SHOWN * 5]),
        cases=list(rows(Case).filter(selection__published_at=None)[:SHOWN]),
        published=list(published.select_related("case__assignment__unit")[:SHOWN]),
        materials=list(rows(Material)[:SHOWN]),
        coverage=list(rows(Coverage)[:SHOWN]),
    )


def first_of_each_unit(rows: Iterable[Progress]) -> list[Progress]:
    """The newest report of each unit."""
    found: dict[int, Progress] = {}
    for row in rows:
        found.setdefault(row.assignment.unit_id, row)
    return list(found.values())


def units_to_send(user: Any, campaign: Campaign) -> list[Unit]:
    """The units for which this person can send something of their own accord in the campaign."""
    own = user.units_as(*UNIT_ROLES)
    if not own or campaign.state in (CampaignState.CLOSED, CampaignState.ARCHIVED):
        return []
    return list(Unit.objects.filter(pk__in=own, assignments__campaign=campaign).distinct())
