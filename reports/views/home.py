"""The first page: what must I do now, what is coming, what is late — for each role of the person."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES, Role
from activities.asking.issue import set_hours
from activities.models import Assignment, Listed, Petition, Reminder
from activities.models.standing_sql import overdue
from activities.standings import standings
from activities.states import ReminderState
from campaigns.finding import run_by
from campaigns.models import Campaign
from campaigns.next_to_act import WORDS, Errand, errands_of
from campaigns.states import CampaignState
from reports.figures import Tally, tally_of
from reports.models import LeaderRemark, Scheme, SchemeState
from reports.todo import todo
from workflow import clock
from workflow.compiled import Compiled, any_of

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
    own = list(user.units_as(*UNIT_ROLES))
    found = {"units_owe": True, "several_units": len(own) > 1, "todo": todo(user)}
    return found | {"evaluations": EVALUATIONS(own=own)}


OWING = Assignment.objects.filter(campaign=OuterRef("campaign"), volunteered=False)
EVALUATIONS = Compiled(
    lambda own: (
        Scheme.objects.exclude(state=SchemeState.DRAFT)
        .exclude(campaign__state=CampaignState.ARCHIVED)
        .filter(Exists(OWING.filter(any_of("unit", own))))
        .order_by("-campaign__year", "-pk")
        .values_list("campaign", "campaign__title", "state", "comments_until")[:FEW]
    )
)
"""Evaluations whose rules are published, of campaigns in which these units owe something."""


def office_part(user: Any) -> dict[str, Any]:
    """What waits for the office: notices to issue, filings to judge, units that are late."""
    if not user.units_as(*OFFICE_ROLES):
        return {}
    campaigns = run_by(user)
    among = [campaign.pk for campaign in campaigns]
    return {
        "runs_office": True,
        **notices_part(user),
        "to_review": [Listed(*row) for row in TO_REVIEW(campaigns=among)],
        "overdue": [Listed(*row) for row in OVERDUE(campaigns=among, now=clock.now())],
        "standings": [(campaign, tally) for campaign in campaigns[:3] if (tally := standing_of(campaign)) is not None],
        "asking": ASKING(campaigns=among),
        "held": HELD(campaigns=among),
        "remarks": REMARKS(campaigns=among),
    }


TO_REVIEW = Compiled(
    lambda campaigns: Listed.read_from(
        Assignment.objects.filter(any_of("campaign", campaigns)).to_review().order_by("submitted_at", "pk")[:FEW]
    )
)
OVERDUE = Compiled(
    lambda campaigns, now: Listed.read_from(
        Assignment.objects.filter(any_of("campaign", campaigns), overdue(now))[:FEW]
    )
)
ASKING = Compiled(
    lambda campaigns: (
        Petition.objects.waiting()
        .filter(any_of("assignment__campaign", campaigns))
        .order_by()
        .values("assignment__campaign")
        .annotate(title=F("assignment__campaign__title"), n=Count("id"))
        .order_by("-assignment__campaign__year", "assignment__campaign")
        .values_list("assignment__campaign", "title", "n")
    )
)
"""Campaigns in which units ask for more time or say that it does not apply, with how many wait."""
HELD = Compiled(
    lambda campaigns: (
        Reminder.objects.filter(any_of("campaign", campaigns), state=ReminderState.HELD)
        .exclude(prepared_at=None)
        .order_by("pk")
        .values_list("pk", "campaign__title", "day", "by")[:FEW]
    )
)
"""Reminders that wait until the office looks at them; one by rule, made by nobody, silences the rules."""


REMARKS = Compiled(
    lambda campaigns: (
        LeaderRemark.objects.filter(any_of("campaign", campaigns))
        .unanswered()
        .values_list("pk", "text", "answer_by", "by__name", "campaign__title")[:FEW]
    )
)
"""What leaders remarked and the office has not answered."""


def notices_part(user: Any) -> dict[str, Any]:
    """Notices that wait for this person, with the hour at which a signed one goes out by itself; and the others."""
    found = errands_of(user)
    signed = [notice for notice, what in (*found.mine, *found.others) if what == Errand.ISSUE]
    hours = set_hours(signed) if signed else {}
    rows = [
        {"notice": notice, "what": what, "words": WORDS[what], "hour": hours.get(notice.pk)}
        for notice, what in (*found.mine, *found.others)
    ]
    mine = len(found.mine)
    return {
        "errands": [row for row in rows[:mine] if not row["hour"]],
        "under_way": [row for row in rows[:mine] if row["hour"]] + rows[mine:],
    }


def standing_of(campaign: Campaign) -> Tally | None:
    """How one campaign stands, as fresh as on the dashboard; None where nothing is owed yet."""
    owed = [share for share in standings(campaign.pk).shares if not share.volunteered]
    return tally_of(owed) if owed else None
