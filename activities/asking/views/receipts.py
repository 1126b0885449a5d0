"""The receipts of a notice for the office: who signed, who opened it, who has not; add a unit late."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.asking import issue as deed
from activities.asking.deadlines import set_here
from activities.asking.forms.late_unit import LateUnitForm
from activities.asking.handing_out import DueDates
from activities.judging.lists.before import receipts_in
from activities.judging.lists.receipts import RECEIPTS, counts
from activities.states import Kind
from campaigns.finding import notice_of
from campaigns.models import Notice
from workflow import clock
from workflow.listing.shown import shown
from workflow.pages import may, require, told
from workflow.sheets.export_views import excel_of


def noticed(request: HttpRequest, pk: int, deed: str = "change") -> Notice:
    """The notice, for people of its host. Raises: Http404, PermissionDenied."""
    notice = notice_of(request, pk)
    if deed == "oversee":
        require(request, "oversee", notice.campaign)
    else:
        require(request, deed, notice)
    return notice


@require_safe
def receipts(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has signed for a notice and who has not; its first part stands on the notice page."""
    if request.GET.get("excel"):
        return excel_of(request, "receipts", {"notice": pk})
    notice = noticed(request, pk, "oversee")
    user: Any = request.user
    source = receipts_in(user, notice)
    list_of = shown(request, RECEIPTS, source, excel=True)
    context = {
        "notice": notice,
        "campaign": notice.campaign,
        "counts": counts(source),
        "shown": list_of,
        "asked": urlencode({"kind": Kind.RECEIPT.value, "notice": notice.pk, **list_of.found.filter}),
        "owed": (list_of.found.mask & source.owed).bit_count(),
        "runs": may(user, "change", notice),
        "issues": may(user, "issue", notice),
    }
    return render(request, "activities/asking/receipts.html", context)


def late_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a unit after the notice was issued: it gets the notice and what it owes from now on."""
    notice = noticed(request, pk, "issue")
    form = LateUnitForm(request.POST or None, notice=notice, proposed=days_for(notice))
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        with told(request, _("%(unit)s has the notice now.") % {"unit": unit}):
            deed.add_unit(notice, unit, by=request.user, due=form.dates())
        return redirect("activities:receipts", notice.pk)
    context = {
        "notice": notice,
        "campaign": notice.campaign,
        "form": form,
        "days": [field for pair in form.moments() for field in pair],
        "counted": [each.day for each in set_here(notice, form.dates())],
    }
    return render(request, "activities/asking/late_unit.html", context, status=422 if form.errors else 200)


def days_for(notice: Notice) -> DueDates:
    """The days the others have, where they are still to come; for what is past, those of a new notice."""
    fresh, today = deed.proposed_due(notice), clock.today()
    first: Any = notice.handouts.filter(activity=None, unit=None).first()
    if first is None:
        return fresh
    given = DueDates.from_json(first.due)
    kept = {name: getattr(given, name) for name in ("receipt", "liaison", "plan", "summary")}
    others = {pk: day for pk, day in given.others.items() if day >= today}
    return replace(
        fresh,
        **{name: day for name, day in kept.items() if day >= today},
        others={**fresh.others, **others},
        hours=given.hours,
    )
