"""The calendar of a campaign, and of a person over all campaigns: month, week, list, timeline."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Unit, UnitGroup
from accounts.year_calendar import weekdays
from activities.schedule.called_off import called_off
from activities.schedule.chosen import LIST, MONTH, TIMELINE, WEEK, Chosen
from activities.schedule.items import Viewer, days_between
from activities.schedule.month import day_of, weeks
from activities.schedule.page import Happening, beside
from activities.schedule.programme_items import undated
from activities.schedule.timeline import rows_of
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from campaigns.states import CampaignState
from workflow import clock
from workflow.fresh import unchanged
from workflow.workdays import working_days

PAGE = 100
WITHOUT_DAY = 20_000
"""Activities without a day that a list holds at its end, at most."""
OF_A_WEEK = 40
"""Things a day of a week shows."""


@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """What happens in a campaign."""
    campaign = campaign_of(request, pk)
    viewer, today = in_force(request.user, [campaign]), clock.today()
    begins = today if campaign.starts_on <= today <= max(campaign.ends_on, campaign.summary_due_on) else None
    chosen = Chosen.of(request.GET, begins or campaign.starts_on, "ours" if viewer.only_files else "")
    groups = campaign.host.groups.all()
    return shown(request, viewer, chosen.among(groups), {"campaign": campaign, "groups": groups})


@require_safe
def my_calendar(request: HttpRequest) -> HttpResponse:
    """What happens in all campaigns of the person that are not archived."""
    user: Any = request.user
    known = Campaign.objects.visible_to(user).exclude(state=CampaignState.ARCHIVED)
    viewer = in_force(user, known)
    chosen = Chosen.of(request.GET, clock.today(), "ours" if viewer.only_files else "")
    groups = UnitGroup.objects.filter(owner__in={each.host_id for each in viewer.campaigns})
    return shown(
        request, viewer, chosen.among(groups), {"groups": groups, "by_campaign": {each.pk: each for each in known}}
    )


def in_force(user: Any, campaigns: Iterable[Campaign]) -> Viewer:
    """Who looks, at those of these campaigns whose notice was not withdrawn."""
    known = list(campaigns)
    gone = called_off([each.pk for each in known])
    return Viewer.of(user, [each for each in known if each.pk not in gone])


def shown(request: HttpRequest, viewer: Viewer, chosen: Chosen, more: dict[str, Any]) -> HttpResponse:
    """The page in the look that is asked for; what stands on it is made once while nothing is written."""
    campaign = more.get("campaign")
    who = request.user.pk if viewer.units else sorted(viewer.hosts)
    asked = f"{viewer.pks}:{who}:{request.GET.urlencode()}:{get_language()}:{clock.today()}"
    frame = "campaigns/frame.html" if campaign else "activities/schedule/own_frame.html"
    content = unchanged(f"calendar:{campaign and campaign.pk}:{asked}", lambda: made(request, viewer, chosen, more))
    context = {"frame": frame, "campaign": campaign, "content": content}
    return render(request, "activities/schedule/calendar.html", context)


def made(request: HttpRequest, viewer: Viewer, chosen: Chosen, more: dict[str, Any]) -> str:
    """What stands on the page."""
    make = {MONTH: month, WEEK: week, LIST: listed, TIMELINE: timeline}[chosen.look]
    context = more | way(chosen) | make(request, viewer, chosen)
    context |= {
        "chosen": chosen,
        "only_files": viewer.only_files,
        "unit": Unit.objects.filter(pk=chosen.unit).first() if chosen.unit else None,
        "called_off": "campaign" in more and not viewer.campaigns,
        "today": clock.today(),
    }
    return render_to_string("activities/schedule/content.html", context, request)


def way(chosen: Chosen) -> dict[str, Any]:
    """The way through the days and the looks, as addresses."""
    looks = ((MONTH, _("Month"), "KeyM"), (WEEK, _("Week"), "KeyW"), (LIST, _("List"), "KeyL"),
             (TIMELINE, _("Timeline"), "KeyG"))  # fmt: skip
    return {
        "looks": [
            {"look": look, "label": label, "key": key, "address": chosen.address(look=look, day=day_kept(chosen, look))}
            for look, label, key in looks
        ],
        "before": chosen.address(day=chosen.before),
        "after": chosen.address(day=chosen.after),
        "to_today": chosen.address(day=clock.today()),
        "caption": caption(chosen),
    }


def day_kept(chosen: Chosen, look: str) -> Any:
    """The day another look begins with; a list begins with everything."""
    return "" if look == LIST and chosen.look != LIST else chosen.day


def caption(chosen: Chosen) -> str:
    """The days of the page in words."""
    first, last = chosen.span
    if chosen.look == LIST:
        return date_format(chosen.day, "DATE_FORMAT") if chosen.one_day else _("Everything by its day")
    if chosen.look == WEEK:
        return f"{date_format(first, 'SHORT_DATE_FORMAT')} – {date_format(last, 'SHORT_DATE_FORMAT')}"
    return date_format(first, "YEAR_MONTH_FORMAT")


def month(_request: HttpRequest, viewer: Viewer, chosen: Chosen) -> dict[str, Any]:
    """A month in weeks, what has no day beside it."""
    found = Happening.between(viewer, chosen, *chosen.span)
    laid = weeks(found.items, *chosen.span)
    found.show([each.item for week in laid for each in week.placed], names=False)
    without, number = beside(viewer, chosen)
    context = {"weeks": laid, "weekdays": weekdays(), "without": without, "without_more": number - len(without)}
    return with_days(found) | context | {"all_without": chosen.address(look=LIST, day="") + "&page=last"}


def week(_request: HttpRequest, viewer: Viewer, chosen: Chosen) -> dict[str, Any]:
    """A week, day by day."""
    found = Happening.between(viewer, chosen, *chosen.span)
    laid = weeks(found.items, *chosen.span, lanes=OF_A_WEEK)
    found.show([each.item for each in laid[0].placed], names=True)
    return with_days(found) | {"week": laid[0]}


def listed(request: HttpRequest, viewer: Viewer, chosen: Chosen) -> dict[str, Any]:
    """Everything by its day, or what is on one day; what has no day at the end."""
    found = Happening.between(viewer, chosen, *chosen.span)
    rows = found.in_order
    if not chosen.one_day:
        rows = rows + undated(viewer, chosen, WITHOUT_DAY)[0]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    found.show(page.object_list, names=True)
    return {"page": page, "happening": found}


def timeline(request: HttpRequest, viewer: Viewer, chosen: Chosen) -> dict[str, Any]:
    """Bars on a line of days."""
    found = Happening.between(viewer, chosen, *chosen.span)
    page = Paginator(rows_of(found.items, viewer, chosen), PAGE).get_page(request.GET.get("page"))
    found.show([row.item for row in page.object_list], names=True)
    known = working_days()
    days = [day_of(day, known) for day in days_between(*chosen.span)]
    return with_days(found) | {"page": page, "days": days}


def with_days(found: Happening) -> dict[str, Any]:
    """What happens, and the days on which it does."""
    return {"happening": found, "span": days_between(found.first, found.last)}
