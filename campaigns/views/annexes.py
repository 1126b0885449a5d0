"""The annexes of a notice: the list, one annex, its file."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns import annex_editing as deeds
from campaigns.forms.annex import AnnexForm
from campaigns.models import AnnexContent, Notice, NoticeAnnex
from workflow.judged_upload import tell_cleaned
from workflow.pages import require, told, visible
from workflow.sent_files import saved

STEPS = {"up": -1, "down": 1}
CHOICES = (AnnexContent.HANDED_IN, AnnexContent.ACTIVITIES, AnnexContent.SLOGANS)
"""What can be printed of an annex that was handed in."""


def annexes(request: HttpRequest, pk: int) -> HttpResponse:
    """The annexes in their order; on POST a new one is added as the last."""
    notice = own_notice(request, pk)
    form = AnnexForm(
        request.POST or None,
        request.FILES or None,
        instance=NoticeAnnex(notice=notice),
        initial=proposed(notice, request.GET.get("content")),
    )
    if request.method == "POST" and form.is_valid():
        with told(request, _("The annex is added.")):
            deeds.append(notice, form.ready())
            tell_cleaned(request, form.cleaned_data["file"])
        return redirect("campaigns:annexes", notice.pk)
    context = {"notice": notice, "campaign": notice.campaign, "here": "annexes", "form": form}
    chosen = request.GET.get("content") if request.method != "POST" else ""  # a form sent shows all its fields again
    context |= {"rows": notice.numbered_annexes(), "chosen": chosen, "choices": CHOICES}
    return render(request, "campaigns/annexes.html", context, status=422 if form.errors else 200)


def annex(request: HttpRequest, pk: int) -> HttpResponse:
    """One annex to be changed."""
    row = own_annex(request, pk)
    form = AnnexForm(request.POST or None, request.FILES or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with told(request, _("The annex is saved.")):
            deeds.keep(form.ready())
            tell_cleaned(request, form.cleaned_data["file"])
        return redirect("campaigns:annexes", row.notice_id)
    label = next(each.label for each in row.notice.numbered_annexes() if each == row)
    context = {"notice": row.notice, "campaign": row.notice.campaign, "here": "annexes", "form": form, "row": row}
    context["label"] = label
    return render(request, "campaigns/annex.html", context, status=422 if form.errors else 200)


@require_POST
def move_annex(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an annex up or down, take it away, or choose what is printed of one that was handed in."""
    row = own_annex(request, pk)
    deed = request.POST.get("deed", "")
    if deed == "away":
        with told(request, _("The annex is taken away.")):
            deeds.take_away(row)
    elif deed in STEPS:
        with told(request, _("The order is changed.")):
            deeds.move(row, STEPS[deed])
    elif deed in CHOICES and row.blocks:
        with told(request, _("Printed is: %(what)s.") % {"what": AnnexContent(deed).label}):
            deeds.choose(row, deed)
    return redirect("campaigns:annexes", row.notice_id)


@require_safe
def annex_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The uploaded file of an annex, for everybody who may read the notice, under the name it came with."""
    row = get_object_or_404(NoticeAnnex, pk=pk)
    visible(Notice, request, pk=row.notice_id)
    if row.content != AnnexContent.FILE or not row.file:
        raise Http404
    return saved(row.file, row.file_name or row.title)


def own_notice(request: HttpRequest, pk: int) -> Notice:
    """A notice this person may write. Raises: Http404, PermissionDenied."""
    notice: Notice = visible(Notice.objects.select_related("campaign__host", "document_number"), request, pk=pk)
    require(request, "change", notice)
    return notice


def own_annex(request: HttpRequest, pk: int) -> NoticeAnnex:
    """An annex of such a notice."""
    row = get_object_or_404(NoticeAnnex, pk=pk)
    row.notice = own_notice(request, row.notice_id)
    return row


def proposed(notice: Notice, content: str | None) -> dict[str, str]:
    """The title an annex of this content usually carries; paper is Chinese."""
    name = notice.campaign.title
    titles = {AnnexContent.ACTIVITIES: f"{name}安排", AnnexContent.SLOGANS: "“质量月”标识和宣传口号"}
    if content not in AnnexContent.values:
        return {}
    return {"content": content, "title": titles.get(AnnexContent(content), "")}
