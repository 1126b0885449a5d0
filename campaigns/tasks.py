"""Tasks of this room: ids in, fetch, delegate."""

from celery import shared_task

from campaigns.models import NoticePaper
from campaigns.printing import set_notice


@shared_task(name="campaigns.set_paper")
def set_paper(pk: int) -> None:
    """Set one notice on paper."""
    paper = NoticePaper.objects.get(pk=pk)
    paper.work(lambda: paper.store(set_notice(paper.notice)))
