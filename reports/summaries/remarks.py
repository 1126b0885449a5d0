"""Remarks on passages: written by who judges a summary, read by the unit in their place once it is returned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from activities.models import Assignment
from activities.states import FILED, AssignmentState
from documents.counts import thousands
from reports.models import PassageRemark, Summary
from workflow.models import MoveRefused

MOST = 50
"""Remarks on one version."""


@dataclass(frozen=True)
class Shown:
    """A remark where it is read. ``changed``: whether the section is another one now; None on the version itself."""

    remark: PassageRemark
    changed: bool | None


def judged(assignment: Assignment) -> Summary | None:
    """The version that is judged now: the newest submitted one."""
    rows = Summary.objects.filter(assignment=assignment, submitted_at__isnull=False)
    return rows.order_by("version").last()


@transaction.atomic
def remark(assignment: Assignment, key: str, quote: str, text: str, *, by: Any) -> PassageRemark:
    """Remark on a section of what was filed.

    Arguments: the assignment; the key of the section; the words it is about, if any; the remark; who makes it.
    Raises: MoveRefused when nothing is filed, there is no such section, or there are too many.
    """
    Assignment.objects.select_for_update().get(pk=assignment.pk)
    assignment.refresh_from_db(fields=["state"])
    summary = judged(assignment)
    if assignment.state not in FILED or summary is None:
        raise MoveRefused(_("Only what is filed can be remarked on."))
    if key not in {each.key for each in summary.passages}:
        raise MoveRefused(_("This section is not part of the summary any more. Please open the page again."))
    if summary.remarks.count() >= MOST:
        raise MoveRefused(_("More than %(most)s remarks help nobody.") % {"most": thousands(MOST)})
    return PassageRemark.objects.create(summary=summary, key=key, quote=quote, text=text, by=by)


def drop(found: PassageRemark) -> None:
    """Take a remark back, while the unit has not read it. Raises: MoveRefused."""
    if found.summary.assignment.state not in FILED or judged(found.summary.assignment) != found.summary:
        raise MoveRefused(_("The unit has read this remark already."))
    found.delete()


def remarks_on(filing: Summary, *, judges: bool) -> dict[str, list[Shown]]:
    """The remarks a person reads beside a version, by the key of the section, the newest last: one query.

    Arguments: the version shown; whether the person judges it: the unit reads them once it was returned.
    """
    rows = PassageRemark.objects.filter(summary__assignment=filing.assignment_id).select_related("summary", "by")
    returned = filing.assignment.state == AssignmentState.RETURNED
    now = {each.key: each.text for each in filing.passages}
    found: dict[str, list[Shown]] = {}
    for each in rows:
        own = each.summary_id == filing.pk
        if own and not judges and not returned:
            continue
        then = {passage.key: passage.text for passage in each.summary.passages}
        found.setdefault(each.key, []).append(Shown(each, None if own else then.get(each.key) != now.get(each.key)))
    return found
