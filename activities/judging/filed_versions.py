"""What units have filed, as others read it: the newest submitted version of each, for those who may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from activities.models import Activity, Assignment, Case, Coverage, Listed, Material, Plan, Progress, PublishedCase
from activities.states import FILED
from campaigns.finding import OVER
from campaigns.models import Campaign
from workflow.compiled import Compiled, any_of

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


@dataclass(frozen=True)
class Shelf:
    """What was filed about one activity."""

    owed: list[Listed]
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

    owed = Assignment.objects.visible_to(user).filter(activity=activity).required()
    published = PublishedCase.objects.visible_to(user).filter(
        case__assignment__activity=activity, published_at__isnull=False
    )
    return Shelf(
        owed=owed[: SHOWN * 5].listed(),
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


SENDERS = Compiled(
    lambda own, campaign: (
        Unit.objects.filter(
            any_of("pk", own), Exists(Assignment.objects.filter(unit=OuterRef("pk"), campaign=campaign))
        )
        .order_by("order", "pk")
        .values_list("pk", "name")
    )
)


@dataclass(frozen=True)
class Sender:
    """A unit for which something can be sent."""

    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


def units_to_send(user: Any, campaign: Campaign) -> list[Sender]:
    """The units for which this person can send something of their own accord in the campaign."""
    own = user.units_as(*UNIT_ROLES)
    if not own or campaign.state in OVER:
        return []
    return [Sender(*row) for row in SENDERS(own=sorted(own), campaign=campaign.pk)]
