"""Campaigns: seen by those who take part, written by the office."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from accounts.models.memberships import OFFICE_ROLES
from campaigns.finding import campaign_of
from campaigns.forms.campaign import CampaignForm, taking_part
from campaigns.merge_texts import merged
from campaigns.models import Campaign, Notice
from campaigns.states import CampaignState
from documents.counts import so_many
from workflow import clock, together
from workflow.pages import may, require, told, visible, words


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns this person can see, newest first; and notices of other campaigns that came as a copy."""
    rows = Campaign.objects.visible_to(request.user).select_related("host")
    copies = Notice.objects.copied_to(request.user).select_related("campaign__host", "document_number")
    return render(request, "campaigns/campaigns.html", {"campaigns": rows, "copies": copies})


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: theme, slogans, focal points, requirements, notices."""
    rows = Campaign.objects.select_related("host", "parent__host").prefetch_related("points", "slogans", "groups")
    found = visible(rows, request, pk=pk)
    notices = Notice.objects.visible_to(request.user).filter(campaign=found).select_related("document_number")
    runs = may(request.user, "change", found)
    context = {
        "campaign": found,
        "part": found.taking_part().live().count(),
        "single": list(found.units.live()[:21]),
        "notices": notices,
        "runs": runs,
        "moves": [(to, label()) for to, label in BY_HAND.get(found.state, {}).items()] if runs else [],
        "parent_visible": found.parent and may(request.user, "view", found.parent),
        "theme_level": theme_level(found),
    }
    return render(request, "campaigns/campaign.html", context)


def theme_level(campaign: Campaign) -> str:
    """The level from which the theme was taken over, in words; empty where it is the office's own."""
    theme = (each for each in campaign.slogans.all() if each.level and (each.is_theme or each.text == campaign.theme))
    return next((each.get_level_display() for each in theme), "")


BY_HAND: dict[str, dict[str, Callable[[], str]]] = {
    CampaignState.UNDER_WAY: {CampaignState.CLOSED: lambda: _("Close the campaign")},
    CampaignState.CLOSED: {
        CampaignState.UNDER_WAY: lambda: _("Open it again"),
        CampaignState.ARCHIVED: lambda: _("Put it into the archive"),
    },
    CampaignState.ARCHIVED: {CampaignState.CLOSED: lambda: _("Take it out of the archive")},
}
"""What the office does by hand, in the words of how it stands; a campaign gets under way with its first notice."""


def new_campaign(request: HttpRequest) -> HttpResponse:
    """A campaign from the beginning. Raises: PermissionDenied for people without an office."""
    user: Any = request.user
    offices = user.units_as(*OFFICE_ROLES)
    if not offices:
        raise PermissionDenied
    form = CampaignForm(request.POST or None, user=user, initial={"host": min(offices), **usual(clock.today())})
    if request.method == "POST" and form.is_valid() and not counts_only(request):
        return saved(request, form.save(), form)
    return form_page(request, form, None)


def usual(today: date) -> dict[str, Any]:
    """What a campaign usually says: September, a summary by 15 October; from October on that of the next year."""
    year = today.year + (today.month > 9)
    days = {"starts_on": date(year, 9, 1), "ends_on": date(year, 9, 30), "summary_due_on": date(year, 10, 15)}
    return {"year": year, "title": _("Quality Month %(year)d") % {"year": year}, **days}


def edit_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is asked this year. What was issued stays as it was printed."""
    found = campaign_of(request, pk)
    require(request, "change", found)
    if request.method != "POST":
        return form_page(request, CampaignForm(user=request.user, instance=found), found)
    with transaction.atomic():
        locked = Campaign.objects.select_related("host").select_for_update(of=("self",)).get(pk=found.pk)

        def make(data: QueryDict | None) -> CampaignForm:
            return CampaignForm(data, user=request.user, instance=locked)

        if counts_only(request):
            return form_page(request, make(request.POST), found)
        now = make(None)
        form, differing = together.meet(request, make, merged)
        if any(each.is_clash for each in differing):
            return clash(request, found, form, differing, now)
        if not form.is_valid():
            return form_page(request, form, found)
        note_change(form.save(), form, now, by=request.user)
        return saved(request, locked, form, differing)


def counts_only(request: HttpRequest) -> bool:
    """Whether the page only asks how many units take part by what was chosen."""
    return request.POST.get("action") == "count"


def note_change(campaign: Campaign, form: CampaignForm, now: CampaignForm, *, by: Any) -> None:
    """A line in the log of the campaign, in the office's language: who changed which fields."""
    if together.changed(form, now):
        campaign.remark(
            gettext_noop("Changed: %(fields)s"), by=by, fields=lambda: "、".join(together.changed(form, now))
        )


def saved(request: HttpRequest, campaign: Campaign, form: CampaignForm, differing: Any = ()) -> HttpResponse:
    """Say what came of it, show the campaign."""
    said = together.said(_("%(name)s was saved.") % {"name": campaign}, differing)
    count = taking_part(form).total
    part = so_many("%(n)s unit takes part.", "%(n)s units take part.", count)
    messages.success(request, f"{said} {part}")
    return redirect(campaign)


def form_page(request: HttpRequest, form: CampaignForm, found: Campaign | None) -> HttpResponse:
    """The form of a campaign."""
    wrong = form.errors and not counts_only(request)
    context = {
        "form": form,
        "base": request.POST.get("base") or together.base(form),
        "part": taking_part(form),
        "campaign": found and Campaign.objects.select_related("host").get(pk=found.pk),
        "issued": bool(found and found.notices.filter(issued_at__isnull=False).exists()),
    }
    return render(request, "campaigns/campaign_form.html", context, status=422 if wrong else 200)


def clash(request: HttpRequest, campaign: Campaign, form: Any, differing: Any, now: CampaignForm) -> HttpResponse:
    """Somebody else changed the same fields meanwhile: both wordings, to choose from."""
    last = campaign.history().filter(from_state=F("to_state"), by__isnull=False).last()
    context = {
        "campaign": campaign,
        **together.clash_of(form, now, differing),
        "why": _("%(who)s saved this campaign meanwhile.") % {"who": last.by if last else _("Somebody")},
        "back": request.path,
    }
    return render(request, "campaigns/campaign_clash.html", context, status=409)


@require_POST
def move_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a campaign, open it again, put it into the archive."""
    found = visible(Campaign, request, pk=pk)
    require(request, "change", found)
    to = words(request.POST, "to")
    with told(
        request, _("Done: the campaign stands at “%(state)s”.") % {"state": dict(CampaignState.choices).get(to, to)}
    ):
        found.move(to if found.state in BY_HAND else "", by=request.user)
    return redirect(found)
