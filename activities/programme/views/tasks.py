"""The task table of a campaign: read by everybody, written by the office; one row handed out later; the tally."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Unit
from activities.asking import issue
from activities.asking.empty_groups import why_nobody
from activities.models import Activity, HandOut
from activities.programme import task_table
from activities.programme.activity_list import page_of_activities, with_asked, with_names
from activities.programme.forms.tasks import DaysForm, DeliverableFormSet, TaskForm, asked_of, typed
from activities.programme.sheet import Activities
from activities.states import FILED, OWED
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from documents.counts import so_many
from workflow import together
from workflow.models import MoveRefused
from workflow.pages import STOP_POLLING, may, refused, require, told, visible
from workflow.sheets.views import sheet_page

PAGE = 50
NAMED = 200
"""Units named before a task is handed out; of more, how many they are."""


@require_safe
def tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """The table as the notice prints it; the office sees how far each row is."""
    campaign = campaign_of(request, pk)
    writes, oversees = may(request.user, "change", campaign), may(request.user, "oversee", campaign)
    page = page_of_activities(campaign.pk, PAGE, request.GET.get("page"), progress=oversees)
    with_names(page.object_list)
    with_asked(page.object_list)
    notice = task_table.notice_of(campaign)
    context = {
        "campaign": campaign,
        "page": page,
        "writes": writes,
        "why_not": task_table.why_not_write(campaign, notice) if writes else "",
        "notice": notice,
    }
    return render(request, "activities/programme/tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    """Activities and tasks out as Excel and in again."""
    return sheet_page(request, Activities(request.user, {"campaign": pk}))


# --- writing -------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def new_task(request: HttpRequest, pk: int) -> HttpResponse:
    """One more row at the end of the table."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    with transaction.atomic():
        Campaign.objects.select_for_update().get(pk=campaign.pk)  # the second press waits for the first
        initial = {"number": str(campaign.activities.count() + 1)}
        return written(request, campaign, Activity(campaign=campaign), initial)


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one row; once units owe it, its days only."""
    row = visible(Activity.objects.select_related("campaign__host").for_list(), request, pk=pk)
    require(request, "change", row.campaign)
    if task_table.handed_out(row) and "title" not in request.POST:  # else it was handed out while somebody typed
        return other_days(request, row)
    with transaction.atomic():
        Activity.objects.select_for_update().get(pk=row.pk)  # the second of two who save waits for the first
        row = Activity.objects.select_related("campaign__host").for_list().get(pk=row.pk)
        return written(request, row.campaign, row, typed(row))


def written(request: HttpRequest, campaign: Campaign, row: Activity, initial: dict[str, Any]) -> HttpResponse:
    """The form of a row; on POST write it."""
    data = request.POST or None
    form = TaskForm(data, initial=initial, campaign=campaign)
    formset = DeliverableFormSet(data, instance=row)
    now = TaskForm(initial=initial, campaign=campaign)
    stands = together.mark(now, *DeliverableFormSet(instance=row))
    why, status, theirs = task_table.why_not_write(campaign), 200, None
    if row.pk and together.overtaken(request, stands):
        status, theirs = 409, together.differences(form, now, {})
    elif request.method == "POST":
        valid = [form.is_valid(), formset.is_valid()]
        if all(valid) and not why:
            try:
                return kept(request, campaign, row, form, formset)
            except MoveRefused as refusal:
                why = str(refusal)
        refused(request, why or _("This time nothing was saved: please look at the fields marked below."))
        status = 409 if why else 422
    context = {"campaign": campaign, "activity": row, "form": form, "formset": formset, "why": why}
    context |= {"base": stands, "theirs": theirs}
    return render(request, "activities/programme/task.html", context, status=status)


def kept(request: HttpRequest, campaign: Campaign, row: Activity, form: TaskForm, formset: Any) -> HttpResponse:
    """Write the row, and say what is to be done next. Raises: MoveRefused."""
    known = Activity.objects.filter(pk=row.pk).first() if row.pk else None
    task = form.task(asked_of(formset))
    made = task_table.write(campaign, task, known)
    messages.success(request, _("The task is saved."))
    for groups in task.groups.values():
        for group in groups:
            if nobody := why_nobody(group):
                messages.warning(request, nobody)
    notice = task_table.notice_of(campaign)
    if notice is not None and notice.is_sent:
        return redirect("activities:hand-out", pk=made.pk)
    return redirect("activities:tasks", pk=campaign.pk)


def other_days(request: HttpRequest, row: Activity) -> HttpResponse:
    """Another last day for what is handed out: first whom it concerns, then the deed."""
    form = DaysForm(request.POST or None, activity=row)
    if request.method == "POST" and form.is_valid():
        number = task_table.change_days(row, form.cleaned_data["due_on"], form.own(), by=request.user)
        said = so_many(
            "The day is changed; %(n)s unit that still owes it is told.",
            "The day is changed; %(n)s units that still owe it are told.",
            number,
        )
        messages.success(request, said if number else _("Saved. No unit's last day changed by it."))
        return redirect("activities:tasks", pk=row.campaign_id)
    owing = row.assignments.filter(volunteered=False, state__in=OWED)
    owed = Unit.objects.filter(pk__in=owing.values("unit"))
    context = {
        "campaign": row.campaign,
        "activity": row,
        "form": form,
        "units": owed[:NAMED],
        "number": owed.count(),
        "filed": row.assignments.filter(volunteered=False, state__in=FILED).count(),
    }
    return render(request, "activities/programme/task_days.html", context, status=422 if form.errors else 200)


@require_POST
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a row out of the table."""
    row = visible(Activity.objects.select_related("campaign"), request, pk=pk)
    require(request, "change", row.campaign)
    with told(request, _("The task is taken out of the table.")):
        task_table.strike(row)
    return redirect("activities:tasks", pk=row.campaign_id)


# --- handing out one more ------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom one task will be handed out to and what they will owe; on POST hand it out."""
    row = visible(Activity.objects.select_related("campaign__host").for_list(), request, pk=pk)
    require(request, "change", row.campaign)
    notice = task_table.notice_of(row.campaign)
    whom = task_table.reach(row, notice) if notice is not None and notice.is_sent else None
    why = task_table.why_not_hand_out(row, notice, whom)
    if request.method == "POST" and notice is not None and not why:
        try:
            job = issue.fan_out(notice, row, by=request.user, due=issue.proposed_due(notice))
        except MoveRefused as refusal:
            refused(request, refusal)
            return redirect("activities:hand-out", pk=row.pk)
        return redirect("activities:handing-out", pk=job.pk)
    context = {
        "campaign": row.campaign,
        "activity": row,
        "whom": whom,
        "named": whom.units[:NAMED] if whom else (),
        "days": task_table.last_days(row),
        "why": why,
    }
    return render(
        request, "activities/programme/hand_out.html", context, status=409 if request.method == "POST" else 200
    )


@require_safe
def handing_out(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a hand-out is; the page asks again while it is at work."""
    rows = HandOut.objects.select_related("notice__campaign", "activity", "unit")
    campaigns = Campaign.objects.visible_to(request.user)
    job = get_object_or_404(rows, pk=pk, notice__campaign__in=campaigns)
    require(request, "oversee", job.notice.campaign)
    asks = "HX-Request" in request.headers
    context = {"campaign": job.notice.campaign, "job": job, "owed": job.owed().count()}
    template = "activities/programme/handing_out_part.html" if asks else "activities/programme/handing_out.html"
    return render(request, template, context, status=STOP_POLLING if asks and not job.at_work else 200)
