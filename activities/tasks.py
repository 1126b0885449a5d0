"""Tasks of this room: ids in, fetch, delegate."""

from celery import shared_task

from activities.printing import set_notice
from campaigns.models import NoticePaper


@shared_task(name="activities.set_paper")
def set_paper(pk: int) -> None:
    """Set one issued notice on paper."""
    paper = NoticePaper.objects.select_related("notice__campaign").get(pk=pk)
    paper.work(lambda: paper.store(*set_notice(paper.notice)))


@shared_task(name="activities.rescue")
def rescue() -> None:
    """Papers whose worker was killed, or whose hint was lost, go to the queue again."""
    for paper in [*NoticePaper.objects.silent(), *NoticePaper.objects.unheard()]:
        paper.rescue()
        set_paper.delay(paper.pk)
