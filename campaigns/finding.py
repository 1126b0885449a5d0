"""The campaign or notice a page is about, and the campaigns of a person: what most pages ask first."""

from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.http import Http404, HttpRequest

from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES
from campaigns.models import Campaign, DocumentNumber, Notice
from campaigns.states import CampaignState
from workflow.compiled import PART, Compiled, any_of

COLUMNS = [field.attname for field in Campaign._meta.concrete_fields]
OVER = (CampaignState.CLOSED, CampaignState.ARCHIVED)
SEEN = Compiled(
    lambda pk, hosts, units: Campaign.objects.seen_by(hosts, units).filter(pk=pk).order_by().values_list(*COLUMNS)
)
RUNNING = Compiled(
    lambda hosts, units: Campaign.objects.seen_by(hosts, units).exclude(state__in=OVER).values_list(*COLUMNS), PART
)
RUN = Compiled(lambda hosts: Campaign.objects.filter(any_of("host", hosts)).values_list(*COLUMNS))

NOTICE = [field.attname for field in Notice._meta.concrete_fields]
NUMBER = [field.attname for field in DocumentNumber._meta.concrete_fields]
SEEN_NOTICE = Compiled(
    lambda pk, hosts, units: (
        Notice.objects.seen_by(hosts, units)
        .filter(pk=pk)
        .order_by()
        .values_list(
            *NOTICE, *(f"campaign__{name}" for name in COLUMNS), *(f"document_number__{name}" for name in NUMBER)
        )
    )
)


def made(rows: list[tuple[Any, ...]]) -> list[Campaign]:
    """Campaigns from their columns."""
    return [Campaign.from_db(DEFAULT_DB_ALIAS, COLUMNS, row) for row in rows]


def campaign_of(request: HttpRequest, pk: int) -> Campaign:
    """The campaign, if the person may see it: the same answer as ``visible(Campaign, request, pk=pk)``, in less time.

    Raises: Http404.
    """
    return campaign_for(request.user, pk)


def campaign_for(user: Any, pk: int) -> Campaign:
    """The campaign, if this person may see it. Raises: Http404."""
    for campaign in made(SEEN(pk=pk, **seen_by(user))):
        return campaign
    raise Http404


def notice_of(request: HttpRequest, pk: int) -> Notice:
    """A notice with its campaign and its number, if the person may see it: as ``visible(Notice, request, pk=pk)``.

    Raises: Http404.
    """
    return notice_for(request.user, pk)


def notice_for(user: Any, pk: int) -> Notice:
    """The notice, if this person may see it. Raises: Http404."""
    for row in SEEN_NOTICE(pk=pk, **seen_by(user)):
        values = iter(row)
        notice = Notice.from_db(DEFAULT_DB_ALIAS, NOTICE, list(islice(values, len(NOTICE))))
        notice.campaign = Campaign.from_db(DEFAULT_DB_ALIAS, COLUMNS, list(islice(values, len(COLUMNS))))
        if notice.document_number_id is not None:
            notice.document_number = DocumentNumber.from_db(DEFAULT_DB_ALIAS, NUMBER, list(values))
        return notice
    raise Http404


def seen_by(user: Any) -> dict[str, list[int]]:
    """The units whose campaigns a person sees, and those for which the person files."""
    return {"hosts": sorted(user.units_as(*HOST_ROLES)), "units": sorted(user.units_as(*UNIT_ROLES))}


def running(user: Any, few: int) -> list[Campaign]:
    """The newest campaigns a person sees that are not over."""
    return made(RUNNING(**seen_by(user), limit=few, offset=0))


def run_by(user: Any) -> list[Campaign]:
    """The campaigns the person's offices run, the newest first."""
    return made(RUN(hosts=sorted(user.units_as(*OFFICE_ROLES))))
