"""What a unit handed in under the same name in the office's last campaign."""

from __future__ import annotations

import re

from accounts.models import Unit
from activities.models import Assignment, Material
from activities.states import Kind
from documents.text import bare

LISTS = re.compile("名单|名录|目录|台账|底数|基本情况|通讯录|一览表")
"""What changes little from year to year, so that last year's text is where one begins."""


def same_last_year(assignment: Assignment) -> Material | None:
    """The newest of the same name that the unit, or one merged into it, submitted to the host in an earlier year."""
    if assignment.demand is None:
        return None
    units = [assignment.unit_id, *Unit.objects.filter(merged_into=assignment.unit_id).values_list("pk", flat=True)]
    rows = Material.objects.filter(
        assignment__kind=Kind.OTHER,
        assignment__unit__in=units,
        assignment__demand__isnull=False,
        assignment__campaign__host=assignment.campaign.host_id,
        assignment__campaign__year__lt=assignment.campaign.year,
        assignment__submitted_at__isnull=False,
        submitted_at__isnull=False,
    ).select_related("assignment__campaign", "assignment__demand")
    title = bare(assignment.demand.title)
    newest = rows.order_by("-assignment__campaign__year", "-version", "-pk")
    return next((row for row in newest if bare(str(row.assignment.demand)) == title), None)
