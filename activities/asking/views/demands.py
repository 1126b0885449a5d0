"""What a notice asks beside the usual: the list, one demand, dropping it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from activities.asking import demands as deeds
from activities.asking.forms.demand import DemandForm
from activities.models import Demand
from campaigns.models import Notice
from campaigns.views.annexes import own_notice
from workflow import together
from workflow.models import MoveRefused
from workflow.pages import told


@require_http_methods(["GET", "HEAD", "POST"])
def demands(request: HttpRequest, pk: int) -> HttpResponse:
    """All that the notice asks beside the usual; on POST one thing more."""
    notice = own_notice(request, pk)
    form = DemandForm(request.POST or None, notice=notice)
    if request.method == "POST" and kept(request, notice, form):
        return redirect("activities:demands", notice.pk)
    context = about(notice) | {"form": form, "rows": notice.demands.prefetch_related("units")}
    context["spared"] = notice.spared.count()
    return render(request, "activities/asking/demands.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def demand(request: HttpRequest, pk: int) -> HttpResponse:
    """One demand to be changed; the second of two who save waits for the first and sees what stands now."""
    row, notice = own_demand(request, pk)
    if request.method == "POST":
        Notice.objects.select_for_update().get(pk=notice.pk)  # the one lock of all that is changed in a notice
        row = get_object_or_404(notice.demands, pk=pk)
    form, now = DemandForm(request.POST or None, notice=notice, row=row), DemandForm(notice=notice, row=row)
    stands, status, theirs = together.mark(now), 200, None
    if together.overtaken(request, stands):
        status, theirs = 409, together.differences(form, now, {})
    elif request.method == "POST":
        if kept(request, notice, form, row):
            return redirect("activities:demands", notice.pk)
        status = 422
    context = about(notice) | {"form": form, "row": row, "base": stands, "theirs": theirs}
    return render(request, "activities/asking/demand.html", context, status=status)


@require_POST
def drop_demand(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for it no longer."""
    row, notice = own_demand(request, pk)
    with told(request, _("It is not asked for any more.")):
        deeds.drop(row)
    return redirect("activities:demands", notice.pk)


@require_POST
def ask_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask those too who were spared because the register knows the answer."""
    notice = own_notice(request, pk)
    with told(request, _("Every unit is asked again.")):
        deeds.ask_all(notice)
    return redirect("activities:demands", notice.pk)


def kept(request: HttpRequest, notice: Notice, form: DemandForm, row: Demand | None = None) -> bool:
    """Whether what was typed is asked for now; where it is refused, the form says why."""
    if not form.is_valid():
        return False
    try:
        deeds.write(notice, form.values(), form.cleaned_data["units"], row)
    except MoveRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Saved."))
    return True


def own_demand(request: HttpRequest, pk: int) -> tuple[Demand, Notice]:
    """A demand of a notice this person may write, and the notice. Raises: Http404, PermissionDenied."""
    row = get_object_or_404(Demand, pk=pk)
    row.notice = own_notice(request, row.notice_id)
    return row, row.notice


def about(notice: Notice) -> dict[str, Any]:
    """What every page of them needs."""
    why = deeds.why_not_change(notice)
    return {"notice": notice, "campaign": notice.campaign, "here": "demands", "why": why}
