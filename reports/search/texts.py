"""What is looked through of each table: whose rows, under which heading they are found, which words they are made of.

A filing is looked through in its newest version that was submitted: that one never changes. A notice is read anew as
long as it is written, afterwards when it moved on; a published case when it was saved. Telephone numbers and mail
addresses are masked before anything is kept. What is only begun (drafts of units) is in nobody's index.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import MD5, Cast, Concat

from accounts.personal_data import masked_in
from activities.models import (
    Activity,
    Answer,
    Case,
    Coverage,
    Filing,
    LiaisonRegistration,
    Material,
    Plan,
    Progress,
    PublishedCase,
    SlipReply,
)
from campaigns.models import Campaign, Notice
from campaigns.states import WRITTEN
from documents.text import clean
from reports.models import Summary
from reports.models.search_entry import SearchEntry, Sought
from reports.search.folding import SECTION
from workflow import clock

UNSEEN = {"person_phone", "link", "budget", "expected_participants", "percent"}
"""Columns of filings that nobody looks for by words, or that are nobody's to find by."""


@dataclass(frozen=True)
class Written:
    """What one row says: whose it is (``about``, by which column), of which version, when, in which words."""

    about: int
    mark: str
    campaign: Campaign
    at: datetime
    title: str
    sections: list[str]
    names: list[str] = field(default_factory=list)
    """Names of people, found by how they sound as well."""

    @property
    def text(self) -> str:
        """The sections as they are shown."""
        return SECTION.join(masked_in(clean(each)) for each in self.sections if each.strip())


@dataclass(frozen=True)
class Source:
    """One table that is looked through.

    ``rows`` gives those there is something to find in, each with ``of_version`` (of which version an entry has to be)
    and ``of_row`` (whose it is); ``read`` says what one of them says.
    """

    name: str
    kind: Sought
    column: str
    rows: Callable[[], "QuerySet[Any]"]
    read: Callable[[Any], Written]
    anew: Q = field(default_factory=lambda: Q(pk__in=[]))
    """Rows that change without becoming another version: few, read at every turn."""

    def waiting(self) -> "QuerySet[Any]":
        """Rows without an entry of their version."""
        made = SearchEntry.objects.filter(source=self.name, about=OuterRef("of_row"), mark=OuterRef("of_version"))
        return self.rows().filter(~Exists(made) | self.anew).order_by("pk")

    def over(self) -> "QuerySet[SearchEntry]":
        """Entries of what is not to be found any more: taken back, thrown away, no longer published."""
        return SearchEntry.objects.filter(source=self.name).exclude(about__in=self.rows().values("of_row"))


# --- filings ----------------------------------------------------------------------------------------------------------


def newest(model: type[Filing]) -> "QuerySet[Any]":
    """The newest submitted version of each assignment that is filed, or was and is to be corrected."""
    later = model._default_manager.filter(
        assignment=OuterRef("assignment"), version__gt=OuterRef("version"), submitted_at__isnull=False
    )
    rows = model._default_manager.filter(~Exists(later), submitted_at__isnull=False)
    filed = rows.filter(assignment__submitted_at__isnull=False)
    return filed.annotate(of_version=Cast("version", CharField()), of_row=F("assignment_id")).select_related(
        "assignment__campaign"
    )


def said_by(filing: Any) -> list[str]:
    """The texts of a filing: its columns in words, its sections, whom it names as officers."""
    columns = [each for each in filing.columns_read() if each.name not in UNSEEN and each.name != "title"]
    texts = [str(getattr(filing, each.attname) or "") for each in columns if each.get_internal_type() in IN_WORDS]
    texts += [text for _key, _heading, text in filing.own_texts()]
    if isinstance(filing, LiaisonRegistration):
        texts += [" ".join(filter(None, (each.name, each.department, each.position))) for each in filing.officers.all()]
    return texts


IN_WORDS = {"CharField", "TextField"}


