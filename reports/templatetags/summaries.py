"""What is shown beside a summary."""

from typing import Any

from django import template

from activities.filing.prefill import reads_unit
from activities.states import FILED
from reports.models import Summary
from reports.models.remark import QUOTE, TEXT
from reports.summaries.looks.look import looked_at
from reports.summaries.looks.pointer import Pointer
from reports.summaries.remarks import Shown, judged, remarks_on
from reports.summaries.table import HEAD, activity_table
from workflow.pages import may

register = template.Library()


@register.simple_tag(takes_context=True)
def pointers_in(context: dict[str, Any], filing: Summary | None) -> list[Pointer]:
    """What is to be looked at in a summary as it is stored: for the unit, and for who judges it; a visitor reads
    nothing else of the unit."""
    user = context["request"].user
    if filing is None or context.get("typed") or not reads_unit(user):
        return []
    reads = may(user, "file", filing.assignment) or may(user, "review", filing.assignment)
    return looked_at(filing) if reads else []


@register.simple_tag(takes_context=True)
def remarks_beside(context: dict[str, Any], filing: Summary | None) -> dict[str, list[Shown]]:
    """The remarks of whoever judged it, by section: for the unit once it was returned, and for who judges it."""
    user = context["request"].user
    if filing is None:
        return {}
    judges = may(user, "review", filing.assignment)
    return remarks_on(filing, judges=judges) if judges or may(user, "file", filing.assignment) else {}


@register.inclusion_tag("reports/summaries/remarks.html", takes_context=True)
def remarks_at(context: dict[str, Any], remarks: dict[str, list[Shown]], filing: Summary, key: str) -> dict[str, Any]:
    """The remarks on one section, and for who judges what is filed the way to make one."""
    filed = filing.submitted_at is not None and filing.assignment.state in FILED
    return {
        "here": remarks.get(key, []),
        "key": key,
        "assignment": filing.assignment,
        "user": context["request"].user,
        "judges": filed and may(context["request"].user, "review", filing.assignment),
        "most_quote": QUOTE,
        "most_text": TEXT,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("reports/summaries/return.html", takes_context=True)
def return_with_remarks(context: dict[str, Any], filing: Summary) -> dict[str, Any]:
    """The way to return a summary with the remarks that were made on it; nothing while there are none."""
    assignment = filing.assignment
    judges = assignment.state in FILED and may(context["request"].user, "review", assignment)
    number = filing.remarks.count() if judges and judged(assignment) == filing else 0
    return {"number": number, "assignment": assignment, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("reports/summaries/activities.html", takes_context=True)
def activities_of(context: dict[str, Any], filing: Summary | None, assignment: Any) -> dict[str, Any]:
    """Each activity planned, done, in figures, with its evidence: as filed, or as it stands while it is written."""
    if filing and filing.submitted_at:
        rows = filing.activities or []
    else:
        rows = activity_table(assignment) if reads_unit(context["request"].user) else []
    return {"head": HEAD, "rows": rows}
