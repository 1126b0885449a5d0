"""The sentences of an issued notice that ask for something, kept as rows once somebody carries them out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import transaction

import documents
from activities.finding import mark
from activities.models import AskingSentence
from campaigns.models import Notice
from workflow.once import put_once
from workflow.workdays import working_days

NUMBER, HEADING = 20, 120
ASKING = ("requirement", "measure", "content")
"""Kinds of headed paragraphs that ask; guiding ideas and goals do not."""


@dataclass(frozen=True)
class Asked:
    """One sentence or numbered item that asks, and where it stands in the text that was read."""

    number: str
    heading: str
    text: str
    start: int
    end: int

    @property
    def mark(self) -> str:
        """The same for the same words, however they are spaced."""
        return mark(re.sub(r"\s", "", self.text))


def text_of(notice: Notice) -> str:
    """The notice as a text: what the reader takes for a paper."""
    greeting = f"{notice.salutation}：\n" if notice.salutation else ""
    return f"{notice.title}\n{greeting}{notice.body}"


def asking(notice: Notice) -> list[Asked]:
    """What a notice asks, in the order of its text: activities, requirements, filings by a day, whatever else asks."""
    days = working_days()
    draft = documents.reading.read(text_of(notice), is_working_day=days.is_working_day)
    found = [
        Asked(each.number, each.title.value, draft.source[slice(*each.span)], *each.span) for each in draft.activities
    ]
    for section in draft.sections:
        start, end = section.heading.span.start, max(section.heading.span.end, section.body.span.end)
        if section.kind in ASKING and not within(found, start, end):
            text = draft.source[start:end]
            found.append(Asked(section.number, section.heading.value, text, start, end))
    deadlines = [(each.source, each.item) for each in draft.deadlines]
    more = [*deadlines, *((each.span, "") for each in draft.asking if not within(found, *each.span))]
    numbers = list(found)
    for span, item in more:
        text = draft.source[slice(*span)].strip()
        found.append(Asked(standing_under(numbers, span.start), item, text, *span))
    return sorted(found, key=lambda each: (each.start, -each.end))


def within(found: list[Asked], start: int, end: int) -> bool:
    """Whether what stands there stands in one of these already, or has one of them in it."""
    return any(each.start < end and start < each.end for each in found)


def standing_under(found: list[Asked], start: int) -> str:
    """The number of the item in which a sentence stands."""
    return next((each.number for each in found if each.start <= start < each.end), "")


@transaction.atomic
def sentences_of(notice: Notice) -> list[AskingSentence]:
    """The sentences of an issued notice as rows: read once, for its text never changes any more."""
    rows = list(notice.asking_sentences.all())
    if rows or not notice.is_sent:
        return rows
    Notice.objects.select_for_update().get(pk=notice.pk)  # who reads it at the same moment waits
    put_once(
        AskingSentence,
        [
            AskingSentence(
                notice=notice,
                order=order,
                number=each.number.strip("、. ")[:NUMBER],
                heading=each.heading.strip()[:HEADING],
                text=each.text.strip(),
                mark=each.mark,
            )
            for order, each in enumerate(asking(notice), 1)
        ],
        "notice",
        "order",
    )
    return list(notice.asking_sentences.all())
