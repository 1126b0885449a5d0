"""The first page: what must I do now, what is coming, what is late — for each role of the person."""

from typing import Any

from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES, Role
from activities.asking.issue import set_hours
from activities.models import Assignment, Petition
from campaigns.errands import WORDS, Errand, errands_of
from campaigns.models import Campaign
from reports.figures import CampaignFigures, campaign_figures, fresh
from reports.todo import todo

FEW = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A leader goes straight to the dashboard; everybody else sees what is to be done."""
    user: Any = request.user
    only_leads = set(user.roles) == {Role.LEADER}
    newest = Campaign.objects.visible_to(user).first() if only_leads else None
    if newest:
        return redirect("reports:dashboard", pk=newest.pk)
    context = {**unit_part(user), **office_part(user)}
    return render(request, "reports/home.html", context)


def unit_part(user: Any) -> dict[str, Any]:
    """What the person's units owe: to correct, late, soon, later; and what is done."""
    if not user.units_as(*UNIT_ROLES):
        return {}
    return {"units_owe": True, "several_units": len(user.units_as(*UNIT_ROLES)) > 1, "todo": todo(user)}


def office_part(user: Any) -> dict[str, Any]:
    """What waits for the office: notices to issue, filings to judge, units that are late."""
    if not user.units_as(*OFFICE_ROLES):
        return {}
    owed = Assignment.objects.hosted_by(user, *OFFICE_ROLES)
    campaigns = Campaign.objects.filter(host__in=user.units_as(*OFFICE_ROLES)).select_related("host")
    return {
        "runs_office": True,
        **notices_part(user),
        "to_review": list(owed.to_review().for_list().order_by("submitted_at")[:FEW]),
        "overdue": list(owed.overdue().for_list()[:FEW]),
        "standings": [(campaign, standing_of(campaign)) for campaign in campaigns[:3]],
        "asking": asking(user),
    }


def asking(user: Any) -> list[Any]:
    """Campaigns in which units ask for more time or say that it does not apply, with how many wait."""
    waiting = Petition.objects.waiting().filter(assignment__campaign__host__in=user.units_as(*OFFICE_ROLES))
    found = waiting.order_by().values(pk=F("assignment__campaign"), title=F("assignment__campaign__title"))
    return list(found.annotate(n=Count("id")).order_by("-assignment__campaign__year", "pk"))


def notices_part(user: Any) -> dict[str, Any]:
    """Notices that wait for this person, with the hour at which a signed one goes out by itself; and the others."""
    found = errands_of(user)
    hours = set_hours([notice for notice, what in (*found.mine, *found.others) if what == Errand.ISSUE])
    rows = [
        {"notice": notice, "what": what, "words": WORDS[what], "hour": hours.get(notice.pk)}
        for notice, what in (*found.mine, *found.others)
    ]
    mine = len(found.mine)
    return {
        "errands": [row for row in rows[:mine] if not row["hour"]],
        "under_way": [row for row in rows[:mine] if row["hour"]] + rows[mine:],
    }


def standing_of(campaign: Campaign) -> CampaignFigures:
    """The figures of one campaign, as fresh as on the dashboard."""
    return fresh(campaign, "campaign", lambda: campaign_figures(campaign))
