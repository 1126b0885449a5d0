"""Tasks of this room: ids in, fetch, delegate."""

from celery import shared_task

from workflow import unreferred_files
from workflow.outbox import BATCH, deliver_waiting
from workflow.queue import ask


@shared_task(name="workflow.deliver")
def deliver() -> None:
    """Send what waits in the outbox; come again when there is more."""
    if deliver_waiting() == BATCH:
        ask("workflow.deliver")


@shared_task(name="workflow.sweep_files")
def sweep_files() -> None:
    """Remove stored files that no row names."""
    unreferred_files.sweep()
