"""The office takes in what a unit sent by mail, and files it on the unit's behalf."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from activities.behalf.field_labels import LABELS
from activities.behalf.forms.incoming import IncomingForm
from activities.behalf.writer import page_for_unit
from activities.evidence.accepted_documents import check
from activities.evidence.forms.attachments import attach
from activities.models import Assignment, Incoming
from workflow.judged_upload import tell_cleaned
from workflow.pages import refused, require, visible


@require_http_methods(["GET", "HEAD", "POST"])
def behalf(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in a Word file or the text of a mail; its parts then stand in the ordinary form, to be corrected."""
    by: Any = request.user
    assignment = visible(Assignment.objects.for_list(), request, pk=pk)
    require(request, "file_for", assignment)
    if why := assignment.why_not_filed():
        refused(request, why)
        return redirect(assignment)
    form = IncomingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["source"]
        for note in source.notes:
            messages.info(request, _(note))
        keep_file(request, assignment, form.cleaned_data.get("file"))
        Incoming.objects.create(assignment=assignment, name=source.name[-200:], text=source.text, taken_by=by)
        return redirect(page_for_unit(assignment))
    context = {
        "assignment": assignment,
        "campaign": assignment.campaign,
        "form": form,
        "form_address": page_for_unit(assignment),
        "splits": assignment.kind in LABELS,
    }
    return render(request, "activities/behalf/behalf.html", context, status=422 if form.errors else 200)


def keep_file(request: HttpRequest, assignment: Assignment, file: Any) -> None:
    """Keep the file itself with the filing: what its text does not hold can be looked up there, by both sides."""
    if file is None:
        return
    try:
        clean, mark = check(file)
        attach(assignment, clean, mark, request.user)
    except ValidationError as refused:  # it was read all the same; only under this name it is not handed out again
        messages.info(request, _("The file itself is not kept: %(why)s") % {"why": refused.messages[0]})
    else:
        messages.info(request, _("The file itself is kept with the filing."))
        tell_cleaned(request, clean)
