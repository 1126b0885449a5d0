"""The page on which a unit writes what it owes: the same steps for every kind of filing.

Save keeps a half-done draft; submit asks for everything. Whatever goes wrong, what was typed stays on the page.
While somebody types, the page saves by itself (static/draft.js): that keeps what is valid and answers in JSON.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from activities.behalf import writer as behalf
from activities.filing.autosave import Checked, autosaves, broken, contents, mend, without_removals, wrong_fields
from activities.filing.changes_since_return import changes, earlier_version
from activities.filing.keep_parts import keep_new_files
from activities.filing.misquoted_slogans import misquoted
from activities.models import Assignment, Filing, StaleDraft
from workflow.models import MoveRefused
from workflow.pages import may


@dataclass(frozen=True)
class FilingPage:
    """What one kind of filing brings: its template, its forms, and how they are written.

    ``keep`` writes the parts that are rows of their own (officers, figures, photos) after the draft is saved.
    """

    template: str
    make: Callable[[HttpRequest, Filing, bool], dict[str, Checked]]
    keep: Callable[[dict[str, Checked], Filing, Any], None]
    extra: dict[str, Any] = field(default_factory=dict)


def filing_page(request: HttpRequest, assignment: Assignment, model: type[Filing], page: FilingPage) -> HttpResponse:
    """Show or take in one filing.

    Arguments: the request; the assignment, already known to be visible; the kind's model and page.
    Returns: the page, or a redirect after saving or submitting. Raises: PermissionDenied.
    """
    if request.method != "POST":
        return shown(request, assignment, model, page)
    if not behalf.may_write(request, assignment):
        raise PermissionDenied
    if autosaves(request):
        return autosaved(request, assignment, model, page)
    if why := assignment.why_not_filed():
        return clash(request, assignment, model, page, why)
    return taken(request, assignment, model, page)


def shown(request: HttpRequest, assignment: Assignment, model: type[Filing], page: FilingPage) -> HttpResponse:
    """The form for those who file while it is owed; the last version for everybody else."""
    writes = behalf.may_write(request, assignment) and assignment.is_owed and not assignment.is_locked
    if not writes:
        return render_filing(request, assignment, visible_version(request, assignment, model), page, {})
    draft = behalf.draft(request, assignment, model)
    forms = made(request, draft, page, False)
    behalf.placed(behalf.incoming(request, assignment), draft, forms.get("form"))
    return render_filing(request, assignment, draft, page, forms, at=draft.revision)


def made(request: HttpRequest, filing: Filing, page: FilingPage, complete: bool) -> dict[str, Checked]:
    """The forms of the kind, and who signs when somebody files in the unit's name."""
    return {**page.make(request, filing, complete), **behalf.signing(request, filing.assignment, complete)}


def visible_version(request: HttpRequest, assignment: Assignment, model: type[Filing]) -> Filing | None:
    """The newest version; the office does not read over a unit's shoulder: only what was submitted."""
    rows = model._default_manager.filter(assignment=assignment).order_by("version")
    if not may(request.user, "file", assignment):
        rows = rows.filter(submitted_at__isnull=False)
    return rows.last()


def clash(
    request: HttpRequest, assignment: Assignment, model: type[Filing], page: FilingPage, why: str
) -> HttpResponse:
    """Somebody acted meanwhile: say so and keep what was typed. The same form sent twice is no clash."""
    assignment.refresh_from_db()
    draft = behalf.draft(request, assignment, model)
    forms = made(request, draft, page, False)
    for form in forms.values():
        form.is_valid()
    stands = not any(form.has_changed() for name, form in forms.items() if name != "signing")
    if stands and not (submits(request) and assignment.is_owed):
        messages.info(request, _("It came in twice and is kept once."))
        return redirect(assignment)
    messages.error(request, why)
    keep_files(request, draft, forms)
    return render_filing(request, assignment, draft, page, forms, at=draft.revision, status=409)


def taken(request: HttpRequest, assignment: Assignment, model: type[Filing], page: FilingPage) -> HttpResponse:
    """Save or submit what was typed."""
    filing = behalf.draft(request, assignment, model)
    filing.assignment = assignment
    forms = made(request, filing, page, submits(request))
    valid = [form.is_valid() for form in forms.values()]  # every form, so that every error shows
    if not all(valid):
        messages.error(request, _("Nothing was saved yet: please look at the fields marked below."))
        keep_files(request, filing, forms)
        return render_filing(request, assignment, filing, page, forms, at=seen(request), status=422)
    if not submits(request) and (why := behalf.why_not_saved(request, filing)):
        return clash(request, assignment, model, page, why)
    try:
        written(request, filing, forms, page)
    except (StaleDraft, MoveRefused) as refusal:
        return clash(request, assignment, model, page, str(refusal))
    messages.success(
        request, _("Submitted.") if submits(request) else _("The draft is saved. It is not submitted yet.")
    )
    return redirect(behalf.after(request, assignment))


