"""Writing a notice: the page of its text, saved every few seconds, and nothing lost when two people write."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns.forms.notice import NoticeForm
from campaigns.merge_texts import merged
from campaigns.models import Notice
from campaigns.versions import TEXT, StaleText, save_text, set_aside
from documents.text import clean
from workflow import clock
from workflow.compare import compare
from workflow.models import MoveRefused
from workflow.pages import label, require, visible

KNOWN = ("campaign__host", "document_number", "about")


def editor(request: HttpRequest, pk: int) -> HttpResponse:
    """The page on which a notice is written; on POST it is saved, by a person or by the page itself."""
    notice = visible(Notice.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "change", notice)
    if not notice.is_written:
        return closed(request, notice)
    if request.method != "POST":
        return shown(request, notice, NoticeForm(instance=notice))
    choice = request.POST.get("choice", "")
    if choice in ("mine", "theirs"):
        return chosen(request, notice, choice)
    return taken(request, notice, NoticeForm(request.POST, instance=notice), apart=choice == "merged")


def taken(request: HttpRequest, notice: Notice, form: NoticeForm, *, apart: bool = False) -> HttpResponse:
    """Save what is in order of a form. What is not stays on the page with the reason."""
    try:
        save_text(notice, by=request.user, seen=seen(request), apart=apart, **form.values())
    except StaleText as stale:
        return clash(request, notice, form, str(stale))
    except MoveRefused:
        return closed(request, notice)
    if autosaves(request):
        return stands(notice, form)
    if form.errors:
        return shown(request, notice, form, said=_("Saved, but for the fields marked below."))
    return settled(notice)


def chosen(request: HttpRequest, notice: Notice, choice: str) -> HttpResponse:
    """After a clash: mine becomes the text, or theirs stays and mine is kept among the versions."""
    form = NoticeForm(request.POST, instance=notice, prefix="mine")
    if choice == "mine":
        return taken(request, notice, form, apart=True)
    values = form.values()
    set_aside(notice, by=request.user, **{name: values.get(name, getattr(notice, name)) for name in TEXT})
    return settled(notice)


def shown(request: HttpRequest, notice: Notice, form: NoticeForm, *, said: str = "") -> HttpResponse:
    """The page of the text."""
    context = {
        "notice": notice,
        "campaign": notice.campaign,
        "form": form,
        "seen": notice.revision,
        "said": said,
        "last": notice.versions.select_related("saved_by").last(),
        "here": "text",
    }
    return render(request, "campaigns/editor.html", context, status=status_of(form))


def clash(request: HttpRequest, notice: Notice, form: NoticeForm, why: str) -> HttpResponse:
    """Somebody saved meanwhile: both texts with their differences; the same form sent twice is no clash."""
    if not form.errors and all(getattr(notice, name) == value for name, value in form.values().items()):
        return stands(notice, form) if autosaves(request) else settled(notice)
    last = notice.versions.select_related("saved_by").last()
    if autosaves(request):
        own = last is not None and last.saved_by == request.user
        return JsonResponse({"why": why, "mine": own, "seen": notice.revision}, status=409)
    mine, theirs = form.texts(), {name: getattr(notice, name) for name in TEXT}
    base = clean(request.POST.get("base", ""))
    both = merged(base, mine["body"], theirs["body"]) if base else None
    changed = [name for name in TEXT if mine[name] != theirs[name]]
    context = {
        "notice": notice,
        "campaign": notice.campaign,
        "seen": notice.revision,
        "why": why,
        "last": last,
        "changes": [(label(notice, name), compare(theirs[name], mine[name])) for name in changed],
        "settings": other_settings(notice, form),
        "mine": form_of(notice, form, mine, prefix="mine"),
        "form": form_of(notice, form, mine | ({"body": both} if both is not None else {})),
        "both": both is not None,
    }
    return render(request, "campaigns/editor_clash.html", context, status=409)


def form_of(notice: Notice, form: NoticeForm, texts: dict[str, str], prefix: str | None = None) -> NoticeForm:
    """A form that holds what was typed, to be sent again."""
    values = {name: form[name].value() for name in form.fields}
    return NoticeForm(instance=notice, initial=values | texts, prefix=prefix)


def other_settings(notice: Notice, form: NoticeForm) -> list[tuple[str, Any, Any]]:
    """Fields beside the text that differ: what they are called, theirs, mine."""
    found = [(name, value) for name, value in form.values().items() if name not in TEXT]
    there = Notice(**dict(found))
    return [
        (label(notice, name), worded(notice, name), worded(there, name))
        for name, value in found
        if getattr(notice, name) != value
    ]


def worded(notice: Notice, name: str) -> str:
    """The value of a field as a person reads it."""
    if notice._meta.get_field(name).choices:  # type: ignore[union-attr]  # only fields have names here
        return str(getattr(notice, f"get_{name}_display")()) or "—"
    value = getattr(notice, name)
    if isinstance(value, bool):
        return pgettext("a box", "ticked") if value else pgettext("a box", "not ticked")
    return "—" if value in (None, "") else str(value)


def stands(notice: Notice, form: NoticeForm) -> JsonResponse:
    """What the page that saved by itself is told: the revision to save from next, when, and what was not taken."""
    wrong = {name: [str(each) for each in found] for name, found in form.errors.items()}
    at = time_format(localtime(clock.now()), "H:i")
    return JsonResponse({"seen": notice.revision, "at": at, "wrong": wrong})


def settled(notice: Notice) -> HttpResponse:
    """Back to the page of the text; a browser that still keeps another text of it lets it go."""
    return redirect(f"{reverse('campaigns:editor', args=[notice.pk])}#settled")


def closed(request: HttpRequest, notice: Notice) -> HttpResponse:
    """The text can no longer be changed: why, and who has it; what was typed is shown, so that it can be kept."""
    why = notice.refusal() if request.method == "POST" else ""
    if autosaves(request):
        return JsonResponse({"why": why, "mine": False, "seen": notice.revision}, status=409)
    context = {
        "notice": notice,
        "campaign": notice.campaign,
        "last_step": notice.history().last(),
        "typed": clean(request.POST.get("body") or request.POST.get("mine-body", "")),
        "here": "text",
    }
    return render(request, "campaigns/editor_closed.html", context, status=409 if request.method == "POST" else 200)


def seen(request: HttpRequest) -> int:
    """The revision the page was opened at."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 9 else -1


def autosaves(request: HttpRequest) -> bool:
    """Whether the page saves by itself (static/draft.js)."""
    return request.POST.get("action") == "autosave"


def status_of(form: Any) -> int:
    """422 for a form with errors."""
    return 422 if form.is_bound and form.errors else 200
