"""The page on which a unit writes what it owes: the same steps for every kind of filing.

A request becomes a writer, the writer a draft, the draft forms, and what the forms took is written and told; each step
hands the next what it found out. docs/architecture.md follows a submitted summary along them.

Save keeps a half-done draft; submit asks for everything. Whatever goes wrong, what was typed stays on the page.
While somebody types, the page saves by itself (static/draft.js): that keeps what is valid and answers in JSON.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from activities.behalf.incoming import incoming, on_the_page, placed
from activities.behalf.writer import Draft, Writer, is_of_unit, writer_of
from activities.filing.autosave import (
    Checked,
    autosaves,
    broken,
    contents,
    each_form,
    mend,
    without_removals,
    wrong_fields,
)
from activities.filing.changes_since_return import changes, earlier_version
from activities.filing.head_signing import lay_before_head
from activities.filing.keep_parts import keep_new_files
from activities.filing.misquoted_slogans import misquoted
from activities.models import Assignment, Filing, StaleDraft
from activities.personal_data import shown_whole
from workflow.kept_files import StorageFull
from workflow.models import MoveRefused
from workflow.pages import may, refused


@dataclass(frozen=True)
class FilingPage:
    """What one kind of filing brings: its template, its forms, and how they are written.

    ``keep`` writes the parts that are rows of their own (officers, figures, photos) after the draft is saved.
    ``look_first`` says why what was just saved should be looked at once more before it is submitted (empty: nothing).
    """

    template: str
    make: Callable[[HttpRequest, Filing, bool], dict[str, Checked]]
    keep: Callable[[dict[str, Checked], Filing, Any], None]
    look_first: Callable[[HttpRequest, Filing], str] = lambda request, filing: ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AtPage:
    """Somebody at the page of one filing: the request, who writes, the kind's model and page."""

    request: HttpRequest
    writer: Writer
    model: type[Filing]
    page: FilingPage

    @property
    def assignment(self) -> Assignment:
        return self.writer.assignment

    @property
    def submits(self) -> bool:
        """Whether it is to be submitted, not only saved."""
        return self.request.POST.get("action") == "submit"

    @property
    def seen(self) -> int:
        """The revision the page was opened at."""
        text = self.request.POST.get("seen", "")
        return int(text) if text.isdecimal() and len(text) < 9 else -1

    def draft(self) -> Draft:
        """The version to write in, as it stands now."""
        return self.writer.draft(self.model)

    def forms(self, filing: Filing, complete: bool) -> dict[str, Checked]:
        """The forms of the kind, and who signs when somebody files in the unit's name."""
        signing = self.writer.signing(self.request.POST, complete)
        return {**self.page.make(self.request, filing, complete), **signing}


def filing_page(request: HttpRequest, assignment: Assignment, model: type[Filing], page: FilingPage) -> HttpResponse:
    """Show or take in one filing.

    Arguments: the request; the assignment, already known to be visible; the kind's model and page.
    Returns: the page, or a redirect after saving or submitting. Raises: PermissionDenied.
    """
    here = AtPage(request, writer_of(request, assignment), model, page)
    if request.method != "POST":
        return shown(here)
    if not here.writer.may_write:
        raise PermissionDenied
    if autosaves(request):
        return autosaved(here)
    if why := here.writer.why_not_written():
        return clash(here, why)
    return taken(here)


def shown(here: AtPage) -> HttpResponse:
    """The form for those who file while it is owed; the last version for everybody else."""
    if not here.writer.writes_now:
        return render_filing(here, visible_version(here), None, {})
    draft = here.draft()
    forms = here.forms(draft.filing, False)
    placed(incoming(here.writer), draft.filing, forms.get("form"))
    return render_filing(here, draft.filing, draft, forms, at=draft.filing.revision)


def visible_version(here: AtPage) -> Filing | None:
    """The newest version; the office does not read over a unit's shoulder: only what was submitted."""
    rows = here.model._default_manager.filter(assignment=here.assignment).order_by("version")
    if not may(here.request.user, "file", here.assignment):
        rows = rows.filter(submitted_at__isnull=False)
    return rows.last()


def clash(here: AtPage, why: str) -> HttpResponse:
    """Somebody acted meanwhile: say so and keep what was typed. The same form sent twice is no clash."""
    here.assignment.refresh_from_db()
    draft = here.draft()
    forms = here.forms(draft.filing, False)
    for form in forms.values():
        form.is_valid()
    stands = not any(form.has_changed() for name, form in forms.items() if name != "signing")
    came = not here.assignment.is_owed or here.assignment.before_head()
    if stands and (came or not here.submits):
        messages.info(here.request, _("It came in twice and is kept once."))
        return redirect(here.assignment)
    refused(here.request, why)
    keep_files(here, draft, forms)
    return render_filing(here, draft.filing, draft, forms, at=draft.filing.revision, status=409)


def taken(here: AtPage) -> HttpResponse:
    """Save or submit what was typed."""
    draft = here.draft()
    draft.filing.assignment = here.assignment
    forms = here.forms(draft.filing, here.submits)
    valid = [form.is_valid() for form in forms.values()]  # every form, so that every error shows
    if not all(valid):
        refused(here.request, _("This time nothing was saved: please look at the fields marked below."))
        keep_files(here, draft, forms)
        lead_to_first(forms)
        return render_filing(here, draft.filing, draft, forms, at=here.seen, status=422)
    if not here.submits and draft.why_not_saved:
        return clash(here, draft.why_not_saved)
    try:
        held = written(here, draft, forms)
    except (StaleDraft, MoveRefused) as refusal:
        return clash(here, str(refusal))
    except StorageFull as full:
        refused(here.request, full)
        return render_filing(here, draft.filing, draft, forms, at=here.seen, status=507)
    (messages.info if held else messages.success)(here.request, held or done(here))
    return redirect(here.writer.after())


