"""What was filed, as a system reads it: the newest submitted version, in the words of the unit."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404

from accounts.models.memberships import UNIT_ROLES
from accounts.personal_data import masked, masked_in
from activities.judging.filed_versions import newest_filed
from activities.models import Case, Coverage, Filing, Material, Plan, Progress
from activities.states import Kind
from reports.api.caller import Caller
from reports.api.reading import SIZES, Row, behind, moment, page
from reports.models import Summary

MODELS: dict[str, type[Filing]] = {
    Kind.PLAN: Plan, Kind.PROGRESS: Progress, Kind.CASE: Case, Kind.COVERAGE: Coverage, Kind.SUMMARY: Summary,
    Kind.OTHER: Material, Kind.ROUND: Material,
}  # fmt: skip
"""Kinds whose content is read here."""


def filings(caller: Caller, kind: str, cursor: str | None, limit: int, campaign: int | None) -> Row:
    """A page of what was filed of one kind and stands."""

    def read(last: int, size: int) -> list[Row]:
        rows = stands(caller, kind)
        if campaign is not None:
            rows = rows.filter(assignment__campaign=campaign)
        return [filing_row(caller, each) for each in behind(rows, last)[:size]]

    return page(f"filings-{kind}", cursor, min(limit, SIZES[1] - 1), read)


def filing(caller: Caller, assignment: int) -> Row:
    """What was filed for one assignment. Raises: Http404."""
    for kind in MODELS:
        for row in stands(caller, kind).filter(assignment=assignment):
            return filing_row(caller, row)
    raise Http404


def stands(caller: Caller, kind: str) -> Any:
    """What was filed of one kind, as lists of the office read it; the figures of a summary with it."""
    rows = newest_filed(MODELS[kind], caller).filter(assignment__kind=kind)
    return rows.prefetch_related("figures__indicator") if kind == Kind.SUMMARY else rows


def filing_row(caller: Caller, filing: Any) -> Row:
    """One filing as it is sent; the numbers of people stand whole before their own unit alone."""
    owed = filing.assignment
    whole = owed.unit_id in caller.units_as(*UNIT_ROLES)
    content: dict[str, Any] = {
        each.name: sent(getattr(filing, each.attname), each.name, whole=whole) for each in filing.columns_read()
    }
    content |= {key: sent(text, key, whole=whole) for key, _heading, text in filing.own_texts()}
    if isinstance(filing, Summary):
        content["figures"] = figures(filing.figures.all())
    return {
        "id": filing.pk,
        "assignment": owed.pk,
        "campaign": owed.campaign_id,
        "unit": owed.unit_id,
        "kind": owed.kind,
        "version": filing.version,
        "submitted_at": moment(filing.submitted_at),
        "content": content,
    }


def sent(value: Any, name: str, *, whole: bool) -> Any:
    """A value as JSON has it."""
    if isinstance(value, str) and not whole:
        return masked(value) if name == "person_phone" else masked_in(value)
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def figures(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The figures of a summary, as they were written."""
    return [
        {"name": each.indicator.name, "measure": each.indicator.measure, "value": each.value, "about": each.about}
        for each in rows
    ]
