"""Scans: notices set by us, turned into pictures of 200 dpi (askew up to 2°, noise, JPEG 70, uneven light, a seal).

What is read of the same pages as PDF with text is what is to be read. Needs the optional part (requirements-scans.txt).
``PAPERS`` and ``PAGES`` in the environment take fewer papers, and the first pages of each alone: a page takes seconds.
"""

from __future__ import annotations

import io
import os
import re
import resource
import sys
import time
import unicodedata
from importlib import import_module
from pathlib import Path
from typing import Any

import pypdfium2
from rapidfuzz.distance import Levenshtein

import documents
from bench import frame

TOP = Path(__file__).resolve().parent.parent
OWN = TOP / "documents" / "reading" / "tests" / "notices"
REAL = TOP.parent / "shared" / "notices"
COMPOSED = ("division-2025", "letter-2024", "county-table-2019", "joint-notice-2025", "province-2023", "plan-2024")
LIMITS = {"character error": 0.01, "CPU a page: s": 6.0, "peak MB": 1024.0}
LEAST = 0.97


def main() -> None:
    """Run it and write ``bench/results/scan.json``; says how to add the part where it is missing."""
    if not import_module("documents.sources.scan.process").is_installed():
        sys.exit("pip install -r requirements-scans.txt")
    most = int(os.environ.get("PAGES", "99"))
    files = [*(OWN / f"{name}.txt" for name in COMPOSED), *sorted(REAL.glob("*.txt"))][
        : int(os.environ.get("PAPERS", "99"))
    ]
    recogniser = import_module("documents.sources.scan.recognised").Recogniser()
    rows, sums = [], dict.fromkeys(("pages", "cpu", "wrong", "characters", "known", "found", "false"), 0.0)
    for path in files:
        one = measured(path, most, recogniser)
        for key, value in one.items():
            sums[key] += value
        print(path.stem, {key: round(value, 2) for key, value in one.items()}, flush=True)
        more: dict[str, Any] = dict(one)
        rows.append(frame.row(path.stem, f"{one['pages']:.0f} pages", [one["cpu"] / one["pages"] * 1000], **more))
    found = {
        "character error": round(sums["wrong"] / sums["characters"], 5),
        "CPU a page: s": round(sums["cpu"] / sums["pages"], 2),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    over = [f"{name}: {found[name]}, at most {most}" for name, most in LIMITS.items() if found[name] > most]
    recall = round(sums["found"] / max(1, sums["known"]), 4)
    over += [f"facts: {recall}, at least {LEAST}"] if recall < LEAST else []
    over += [f"false deadlines: {sums['false']:.0f}"] if sums["false"] else []
    frame.publish("scan", rows, **found, facts_of_text=recall, false_deadlines=sums["false"], over_the_limit=over)


def measured(path: Path, most: int, recogniser: Any) -> dict[str, float]:
    """One paper: its scan beside its text."""
    pictures = import_module("documents.sources.tests.scan_pictures")
    pdf = printed(path.read_text(encoding="utf-8").replace("\ufffd\ufffd", "○"), most)
    text = documents.sources.text_of("a.pdf", pdf).text
    pages = pictures.pages(pdf)
    pages[-1] = pictures.sealed(pages[-1], signature_at(pdf), "质量工作领导小组办公室")
    data = pictures.pdf_of([pictures.scanned(page, at) for at, page in enumerate(pages, len(path.stem))])
    reader = import_module("documents.sources.scan.reader").ScanReader(data, recogniser)
    start = time.process_time()
    count = sum(1 for _ in reader.read())
    read = reader.text()
    cpu = time.process_time() - start
    known, found = facts(text), facts(read)
    wrong = Levenshtein.distance(plain(text), plain(read))
    false = sum(each[0] == "deadline" for each in found - known)
    return {
        "pages": count, "cpu": cpu, "wrong": wrong, "characters": len(plain(text)), "known": len(known),
        "found": len(known & found), "false": false,
    }  # fmt: skip


def printed(text: str, most: int) -> bytes:
    """A notice as PDF, its first pages."""
    blocks = documents.reading.document_from_text(text, "document")
    pdf = documents.paper.to_pdf(blocks, substitute=True)
    document = pypdfium2.PdfDocument(pdf)
    if len(document) <= most:
        return pdf
    short, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    short.import_pages(document, list(range(most)))
    short.save(out)
    return out.getvalue()


def signature_at(pdf: bytes) -> tuple[int, int]:
    """Where the last line of the last page stands, over which the seal comes, in pixels of 200 dpi."""
    page = pypdfium2.PdfDocument(pdf)[-1]
    text = page.get_textpage()
    boxes = [text.get_rect(at) for at in range(text.count_rects())]
    left, bottom, right, _top = min(boxes, key=lambda box: box[1]) if boxes else (300, 300, 400, 320)
    scale = 200 / 72
    return round((left + right) / 2 * scale), round((page.get_height() - bottom) * scale) - 40


def plain(text: str) -> str:
    """Characters without their width and what stands between them."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def facts(text: str) -> set[tuple[str, ...]]:
    """Header, deadlines, units and tasks that are read of a text."""
    draft = documents.reading.draft_json(documents.reading.read(text))
    head = {(key, plain(str(draft[key]))) for key in ("title", "doc_number", "issuers", "issue_date") if draft.get(key)}
    due = {("deadline", str(each.get("resolved")), plain(each["text"])) for each in draft["deadlines"]}
    tasks = {("task", plain(each["title"])) for each in draft["tasks"]}
    units = {
        ("unit", plain(each["title"]), plain(name))
        for each in draft["activities"]
        for name in (*each["lead_units"], *each["assist_units"])
    }
    return head | due | tasks | units
