"""Official documents: read one, set one, bind a book of them. No models; knows no other room.

The ground is imported as usual; the rooms are loaded with the first document that needs them (PEP 562), since what
they lean on (WeasyPrint, pikepdf, python-docx, lxml, fontTools, Pillow) is half the memory of a web process. Other
rooms therefore write `import documents` and call documents.paper.to_pdf(...); an import of a room is refused by
`make lint`. A web process calls work_elsewhere() once: then all of this happens in a child of it (elsewhere.py), and
the callers do not notice. Pictures and files of strangers are opened in a child with little memory by every process.

The ground:

    documents.outline     Document, Masthead, Imprint, Annex, Attendance, HouseStyle;
                          blocks Heading, Paragraph, ListBlock, Table, Span, Figure, Gallery;
                          from_text(text) -> tuple[Block, ...]; to_text(blocks) -> str
    documents.numbering   recognise(line) -> Numbering(level, number, text) | None
                          join(number, text) -> str; ordinal(number) -> int
    documents.text        clean(text) -> str; bare(name) -> str; chinese_date(day) -> str;
                          pieces(text, separators) -> (start, end) outside brackets
    documents.file_beginnings
                          BEGINS; begins_as(head, *kinds) -> bool; is_film(head) -> bool
                          is_what_it_says(file, name, kinds) -> bool; word_part(zip) -> str
    documents.pixels      fitted(image, box) -> image   loaded, upright, no larger than the box, if it does not cost too
                          much; plain(image, profile) -> image   sRGB, white paper; imported by who needs Pillow
    documents.errors      DocumentError (a ValueError) and its kinds: each names the place in the words of the user
    documents.refusal     Refused: a DocumentError, the reason why a file is not read
    documents.answers     Source, Missing, Printable, Judged: what the rooms answer
    documents.archives    opened(file) -> ZipFile without bombs; part(zip, name) -> bytes

The rooms:

    documents.sources     text_of(name, data) -> Source; pasted(text) -> Source
                          read_docx(data) -> (blocks, {name: picture})
    documents.reading     read(text, *, known_units=(), is_working_day=…, fields=()) -> NoticeDraft; draft_json(draft)
                          document_from_text(text, form) -> Document; document_from_blocks(blocks, form) -> Document
                          find_dates(flow, calendar) -> [DateFound]
                          read_days_off(text, year) -> DaysOff   the State Council's arrangement of a year
    documents.layout      missing_glyphs(document) -> tuple[Missing, ...]   ask when text is submitted
                          missing_in_blocks(blocks, where="") -> tuple[Missing, ...]
                          prepare(name, data) -> Printable; prepare_images(document, files)
    documents.pictures    clean_jpeg(file, pixels) -> bytes; thumbnail(file, pixels) -> bytes | None
                          check(file, readable=True)   raises ImageError: damaged, or more than can be opened
                          page_sizes(pdf, scale); page_picture(pdf, number, scale) -> bytes
    documents.safety      judged(name, file) -> Judged   may a file be handed on? as it came, cleaned, or Refused
    documents.sheets      tables_of(data) -> [HandedSheet]   the cells of a workbook, or of the tables of a Word file;
                          table_of_text(text)   the same of a pasted table
    documents.paper       to_html(document) -> str
                          to_pdf(document, files={}, *, variant=None, tags=False, substitute=False) -> bytes
                          variant "pdf/a-2u" or "pdf/ua-1": what can be read off such a file is tested, which is no
                          certificate; veraPDF is asked by the tests where it is installed
                          imprint_stands_apart(document, files={}) -> bool   for to_docx, by the style of the house
    documents.word        to_docx(document, files={}, *, seals=False, imprint_apart=False) -> bytes
    documents.ofd         from_pdf(pdf, document=None, attachments=None) -> bytes   the pages of a PDF of ours as OFD
                          write(out, pdf, Properties(...))   the same for books, file to file
                          sign(ofd, service, page=…, place=…, moment=…) -> bytes   where a SigningService is there
    documents.book        Book(title, subtitle, cover, foreword, chapters, annexes, language, files)
                          Chapter(key, title, blocks, files, stamp="", make=None)   made only when it has to be set
                          bind(book, *, cache_dir=None, progress=None, setter=map, gaps=False) -> bytes
                          bind_into(file, book, ...) -> Bound(pages, first_pages, failures, missing)
                          chapter_jobs(book, cache_dir) -> list[Job]; set_chapter(job) -> Outcome
                          forget(cache_dir, unused_seconds) -> int   what a nightly task may call
                          set_whole(book, tags=True, variant=None) -> bytes   a tagged book or PDF/A, up to some 300

Tables: Table(head=(("单位", "件数"),), rows=(("市教育局", "3"),), caption="表1 …"): head is a tuple of rows.
Figures: Figure(name="a.jpg", caption="…") with files={"a.jpg": bytes}; nothing else is ever fetched. The files of a
chapter may be paths, read when the chapter is set.
bind(): progress(done, total) is called after each chapter; setter(function, jobs) -> results in order: the builtin
map, or the map of a process pool, sets the chapters that the cache does not hold. A queue may set them beforehand:
chapter_jobs() gives picklable jobs, set_chapter() leaves each in cache_dir, bind() finds them there. A chapter that
cannot be set raises ChapterFailed naming it, or with gaps=True leaves a marked page.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .elsewhere import ROOMS, Desk, Room

if TYPE_CHECKING:
    from . import book as book
    from . import layout as layout
    from . import ofd as ofd
    from . import paper as paper
    from . import pictures as pictures
    from . import reading as reading
    from . import safety as safety
    from . import sheets as sheets
    from . import sources as sources
    from . import word as word

_desk: Desk | None = None


def work_elsewhere() -> None:
    """Let this process call the rooms in a child from now on (see elsewhere.py); reading alone stays in it."""
    global _desk
    _desk = Desk()


def __getattr__(name: str) -> Any:
    """Load a room when it is first asked for. Raises AttributeError for any other name."""
    if name in ROOMS and _desk is not None:
        return Room(name, _desk)
    if name in ROOMS or name in ("pictures", "reading", "safety", "sheets"):
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
