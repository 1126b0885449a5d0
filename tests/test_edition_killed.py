"""A worker killed at five moments while an edition is set: exactly one edition, complete, told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pypdfium2
import pytest
from django.db import connection, transaction

from reports.briefings import editions
from reports.models import Briefing, BriefingState
from reports.models.briefing import CHECKSUMS
from reports.tasks import rescue
from tests import september
from tests.september import person
from tests.worker import Worker
from workflow import jobs, queue
from workflow.models import Delivery, Notification
from workflow.tasks import deliver

pytestmark = pytest.mark.worker
UNITS = 6
CHAPTERS = UNITS + 3  # the statistics before the units; behind them the list of the missing, and the sources
QUEUED, RUNNING, READY = BriefingState.QUEUED, BriefingState.RUNNING, BriefingState.READY


@contextmanager
def held(edition: Briefing, worker: Worker, kill: Callable[[], None]) -> Iterator[None]:
    """Hold the row until the worker stands still before the next thing it writes of it; kill it there."""
    with transaction.atomic():
        Briefing.objects.select_for_update().get(pk=edition.pk)
        yield
        assert worker.wait(somebody_waits)
        kill()


def somebody_waits() -> bool:
    """Whether a connection waits for what another one holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def named(edition: Briefing, file: str) -> Callable[[], bool]:
    """Whether the edition names one of its files."""
    return lambda: Briefing.objects.filter(pk=edition.pk).exclude(**{CHECKSUMS[file]: ""}).exists()


def at(edition: Briefing, chapters: int) -> Callable[[], bool]:
    """Whether so many chapters are set."""
    return lambda: Briefing.objects.filter(pk=edition.pk, state=RUNNING, done__gte=chapters).exists()


def test_a_worker_killed_at_five_moments_leaves_one_edition_complete(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    demonstration = september.issued()
    september.short_summaries(demonstration, UNITS, f"第{uuid4().hex[:8]}号总结")
    campaign = demonstration.campaign
    worker.rest()
    with monkeypatch.context() as quiet:
        quiet.setattr(Briefing, "hint", lambda _row: None)
        edition = editions.build(campaign, by=person("staff"))

    # 1. it is about to take the edition: the whole worker dies
    with held(edition, worker, worker.kill):
        queue.ask(Briefing.TASK, edition.pk)
    worker.start()
    state(edition, QUEUED)
    rescue()
    state(edition, QUEUED)  # the silence has only begun
    monkeypatch.setattr(jobs, "SILENT", timedelta(0))
    monkeypatch.setattr(jobs, "UNHEARD", timedelta(0))

    # 2. some chapters are set: from here on the processes that do the work die, and what beat does follows
    rescue()
    assert worker.wait(at(edition, 2))
    with held(edition, worker, worker.lose_children):
        pass
    state(edition, RUNNING)
    assert (2 <= edition.done < CHAPTERS, edition.total) == (True, CHAPTERS)

    # 3. all are set, the book is being bound
    rescue()
    assert worker.wait(at(edition, CHAPTERS))
    worker.lose_children()
    state(edition, RUNNING)

    # 4. the book is stored, the paper is being set
    rescue()
    assert worker.wait(named(edition, "file"))
    worker.lose_children()
    state(edition, RUNNING)
    book = edition.file.name

    # 5. the last file is stored, and it is about to say so
    rescue()
    assert worker.wait(named(edition, "paper_word"))
    with held(edition, worker, worker.lose_children):
        pass
    state(edition, RUNNING)

    rescue()
    assert worker.wait(lambda: not Briefing.objects.get(pk=edition.pk).at_work)
    state(edition, READY)
    is_complete(edition)
    assert edition.file.name == book, "what was stored was not made again"
    nobody_is_told_twice(edition, worker)
    moves = [line.to_state for line in edition.history()]
    assert moves == [*["running", "queued"] * 4, "running", "ready", "circulated"]


def state(edition: Briefing, wanted: str) -> None:
    """How the edition stands."""
    edition.refresh_from_db()
    assert edition.state == wanted


def is_complete(edition: Briefing) -> None:
    """One edition; each of its files as its checksum says; every chapter in the book, once."""
    assert (list(Briefing.objects.all()), edition.reason) == ([edition], "")
    for name, checksum in CHECKSUMS.items():
        assert sha256(getattr(edition, name).read()).hexdigest() == getattr(edition, checksum), name
    edition.file.seek(0)
    titles = [mark.get_title() for mark in pypdfium2.PdfDocument(edition.file.read()).get_toc() if mark.level == 0]
    assert len(titles) == len(set(titles)) == CHAPTERS + 2


def nobody_is_told_twice(edition: Briefing, worker: Worker) -> None:
    """Circulated once, told once, however often outbox and rescue come round."""
    editions.circulate(edition, by=person("staff"))
    told = Notification.objects.filter(key=f"briefing-{edition.pk}")
    sent = Delivery.objects.filter(notification__in=told).exclude(delivered_at=None)
    assert worker.wait(lambda: sent.count() == told.count())
    first = list(sent.order_by("pk").values_list("pk", "delivered_at"))
    rescue()
    deliver()
    worker.rest()
    assert list(sent.order_by("pk").values_list("pk", "delivered_at")) == first
    assert set(Counter(told.values_list("person", flat=True)).values()) == {1}
    edition.refresh_from_db()
    assert edition.state == BriefingState.CIRCULATED
