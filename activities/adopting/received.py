"""Notices from above that an office can carry out: addressed to a unit that is an office itself."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.models.memberships import OFFICE_ROLES
from activities.models import Adoption
from campaigns.models import Campaign, Notice, NoticeKind
from campaigns.states import IN_FORCE, NoticeState

CARRIED = (NoticeKind.NOTICE, NoticeKind.PLAN)
"""Kinds of notice that are carried out by a campaign of one's own."""


def received(user: Any) -> QuerySet[Notice]:
    """The issued notices addressed to the offices in which this person works, the newest first."""
    own = user.units_as(*OFFICE_ROLES)
    rows = Notice.objects.filter(kind__in=CARRIED, issued_at__isnull=False, addressees__in=own)
    found = rows.exclude(campaign__host__in=own).distinct()
    return found.select_related("campaign__host", "document_number").order_by("-issued_at", "-pk")


def received_notice(user: Any, pk: int) -> tuple[Notice, Unit]:
    """One of them, and the office to which it is addressed. Raises: Http404."""
    notice = received(user).filter(pk=pk).first()
    if notice is None:
        raise Http404
    own = user.units_as(*OFFICE_ROLES)
    office = notice.addressees.filter(pk__in=own).select_related("parent").order_by("pk")[0]
    return notice, office


def adoption_of(notice: Notice, office: Unit) -> Adoption | None:
    """The campaign by which an office carries out a notice already."""
    rows = Adoption.objects.filter(notice=notice, campaign__host=office)
    return rows.select_related("campaign__host").first()


def why_not(notice: Notice, office: Unit, into: Campaign | None = None) -> str:
    """Why this office cannot carry out the notice, for a person; empty when it can.

    Arguments: the upper notice; the office; a campaign it has already, if that is to become the lower one.
    """
    if notice.state == NoticeState.WITHDRAWN:
        return _("The notice was withdrawn: there is nothing to carry out.")
    if notice.state not in IN_FORCE:
        return _("The notice is no longer in force: please take the one that supersedes it.")
    if not notice.addressees.filter(pk=office.pk).exists():
        return _("The notice is not addressed to %(office)s.") % {"office": office}
    if adoption_of(notice, office):
        return _("%(office)s carries it out already.") % {"office": office}
    if goes_round(notice.campaign, office):
        return _("%(office)s is above the office that issued it: a campaign cannot carry out itself in a circle.") % {
            "office": office
        }
    return why_not_into(notice, into) if into else ""


def why_not_into(notice: Notice, into: Campaign) -> str:
    """Why a campaign that is there already cannot become the lower one."""
    if (into.parent_id is not None and into.parent_id != notice.campaign_id) or hasattr(into, "adoption"):
        return _("“%(campaign)s” carries out “%(upper)s” already: a campaign has one upper campaign.") % {
            "campaign": into,
            "upper": into.parent or into.adoption.notice.campaign,
        }
    return ""


def goes_round(upper: Campaign, office: Unit) -> bool:
    """Whether the office hosts a campaign that the upper one itself carries out, or the upper one."""
    seen: set[int] = set()
    each: Campaign | None = upper
    while each is not None and each.pk not in seen:
        if each.host_id == office.pk:
            return True
        seen.add(each.pk)
        each = each.parent
    return False
