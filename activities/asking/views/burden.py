"""What a notice asks of units in sum, by kind of unit; last year's beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.asking.handing_out import asked_by
from activities.burden.strip import strip_after_issue, strip_before_issue
from campaigns.models import Notice
from workflow.pages import may, require, visible


@require_safe
def burden(request: HttpRequest, pk: int) -> HttpResponse:
    """The strip and its tables, before the issue and ever after."""
    notice = visible(Notice.objects.select_related("campaign__host", "document_number"), request, pk=pk)
    require(request, "oversee", notice.campaign)
    strip = strip_after_issue(notice) if notice.is_sent else strip_before_issue(asked_by(notice))
    context = {"notice": notice, "campaign": notice.campaign, "not_office": not may(request.user, "change", notice)}
    return render(request, "activities/burden/burden.html", context | strip)
