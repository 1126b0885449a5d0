"""What changed above, beside what we made of it: decided row by row."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from activities.adopting import changes
from activities.adopting.views.coverage import adoption_for
from activities.models import UpperChange
from workflow.pages import may, number, require, told, words


@require_http_methods(["GET", "HEAD", "POST"])
def upper_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows; on POST one of them is decided."""
    campaign, adoption = adoption_for(request, pk)
    rows = UpperChange.objects.filter(adoption__campaign=campaign).select_related(
        "notice__document_number", "old", "new", "by", "adoption"
    )
    if request.method == "POST":
        require(request, "change", campaign)
        change = get_object_or_404(rows, pk=number(request.POST.get("change")))
        with told(request, _("Kept.")):
            changes.decide(change, words(request.POST, "decision"), words(request.POST, "remark"), by=request.user)
        return redirect("activities:upper-changes", pk)
    found = [(row, changes.made_of(row)) for row in rows]
    context = {
        "campaign": campaign,
        "adoption": adoption,
        "rows": found,
        "runs": may(request.user, "change", campaign),
    }
    return render(request, "activities/adopting/upper_changes.html", context)
