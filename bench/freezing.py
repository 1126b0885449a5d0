"""The measured half of ``bench/edition.py``: each part in a process of its own, which prints a line of JSON."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django import db
from django.conf import settings
from django.utils import translation

import documents
from accounts.models import User
from activities.models import Assignment
from activities.states import AssignmentState, Kind
from bench import editioned, frame, read_back, typeset
from campaigns.models import Campaign
from documents.outline import Figure, Gallery, from_text
from reports.briefings import editions
from reports.briefings.book import book_of
from reports.briefings.composing import begin
from reports.briefings.content import content
from reports.briefings.moment import stood
from reports.models import Briefing, BriefingKind, BriefingState, Passage, Summary
from reports.tasks import rescue
from reports.tasks import set_accepted as set_accepted_task
from workflow import clock
from workflow.pulse import Pulse, silent

TIMES = 3


def main(work: str, size: int) -> None:
    """Do one part and print what it found."""
    with translation.override("zh-hans"):
        print(json.dumps(WORKS[work](size)))


def campaign() -> Campaign:
    """The one there is."""
    return Campaign.objects.select_related("host").get()


def staff() -> User:
    """Who presses."""
    return User.objects.get(username="staff")


def ms(deed: Callable[[], object]) -> float:
    """Milliseconds of a deed."""
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1000


def fill(_size: int) -> dict[str, Any]:
    """The summaries."""
    return {"units": editioned.fill(campaign())}


# --- in one piece ------------------------------------------------------------------------------------------


def content_now() -> dict[str, Any]:
    """What an edition would say, without freezing one."""
    with db.transaction.atomic():
        composition = begin(campaign(), BriefingKind.CONSOLIDATED, by=staff())
        found = content(composition, stood(campaign()))
        db.transaction.set_rollback(True)
    return found


def plain(_size: int) -> dict[str, Any]:
    """The book as one WeasyPrint document."""
    book, out = book_of(campaign(), content_now()), Path(os.environ["BENCH_FOLDER"]) / "plain.pdf"
    taken = ms(lambda: out.write_bytes(documents.book.set_whole(book, tags=False)))
    return {"ms": [taken], "peak": frame.own_peak(), **read_back.weighed(out)}


def typst(_size: int) -> dict[str, Any]:
    """The same as one document of Typst: compiled, one summary changed, compiled again."""
    book, folder = book_of(campaign(), content_now()), Path(os.environ["BENCH_FOLDER"]) / "typst"
    return typeset.measured(book, folder, TIMES)


# --- the edition -------------------------------------------------------------------------------------------


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """What the Procfile starts for books, alive and heard of."""
    found = re.search(r"^press: exec nice -n 15 celery (.*)$", (frame.TOP / "Procfile").read_text(), re.M)
    assert found, "the Procfile starts no press"
    words = shlex.split(found[1].replace("${JOB_WORKERS:-2}", "2"))
    with (Path(os.environ["BENCH_FOLDER"]) / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", *words], cwd=frame.TOP, stdout=log, stderr=log, start_new_session=True
        )
        Pulse.objects.all().delete()
        until(lambda: "books" not in silent(["books"]))
        rescue.delay()
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(done: Callable[[], bool]) -> None:
    """Look again and again."""
    while not done():
        time.sleep(0.005)


def edition(_size: int) -> dict[str, Any]:
    """Everything set by a living worker; then, three times, one summary changed and freeze pressed."""
    with worker() as process:
        warm()
        first = frozen()
        read_back.check(Path(first.pop("path")), numbers())
        children = frame.descendants(process.pid)
        for pid in children:
            frame.forget_peak(pid)
        changed = []
        for turn in range(1, TIMES + 1):
            change(turn)
            changed.append(frozen())
        peak = max(frame.peak_of(pid) for pid in children)
    last = Path(changed[-1]["path"])
    read_back.check(last, numbers())
    return {
        "first": first, "changed": changed, "peak": peak, **read_back.weighed(last),
        "press": round(frame.percentile([each["press"] for each in changed], 0.5)),
    }  # fmt: skip


def numbers() -> int:
    """How many units have a chapter."""
    return Assignment.objects.filter(kind=Kind.SUMMARY, state=AssignmentState.ACCEPTED).count()


def warm() -> None:
    """A worker that lives has set something before: a bulletin has no book."""
    found = editions.build(campaign(), by=staff(), kind=BriefingKind.BULLETIN)
    until(lambda: not Briefing.objects.get(pk=found.pk).at_work)


def frozen() -> dict[str, Any]:
    """Press, and wait. Returns: milliseconds until the press returned, the book is stored, everything is."""
    start = time.perf_counter()
    row = editions.build(campaign(), by=staff())
    press = time.perf_counter() - start
    until(lambda: Briefing.objects.filter(pk=row.pk).exclude(sha256="").exists() or failed(row))
    book = time.perf_counter() - start
    until(lambda: not Briefing.objects.get(pk=row.pk).at_work)
    whole = time.perf_counter() - start
    row.refresh_from_db()
    if row.state != BriefingState.READY:
        raise RuntimeError(row.reason)
    return {"press": press * 1000, "book": book * 1000, "all": whole * 1000, "path": row.file.path}


def failed(row: Briefing) -> bool:
    """Whether it never will be."""
    return Briefing.objects.filter(pk=row.pk, state=BriefingState.FAILED).exists()


def change(turn: int) -> None:
    """The unit in the middle files its summary anew, the office accepts it, and its chapter is set before the press."""
    rows = Assignment.objects.filter(kind=Kind.SUMMARY, state=AssignmentState.ACCEPTED).order_by("unit__order")
    row = rows.select_related("unit", "campaign")[rows.count() // 2]
    before = Summary.objects.filter(assignment=row).latest("version")
    added = Passage("more", "补充说明", f"第{turn}次修改：增加走访企业{turn}家。")
    found = Summary(assignment=row, version=before.version + 1, submitted_at=clock.now())
    found.write([*before.passages, added])
    found.save()
    editioned.figures(row.campaign, [found])
    row.move(AssignmentState.RETURNED, by=staff(), note="请补充")
    row.move(AssignmentState.SUBMITTED, by=None)
    row.accept(by=staff())
    kept = len(shelf())
    set_accepted_task.delay()
    until(lambda: len(shelf()) > kept)


def shelf() -> list[Path]:
    """What is set and kept."""
    return [path for path in settings.CHAPTERS_DIR.glob("*.part") if path.stem.isalnum()]


# --- the long book -----------------------------------------------------------------------------------------


def chapter(number: int, folder: Path) -> documents.book.Chapter:
    """A chapter without a database."""
    text = "\n".join(f"{each.heading}\n{each.text}" for each in editioned.passages(number))
    names = [f"{number}-{place}.jpg" for place in (1, 2)]
    rows = Gallery(tuple(Figure(name, "活动现场", 0.6) for name in names))
    return documents.book.Chapter(
        f"unit-{number}", f"示范省第{number:04}单位", (*from_text(text), rows), {name: folder / name for name in names}
    )


def long_book(size: int) -> documents.book.Book:
    """So many chapters, each made when it has to be set."""
    folder = Path(os.environ["BENCH_FOLDER"])
    chapters = (
        documents.book.Chapter(
            f"unit-{number}", f"示范省第{number:04}单位", stamp=str(number), make=partial(chapter, number, folder)
        )
        for number in range(1, size + 1)
    )
    return documents.book.Book("情况汇编", "2015年示范省“质量月”活动", chapters=tuple(chapters))


def set_long(size: int) -> dict[str, Any]:
    """Its photographs and chapters, by two processes."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    folder, pictures = Path(os.environ["BENCH_FOLDER"]), editioned.drawn()
    for number in range(1, size + 1):
        for place in (1, 2):
            (folder / f"{number}-{place}.jpg").write_bytes(next(pictures))
    with ProcessPoolExecutor(2) as pool:
        jobs = documents.book.chapter_jobs(long_book(size), folder / "shelf")
        found = list(pool.map(documents.book.set_chapter, jobs, chunksize=20))
    assert all(each.path for each in found), next(each.reason for each in found if not each.path)
    return {"set": len(found)}


def bind_long(size: int) -> dict[str, Any]:
    """Bound from the shelf into a file."""
    folder = Path(os.environ["BENCH_FOLDER"])
    out, shelf_ = folder / "long.pdf", folder / "shelf"

    def bind() -> None:
        with out.open("wb", buffering=1 << 20) as file:
            documents.book.bind_into(file, long_book(size), cache_dir=shelf_)
            file.flush()
            os.fsync(file.fileno())

    times = [ms(bind) for _ in range(TIMES)]
    peak = frame.own_peak()
    read_back.check(out, size)
    return {"ms": times, "peak": peak, **read_back.weighed(out)}


WORKS: dict[str, Callable[[int], dict[str, Any]]] = {
    "fill": fill, "plain": plain, "typst": typst, "edition": edition, "set": set_long, "bind": bind_long,
}  # fmt: skip
