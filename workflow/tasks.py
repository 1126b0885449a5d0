"""Tasks of this room: ids in, fetch, delegate."""

from celery import shared_task

from workflow import unreferred_files
from workflow.channels import sending
from workflow.queue import ask


@shared_task(name="workflow.deliver")
def deliver() -> None:
    """Hand on what was told, and let each channel send what it is due."""
    while sending.hand_on() == sending.HANDED_ON:
        pass
    for channel in sending.in_use():
        ask("workflow.send_by", str(channel.name))


@shared_task(name="workflow.send_by")
def send_by(name: str) -> None:
    """Send one batch by a channel; come again when there is more."""
    wait = sending.send_waiting(sending.CHANNELS[name])
    if wait is not None:
        ask("workflow.send_by", name, after=wait)


@shared_task(name="workflow.sweep_files")
def sweep_files() -> None:
    """Remove stored files that no row names."""
    unreferred_files.sweep()
