"""Tasks of this room: ids in, fetch, delegate."""

from celery import shared_task

from workflow import jobs, unreferred_files
from workflow.channels import sending
from workflow.channels.returns import mailbox
from workflow.queue import ask
from workflow.sheets.entering import enter, forget
from workflow.sheets.exports import ListExport, write_out
from workflow.sheets.models import SheetImport


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
    channel = sending.channels().get(name)
    wait = sending.send_waiting(channel) if channel else None  # the operator may have taken it away meanwhile
    if wait is not None:
        ask("workflow.send_by", name, after=wait)


@shared_task(name="workflow.read_returns")
def read_returns() -> None:
    """Read what came back by mail."""
    mailbox.read_returns()


@shared_task(name="workflow.sweep_files")
def sweep_files() -> None:
    """Remove stored files that no row names."""
    unreferred_files.sweep()


@shared_task(name="workflow.enter_sheet")
def enter_sheet(pk: int) -> None:
    """Look at a long file that was handed in, or write it."""
    row = SheetImport.objects.select_related("by").filter(pk=pk).first()
    if row is not None:  # it may have been thrown away meanwhile
        enter(row)


@shared_task(name="workflow.write_list")
def write_list(pk: int) -> None:
    """Write a long list that was asked for."""
    row = ListExport.objects.select_related("by").filter(pk=pk).first()
    if row is not None:
        write_out(row)


@shared_task(name="workflow.forget_sheets")
def forget_sheets() -> None:
    """Delete files that were handed in or asked for long ago: they hold numbers of people."""
    forget(SheetImport.objects.old())
    for row in ListExport.objects.old():
        row.discard()


@shared_task(name="workflow.rescue")
def rescue() -> None:
    """Lists whose worker was killed, or whose hint was lost, are queued again."""
    jobs.rescue(SheetImport, ListExport)
