"""A table that Excel asks for again by itself: who owes what, as CSV, by a secret address or with a token."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from activities.states import AssignmentState, Kind, Standing
from reports.api import reading
from reports.api.caller import Caller

BEGINS = "=+-@\t\r"
"""What a spreadsheet would take for a formula."""
MARK = "\ufeff"
"""By it Excel knows that the file is UTF-8."""


def columns() -> dict[str, str]:
    """The columns, with their headings in the language that is active."""
    return {
        "id": _("Number"),
        "campaign": _("Campaign"),
        "unit": _("Number of the unit"),
        "unit_name": _("Unit"),
        "kind": _("Kind"),
        "about": _("What it is about"),
        "state": _("State"),
        "standing": _("Standing"),
        "due_at": _("Due"),
        "submitted_at": _("Filed"),
    }


def assignments(caller: Caller, campaign: int | None) -> StreamingHttpResponse:
    """All assignments the caller sees, of one campaign if one is asked for; read a few hundred at a time."""
    response = StreamingHttpResponse(list(lines(caller, columns(), campaign)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="assignments.csv"'
    response["Cache-Control"] = "no-store"
    return response


def lines(caller: Caller, named: dict[str, str], campaign: int | None) -> Iterator[str]:
    """The lines of the file."""
    kinds, states = dict(Kind.choices), dict(AssignmentState.choices)
    standings = dict(Standing.choices)
    yield MARK + line(named.values())
    cursor: str | None = ""
    while cursor is not None:
        page = reading.assignments(caller, cursor, reading.MOST, campaign=campaign)
        for row in page["items"]:
            said = {"kind": kinds[row["kind"]], "state": states[row["state"]], "standing": standings[row["standing"]]}
            yield line((row | said)[name] for name in named)
        cursor = page["next"]


def line(values: Any) -> str:
    """One line; no value becomes a formula."""
    out = StringIO()
    csv.writer(out).writerow([safe("" if value is None else str(value)) for value in values])
    return out.getvalue()


def safe(text: str) -> str:
    """A text that stays one."""
    return f"'{text}" if text[:1] and text[0] in BEGINS else text
