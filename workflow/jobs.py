"""Long work as a row: the row is the truth, the queue only a hint.

The page polls the row. A killed worker leaves a row that stopped beating; ``rescue`` queues it again.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow import queue
from workflow.pulse import heard, lane_of
from workflow.stateful import JOB_MOVES, JobState, MoveRefused, Stateful

AnyJob = TypeVar("AnyJob", bound="Job")

AT_ONCE = 200
"""So many rows are written, done or handed out while the person waits; more are a job."""
SILENT = timedelta(minutes=3)
UNHEARD = timedelta(seconds=30)


class JobQuerySet(models.QuerySet[AnyJob]):
    def silent(self) -> Self:
        """Running jobs whose worker has not been heard of for three minutes."""
        return self.filter(state=JobState.RUNNING, beat_at__lt=timezone.now() - SILENT)

    def unheard(self) -> Self:
        """Queued jobs nobody has begun although they were queued half a minute ago."""
        return self.filter(state=JobState.QUEUED, beat_at__lt=timezone.now() - UNHEARD)


class Job(Stateful):
    """A piece of work done in the background: queued, running 37/212, ready, failed with the reason."""

    MOVES = JOB_MOVES
    TASK: ClassVar[str]
    """The task of a worker that does it, by its name."""
    TOLD: ClassVar[tuple[type[Exception], ...]] = ()
    """Errors whose words are meant for the reader."""

    state = models.CharField(max_length=20, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    beat_at = models.DateTimeField(default=timezone.now)

    objects = JobQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def at_work(self) -> bool:
        """Whether the page should ask again."""
        return self.state in (JobState.QUEUED, JobState.RUNNING)

    @property
    def waits_for_worker(self) -> bool:
        """Queued for more than some seconds, and no worker that would do it has been heard of lately."""
        waited = timezone.now() - self.beat_at > timedelta(seconds=5)
        return self.state == JobState.QUEUED and waited and heard(lane_of(self.TASK)) is None

    def hint(self) -> None:
        """Tell the queue, once the row is committed, that this row waits."""
        queue.ask_later(self.TASK, self.pk)

    def step(self, done: int, total: int) -> None:
        """Note the progress; also the heartbeat.

        Raises: MoveRefused when the row is no longer this worker's (it was rescued meanwhile).
        """
        rows = type(self)._base_manager.filter(pk=self.pk, state=JobState.RUNNING)
        if not rows.update(done=done, total=total, beat_at=timezone.now()):
            raise MoveRefused(self.refusal())
        self.done, self.total = done, total

    def work(self, deed: Callable[[], dict[str, Any]]) -> bool:
        """Claim the row, do the deed, write its result or the reason of its failure.

        Arguments: the deed; it returns the fields to write when it is ready.
        Returns: False when somebody else has the row.
        """
        try:
            self.move(JobState.RUNNING, by=None, reason="", done=0, beat_at=timezone.now())
        except MoveRefused:
            return False
        try:
            self.move(JobState.READY, by=None, **deed())
        except MoveRefused:
            return False
        except Exception as error:
            reason = self.told_of(error)
            self.move(JobState.FAILED, by=None, note=reason, reason=reason)
            raise
        return True

    def told_of(self, error: Exception) -> str:
        """Why it failed, for a person: the words of the errors in ``TOLD``, of any other only its kind.

        Words that were not written for a reader may hold folders and addresses of the server; the log has them.
        """
        if isinstance(error, self.TOLD):
            return str(error)[:500]
        said = _("Something unexpected happened (%(kind)s). The administrator finds it in the log.")
        return said % {"kind": type(error).__name__}

    def rescue(self) -> None:
        """Put a job whose worker was killed back into the queue."""
        if self.state == JobState.RUNNING:
            self.move(JobState.QUEUED, by=None, note="rescued", beat_at=timezone.now())

    def retry(self, *, by: Any) -> None:
        """Queue a failed job again. Raises: MoveRefused when it has not failed (rescue is for running ones)."""
        if self.state != JobState.FAILED:
            raise MoveRefused(self.refusal())
        self.move(JobState.QUEUED, by=by, reason="", done=0, beat_at=timezone.now())


def rescue(*kinds: type[Job]) -> None:
    """Jobs whose worker was killed, whose hint was lost, or whose hour has come, go to the queue (again)."""
    for kind in kinds:
        for row in [*kind.objects.silent(), *kind.objects.unheard()]:
            row.rescue()
            queue.ask(kind.TASK, row.pk)
