"""Tasks of this room: ids in, fetch, delegate."""

from celery import shared_task

from activities import handing_out
from activities.models import HandOut
from activities.printing import set_notice
from campaigns.models import NoticePaper


@shared_task(name="activities.set_paper")
def set_paper(pk: int) -> None:
    """Set one issued notice on paper."""
    paper = NoticePaper.objects.select_related("notice__campaign", "notice__document_number").get(pk=pk)
    paper.work(lambda: paper.store(*set_notice(paper.notice)))


@shared_task(name="activities.hand_out")
def hand_out(pk: int) -> None:
    """Make the assignments of one hand-out, and tell the units."""
    row = HandOut.objects.select_related("notice__campaign", "activity", "by").get(pk=pk)
    if not row.notice.is_sent:  # its hour has come
        handing_out.begin(row.notice, by=row.by).hint(set_paper)
    row.work(lambda: handing_out.hand_out(row))


@shared_task(name="activities.rescue")
def rescue() -> None:
    """Jobs whose worker was killed, whose hint was lost, or whose hour has come, go to the queue (again)."""
    for row in [*HandOut.objects.silent(), *HandOut.objects.unheard()]:
        row.rescue()
        hand_out.delay(row.pk)
    for paper in [*NoticePaper.objects.silent(), *NoticePaper.objects.unheard()]:
        paper.rescue()
        set_paper.delay(paper.pk)
