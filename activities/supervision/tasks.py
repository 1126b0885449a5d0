"""A supervision slip is set on paper in the background."""

from celery import shared_task

from activities.models import SlipPaper
from activities.supervision.slip_document import set_slip as as_files


@shared_task(name="activities.set_slip")
def set_slip(pk: int) -> None:
    """Set one issued slip on paper."""
    known = ("slip__campaign__host", "slip__unit", "slip__document_number", "slip__issued_by")
    paper = SlipPaper.objects.select_related(*known).get(pk=pk)
    paper.work(lambda: paper.store(*as_files(paper.slip)))
