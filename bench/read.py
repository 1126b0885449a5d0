"""Reading notices: each notice alone, one twenty times as long, and a Word and a PDF file on the way in.

The floor is one pass over the same text: folded and cut into lines, nothing understood. The five real notices lie
beside the project (../shared/notices) and are left out where they are not; the project's own are always there.
"""

from __future__ import annotations

import io
from pathlib import Path

import docx

import documents
from bench import frame

TOP = Path(__file__).resolve().parent.parent
OWN = TOP / "documents" / "reading" / "tests" / "notices"
REAL = TOP.parent / "shared" / "notices"
TIMES = 20
LONGER = 20


def main() -> None:
    """Run it and write ``bench/results/read.json``."""
    rows: list[frame.Row] = []
    files = [*sorted(REAL.glob("*.txt")), *sorted(OWN.glob("*.txt"))]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in files}
    for name, text in texts.items():
        rows += measured(name, text)
    longest = max(texts, key=lambda name: len(texts[name]))
    once = next(row for row in rows if row.name == longest)
    many = measured(f"{longest} × {LONGER}", lengthened(texts[longest]))
    rows += many
    rows += ways_in(texts[longest])
    growth = round(many[-1].p50 / once.p50, 1)
    frame.publish("read", rows, method=f"in process, {TIMES} runs", times_for_20_times_the_length=growth)


def measured(name: str, text: str) -> list[frame.Row]:
    """Time the floor and the reader on one text.

    Arguments: its name, and the text. Returns: the floor's row and the reader's.
    """
    floor = frame.row(
        f"floor: {name}", f"{len(text)} chars", frame.timed(lambda: documents.reading.lines_of(text), TIMES)
    )
    _, peak = frame.in_child(lambda: documents.reading.read(text))
    times = frame.timed(lambda: documents.reading.draft_json(documents.reading.read(text)), TIMES)
    return [floor, frame.row(name, f"{len(text)} chars", times, floor, peak_mb=peak)]


def lengthened(text: str) -> str:
    """Make a notice twenty times as long: everything after its head is said again and again."""
    head, _, rest = text.partition("：")
    return head + "：" + rest * LONGER


def ways_in(text: str) -> list[frame.Row]:
    """Time a Word file with the paragraphs of a text on its way in."""
    document, buffer = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(buffer)
    data = buffer.getvalue()
    plain = frame.row(
        "floor: .txt",
        f"{len(text)} chars",
        frame.timed(lambda: documents.sources.text_of("a.txt", text.encode()), TIMES),
    )
    word = frame.timed(lambda: documents.sources.text_of("a.docx", data), TIMES)
    return [plain, frame.row(".docx to text", f"{len(data)} bytes", word, plain)]
