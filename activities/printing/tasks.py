"""A notice is set on paper in the background."""

from celery import shared_task

from activities.printing.notice_document import set_notice
from campaigns.models import NoticePaper


@shared_task(name="activities.set_paper")
def set_paper(pk: int) -> None:
    """Set one issued notice on paper."""
    paper = NoticePaper.objects.select_related("notice__campaign", "notice__document_number").get(pk=pk)
    paper.work(lambda: paper.store(*set_notice(paper.notice)))