def read_filing(filing: Any) -> Written:
    """What a version of a filing says."""
    return Written(
        about=filing.assignment_id,
        mark=filing.of_version,
        campaign=filing.assignment.campaign,
        at=filing.submitted_at,
        title=getattr(filing, "title", ""),
        sections=said_by(filing),
        names=[each.name for each in filing.officers.all()] if isinstance(filing, LiaisonRegistration) else [],
    )


def of_filings(model: type[Filing], kind: Sought) -> Source:
    """A kind of filing as a source."""
    beside = ("officers",) if model is LiaisonRegistration else ()
    name, rows = model._meta.model_name or "", partial(newest, model)
    return Source(name, kind, "assignment", lambda: rows().prefetch_related(*beside), read_filing)


# --- activities, notices and published cases ------------------------------------------------------------------------


def notices() -> "QuerySet[Any]":
    """All notices; one that is still written is of no version."""
    version = Concat("state", Value(":"), Cast("revision", CharField()), output_field=CharField())
    rows = Notice.objects.annotate(of_version=version, of_row=F("pk"))
    return rows.select_related("campaign", "document_number").prefetch_related("annexes")


def read_notice(notice: Any) -> Written:
    """What a notice says, with the number it has and the texts of its annexes."""
    number = str(notice.document_number or "")
    annexes = [f"{each.title}\n{each.text}" for each in notice.annexes.all()]
    return Written(
        about=notice.pk,
        mark=notice.of_version,
        campaign=notice.campaign,
        at=notice.issued_at or clock.end_of(notice.campaign.ends_on),
        title=" ".join(filter(None, (notice.title, number))),
        sections=[notice.salutation, notice.body, notice.signature, *annexes],
    )


WORDS = ("group", "title", "description", "place", "remark")
"""What an activity says in words."""


def activities() -> "QuerySet[Any]":
    """All activities. They have no versions: their words themselves are the mark."""
    words = [part for name in WORDS for part in (F(name), Value(SECTION))]
    days = Cast("campaign__year", CharField())
    return Activity.objects.annotate(
        of_version=MD5(Concat(*words, days, output_field=TextField())), of_row=F("pk")
    ).select_related("campaign")


def read_activity(row: Any) -> Written:
    """What the list of activities says of one."""
    return Written(
        about=row.pk,
        mark=row.of_version,
        campaign=row.campaign,
        at=clock.end_of(row.ends_on or row.campaign.ends_on),
        title=row.title,
        sections=[row.group, row.description, row.place, row.remark],
    )


def published() -> "QuerySet[Any]":
    """The cases that are published, in the office's words."""
    rows = PublishedCase.objects.filter(published_at__isnull=False).annotate(
        of_version=Cast("revision", CharField()), of_row=F("pk")
    )
    return rows.select_related("case__assignment__campaign")


def read_published(row: Any) -> Written:
    """What the office made of a case."""
    return Written(
        about=row.pk,
        mark=row.of_version,
        campaign=row.case.assignment.campaign,
        at=row.published_at,
        title=row.title,
        sections=[row.background, row.practice, row.effect],
    )


SOURCES = (
    Source("notice", Sought.NOTICE, "notice", notices, read_notice, Q(state__in=WRITTEN)),
    Source("activity", Sought.ACTIVITY, "activity", activities, read_activity),
    of_filings(Plan, Sought.PLAN),
    of_filings(Progress, Sought.PROGRESS),
    of_filings(Case, Sought.CASE),
    Source("publishedcase", Sought.CASE, "published", published, read_published),
    of_filings(Summary, Sought.SUMMARY),
    of_filings(Material, Sought.MATERIAL),
    of_filings(Coverage, Sought.MATERIAL),
    of_filings(SlipReply, Sought.REPLY),
    of_filings(Answer, Sought.REPLY),
    of_filings(LiaisonRegistration, Sought.PERSON),
)
"""Every table that is looked through by an index. Units, accounts and messages are looked through as they
stand (``beside.py``): they are short, and change in many ways."""
SHOWN_TO_ALL = ("activity", "publishedcase")
"""Tables whose rows everybody reads who sees the campaign."""
