"""A book bound from kept chapters beside one plain WeasyPrint document of the same content: 26, 300, 1,000 chapters.

A chapter has three to four pages: text, a table, two photographs of its own. Every run is a process of its own,
imports included. Before a figure counts, the book is read back: the page number printed in the contents, the link
beside it and the bookmark must all name the page on which the chapter's title stands.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import random
import re
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image

import documents
from bench import frame
from documents.outline import Figure, Table, from_text

SIZES = (26, 300, 1000)
PROCESSES = 2
ROUNDS = {26: 3, 300: 1, 1000: 1}
TEXT = """\
根据2024年“质量月”活动统一部署，{name}围绕“以质取胜、共建共享”主题，制定方案、明确责任，扎实开展各项活动，现将情况报告如下。
一、组织领导
（一）健全机制。成立由主要负责同志任组长的活动领导小组，召开动员会{a}次，印发方案{b}份，确定联络员并建立每周调度制度。
（二）压实责任。将{c}项任务逐项分解到科室和企业，明确完成时限，实行台账管理、对账销号，确保件件有着落、事事有回音。
二、主要做法
1.广泛宣传发动。张贴海报{d}张，悬挂横幅{b}条，发放宣传资料{e}份，接待群众咨询{d}人次，营造人人关心质量的浓厚氛围。
2.开展质量提升。组织专家走进{c}家企业把脉问诊，提出整改建议{d}条，帮助企业解决计量、标准、检验检测方面的难题。
（1）开展首席质量官培训，培训{d}人；开展质量管理小组活动，形成成果{c}项，其中{a}项获得上级表彰。
（2）开展实验室开放日活动，邀请学生、社区居民代表{d}名走进检测一线，了解产品质量安全知识。
三、存在问题
部分企业质量主体责任意识还不够强，基层质量技术服务力量仍较薄弱，宣传形式的创新性和针对性有待进一步提高。
四、下一步打算
持续巩固活动成果，健全长效机制，把质量强企、质量强链工作抓实抓细，为高质量发展提供有力支撑。
"""


def main() -> None:
    """Run it and write ``bench/results/book.json``."""
    rows: list[frame.Row] = []
    with tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        for size in SIZES:
            rows += measured(size, Path(top))
    method = f"plain: one WeasyPrint document; bound: {PROCESSES} processes set, one binds; imports counted"
    frame.publish("book", rows, method=method, checked="contents, links and bookmarks name the real pages")


def measured(size: int, top: Path) -> list[frame.Row]:
    """Measure one size: plain, bound from nothing, bound again with one chapter changed."""
    frame.in_child(lambda: photos(size, top))  # so that no run inherits memory from here
    shelf, out = top / f"shelf-{size}", top / "out.pdf"
    plain = runs(lambda note: note_plain(size, top, out, note), ROUNDS[size], top)
    floor = row("plain", size, plain)
    full = runs(lambda note: note_bound(size, top, out, fresh(shelf), 0, note), ROUNDS[size], top)
    frame.in_child(lambda: check(out, size))
    changes = [
        runs(lambda note, turn=turn: note_bound(size, top, out, shelf, turn, note), 1, top)[0]  # type: ignore[misc]
        for turn in range(1, 4)
    ]
    frame.in_child(lambda: check(out, size))
    same = [run["mb"] for run in full]
    again = runs(lambda note: note_bound(size, top, out, shelf, 0, note), 1, top)
    assert [run["digest"] for run in again] == [full[0]["digest"]], "the same book gave other bytes"
    return [
        floor,
        row("bound, all", size, full, floor, size_ratio=round(same[0] / plain[0]["mb"], 3)),
        row("bound, one changed", size, changes, floor),
    ]


def row(name: str, size: int, found: list[dict[str, Any]], floor: frame.Row | None = None, **more: Any) -> frame.Row:
    """Make a row of runs, with the size of the file and the memory of the workers beside that of the binder."""
    workers = max((peak for run in found for peak in run.get("workers", [])), default=None)
    if workers:
        more["worker_mb"] = workers
    if floor:
        more["time_ratio"] = round(frame.percentile([r["ms"] for r in found], 0.5) / floor.p50, 4)
        more["memory_ratio"] = round(max(r["peak"] for r in found) / (floor.peak_mb or 1), 3)
    peak = max(run["peak"] for run in found)
    pages = found[0]["pages"]
    times = [run["ms"] for run in found]
    return frame.row(name, size, times, floor, peak_mb=peak, pages=pages, file_mb=found[0]["mb"], **more)


def runs(work: Callable[[Path], None], times: int, top: Path) -> list[dict[str, Any]]:
    """Do the work in processes of its own; each leaves a note of what it saw."""
    found = []
    for _ in range(times):
        note = top / "note.json"
        taken, _peak = frame.in_child(partial(work, note))
        found.append({"ms": taken, **json.loads(note.read_text())})
    return found


def note_plain(size: int, top: Path, out: Path, note: Path) -> None:
    """Set the book as one document."""
    logged = listen()
    out.write_bytes(documents.book.set_whole(book(size, top), tags=False))
    finish(out, note, logged)


def note_bound(size: int, top: Path, out: Path, shelf: Path, changed: int, note: Path) -> None:
    """Bind the book; changed: how often its middle chapter was edited."""
    logged = listen()
    with ProcessPoolExecutor(PROCESSES) as pool, out.open("wb") as target:
        documents.book.bind_into(
            target,
            book(size, top, changed),
            cache_dir=shelf,
            setter=lambda do, jobs: pool.map(do, jobs, chunksize=2),
        )
        workers = list(pool.map(worker_peak, range(PROCESSES * 4))) if not changed else []
    finish(out, note, logged, workers=sorted({*workers}))


def worker_peak(_: int) -> float:
    """The peak memory of a worker."""
    return frame.own_peak()


def finish(out: Path, note: Path, logged: list[str], **more: Any) -> None:
    """Write down what was made; stop when WeasyPrint complained."""
    import pikepdf  # noqa: PLC0415

    peak = frame.own_peak()
    assert not logged, logged
    with pikepdf.open(out) as pdf:
        pages = len(pdf.pages)
    with out.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    found = {
        "peak": peak,
        "pages": pages,
        "mb": round(out.stat().st_size / 2**20, 1),
        "digest": digest,
        **more,
    }
    note.write_text(json.dumps(found))


def listen() -> list[str]:
    """Collect what WeasyPrint logs as a warning or an error."""
    logged: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logged.append(record.getMessage())

    logging.getLogger("weasyprint").addHandler(Ear(logging.WARNING))
    return logged


def book(size: int, top: Path, changed: int = 0) -> documents.book.Book:
    """Make the book; changed: how often its middle chapter was edited."""
    chapters = [chapter(number, top) for number in range(1, size + 1)]
    if changed:
        middle = chapters[size // 2]
        edited = from_text(f"补充说明：第{changed}次修改。")
        chapters[size // 2] = replace(middle, blocks=(*edited, *middle.blocks))
    office = "临江市质量强市工作领导小组办公室"
    foreword = from_text("为展示活动成果、交流活动经验，现将各单位总结汇编成册。")
    return documents.book.Book(
        "临江市2024年“质量月”活动总结汇编",
        cover=(office, "2024年10月"),
        foreword=foreword,
        chapters=tuple(chapters),
    )


def chapter(number: int, top: Path) -> documents.book.Chapter:
    """Make a chapter of three to four pages."""
    chance = random.Random(number)
    values = {key: chance.randrange(2, 900) for key in "abcde"}
    text = from_text(TEXT.format(name=title(number), **values))
    rows = tuple((f"活动{n}", "开展质量宣传咨询", "9月30日前", f"{chance.randrange(1, 300)}") for n in range(1, 13))
    table = Table(head=(("序号", "内容", "完成时限", "参加人数"),), rows=rows, caption="表1 活动开展情况")
    files = {name: top / f"{number}-{name}" for name in ("a.jpg", "b.jpg")}
    figures = (Figure("a.jpg", "图1 活动现场"), Figure("b.jpg", "图2 专家走进企业", width=0.8))
    return documents.book.Chapter(f"unit-{number}", f"{title(number)}质量月活动总结", (*text, table, *figures), files)


def title(number: int) -> str:
    """Name a unit."""
    return f"临江市第{number}成员单位"


def photos(size: int, top: Path) -> None:
    """Draw two photographs for every chapter, as they come from an upload: 1,200 × 800 pixels, about 100 KB."""
    chance = random.Random(2024)
    ground = Image.frombytes("RGB", (500, 400), chance.randbytes(600_000)).resize(
        (3000, 2400), Image.Resampling.BICUBIC
    )
    for number in range(1, size + 1):
        for name in ("a.jpg", "b.jpg"):
            path = top / f"{number}-{name}"
            if not path.exists():
                left, upper = chance.randrange(1800), chance.randrange(1600)
                out = io.BytesIO()
                ground.crop((left, upper, left + 1200, upper + 800)).save(out, "JPEG", quality=75)
                path.write_bytes(out.getvalue())


def fresh(shelf: Path) -> Path:
    """Empty the shelf."""
    for kept in shelf.glob("*") if shelf.exists() else ():
        kept.unlink()
    return shelf


def check(out: Path, size: int) -> None:
    """Read the book back. Raises AssertionError when a number, a link or a bookmark names another page."""
    import pdfplumber  # noqa: PLC0415
    import pikepdf  # noqa: PLC0415
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(str(out))
    texts = [re.sub(r"\s+", "", sheet.get_textpage().get_text_range()) for sheet in document]
    firsts: dict[int, int] = {}
    for index, text in enumerate(texts):
        found = re.match(r"临江市第(\d+)成员单位质量月活动总结(?!·)(?=.{20})", text)
        if found and not text.startswith("目"):
            firsts[int(found.group(1))] = index + 1
    document.close()
    assert len(firsts) == size, f"{len(firsts)} chapters found of {size}"
    printed: dict[int, int] = {}
    with pdfplumber.open(out) as pdf:
        for sheet in pdf.pages[2 : min(firsts.values()) - 1]:
            for number, first in re.findall(r"第(\d+)成员单位质量月活动总结 ?·+ ?(\d+)", sheet.extract_text()):
                printed[int(number)] = int(first)
            sheet.close()
    assert printed == firsts, "the contents name other pages"
    with pikepdf.open(out) as pdf:
        numbers = {sheet.obj.objgen: index for index, sheet in enumerate(pdf.pages, start=1)}
        with pdf.open_outline() as outline:
            places: list[Any] = [item.destination for item in outline.root if "成员单位" in item.title]
            marked = [numbers[place[0].objgen] for place in places]
        linked = [numbers[link.Dest[0].objgen] for sheet in pdf.pages for link in sheet.obj.get("/Annots", [])]
    assert marked == linked == [firsts[number] for number in range(1, size + 1)]
