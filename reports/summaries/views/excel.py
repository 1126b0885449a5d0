"""The figures of summaries out as Excel and in again."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from reports.summaries.sheet import SummaryFigures
from workflow.sheets.views import sheet_page


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """What units write in numbers in their summaries."""
    return sheet_page(request, SummaryFigures(request.user, {"campaign": pk}))
