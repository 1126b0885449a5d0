"""Bind a book: cover, foreword, contents with true page numbers, chapters, annexes, in the memory of one chapter.

Every part is set alone and kept (chapter_setting); here the parts are only copied one after the other, each page
gets its number, the fonts are built once for all, contents and bookmarks point to the pages as they turned out.
"""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from documents.counts import so_many
from documents.errors import DocumentError, ImageError
from documents.layout.document_view import labelled
from documents.layout.first_page_head import WIDTH
from documents.layout.glyph_check import replace_missing
from documents.layout.title_shape import balance
from documents.messages import gettext as _
from documents.text import clean

from .book import Book, Chapter
from .book_pdf import BookFile, Section
from .chapter_fragments import is_whole
from .chapter_setting import Job, Outcome, gap, set_chapter

Setter: TypeAlias = Callable[[Callable[[Job], Outcome], Sequence[Job]], Iterable[Outcome]]
Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A chapter that could not be set, and why."""

    key: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Bound:
    """What came of binding: pages in all, the first page of each chapter and annex, gaps, characters replaced by 〓."""

    pages: int
    first_pages: dict[str, int]
    failures: tuple[Failure, ...] = ()
    missing: tuple[str, ...] = ()


class ChapterFailed(DocumentError):
    """Chapters could not be set; failures names each."""

    def __init__(self, failures: tuple[Failure, ...]) -> None:
        self.failures = failures
        named = "; ".join(f"“{failure.title}”: {failure.reason}" for failure in failures[:5])
        message = so_many(
            "%(n)s chapter could not be set: %(named)s",
            "%(n)s chapters could not be set: %(named)s",
            len(failures),
            named=named,
        )
        super().__init__(message)


def bind(
    book: Book,
    *,
    cache_dir: Path | None = None,
    progress: Progress | None = None,
    setter: Setter = map,
    gaps: bool = False,
) -> bytes:
    """Bind a book and return it as PDF; the same book gives the same bytes.

    cache_dir: where set chapters are kept between runs (None: nowhere); progress: called with (done, total) once for
    those that are kept and after each that is set; setter: like map(function, jobs), to set chapters in a process
    pool; gaps: a chapter that cannot be set becomes a marked page instead of ChapterFailed.
    """
    out = io.BytesIO()
    bind_into(out, book, cache_dir=cache_dir, progress=progress, setter=setter, gaps=gaps)
    return out.getvalue()


def bind_into(
    out: BinaryIO,
    book: Book,
    *,
    cache_dir: Path | None = None,
    progress: Progress | None = None,
    setter: Setter = map,
    gaps: bool = False,
) -> Bound:
    """Bind a book into an open file, for books that should not stand in memory; arguments as bind()."""
    with _shelf(cache_dir) as shelf:
        jobs = [*_chapter_jobs(book, shelf), *_annex_jobs(book, shelf)]
        outcomes = _set_all(jobs, setter, progress)
        failures = tuple(
            Failure(job.part.key, job.part.title, outcome.reason)
            for job, outcome in zip(jobs, outcomes, strict=True)
            if outcome.path is None
        )
        if failures and not gaps:
            raise ChapterFailed(failures)
        sections = [_section(job, outcome) for job, outcome in zip(jobs, outcomes, strict=True)]
        return _join(out, book, shelf, sections, failures)


def forget(cache_dir: Path, unused_seconds: float) -> int:
    """Remove the kept chapters that no book has used for so many seconds; returns how many."""
    oldest = time.time() - unused_seconds
    stale = [path for path in cache_dir.glob("*.part") if path.stat().st_mtime < oldest]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def chapter_jobs(book: Book, cache_dir: Path) -> list[Job]:
    """Return the jobs of a book, for a queue that sets them beforehand with set_chapter."""
    return [*_chapter_jobs(book, cache_dir), *_annex_jobs(book, cache_dir)]


def _chapter_jobs(book: Book, shelf: Path) -> Iterator[Job]:
    return (Job(chapter, shelf, book.language) for chapter in book.chapters)


def _annex_jobs(book: Book, shelf: Path) -> Iterator[Job]:
    return (Job(annex, shelf, book.language, label) for label, annex in labelled(book.annexes))


def _set_all(jobs: list[Job], setter: Setter, progress: Progress | None) -> list[Outcome]:
    """Set what is not kept yet, in any order the setter likes to work, and count."""
    total = len(jobs)
    found: dict[int, Outcome] = {}
    for index, job in enumerate(jobs):
        outcome = _kept(job)
        if outcome:
            found[index] = outcome
    waiting = [index for index in range(total) if index not in found]
    done = len(found)
    if progress and found:
        progress(done, total)
    for index, outcome in zip(waiting, setter(set_chapter, [jobs[index] for index in waiting]), strict=True):
        found[index] = outcome
        done += 1
        if progress:
            progress(done, total)
    return [found[index] for index in range(total)]


def _kept(job: Job) -> Outcome | None:
    """Return the outcome of a part that is on the shelf already; a damaged one is thrown away and set again."""
    try:
        path = job.path
    except ImageError:
        return None  # setting it will say so
    try:
        if is_whole(path):
            os.utime(path)  # still in use: forget() leaves it
            return Outcome(job.part.key, path)
        path.unlink(missing_ok=True)
    except FileNotFoundError:
        pass
    return None


def _section(job: Job, outcome: Outcome) -> Section:
    if outcome.path is None:
        outcome = _must(set_chapter(gap(job, outcome.reason)))
    assert outcome.path is not None
    title = " ".join(clean(f"{job.label}　{job.part.title}" if job.label else job.part.title).split("\n"))
    return Section(job.part.key, title, outcome.path)


def _must(outcome: Outcome) -> Outcome:
    if outcome.path is None:
        named = {"part": outcome.key, "reason": outcome.reason}
        raise DocumentError(_("“%(part)s” could not be set: %(reason)s") % named)
    return outcome


def _join(out: BinaryIO, book: Book, shelf: Path, sections: list[Section], failures: tuple[Failure, ...]) -> Bound:
    front = [_cover(book, shelf)]
    if book.foreword:
        front.append(_front(Job(Chapter("foreword", "前　言", book.foreword, book.files), shelf, book.language)))
    contents = _contents(book, shelf, [section.title for section in sections]) if sections else None
    with BookFile(out, front, contents, sections, shelf) as target:
        target.write(" ".join(clean(book.title).split()), book.language)
        firsts = dict(zip((section.key for section in sections), target.first_pages(), strict=True))
        return Bound(target.pages, firsts, failures, tuple(target.missing))


def _front(job: Job) -> Section:
    path = _must(_kept(job) or set_chapter(job)).path
    assert path is not None
    return Section(job.part.key, job.part.title, path)


def _cover(book: Book, shelf: Path) -> Section:
    title, subtitle = replace_missing(clean(book.title)), replace_missing(clean(book.subtitle))
    extra: dict[str, Any] = {
        "headline": " ".join(title.split()),
        "covertitle": balance(title, 34, WIDTH),
        "subtitle": balance(subtitle, 22, WIDTH),
        "lines": tuple(replace_missing(clean(line)) for line in book.cover),
    }
    return _front(Job(Chapter("cover", ""), shelf, book.language, "", "documents/cover.html", tuple(extra.items())))


def _contents(book: Book, shelf: Path, titles: list[str]) -> Section:
    extra = (("headline", "目　录"), ("entries", tuple(map(replace_missing, titles))))
    return _front(Job(Chapter("contents", "目　录"), shelf, book.language, "", "documents/contents.html", extra))


@contextmanager
def _shelf(cache_dir: Path | None) -> Iterator[Path]:
    if cache_dir is not None:
        cache_dir.mkdir(parents=True, exist_ok=True)
        yield cache_dir
        return
    with tempfile.TemporaryDirectory(prefix="book-") as folder:
        yield Path(folder)
