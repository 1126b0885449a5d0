"""OFD out: pages of notices beside the PDF they are taken from, and bound books of 26 and 300 chapters.

The floor of a book is writing its PDF: all chapters set, then bound (``bench/book.py``). A page is timed without the
fonts, which are made once a face; those have rows of their own. Every run with a book is a process of its own.
"""

from __future__ import annotations

import io
import json
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf

import documents
from bench import book, frame

SIZES = (26, 300)
LONGEST = 5
LIMIT_PAGE_MS, LIMIT_SIZE, LIMIT_BOOK, LIMIT_MB = 30.0, 1.2, 1.0, 400.0
OWN = Path(__file__).resolve().parent.parent / "documents" / "reading" / "tests" / "notices"


def writing() -> tuple[list[frame.Row], list[str]]:
    """Measure everything. Returns: the rows, and what is over its limit, in words."""
    found = notices()
    with tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        for size in SIZES:
            found += bound(size, Path(top))
    return found, [said for row in found for said in over(row)]


def over(row: frame.Row) -> list[str]:
    """What of a row is over its limit."""
    limits = {"page": (row.p50, LIMIT_PAGE_MS), "size": (row.more.get("size_ratio"), LIMIT_SIZE)}
    limits |= {"time": (row.more.get("time_ratio"), LIMIT_BOOK), "memory": (row.more.get("ofd_mb_peak"), LIMIT_MB)}
    if not row.name.startswith("out: one page"):
        del limits["page"]
    return [f"{row.name} {row.size}: {name} {value}" for name, (value, most) in limits.items() if (value or 0) > most]


def notices() -> list[frame.Row]:
    """The longest notices of the tests: each page of theirs, each font, and the size beside that of the PDF."""
    texts = sorted((path.read_text(encoding="utf-8") for path in OWN.glob("*.txt")), key=len)[-LONGEST:]
    pages: list[float] = []
    fonts: list[float] = []
    sizes = []
    for text in texts:
        document = documents.reading.document_from_text(text, "document")
        pdf = documents.paper.to_pdf(document, substitute=True)
        taken, built = page_by_page(pdf)
        pages += taken
        fonts += built
        sizes.append(len(documents.ofd.from_pdf(pdf, document)) / len(pdf))
    return [
        frame.row("out: one page, fonts aside", f"{len(pages)} pages", pages, size_ratio=round(max(sizes), 3)),
        frame.row("out: one font", f"{len(fonts)} fonts", fonts),
    ]


def page_by_page(pdf: bytes) -> tuple[list[float], list[float]]:
    """Milliseconds of CPU for each page and each font of a PDF."""
    pages: list[float] = []
    package = documents.ofd.write_ofd.Package(io.BytesIO())
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        shared = documents.ofd.pages.shared_by(package, 1000)
        for number, sheet in enumerate(opened.pages, start=1):
            pages.append(cpu(partial(write_page, package, sheet, number, shared)))
        return pages, [cpu(face.build) for face in shared.faces.values() if face.places]


def write_page(package: Any, sheet: Any, number: int, shared: Any) -> None:
    """What is done for one page: read, written, packed."""
    package.put(f"{number}.xml", documents.ofd.pages.page_part(sheet, number, shared)[0])


def cpu(work: Any) -> float:
    """Milliseconds of CPU."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def bound(size: int, top: Path) -> list[frame.Row]:
    """A book: its PDF as the floor, then the OFD of it, from file to file."""
    frame.in_child(lambda: book.photos(size, top))
    pdf, ofd, shelf = top / "out.pdf", top / "out.ofd", top / f"shelf-{size}"
    made = book.runs(lambda note: book.note_bound(size, top, pdf, book.fresh(shelf), 0, note), 1, top)
    floor = book.row("floor: the PDF", size, made)
    note = top / "ofd.json"
    taken, peak = frame.in_child(partial(note_ofd, pdf, ofd, note))
    more = json.loads(note.read_text())
    assert more["pages"] == made[0]["pages"], "pages are missing"
    share = ofd.stat().st_size / pdf.stat().st_size
    ratios = {"time_ratio": round(taken / floor.p50, 3), "size_ratio": round(share, 3)}
    return [floor, frame.row("out: the OFD", size, [taken], floor, peak_mb=peak, ofd_mb_peak=peak, **more, **ratios)]


def note_ofd(pdf: Path, ofd: Path, note: Path) -> None:
    """Write the OFD of a bound book; leave a note of how many pages it has."""
    with ofd.open("wb") as out:
        documents.ofd.write(out, pdf)
    peak = frame.own_peak()
    with pikepdf.open(pdf) as opened:
        note.write_text(json.dumps({"pages": len(opened.pages), "writer_mb": peak}))
