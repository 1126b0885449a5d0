"""What a system reads: plain rows, by queries that are built once; a page of them, and the mark where the next begins.

Rows come in the order of their numbers, and a mark is the last number read: whatever is written meanwhile, nothing is
left out and nothing comes twice.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.unit_keepers import units_of
from activities.models import Assignment, Listed
from activities.states import AssignmentState
from campaigns.finding import seen_by
from campaigns.models import Campaign, Notice
from campaigns.models.number import printed
from reports.api.caller import Caller
from reports.api.refusal import Refused
from workflow.compiled import PART, Compiled, any_of

Row = dict[str, Any]
SIZES = (21, 101, 501)
"""How many rows a query reads: so it has few shapes, whatever a request asks for."""
MOST = SIZES[-1] - 1


# --- pages ------------------------------------------------------------------------------------------------------------


def mark_of(name: str, last: int) -> str:
    """The mark behind a row of a list: nobody's to read but ours."""
    return urlsafe_b64encode(f"{name}:{last}".encode()).decode().rstrip("=")


def last_of(name: str, mark: str | None) -> int:
    """The number behind which a page begins. Raises: Refused for a mark of another list, or none of ours."""
    if not mark:
        return 0
    try:
        whose, _sep, last = urlsafe_b64decode(mark + "=" * (-len(mark) % 4)).decode().partition(":")
    except ValueError:
        whose, last = "", ""
    if whose != name or not last.isdecimal() or len(last) > 18:
        raise Refused(422, "cursor", _("This cursor is not one of this list. Begin without one."))
    return int(last)


def page(name: str, cursor: str | None, limit: int, read: Callable[[int, int], list[Row]]) -> Row:
    """One page: rows and the mark of the next page, none where this is the last.

    Arguments: the list; the mark of the request; how many rows; what reads at least so many behind a number.
    """
    size = next(size for size in SIZES if size > limit)
    rows = read(last_of(name, cursor), size)
    items = rows[:limit]
    return {"items": items, "next": mark_of(name, items[-1]["id"]) if len(rows) > limit else None}


def behind(rows: Any, last: Any) -> Any:
    """Rows behind a number, in the order of numbers."""
    return rows.filter(pk__gt=last).order_by("pk")


def only(rows: list[Row]) -> Row:
    """The one row that was asked for. Raises: Http404."""
    if not rows:
        raise Http404
    return rows[0]


