"""Deleting a group of units: only one that nothing stands on any more."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import UnitGroup
from activities.models import Activity, Assignment
from campaigns.models import Campaign
from workflow.models import MoveRefused


@dataclass(frozen=True)
class Uses:
    """What stands on a group."""

    campaigns: "QuerySet[Campaign]"
    tasks: "QuerySet[Activity]"
    """Each knows whether it is ``handed_out``: then it names the group for good."""

    @property
    def why_not(self) -> str:
        """Why the group cannot be deleted; empty when it can."""
        if any(task.handed_out for task in self.tasks):  # type: ignore[attr-defined]  # annotated
            return _("What was asked of the group in an issued notice stays as it was asked, so the group stays.")
        if self.campaigns or self.tasks:
            return _("It is still named. Take it out there first, then it can be deleted.")
        return ""


def uses(group: UnitGroup) -> Uses:
    """The campaigns in which a group takes part, and the activities and tasks that name it."""
    owed = Assignment.objects.filter(activity=OuterRef("pk"), volunteered=False)
    named = Q(group_participations__group=group) | Q(participations__group=group)
    tasks = Activity.objects.filter(pk__in=Activity.objects.filter(named).values("pk"))
    return Uses(
        campaigns=Campaign.objects.filter(groups=group),
        tasks=tasks.select_related("campaign").annotate(handed_out=Exists(owed)),
    )


@transaction.atomic
def delete(group: UnitGroup) -> None:
    """Delete a group; its units stay. Raises: MoveRefused with the reason while something stands on it."""
    row = UnitGroup.objects.select_for_update().filter(pk=group.pk).first()
    if row is None:
        return
    if why := uses(row).why_not:
        raise MoveRefused(why)
    row.delete()
