"""What a unit files of its own accord: begun from the home page or an activity, discarded while it is a draft."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from activities.models import Activity, Assignment
from activities.states import OFFERED, AssignmentState, Kind
from campaigns.models import Campaign, Notice
from campaigns.states import CampaignState
from workflow import clock
from workflow.models import MoveRefused
from workflow.site_language import in_site_language

VERSIONS = {
    Kind.PROGRESS: "progress_versions",
    Kind.CASE: "case_versions",
    Kind.COVERAGE: "coverage_versions",
    Kind.OTHER: "material_versions",
}
"""Under which name an assignment has what was written for it."""


def why_not_begin(campaign: Campaign, unit: Unit) -> str:
    """Why a unit cannot send anything of its own accord now, for a person; empty when it can."""
    if campaign.state in (CampaignState.CLOSED, CampaignState.ARCHIVED):
        return _("The campaign is closed.")
    if notice_of(campaign, unit) is None:
        return _("No notice of this campaign is addressed to %(unit)s.") % {"unit": unit}
    return ""


def notice_of(campaign: Campaign, unit: Unit) -> Notice | None:
    """The notice by which the unit was asked to take part."""
    rows = Notice.objects.filter(campaign=campaign, issued_at__isnull=False, addressees=unit)
    return rows.order_by("issued_at", "pk").first()


@transaction.atomic
def begin(campaign: Campaign, unit: Unit, kind: str, activity: Activity | None = None) -> Assignment:
    """Begin something to file; pressed twice it is one, and an empty one is gone on with.

    Arguments: the campaign, the unit, one of OFFERED, the activity it is about if that is known.
    Returns: the assignment, to be filed until the campaign's summary is due (later is not late).
    Raises: MoveRefused when the campaign is closed or does not address the unit.
    """
    if kind not in OFFERED:
        raise MoveRefused(_("This cannot be sent of one's own accord."))
    if why := why_not_begin(campaign, unit):
        raise MoveRefused(why)
    notice = notice_of(campaign, unit)
    assert notice is not None  # or there was a reason above
    Unit.objects.select_for_update().get(pk=unit.pk)  # the second press waits for the first
    if there := untouched(campaign, unit, kind, activity):
        return there
    return Assignment.objects.create(
        campaign=campaign,
        notice=notice,
        unit=unit,
        kind=kind,
        activity=activity,
        volunteered=True,
        due_at=clock.end_of(campaign.summary_due_on),
    )


def untouched(campaign: Campaign, unit: Unit, kind: str, activity: Activity | None) -> Assignment | None:
    """One that was begun and never written in; a report on progress that is still a draft."""
    rows = Assignment.objects.filter(
        campaign=campaign,
        unit=unit,
        kind=kind,
        activity=activity,
        volunteered=True,
        state=AssignmentState.OPEN,
    )
    if kind == Kind.PROGRESS and activity is not None:
        return rows.order_by("pk").last()
    empty = Q(**{f"{VERSIONS[Kind(kind)]}__isnull": True, "photos__isnull": True, "attachments__isnull": True})
    return rows.filter(empty).order_by("pk").last()


def why_not_discard(assignment: Assignment) -> str:
    """Why it cannot be thrown away, for a person; empty when it can."""
    if not assignment.volunteered:
        return _("It is owed: ask the office if it does not apply to your unit.")
    return "" if assignment.state == AssignmentState.OPEN else _("It has been filed.")


@transaction.atomic
def discard(assignment: Assignment, *, by: Any) -> None:
    """Throw a draft away. What was submitted once and withdrawn is kept, and closed.

    Raises: MoveRefused when it is owed or filed.
    """
    if why := why_not_discard(assignment):
        raise MoveRefused(why)
    if assignment.history().exists():
        note = in_site_language(gettext_noop("The unit does not pursue it."))
        assignment.move(AssignmentState.CLOSED, by=by, note=note, roles=UNIT_ROLES)
        return
    getattr(assignment, VERSIONS[Kind(assignment.kind)]).all().delete()
    for photo in assignment.photos.all():
        photo.take_away()
    for file in assignment.attachments.all():
        file.take_away()
    assignment.delete()
