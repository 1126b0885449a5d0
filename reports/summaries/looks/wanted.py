"""What the office wants of a section and does not insist on: its length, photos, a document."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.models import Evidence, Passage, Section, Summary
from reports.summaries.forms.sections import out_of_range
from reports.summaries.looks.pointer import Pointer
from reports.summaries.sections import asked_of


def asked(summary: Summary, passages: list[Passage]) -> Iterator[tuple[Passage, Section]]:
    """The sections that have text, each with what is asked of it."""
    known = {each.key: each for each in asked_of(summary.asked)}
    yield from ((each, known[each.key]) for each in passages if each.key in known)


def lengths(summary: Summary, passages: list[Passage]) -> Iterator[Pointer]:
    """Sections that are shorter or longer than asked."""
    for passage, section in asked(summary, passages):
        if said := out_of_range(section, passage.text):
            yield Pointer(passage.key, passage.heading, said)


def proof(summary: Summary, passages: list[Passage]) -> Iterator[Pointer]:
    """Sections beside which photos or a document are wanted, where there are none."""
    found = summary.assignment
    there = {Evidence.PHOTO: found.photos.exists(), Evidence.FILE: found.attachments.exists()}
    lacking = {Evidence.PHOTO: _("Photos are wanted here, and there are none."),
               Evidence.FILE: _("A document is wanted here, and there is none.")}  # fmt: skip
    for passage, section in asked(summary, passages):
        evidence = Evidence(section.evidence)
        if evidence in lacking and not there[evidence]:
            yield Pointer(passage.key, passage.heading, lacking[evidence])
