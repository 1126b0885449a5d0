"""Files are handed to those who see their assignment, to be saved: never shown within the site."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from activities.evidence.accepted_documents import SORTS
from activities.models import Attachment
from workflow.pages import visible
from workflow.sent_files import saved


@require_safe
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file under its own name."""
    found: Attachment = visible(Attachment, request, pk=pk)
    sort = SORTS.get("." + found.name.rpartition(".")[2].lower())
    return saved(found.file, found.name, sort.content_type if sort else "application/octet-stream")
