"""The book (汇编) of an edition: opening, tables, a chapter for each unit, who is not in it; as PDF, Word and OFD."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.utils import timezone, translation

import documents
from campaigns.models import Campaign
from documents.block_json import from_json
from documents.outline import Annex, Document, from_text
from documents.text import chinese_date
from reports.briefings.chapters import PhotoRow, photo_bytes, photos_of, stamp, unit_chapter
from reports.models import Summary
from workflow import clock

Progress = Callable[[int, int], None]


def bind_into(
    out: BinaryIO, book: documents.book.Book, *, progress: Progress | None = None, gaps: bool = False
) -> None:
    """Set and bind a book.

    Arguments: an open file; its outline; a callback for (chapters done, chapters in all); whether a chapter that cannot
    be set leaves a marked gap.
    Raises: documents.errors.DocumentError naming the chapter that cannot be set, unless gaps are left.
    """
    with translation.override("zh-hans"):
        documents.book.bind_into(out, book, cache_dir=settings.CHAPTERS_DIR, progress=progress, gaps=gaps)


def set_chapters(book: documents.book.Book, begin: float, wanted: Callable[[], bool]) -> None:
    """Set the chapters that are not kept yet, so that whoever binds the book finds them.

    Arguments: the book; where in it to begin (0 to 1; it goes round); asked before each chapter.
    """
    with translation.override("zh-hans"):
        jobs = documents.book.chapter_jobs(book, settings.CHAPTERS_DIR)
        start = int(len(jobs) * begin)
        for job in jobs[start:] + jobs[:start]:
            if job.is_kept:
                continue
            if not wanted():
                return
            documents.book.set_chapter(job)


def unset(book: documents.book.Book) -> int:
    """How many chapters of a book are not set yet."""
    return sum(not job.is_kept for job in documents.book.chapter_jobs(book, settings.CHAPTERS_DIR))


def book_of(campaign: Campaign, content: Mapping[str, Any], *, gaps: bool = False) -> documents.book.Book:
    """The outline of the book: everything that will stand on its pages.

    Arguments: the campaign; what the edition says; whether a photo that cannot be read leaves a marked gap.
    Raises: ImageError naming the photo, unless gaps are left.
    """
    with translation.override("zh-hans"):
        chapters = lazily([dict(each) for each in content["chapters"]], gaps)
        closing = [documents.book.Chapter("closing", "结束语", from_text(content["closing"]), {})]
        return documents.book.Book(
            title="情况汇编",
            subtitle=campaign.title,
            cover=(campaign.host.official_name, content["dated"]),
            foreword=from_json(content["opening"]),
            chapters=(
                documents.book.Chapter("figures", "数据统计", from_json(content["statistics"]), {}),
                *chapters,
                *(closing if content["closing"].strip() else []),
                *(
                    documents.book.Chapter(each["key"], each["title"], from_json(each["blocks"]), {})
                    for each in content["lists"]
                ),
            ),
        )


def lazily(rows: list[dict[str, Any]], gaps: bool) -> list[documents.book.Chapter]:
    """The chapters of the units, each made when it has to be set.

    Editions frozen before there were stamps say what they stand on only by reading the rows.
    """
    old = [each["summary"] for each in rows if "stamp" not in each]
    known = versions(old) if old else {}
    photos = photos_of([row.assignment_id for row in known.values()])
    return [
        documents.book.Chapter(
            f"unit-{each['unit']}",
            each["title"],
            stamp=f"{each.get('stamp') or stamp_of_old(known, photos, each)}{'gaps' if gaps else ''}",
            make=partial(made, each, gaps),
        )
        for each in rows
    ]


def stamp_of_old(known: dict[int, Summary], photos: dict[int, list[PhotoRow]], row: dict[str, Any]) -> str:
    """The stamp of a chapter that was frozen without one."""
    summary = known[row["summary"]]
    return stamp(summary, row, photos.get(summary.assignment_id, []))


def made(row: Mapping[str, Any], gaps: bool) -> documents.book.Chapter:
    """One chapter with everything in it. Raises: ImageError naming unit and photo, unless gaps are left."""
    with translation.override("zh-hans"):
        return unit_chapter(versions([row["summary"]])[row["summary"]], row, gaps)


def versions(pks: list[int]) -> dict[int, Summary]:
    """The versions of summaries that an edition holds."""
    rows = Summary.objects.filter(pk__in=pks).select_related("assignment__unit")
    return {row.pk: row for row in rows.prefetch_related("figures__indicator", "assignment__photos")}


def book_as_ofd(out: BinaryIO, pdf: BinaryIO, office: str, made_at: datetime) -> None:
    """Write a bound book as OFD, page by page.

    Arguments: the open file to write; the PDF of the book; the office whose it is; when it was made.
    """
    documents.ofd.write(out, pdf, documents.ofd.Properties(author=office, day=timezone.localdate(made_at)))


def book_as_word(book: documents.book.Book) -> bytes:
    """The same outline as an editable Word file: each chapter on a new page."""
    pictures: dict[str, bytes | Path] = {}
    chapters = [each.whole() for each in book.chapters]
    for chapter in chapters:
        pictures |= chapter.files
    document = Document(
        title=f"{book.subtitle}\n{book.title}",
        subtitle=book.cover,
        body=book.foreword,
        annexes=tuple(Annex(each.title, each.blocks, bare=True, noted=False, marked=False) for each in chapters),
    )
    return documents.word.to_docx(document, {name: photo_bytes(each) for name, each in pictures.items()})


def date_text() -> str:
    """Today as an official document writes it."""
    return chinese_date(clock.today())
