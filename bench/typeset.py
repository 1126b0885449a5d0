"""The book as one document of Typst (PyPI ``typst``): text, headings, tables, photographs two to a line, contents."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import typst

import documents
from bench import frame, read_back
from documents.outline import Block, Gallery, Heading, Paragraph, Table

HEAD = """\
#set document(title: "{title}")
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")
#set text(font: ("Zhuque Fangsong (technical preview)", "FandolFang R", "Noto Serif CJK SC"), size: 16pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), leading: 12pt, justify: true)
#set heading(outlined: true)
#outline()
"""


def measured(book: documents.book.Book, folder: Path, times: int) -> dict[str, Any]:
    """Compile it, then again after each change of the chapter in the middle."""
    folder.mkdir(parents=True, exist_ok=True)
    source, out = folder / "book.typ", folder / "book.pdf"
    chapters = [as_typst(each.whole(), folder) for each in book.chapters]
    head = HEAD.replace("{title}", book.title)
    source.write_text(head + "\n".join(chapters))
    begun = time.perf_counter()
    compiler = typst.Compiler(str(source), root=str(folder))
    out.write_bytes(as_bytes(compiler.compile()))
    cold, taken = (time.perf_counter() - begun) * 1000, []
    for turn in range(1, times + 1):
        middle = len(chapters) // 2
        changed = [*chapters[:middle], f"{chapters[middle]}\n\n第{turn}次修改。", *chapters[middle + 1 :]]
        source.write_text(head + "\n".join(changed))
        begun = time.perf_counter()
        out.write_bytes(as_bytes(compiler.compile(input=str(source))))
        taken.append((time.perf_counter() - begun) * 1000)
    return {"ms": taken, "cold": round(cold), "peak": frame.own_peak(), **read_back.weighed(out)}


def as_bytes(compiled: Any) -> bytes:
    """One PDF. Raises TypeError when it is anything else."""
    if not isinstance(compiled, bytes):
        raise TypeError(type(compiled))
    return compiled


def as_typst(chapter: documents.book.Chapter, folder: Path) -> str:
    """One chapter in Typst's language; its photographs are linked into the folder."""
    for name, file in chapter.files.items():
        place = folder / name
        if not place.exists() and isinstance(file, Path):
            place.symlink_to(file)
    return "\n\n".join([f"#pagebreak()\n= {plain(chapter.title)}", *map(of_block, chapter.blocks)])


def of_block(block: Block) -> str:
    """One block."""
    match block:
        case Heading():
            return f"{'=' * (block.level + 1)} {plain(block.number + block.text)}"
        case Paragraph():
            return plain(block.text)
        case Table():
            cells = ", ".join(f"[{plain(cell)}]" for row in (*block.head, *block.rows) for cell in row)
            return f"#table(columns: {len((*block.head, *block.rows)[0])}, {cells})"
        case Gallery():
            figures = ", ".join(
                f'figure(image("{each.name}", width: 76mm), caption: [{plain(each.caption)}])' for each in block.figures
            )
            return f"#grid(columns: 2, gutter: 4mm, {figures})"
    return ""


def plain(text: str) -> str:
    """Text without signs that mean something to Typst."""
    return re.sub(r"([\\#*_`$<>@~\[\]=+\-/])", r"\\\1", text)