def keep_files(request: HttpRequest, filing: Filing, forms: dict[str, Checked]) -> None:
    """Keep photos and files just chosen, while they can be filed."""
    if not (filing.assignment.why_not_filed() or behalf.why_not_saved(request, filing)):
        keep_new_files(request, forms, behalf.writer(request))


def autosaved(request: HttpRequest, assignment: Assignment, model: type[Filing], page: FilingPage) -> JsonResponse:
    """Keep of a draft what is valid, as saving does, and say so shortly.

    Returns: ``seen``, the revision to save from next, ``at``, when it was saved, and ``wrong``, the messages by
    field; 409 with ``why`` when somebody was faster, 422 when nothing can be made of what was sent.
    """
    if why := assignment.why_not_filed():
        return JsonResponse({"why": why}, status=409)
    filing = behalf.draft(request, assignment, model)
    if why := behalf.why_not_saved(request, filing):
        return JsonResponse({"why": why}, status=409)
    filing.assignment, stored = assignment, contents(filing)
    request.POST = without_removals(request.POST)  # type: ignore[assignment]  # the stubs insist on the sealed kind
    forms = page.make(request, filing, False)
    wrong = wrong_fields(forms)
    if broken(forms):
        return JsonResponse({"why": _("Nothing was saved yet: please look at the fields marked below.")}, status=422)
    if any(form.has_changed() for form in forms.values()):
        mend(forms, filing, stored)
        try:
            written(request, filing, forms, page)
        except StaleDraft as refusal:
            return faster(request, model, assignment, str(refusal))
    at = time_format(timezone.localtime(filing.saved_at), "H:i") if filing.saved_at else ""
    return JsonResponse({"seen": filing.revision, "at": at, "wrong": wrong})


def faster(request: HttpRequest, model: type[Filing], assignment: Assignment, why: str) -> JsonResponse:
    """Somebody saved meanwhile. ``mine`` and ``seen`` let a page know its own saving whose answer was lost."""
    newest = model.latest(assignment)
    mine = newest is not None and newest.saved_by == behalf.writer(request)
    return JsonResponse({"why": why, "mine": mine, "seen": newest.revision if newest else 0}, status=409)


@transaction.atomic
def written(request: HttpRequest, filing: Filing, forms: dict[str, Checked], page: FilingPage) -> None:
    """Draft, its parts and the submission in one transaction."""
    by = behalf.writer(request)
    filing.save_draft(by=by, seen=seen(request))
    page.keep(forms, filing, by)
    if submits(request):
        filing.submit(by=by, **behalf.names(request, forms))
        behalf.tell(request, filing.assignment)


def submits(request: HttpRequest) -> bool:
    """Whether it is to be submitted, not only saved."""
    return request.POST.get("action") == "submit"


def seen(request: HttpRequest) -> int:
    """The revision the page was opened at."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 9 else -1


def render_filing(
    request: HttpRequest,
    assignment: Assignment,
    filing: Filing | None,
    page: FilingPage,
    forms: dict[str, Checked],
    *,
    at: int = 0,
    status: int = 200,
) -> HttpResponse:
    """The page, opened at a revision; after a clash the newest, so that saving again replaces it knowingly."""
    if filing:
        filing.assignment = assignment  # read already, with unit and campaign
    context = {
        **compared(request, assignment, filing),
        **(both_texts(request, filing) if filing and status == 409 else {}),
        **behalf.context(request, assignment, filing, forms.get("form")),
        "misquotes": misquoted(filing) if filing and status == 200 else [],  # of what is stored
        "assignment": assignment,
        "campaign": assignment.campaign,
        "filing": filing,
        "seen": at,
        "typed": status != 200,  # what the page shows is not what is stored
        "clashed": status == 409,
        "forms": forms,
        "reason_kept": request.session.pop("reason", ""),
        **forms,
        **page.extra,
    }
    return render(request, page.template, context, status=status)


def both_texts(request: HttpRequest, filing: Filing) -> dict[str, Any]:
    """After a clash: what is stored, and what was typed compared with it; the office does not read a unit's draft."""
    theirs = type(filing).latest(filing.assignment)
    if theirs is None or (behalf.acts_for_unit(request, filing.assignment) and behalf.is_of_unit(theirs)):
        return {}
    both = changes(filing, theirs)
    return {"theirs": theirs, "both": both} if both else {}


def compared(request: HttpRequest, assignment: Assignment, filing: Filing | None) -> dict[str, Any]:
    """What changed since the version the office returned, for whoever reviews it again."""
    if filing is None or filing.submitted_at is None or not may(request.user, "review", assignment):
        return {}
    since = earlier_version(filing)
    return {"since": since, "changes": changes(filing, since)} if since else {}
