"""The figures of a campaign over all levels; released upwards by the head; which figure becomes which."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, UNIT_ROLES
from campaigns.finding import campaign_of
from campaigns.models import Campaign, Indicator
from reports import rules
from reports.models import LevelRelease
from reports.rolled import Lost, Parts, parts, totals
from reports.rolling_up import release as deeds
from workflow.fresh import fresh
from workflow.models import MoveRefused
from workflow.pages import may, number, refused, require, told

FEW = 200
"""Lost numbers that are named one by one."""


def campaign_of_level(request: HttpRequest, pk: int) -> Campaign:
    """A campaign of the person's office, also for its head, who releases. Raises: Http404, PermissionDenied."""
    user: Any = request.user
    rows = Campaign.objects.filter(pk=pk, host__in=user.units_as(*HOST_ROLES, *UNIT_ROLES))
    found = rows.select_related("host", "parent__host").first()
    if found is None:
        found = campaign_of(request, pk)
    if not (may(user, "oversee", found) or rules.releases_figures(user, found)):
        raise PermissionDenied
    return found


@require_safe
def rolled_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Each figure over all levels, whose figures are released, and what left the sum below."""
    campaign = campaign_of_level(request, pk)
    table = fresh(f"rolled:{pk}:{get_language()}", lambda: table_of(campaign))
    context = {
        "campaign": campaign,
        "table": table,
        "runs": may(request.user, "change", campaign),
        "releases": rules.releases_figures(request.user, campaign),
        "newest": LevelRelease.objects.filter(campaign=campaign).select_related("by").last(),
    }
    return render(request, "reports/rolling_up/rolled_up.html", context)


def table_of(campaign: Campaign) -> str:
    """The table as printed: the same for everybody who may see it."""
    found = parts(campaign)
    context = {
        "campaign": campaign,
        "totals": totals(campaign, found),
        "offices": offices(campaign, found),
        "lost": named(found.lost[:FEW]),
        "more": max(len(found.lost) - FEW, 0),
    }
    return render_to_string("reports/rolling_up/table.html", context)


@dataclass(frozen=True)
class Office:
    """An office below: when its head released last, how many numbers count, how many left the sum since."""

    name: str
    released: LevelRelease | None
    counted: int
    lost: int


def offices(campaign: Campaign, found: Parts) -> list[Office]:
    """The offices that carry the campaign out, in the official order: three queries."""
    rows = Campaign.objects.filter(parent=campaign).select_related("host").order_by("host__order", "pk")
    releases = {
        row.campaign_id: row for row in LevelRelease.objects.filter(campaign__parent=campaign).order_by("number")
    }
    counted, lost = dict[int, int](), dict[int, int]()
    for part in found.counted:
        counted[part.through] = counted.get(part.through, 0) + (not part.direct)
    for each in found.lost:
        lost[each.part.through] = lost.get(each.part.through, 0) + 1
    return [
        Office(row.host.name, releases.get(row.pk), counted.get(row.host_id, 0), lost.get(row.host_id, 0))
        for row in rows
    ]


def named(lost: tuple[Lost, ...]) -> list[dict[str, Any]]:
    """What left the sum, with names: two queries."""
    units = Unit.objects.in_bulk({each.part.unit for each in lost} | {each.part.through for each in lost})
    figures = Indicator.objects.in_bulk({each.part.indicator for each in lost})
    return [
        {
            "unit": units[each.part.unit],
            "through": units[each.part.through],
            "figure": figures[each.part.indicator],
            "part": each.part,
            "why": each.why,
            "now": each.now,
        }
        for each in lost
    ]


@require_POST
def release_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The head releases the figures of the level. Raises: PermissionDenied for everybody else."""
    campaign = campaign_of_level(request, pk)
    if not rules.releases_figures(request.user, campaign):
        raise PermissionDenied
    with told(request, _("Released: the level above counts these figures from now on.")):
        deeds.release(campaign, by=request.user)
    return redirect("reports:rolled-up", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def figure_map(request: HttpRequest, pk: int) -> HttpResponse:
    """From which own figure each figure above is rolled up; on POST what was chosen."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    above = deeds.asked_above(campaign)
    own = [row for row in campaign.indicators.all() if row.is_asked]
    if request.method == "POST":
        if chosen(request, campaign, above, own):
            return redirect("reports:rolled-up", pk)
        return redirect("reports:figure-map", pk)
    carried, left = deeds.carried(campaign), deeds.left(campaign)
    rows = [(row, carried.get(row.pk), row.pk in left) for row in above]
    return render(request, "reports/rolling_up/figure_map.html", {"campaign": campaign, "rows": rows, "own": own})


def chosen(request: HttpRequest, campaign: Campaign, above: list[Indicator], own: list[Indicator]) -> bool:
    """Keep what was chosen of each figure. Returns: whether all of it could be."""
    known = {row.pk: row for row in own}
    try:
        for row in above:
            value = request.POST.get(f"mine-{row.pk}", "")
            if value == "left" or value.isdecimal():
                mine = known.get(number(value)) if value != "left" else None
                if value != "left" and mine is None:
                    raise MoveRefused(_("That is no figure that units of this campaign write."))
                deeds.map_figure(campaign, row, mine, number(request.POST.get(f"times-{row.pk}")) or 1, by=request.user)
    except MoveRefused as refusal:
        refused(request, str(refusal))
        return False
    return True
