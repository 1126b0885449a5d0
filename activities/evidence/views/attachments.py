"""Files are handed to those who see their assignment, to be saved: never shown within the site."""

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from activities.evidence.accepted_documents import SORTS
from activities.models import Attachment
from workflow.pages import visible

SHUT = "default-src 'none'; sandbox"
"""What a file may do in a browser that opens it all the same: nothing."""


@require_safe
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """The file under its own name."""
    found: Attachment = visible(Attachment, request, pk=pk)
    sort = SORTS.get("." + found.name.rpartition(".")[2].lower())
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type=sort.content_type if sort else "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SHUT
    return response
