"""Reports in numbers out as Excel and in again."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from activities.counting.sheet import Figures
from workflow.sheets.views import sheet_page


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """What units are asked for in numbers, with a place for how many more."""
    return sheet_page(request, Figures(request.user, {"campaign": pk}))
