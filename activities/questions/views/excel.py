"""The answers to a question out as Excel and in again."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from activities.questions.sheet import Answers
from workflow.sheets.views import sheet_page


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """What the units asked have answered."""
    return sheet_page(request, Answers(request.user, {"question": pk}))