def lead_to_first(forms: dict[str, Checked]) -> None:
    """The first field that is missing or wrong gets the cursor, so the page opens there."""
    wrong = ((form, name) for form in each_form(forms) for name in form.fields if name in form.errors)
    for form, name in islice(wrong, 1):
        form.fields[name].widget.attrs["autofocus"] = True


def done(here: AtPage) -> str:
    """What was done, for a person."""
    if not here.submits:
        return _("The draft is saved. It is not submitted yet.")
    if here.assignment.is_owed:
        return _("Submitted to the head of your unit. It is filed when the head passes it on to the office.")
    return _("Submitted.")


def keep_files(here: AtPage, draft: Draft, forms: dict[str, Checked]) -> None:
    """Keep photos and files just chosen, while they can be filed."""
    if not (here.writer.why_not_written() or draft.why_not_saved):
        keep_new_files(here.request, forms, here.writer.by)


def autosaved(here: AtPage) -> JsonResponse:
    """Keep of a draft what is valid, as saving does, and say so shortly.

    Returns: ``seen``, the revision to save from next, ``at``, when it was saved, and ``wrong``, the messages by
    field; 409 with ``why`` when somebody was faster, 422 when nothing can be made of what was sent.
    """
    if why := here.writer.why_not_written():
        return JsonResponse({"why": why}, status=409)
    draft = here.draft()
    if draft.why_not_saved:
        return JsonResponse({"why": draft.why_not_saved}, status=409)
    filing, request = draft.filing, here.request
    filing.assignment, stored = here.assignment, contents(filing)
    request.POST = without_removals(request.POST)  # type: ignore[assignment]  # the stubs insist on the sealed kind
    forms = here.page.make(request, filing, False)
    wrong = wrong_fields(forms)
    if broken(forms):
        return JsonResponse(
            {"why": _("This time nothing was saved: please look at the fields marked below.")}, status=422
        )
    if any(form.has_changed() for form in forms.values()):
        mend(forms, filing, stored)
        try:
            written(here, draft, forms)
        except StaleDraft as refusal:
            return faster(here, str(refusal))
        except StorageFull as full:
            return JsonResponse({"why": str(full)}, status=507)
    at = time_format(timezone.localtime(filing.saved_at), "H:i") if filing.saved_at else ""
    return JsonResponse({"seen": filing.revision, "at": at, "wrong": wrong})


def faster(here: AtPage, why: str) -> JsonResponse:
    """Somebody saved meanwhile. ``mine`` and ``seen`` let a page know its own saving whose answer was lost."""
    newest = here.model.latest(here.assignment)
    mine = newest is not None and newest.saved_by == here.writer.by
    return JsonResponse({"why": why, "mine": mine, "seen": newest.revision if newest else 0}, status=409)


@transaction.atomic
def written(here: AtPage, draft: Draft, forms: dict[str, Checked]) -> str:
    """Draft, its parts and the submission in one transaction; the unit is told of what it did not file itself.

    Returns: why it is saved and not submitted yet; empty when nothing is to be looked at first.
    """
    writer, filing = here.writer, draft.filing
    filing.save_draft(by=writer.by, seen=here.seen)
    here.page.keep(forms, filing, writer.by)
    if here.submits and not draft.why_not_saved and (held := here.page.look_first(here.request, filing)):
        return held
    if here.submits and writer.to_head:
        lay_before_head(filing, by=writer.by)
    elif here.submits:
        filing.submit(by=writer.by, **writer.names(forms))
        writer.tell()
    return ""


def render_filing(
    here: AtPage,
    filing: Filing | None,
    draft: Draft | None,
    forms: dict[str, Checked],
    *,
    at: int = 0,
    status: int = 200,
) -> HttpResponse:
    """The page, opened at a revision; after a clash the newest, so that saving again replaces it knowingly.

    Arguments: who is there; the version shown; the draft, if it is written in; its forms.
    """
    if filing:
        filing.assignment = here.assignment  # read already, with unit and campaign
    whole = shown_whole(here.request, here.assignment, writes=bool(draft))
    context = {
        **compared(here, filing, whole=whole),
        **(both_texts(here, filing) if filing and status == 409 else {}),
        **on_the_page(here.writer, draft, forms.get("form")),
        "misquotes": misquoted(filing) if filing and status == 200 else [],  # of what is stored
        "assignment": here.assignment,
        "campaign": here.assignment.campaign,
        "filing": filing,
        "seen": at,
        "whole": whole,
        "to_head": bool(draft) and here.writer.to_head,
        "typed": status != 200,  # what the page shows is not what is stored
        "clashed": status == 409,
        "forms": forms,
        **forms,
        **here.page.extra,
    }
    return render(here.request, here.page.template, context, status=status)


def both_texts(here: AtPage, filing: Filing) -> dict[str, Any]:
    """After a clash: what is stored, and what was typed compared with it; the office does not read a unit's draft."""
    theirs = here.model.latest(here.assignment)
    if theirs is None or (here.writer.is_office and is_of_unit(theirs)):
        return {}
    both = changes(filing, theirs)
    return {"theirs": theirs, "both": both} if both else {}


def compared(here: AtPage, filing: Filing | None, *, whole: bool) -> dict[str, Any]:
    """What changed since the version the office returned, for whoever reviews it again."""
    if filing is None or filing.submitted_at is None or not may(here.request.user, "review", here.assignment):
        return {}
    since = earlier_version(filing)
    return {"since": since, "changes": changes(filing, since, whole=whole)} if since else {}
