"""Figures for the meeting room's screen, and years side by side."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.models.activity import ActivityKind
from activities.states import AssignmentState, Kind
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from documents.charts import Chart, Series
from reports.board_parts import course_chart
from reports.changed import longest_overdue
from reports.figures import CampaignFigures, Tally
from reports.past import figures_of, lines, shares
from reports.scope import Scope, asked
from workflow.fresh import fresh
from workflow.pages import require

YEARS = 5


@dataclass(frozen=True)
class Screen:
    """What the screen of a meeting room shows."""

    figures: CampaignFigures
    summaries: Tally
    accepted: int
    unread: int
    course: Chart | None
    longest: list[Any]


@require_safe
def presentation(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures in large type; numbers as those of a briefing frozen at the same moment."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    found = asked(campaign, request.GET)
    kept = fresh(f"screen:{found.scope.key}:{get_language()}", lambda: screen(campaign, found.scope))
    context = {"campaign": campaign, "scope": found.scope, "wrong": found.wrong, **vars(kept)}
    return render(request, "reports/presentation.html", context)


def screen(campaign: Campaign, scope: Scope) -> Screen:
    """Read it, from the ledger of counts."""
    figures = figures_of(scope)
    states = {AssignmentState.ACCEPTED: 0, AssignmentState.SUBMITTED: 0}
    for _key, share in shares(lines(replace(scope, kind=Kind.SUMMARY)), scope):
        if not share.volunteered and share.state in states:
            states[AssignmentState(share.state)] += share.number
    summaries = next((each.tally for each in figures.kinds if each.kind == Kind.SUMMARY), Tally())
    accepted, unread = states.values()
    return Screen(figures, summaries, accepted, unread, course_chart(scope, campaign), longest_overdue(scope))


@dataclass(frozen=True)
class Year:
    """What one year's campaign came to."""

    campaign: Campaign
    units: int
    activities: int
    total: Tally
    deliverables: Tally
    slogans: int
    kinds: dict[str, int]

    @property
    def on_time(self) -> int | None:
        """On time and within the extension, of all that is asked for, in whole per cent, rounded down."""
        good = self.total.on_time + self.total.extended
        return good * 100 // self.total.expected if self.total.expected else None


def year_of(campaign: Campaign) -> Year:
    """The figures of one year, as they stand now."""
    figures = figures_of(Scope(campaign.pk))
    kinds = list(campaign.activities.values_list("kind", flat=True))
    reached = next((each.tally for each in figures.kinds if each.kind == Kind.DELIVERABLE), Tally())
    return Year(
        campaign,
        units=figures.units,
        activities=len(kinds),
        total=figures.total,
        deliverables=reached,
        slogans=campaign.slogans.count(),
        kinds={key: kinds.count(key) for key in ActivityKind.values},
    )


@require_safe
def years(request: HttpRequest, pk: int) -> HttpResponse:
    """This year beside the ones before it, of the same office."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    before = Campaign.objects.filter(host=campaign.host_id, year__lte=campaign.year).order_by("-year", "-pk")[:YEARS]
    found = fresh(f"years:{pk}:{get_language()}", lambda: [year_of(each) for each in before])
    context = {"campaign": campaign, "years": found, "charts": charts(found[::-1]), "kinds": in_kinds(found)}
    return render(request, "reports/years.html", context)


def in_kinds(found: list[Year]) -> list[tuple[str, list[int]]]:
    """How many activities of each category each year had."""
    return [(str(label), [year.kinds[key] for year in found]) for key, label in ActivityKind.choices]


def charts(found: list[Year]) -> list[Chart]:
    """Units and activities, and the share on time, year by year."""
    labels = tuple(str(year.campaign.year) for year in found)
    size = (
        Series(_("units"), tuple(year.units for year in found)),
        Series(_("activities"), tuple(year.activities for year in found)),
    )
    rates = (Series(_("on time, per cent"), tuple(year.on_time for year in found)),)
    return [
        Chart(_("Units and activities"), _("Year"), labels, size),
        Chart(_("On-time rate"), _("Year"), labels, rates),
    ]
