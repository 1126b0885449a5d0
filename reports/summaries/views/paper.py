"""A summary as a PDF, a Word file or an OFD, to be printed, stamped and handed in beside it."""

from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from activities.models import Assignment
from activities.states import Kind
from campaigns.views.notices import OFD
from documents.errors import DocumentError
from reports.models import Summary
from reports.summaries.paper import set_paper
from workflow.pages import may, refused, visible
from workflow.sent_files import WORD

KINDS = {
    "pdf": "application/pdf",
    "docx": WORD,
    "ofd": OFD,
}


@require_safe
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The newest version as paper; of a draft only before the unit itself."""
    assignment = visible(Assignment.objects.filter(kind=Kind.SUMMARY).for_list(), request, pk=pk)
    rows = Summary.objects.filter(assignment=assignment).order_by("version")
    if not may(request.user, "file", assignment):
        rows = rows.filter(submitted_at__isnull=False)
    summary = rows.last()
    if summary is None:
        raise Http404
    summary.assignment = assignment
    try:
        content = set_paper(summary, kind)
    except DocumentError as error:
        refused(request, error)
        return redirect(assignment)
    name = f"{assignment.unit} {assignment}.{kind}"
    answer = FileResponse(BytesIO(content), as_attachment=kind != "pdf", filename=name, content_type=KINDS[kind])
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
