"""A summary as official paper: what the unit prints, has stamped and hands in beside it."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

import documents
from activities.evidence.made_anew import picture_of
from activities.models import Photo
from documents.counts import thousands
from documents.errors import DocumentError
from documents.numerals import in_chinese
from documents.outline import Block, Document, Figure, Gallery, Heading, Imprint, Table
from reports.chapter_text import section_blocks
from reports.models import Summary
from reports.summaries.table import HEAD
from workflow import clock

LONGEST = 100_000
"""Characters set while somebody waits: some two hundred pages."""
PHOTO_WIDTH = 0.6
WIDTHS = (2.4, 3.0, 3.6, 2.2, 1.8)


def set_paper(summary: Summary, kind: str) -> bytes:
    """Set a summary to the print standard. Arguments: it; ``pdf``, ``docx`` or ``ofd``.

    Raises: documents.errors.DocumentError naming what cannot be set.
    """
    length = sum(len(text) for _heading, text in summary.sections)
    if length > LONGEST:
        raise DocumentError(too_long(length))
    with translation.override("zh-hans"):
        files = photos_of(summary)
        document = summary_document(summary, files)
        if kind != "docx":
            pdf = documents.paper.to_pdf(document, files)
            return documents.ofd.from_pdf(pdf, document) if kind == "ofd" else pdf
        apart = documents.paper.imprint_stands_apart(document, files)
        return documents.word.to_docx(document, files, imprint_apart=apart)


def too_long(length: int) -> str:
    """That a summary is longer than a page waits for."""
    said = _("The summary has %(number)s characters; up to %(most)s are set as paper.")
    return said % {"number": thousands(length), "most": thousands(LONGEST)}


def photos_of(summary: Summary) -> dict[str, bytes]:
    """The photos by the names under which the paper shows them; what cannot be read is left out."""
    found = {}
    for photo in summary.assignment.photos.all():
        try:
            with picture_of(photo).open("rb") as stream:
                found[name_of(photo)] = bytes(stream.read())
        except (OSError, DocumentError):
            continue
    return found


def name_of(photo: Photo) -> str:
    return f"{photo.pk}.jpg"


def summary_document(summary: Summary, files: dict[str, bytes]) -> Document:
    """The outline: sections, the table of activities behind what was done, figures, photos."""
    unit, campaign = summary.assignment.unit, summary.assignment.campaign
    at = summary.submitted_at
    return Document(
        form="sheet",
        title=f"{unit.official_name}{campaign.title}总结",
        addressees=(campaign.host.official_name,),
        body=tuple(blocks(summary, files)),
        signature=(unit.official_name,),
        date=timezone.localdate(at) if at else clock.today(),
        imprint=Imprint(),
        house=settings.HOUSE_STYLE,
    )


def blocks(summary: Summary, files: dict[str, bytes]) -> list[Block]:
    """What stands on the paper."""
    found: list[Block] = []
    written = [each for each in summary.passages if each.text.strip()]
    keys = [each.key for each in written]
    beside = keys.index("practice") if "practice" in keys else len(keys) - 1  # text stands before and behind photos
    for place, each in enumerate(written):
        found += [Heading(1, f"{in_chinese(place + 1)}、", each.heading), *section_blocks(each.heading, each.text)]
        found += activity_rows(summary) if each.key == "practice" else ()
        found += gallery(summary, files) if place == beside else ()
    return found + figure_rows(summary)


def activity_rows(summary: Summary) -> list[Block]:
    """Each activity planned, done, in figures, with its evidence."""
    head, rows = tuple(str(cell) for cell in HEAD), tuple(map(tuple, summary.activities or ()))
    return [Table(head=(head,), rows=rows, widths=WIDTHS)] if rows else []


def gallery(summary: Summary, files: dict[str, bytes]) -> list[Block]:
    """The photos in rows."""
    shown = [photo for photo in summary.assignment.photos.all() if name_of(photo) in files]
    figures = tuple(Figure(name_of(each), each.caption, PHOTO_WIDTH) for each in shown)
    return [Gallery(figures)] if figures else []


def figure_rows(summary: Summary) -> list[Block]:
    """The figures the office asked for, as they were written."""
    rows = tuple((each.indicator.name, each.shown, each.indicator.measure) for each in summary.figures.all())
    return [Table(head=(("项目", "数量", "单位"),), rows=rows, caption="工作数据")] if rows else []
