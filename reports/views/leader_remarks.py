"""Remarks of leaders: the list of a campaign, with room for one more; one remark with its answer."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Unit
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from reports.forms.leader_remark import AnswerForm, LeaderRemarkForm
from reports.models import LeaderRemark
from workflow.pages import may, number, require, told, visible

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def leader_remarks(request: HttpRequest, pk: int) -> HttpResponse:
    """All remarks on a campaign; a leader writes one more."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    writes = may(request.user, "write", LeaderRemark(campaign=campaign))
    if request.method == "POST":
        require(request, "write", LeaderRemark(campaign=campaign))
        form = LeaderRemarkForm(request.POST, campaign=campaign, by=request.user)
        if form.is_valid():
            with told(request, _("The office has it. Its answer will come to your messages.")):
                form.written()
            return redirect("reports:leader-remarks", pk=campaign.pk)
    else:
        form = LeaderRemarkForm(campaign=campaign, by=request.user, initial=beginning(request, campaign))
    context = {"campaign": campaign, "form": form if writes else None, "remarks": shown(campaign)}
    return render(request, "reports/leader_remarks.html", context)


def beginning(request: HttpRequest, campaign: Campaign) -> dict[str, object]:
    """What the address says it is to be about."""
    unit = Unit.objects.filter(pk=number(request.GET.get("unit"))).first()
    activity = campaign.activities.filter(pk=number(request.GET.get("activity"))).first()
    return {"unit_name": unit.name if unit else "", "activity": activity, "figure": request.GET.get("figure", "")[:20]}


def shown(campaign: Campaign) -> "QuerySet[LeaderRemark]":
    """The newest remarks, with what a list shows of them."""
    rows = LeaderRemark.objects.filter(campaign=campaign)
    return rows.select_related("unit", "activity", "by", "answered_by")[:SHOWN]


@require_http_methods(["GET", "HEAD", "POST"])
def leader_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """One remark: the office answers, the leader asks once more or is content."""
    rows = LeaderRemark.objects.select_related("campaign", "unit", "activity", "by", "answered_by")
    remark: LeaderRemark = visible(rows, request, pk=pk)
    require(request, "view", remark)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and acted(request, remark, form):
        return redirect(remark)
    context = {
        "remark": remark,
        "campaign": remark.campaign,
        "form": form,
        "answers": may(request.user, "answer", remark) and remark.can_move("answered"),
        "judges": may(request.user, "write", remark) and remark.can_move("done"),
    }
    return render(request, "reports/leader_remark.html", context)


def acted(request: HttpRequest, remark: LeaderRemark, form: AnswerForm) -> bool:
    """Do what was pressed. Returns: whether the form was in order. Raises: PermissionDenied."""
    action = request.POST.get("action", "")
    require(request, "answer" if action == "answer" else "write", remark)
    if action == "settle":
        with told(request, _("Settled.")):
            remark.settle(by=request.user)
        return True
    if not form.is_valid():
        return False
    if action == "answer":
        with told(request, _("The answer is with the leader.")):
            remark.reply(form.cleaned_data["text"], by=request.user)
    else:
        with told(request, _("The office has it once more.")):
            remark.ask_again(form.cleaned_data["text"], by=request.user)
    return True
