"""One chapter of the book as a PDF of its own."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation

import documents
from documents.outline import Document, Imprint
from reports.briefings.book import made
from reports.briefings.chapters import photo_bytes, photos_of
from reports.briefings.content import chapter
from reports.briefings.moment import Owed
from reports.models import ChapterChoice


def alone(owed: Owed, choice: ChapterChoice) -> bytes:
    """A chapter as it would stand in the book now: the unit's full text, or the office's.

    Arguments: the summary as it stands; what the office made of it.
    Raises: documents.errors.DocumentError naming what cannot be set.
    """
    with translation.override("zh-hans"):
        photos = photos_of([owed.assignment.pk]).get(owed.assignment.pk, [])
        found = made(chapter(owed, choice, photos), gaps=True)
        document = Document(
            form="sheet", title=found.title, body=found.blocks, imprint=Imprint(), house=settings.HOUSE_STYLE
        )
        return documents.paper.to_pdf(document, {name: photo_bytes(each) for name, each in found.files.items()})
