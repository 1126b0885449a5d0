"""All summaries the office has accepted as one ZIP file: each set as official paper, as PDF and as Word."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from collections.abc import Callable
from typing import IO, Any

from django.utils import translation
from django.utils.translation import gettext as _

from activities.models import Assignment
from activities.states import AssignmentState, Kind
from campaigns.models import Campaign
from documents.errors import DocumentError
from reports.models import Archive, Summary
from reports.summaries.paper import set_paper
from workflow.zip_in_parts import Names, safe

Progress = Callable[[int, int], None]
ENDINGS = ("pdf", "docx")
BOM = "\ufeff"
"""Excel reads a CSV file as UTF-8 only with it."""


def build(archive: Archive) -> dict[str, Any]:
    """Write the package. Returns: the fields to write when the job is ready."""
    with translation.override("zh-hans"), tempfile.TemporaryFile() as file:
        write(archive.campaign, file, archive.step)
        return archive.store(file)


def write(campaign: Campaign, file: IO[bytes], progress: Progress) -> None:
    """Every accepted summary into an empty file, and a list that names what could not be set and why.

    Arguments: the campaign; the file; a callback for units done and units in all.
    """
    rows = accepted(campaign)
    names, lines = Names(), [(_("No."), _("Unit"), _("Version"), _("What could not be set"))]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for place, summary in enumerate(rows, 1):
            unit = summary.assignment.unit.official_name
            wrong = [put(target, names, summary, f"{place:03} {unit}", ending) for ending in ENDINGS]
            lines.append((str(place), unit, str(summary.version), " ".join(filter(None, wrong))))
            progress(place, len(rows))
        text = io.StringIO()
        csv.writer(text).writerows(lines)
        target.writestr(_("List") + ".csv", BOM + text.getvalue())


def accepted(campaign: Campaign) -> list[Summary]:
    """The version the office accepted of each unit, in the official order."""
    rows = Assignment.objects.filter(campaign=campaign, kind=Kind.SUMMARY, state=AssignmentState.ACCEPTED)
    found = Summary.objects.filter(assignment__in=rows, submitted_at__isnull=False).order_by("version")
    about = found.select_related("assignment__unit", "assignment__campaign__host")
    newest = {row.assignment_id: row for row in about}
    return sorted(newest.values(), key=lambda row: (row.assignment.unit.order, row.assignment.unit_id))


def put(target: zipfile.ZipFile, names: Names, summary: Summary, name: str, ending: str) -> str:
    """Set one summary in one form. Returns: why it could not be; empty when it could."""
    try:
        target.writestr(names.unique(f"{safe(name)}.{ending}"), set_paper(summary, ending))
    except DocumentError as error:
        return f"{ending}: {error}"
    return ""