def moment(at: datetime | None) -> str | None:
    """A moment as it is sent: with its distance from UTC."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


# --- campaigns, notices, units ----------------------------------------------------------------------------------------

CAMPAIGN = ("id", "title", "year", "theme", "host", "state", "starts_on", "ends_on", "summary_due_on")
CAMPAIGNS = Compiled(
    lambda last, hosts, units: behind(Campaign.objects.seen_by(hosts, units), last).values_list(*CAMPAIGN), PART
)
CAMPAIGN_BY = Compiled(
    lambda pk, hosts, units: Campaign.objects.seen_by(hosts, units).filter(pk=pk).order_by().values_list(*CAMPAIGN)
)
NUMBER = ("document_number__org_code", "document_number__year", "document_number__seq")
NOTICE = ("id", "campaign", "kind", "title", "state", "issued_at")
WHOLE = (*NOTICE, "salutation", "body", "signature")
NOTICES = Compiled(
    lambda last, hosts, units: behind(Notice.objects.seen_by(hosts, units), last).values_list(*NUMBER, *NOTICE), PART
)
NOTICE_BY = Compiled(
    lambda pk, hosts, units: Notice.objects.seen_by(hosts, units).filter(pk=pk).order_by().values_list(*NUMBER, *WHOLE)
)
UNIT = ("id", "name", "full_name", "kind", "level", "parent")
UNITS = Compiled(
    lambda last, hosts, units: (
        behind(Unit.objects.live().filter(Q(pk__in=units_of(hosts).values("pk")) | any_of("pk", units)), last)
    ).values_list(*UNIT),
    PART,
)


def campaigns(caller: Caller, cursor: str | None, limit: int) -> Row:
    """A page of the campaigns it sees."""

    def read(last: int, size: int) -> list[Row]:
        rows = CAMPAIGNS(last=last, limit=size, offset=0, **seen_by(caller))
        return [dict(zip(CAMPAIGN, row, strict=True)) for row in rows]

    return page("campaigns", cursor, limit, read)


def campaign(caller: Caller, pk: int) -> Row:
    """One campaign. Raises: Http404."""
    return only([dict(zip(CAMPAIGN, row, strict=True)) for row in CAMPAIGN_BY(pk=pk, **seen_by(caller))])


def notices(caller: Caller, cursor: str | None, limit: int) -> Row:
    """A page of the notices it sees."""

    def read(last: int, size: int) -> list[Row]:
        return [notice_row(row, NOTICE) for row in NOTICES(last=last, limit=size, offset=0, **seen_by(caller))]

    return page("notices", cursor, limit, read)


def notice(caller: Caller, pk: int) -> Row:
    """One notice, with its text. Raises: Http404."""
    return only([notice_row(row, WHOLE) for row in NOTICE_BY(pk=pk, **seen_by(caller))])


def notice_row(row: tuple[Any, ...], names: tuple[str, ...]) -> Row:
    """A notice as it is sent, with its number as it is printed."""
    found = dict(zip(names, row[3:], strict=True))
    number = printed(*row[:3]) if row[0] else None
    return found | {"number": number, "issued_at": moment(found["issued_at"])}


def units(caller: Caller, cursor: str | None, limit: int) -> Row:
    """A page of the units its office works with; of a unit, itself."""

    def read(last: int, size: int) -> list[Row]:
        rows = UNITS(last=last, limit=size, offset=0, **seen_by(caller))
        return [dict(zip(UNIT, row, strict=True)) for row in rows]

    return page("units", cursor, limit, read)


# --- assignments ------------------------------------------------------------------------------------------------------

BEFORE = ("campaign", "notice", "unit", "activity")


def assignments_of(**given: Any) -> Any:
    """The assignments that units owe or that are owed to campaigns of hosts, narrowed by what else is given."""
    begun = Q(volunteered=True, state=AssignmentState.OPEN)
    to_hosts = any_of("campaign__host", given.pop("hosts")) & ~begun
    rows = Assignment.objects.filter(any_of("unit", given.pop("units")) | to_hosts)
    last = given.pop("last", None)
    rows = rows.filter(**given).order_by()
    return Listed.read_from(rows if last is None else behind(rows, last), *(f"{name}_id" for name in BEFORE))


ASSIGNMENTS = Compiled(lambda **given: assignments_of(**given), PART)
ASSIGNMENT_BY = Compiled(lambda **given: assignments_of(**given))


def assignments(caller: Caller, cursor: str | None, limit: int, **narrowed: Any) -> Row:
    """A page of the assignments it sees. Arguments: campaign, unit, kind, state, where they are asked for."""
    given = {name: value for name, value in narrowed.items() if value is not None}

    def read(last: int, size: int) -> list[Row]:
        rows = ASSIGNMENTS(last=last, limit=size, offset=0, **seen_by(caller), **given)
        return [assignment_row(row) for row in rows]

    return page("assignments", cursor, limit, read)


def assignment(caller: Caller, pk: int) -> Row:
    """One assignment. Raises: Http404."""
    return only([assignment_row(row) for row in ASSIGNMENT_BY(pk=pk, **seen_by(caller))])


def assignment_row(row: tuple[Any, ...]) -> Row:
    """An assignment as it is sent."""
    listed = Listed(*row[len(BEFORE) :])
    return {
        "id": listed.pk,
        **dict(zip(BEFORE, row, strict=False)),
        "unit_name": listed.unit,
        "kind": listed.kind,
        "about": listed.about,
        "state": listed.state,
        "standing": listed.standing,
        "volunteered": listed.volunteered,
        "due_at": moment(listed.due_at),
        "extended_until": moment(listed.extended_until),
        "submitted_at": moment(listed.submitted_at),
    }
