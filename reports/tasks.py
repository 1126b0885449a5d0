"""Tasks of this room: ids in, fetch, delegate."""

import logging
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone

import documents
from activities.models.counting import fold
from reports import archive_package, recount
from reports.alike.comparing import compare_waiting
from reports.api import hooks
from reports.briefings import prepared
from reports.briefings.book import set_chapters
from reports.briefings.editions import outlines, set_files
from reports.models import ApiAnswer, Archive, ArchiveOf, Briefing, BriefingState
from reports.search import index
from reports.summaries import package
from workflow import jobs
from workflow.kept_files import Written
from workflow.queue import ask

log = logging.getLogger(__name__)
UNUSED, ANSWERS = timedelta(days=31), timedelta(days=2)


@shared_task(name="reports.build_briefing")
def build_briefing(pk: int) -> None:
    """Build one edition of a briefing; workers with nothing else to do help with its chapters."""
    briefing = Briefing.objects.select_related("campaign__host").get(pk=pk)
    briefing.work(lambda: built(briefing))


def built(briefing: Briefing) -> dict[str, Any]:
    """Set and bind, with help where there is much to set. Returns: the fields to write when it is ready."""
    set_files(briefing, briefing.step, lambda: ask_for_help(briefing))
    return {}


def ask_for_help(briefing: Briefing) -> None:
    """Whoever has nothing else to do sets chapters as well."""
    for share in range(1, settings.BUILD_SHARES):
        ask("reports.help_build", briefing.pk, share)


@shared_task(name="reports.help_build")
def help_build(pk: int, share: int) -> None:
    """Set chapters of a briefing that is being built, beginning at another place than the others.

    Only a help: whoever builds it goes through all chapters anyway and finds these set.
    """
    briefing = Briefing.objects.select_related("campaign__host").get(pk=pk)
    running = Briefing.objects.filter(pk=pk, state=BriefingState.RUNNING)
    book, _paper = outlines(briefing)
    if book is not None:
        set_chapters(book, share / settings.BUILD_SHARES, running.exists)


@shared_task(name="reports.set_accepted")
def set_accepted() -> None:
    """Set the chapters of summaries that were just accepted."""
    prepared.set_accepted()


@shared_task(name="reports.forget_chapters")
def forget_chapters() -> None:
    """Remove chapters kept for books that nobody has built for a month, and what killed workers left half written."""
    documents.book.forget(settings.CHAPTERS_DIR, UNUSED.total_seconds())
    Written.forget(settings.CHAPTERS_DIR)


@shared_task(name="reports.build_archive")
def build_archive(pk: int) -> None:
    """Make one package."""
    row = Archive.objects.select_related("campaign__host").get(pk=pk)
    row.work(lambda: PACKED[row.what](row))


PACKED: dict[str, Callable[[Archive], dict[str, Any]]] = {
    ArchiveOf.EVERYTHING: archive_package.build,
    ArchiveOf.SUMMARIES: package.build,
}
"""What writes each kind of package."""


@shared_task(name="reports.compare_summaries")
def compare_summaries() -> None:
    """Compare what was filed since the last minute with what other units wrote."""
    compare_waiting()


@shared_task(name="reports.take_into_search")
def take_into_search() -> None:
    """Bring the index of the search up to date: what was filed, issued or taken back since the last minute."""
    index.take_in()


@shared_task(name="reports.check_search")
def check_search() -> None:
    """Compare the index of the search with the texts; what is wrong is said in the log, and the index is made anew."""
    if wrong := list(islice(index.wrong(), 20)):
        log.error("the index of the search is wrong: %s", ", ".join(wrong))
        index.begin_anew()


@shared_task(name="reports.tell_systems")
def tell_systems() -> None:
    """Other systems are told what happened since the last minute; what cannot be told now is tried again."""
    hooks.follow()
    hooks.send_waiting()


@shared_task(name="reports.forget_interface")
def forget_interface() -> None:
    """Remove what nobody asks about any more: old events, and answers kept for requests that come twice."""
    hooks.forget()
    ApiAnswer.objects.filter(at__lt=timezone.now() - ANSWERS).delete()


@shared_task(name="reports.rescue")
def rescue() -> None:
    """Briefings and packages whose worker was killed, or whose hint was lost, go to the queue again."""
    jobs.rescue(Archive, Briefing)


@shared_task(name="reports.recount")
def recount_all() -> None:
    """Hold the ledger of counts against the log."""
    recount.every_night()


@shared_task(name="reports.fold")
def fold_counts() -> None:
    """Add up the lines of the ledger that were written since."""
    fold()
