"""Beginning a notice in a campaign, or a later one about one that went out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from activities.asking.beginning import begin
from campaigns.available_actions import FOLLOW_UPS
from campaigns.finding import campaign_of
from campaigns.forms.notice import KindForm
from campaigns.models import Campaign, Notice
from campaigns.states import IN_FORCE, NoticeState
from workflow.pages import refused, require, visible, words

KNOWN = ("campaign__host", "document_number")


def new_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a notice in a campaign: its kind, and which earlier one it concerns."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    form = KindForm(request.POST or None, campaign=campaign, initial={"about": request.GET.get("about")})
    if request.method == "POST" and form.is_valid():
        return begun(request, campaign, form.cleaned_data["kind"], form.cleaned_data["about"])
    context = {"campaign": campaign, "form": form}
    return render(request, "campaigns/editor_new.html", context, status=422 if form.errors else 200)


@require_POST
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a correction, a supplement, or a notice that replaces this one; one that is begun is gone on with."""
    notice = visible(Notice.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "change", notice)
    kind = words(request.POST, "kind")
    if kind not in FOLLOW_UPS or notice.state not in (*IN_FORCE, NoticeState.WITHDRAWN):
        refused(request, _("A later notice can be written about one that is in force."))
        return redirect(notice)
    return begun(request, notice.campaign, kind, notice)


def begun(request: HttpRequest, campaign: Campaign, kind: str, about: Notice | None) -> HttpResponse:
    """To the editor of the draft."""
    notice, before = begin(campaign, kind=kind, about=about)
    if before:
        messages.info(request, _("It is being written already: here it is."))
    return redirect("campaigns:editor", notice.pk)
