"""Who judges a summary remarks on its passages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from activities.models import Assignment
from activities.states import Kind
from reports.models import PassageRemark
from reports.summaries import remarks as deed
from reports.summaries.forms.remark import RemarkForm
from workflow.pages import refused, require, told, visible


@require_POST
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Remark on a section; the unit reads it when it is returned."""
    assignment = visible(Assignment.objects.filter(kind=Kind.SUMMARY).for_list(), request, pk=pk)
    require(request, "review", assignment)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        refused(request, " ".join(f"{form[name].label}: {each[0]}" for name, each in form.errors.items()))
        return redirect(assignment)
    with told(request, _("Kept. The unit reads it when you return the summary.")):
        deed.remark(assignment, **form.cleaned_data, by=request.user)
    return redirect(f"{assignment.get_absolute_url()}#section-{form.cleaned_data['key']}")


@require_POST
def drop_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a remark back."""
    found = visible(PassageRemark.objects.select_related("summary__assignment__campaign"), request, pk=pk)
    require(request, "drop", found)
    with told(request, _("The remark is gone.")):
        deed.drop(found)
    return redirect(found.summary.assignment)
