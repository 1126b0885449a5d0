"""Whom units named: who sees their numbers whole, where one person is named, and until when the numbers are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest

from accounts.audit_trail import note
from accounts.models import Act, User
from accounts.personal_data import forget_shut, forgotten_before, masked_in
from activities.models import Assignment, Incoming, LiaisonOfficer, Plan
from activities.states import Kind
from campaigns.models import Campaign
from campaigns.states import CampaignState
from workflow.models import Transition
from workflow.pages import may

HOLDS_NUMBERS = (Kind.LIAISON, Kind.PLAN)


def shown_whole(request: HttpRequest, assignment: Assignment, *, writes: bool) -> bool:
    """Whether this page of an assignment shows numbers whole.

    To the unit's own people always; to who staffs the office in the form it fills in for the unit, and otherwise when
    asked for (``?numbers=1``). That the office saw them is noted.
    """
    if may(request.user, "file", assignment):
        return True
    whole = may(request.user, "file_for", assignment) and (writes or "numbers" in request.GET)
    if whole and assignment.kind in HOLDS_NUMBERS and request.method == "GET":
        note(Act.SAW, request.get_full_path(), request=request)
    return whole


# --- where a person is named -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    """One place where a unit named somebody: in which campaign, as what, reached by what, kept until when."""

    campaign: Campaign
    kind: Kind
    ways: list[str]
    until: datetime | None
    """None: the campaign is not in the archive yet."""


def named_as(person: User) -> Iterator[Named]:
    """Where the units a person speaks or spoke for named somebody so called, or anybody named this number or mail."""
    units = person.memberships.values("unit")
    for model, owed, kind, name, fields in (
        (LiaisonOfficer, "registration__assignment", Kind.LIAISON, "name", ("phone", "mobile", "email")),
        (Plan, "assignment", Kind.PLAN, "person_in_charge", ("person_phone",)),
    ):
        known = {value for value in (person.phone, person.mobile, person.email) if value}
        his = Q(**{name: person.name, f"{owed}__unit__in": units})
        same = Q()
        for each in fields:
            same |= Q(**{f"{each}__in": known})
        rows: Any = model._default_manager.filter(his | same).annotate(is_his=Q(his)).order_by("pk")
        ways: dict[int, dict[str, None]] = {}
        for campaign, is_his, *reached in rows.values_list(f"{owed}__campaign", "is_his", *fields):
            found = ways.setdefault(campaign, {})  # of another with whom a telephone is shared nothing else
            found.update(dict.fromkeys(way for way in reached if way and (is_his or way in known)))
        ends = {each.pk: each for each in with_archived_at(Campaign.objects.filter(pk__in=ways))}
        yield from (Named(ends[pk], kind, list(found), forgotten_at(ends[pk])) for pk, found in ways.items())


def with_archived_at(rows: "QuerySet[Campaign]") -> Any:
    """Campaigns, each with the moment it was last put into the archive."""
    kind = ContentType.objects.get_for_model(Campaign)
    put = Transition.objects.filter(content_type=kind, object_id=OuterRef("pk"), to_state=CampaignState.ARCHIVED)
    return rows.annotate(archived_at=Subquery(put.order_by("-pk").values("at")[:1]))


def forgotten_at(campaign: Any) -> datetime | None:
    """When the numbers of a campaign go; None while it is not in the archive, or where they stay."""
    if campaign.state != CampaignState.ARCHIVED or not campaign.archived_at or not settings.PERSONAL_DATA_DAYS:
        return None
    gone: datetime = campaign.archived_at + timedelta(days=settings.PERSONAL_DATA_DAYS)
    return gone


# --- what is not needed any more -------------------------------------------------------------------------------------


def forget_old() -> int:
    """Remove the numbers of campaigns that were archived long enough ago, and of accounts that were shut.

    Returns: how many campaigns and accounts had any.
    """
    before = forgotten_before()
    if before is None:
        return 0
    archived = with_archived_at(Campaign.objects.filter(state=CampaignState.ARCHIVED)).filter(archived_at__lt=before)
    return sum(forget(campaign) for campaign in archived) + forget_shut(before)


@transaction.atomic
def forget(campaign: Campaign) -> bool:
    """Remove telephone numbers and mail addresses of whoever was named in a campaign; names stay with what was filed.

    What came by mail and was filed for a unit keeps its words, the numbers in it masked. Returns: whether it had any.
    """
    officers = LiaisonOfficer.objects.filter(registration__assignment__campaign=campaign)
    named = officers.exclude(phone="", mobile="", email="").update(phone="", mobile="", email="")
    plans = Plan.objects.filter(assignment__campaign=campaign).exclude(person_phone="").update(person_phone="")
    texts = sum(blotted(row) for row in Incoming.objects.filter(assignment__campaign=campaign))
    if named or plans or texts:
        detail = f"{named} liaison officers, {plans} plans, {texts} texts"
        note(Act.REMOVED, f"campaign {campaign.pk}", request=None, detail=detail)
    return bool(named or plans or texts)


def blotted(row: Incoming) -> bool:
    """Mask the numbers in a text that came by mail. Returns: whether there were any."""
    text = masked_in(row.text)
    return text != row.text and bool(Incoming.objects.filter(pk=row.pk).update(text=text))
