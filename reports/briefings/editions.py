"""Editions of a briefing: frozen by a press, set by a worker, circulated to every unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import documents
from accounts.models import Unit, User
from accounts.models.memberships import UNIT_ROLES, Role
from campaigns.models import Campaign
from documents.outline import Document
from reports.briefings.book import Progress, bind_into, book_as_ofd, book_as_word, book_of, unset
from reports.briefings.changes import changes
from reports.briefings.composing import begin
from reports.briefings.content import content
from reports.briefings.moment import moment_of, stood
from reports.briefings.paper import paper_document
from reports.models import Briefing, BriefingKind, BriefingOpening, BriefingState
from workflow import clock
from workflow.models import MoveRefused
from workflow.once import put_once
from workflow.telling import notify


def build(campaign: Campaign, *, by: Any, kind: str = BriefingKind.CONSOLIDATED) -> Briefing:
    """Freeze a new edition of what is composed. A second press finds the one at work.

    Arguments: the campaign, who asks, the kind of briefing. Returns: the edition, queued, its content fixed.
    Raises: MoveRefused when no notice has been issued, so that nothing is owed yet.
    """
    if not campaign.assignments.exists():
        raise MoveRefused(_("Nothing is owed yet: the notice has not been issued."))
    try:
        with transaction.atomic():
            composition = begin(campaign, kind, by=by)
            shows = stood(campaign, moment_of(campaign, composition.stands_on))
            before = campaign.briefings.filter(kind=kind).first()
            last = campaign.briefings.aggregate(last=Max("edition"))["last"] or 0
            says = content(composition, shows)
            briefing = Briefing.objects.create(
                campaign=campaign,
                kind=kind,
                edition=last + 1,
                made_by=by,
                stands_at=shows.at,
                content=says,
                changes=changes(before.content, says) if before else [],
            )
            briefing.hint()
    except IntegrityError:
        return campaign.briefings.filter(state__in=[BriefingState.QUEUED, BriefingState.RUNNING]).get()
    return briefing


def outlines(briefing: Briefing) -> tuple[documents.book.Book | None, Document]:
    """What is set of an edition: the book (a bulletin has none) and the paper."""
    says = briefing.content or freeze_late(briefing)
    book = book_of(briefing.campaign, says, gaps=briefing.gaps) if briefing.kind != BriefingKind.BULLETIN else None
    return book, paper_document(briefing.campaign, briefing.kind, says, briefing.made_at)


def freeze_late(briefing: Briefing) -> dict[str, Any]:
    """Fix what an edition says that the version before queued: as things stand when it is first set."""
    shows = stood(briefing.campaign)
    briefing.content = content(begin(briefing.campaign, briefing.kind, by=briefing.made_by), shows)
    Briefing.objects.filter(pk=briefing.pk, content={}).update(content=briefing.content, stands_at=shows.at)
    return briefing.content


ALONE = 4
"""So many chapters a worker sets alone: to ask for help takes longer."""
MOST_IN_WORD = 400
"""Chapters of one Word file: it is built in memory, and Word itself opens no longer one with ease."""


def set_files(briefing: Briefing, progress: Progress | None = None, call: Callable[[], object] = lambda: None) -> None:
    """Set an edition: the book first, since everything in it is set already; then the paper; each as PDF, Word and OFD.

    A book of very many chapters has no Word file: each summary comes as one in the package of all summaries.

    Arguments: the edition; a callback for its progress; what calls for help when many chapters are to be set.
    Raises: documents.errors.DocumentError naming what cannot be set; MoveRefused when another worker has it.
    """
    with translation.override("zh-hans"):
        book, paper = outlines(briefing)
        if book is not None:
            if unset(book) > ALONE:
                call()
            briefing.keep("file", lambda out: bind_into(out, book, progress=progress, gaps=briefing.gaps))
        apart = documents.paper.imprint_stands_apart(paper)
        briefing.keep("paper", lambda out: out.write(documents.paper.to_pdf(paper)))
        briefing.keep("paper_word", lambda out: out.write(documents.word.to_docx(paper, imprint_apart=apart)))
        with briefing.paper.open("rb") as pdf:
            briefing.keep("paper_ofd", lambda out: out.write(documents.ofd.from_pdf(pdf.read(), paper)))
        if book is not None:
            with briefing.file.open("rb") as pdf:
                office = briefing.campaign.host.official_name
                briefing.keep("ofd", lambda out: book_as_ofd(out, cast("BinaryIO", pdf), office, briefing.made_at))
        if book is not None and len(book.chapters) <= MOST_IN_WORD:
            briefing.keep("word", lambda out: out.write(book_as_word(book)))


@transaction.atomic
def retry(briefing: Briefing, *, by: Any, gaps: bool = False) -> None:
    """Queue a failed edition again: it says what it said when it was frozen.

    Arguments: the edition, who asks, whether chapters that cannot be set leave a marked gap.
    Raises: MoveRefused, also while another edition is being built.
    """
    try:
        with transaction.atomic():
            briefing.retry(by=by)
            Briefing.objects.filter(pk=briefing.pk).update(gaps=gaps)
    except IntegrityError as error:
        raise MoveRefused(_("Another edition is being built. Try again when it is done.")) from error
    briefing.hint()


@transaction.atomic
def circulate(briefing: Briefing, *, by: Any) -> int:
    """Open an edition to every unit of the campaign and tell its people and the leaders.

    Arguments: the edition, who circulates. Returns: how many people were told. Raises: MoveRefused.
    """
    briefing.move(BriefingState.CIRCULATED, by=by, circulated_at=clock.now())
    units = Unit.objects.filter(assignments__campaign=briefing.campaign)
    readers = User.objects.speaking_for(units, *UNIT_ROLES)
    leaders = User.objects.speaking_for([briefing.campaign.host_id], Role.LEADER)
    people = list((readers | leaders).distinct())
    notify(
        people,
        gettext_noop("The briefing of %(campaign)s is ready to read."),
        key=f"briefing-{briefing.pk}",
        url=briefing.get_absolute_url(),
        campaign=briefing.campaign.title,
    )
    return len(people)


def opened(briefing: Briefing, by: Any) -> None:
    """Note the first time somebody of a unit has a circulated edition before their eyes.

    Arguments: the edition; who looks. The office looking at its own edition opens nothing.
    """
    if briefing.circulated_at is None:
        return
    units = by.units_as(*UNIT_ROLES)
    known = set(briefing.openings.filter(unit__in=units).values_list("unit", flat=True))
    theirs = briefing.campaign.assignments.filter(unit__in=units).values_list("unit", flat=True).distinct()
    rows = [BriefingOpening(briefing=briefing, unit_id=pk, by=by, at=clock.now()) for pk in set(theirs) - known]
    put_once(BriefingOpening, rows, "briefing", "unit")
