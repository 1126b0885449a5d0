"""A notice is handed out in the background, or when its hour has come."""

from celery import shared_task

from activities.asking import handing_out
from activities.models import HandOut


@shared_task(name="activities.hand_out")
def hand_out(pk: int) -> None:
    """Make the assignments of one hand-out, and tell the units."""
    row = HandOut.objects.select_related("notice__campaign", "activity", "by").filter(pk=pk).first()
    if row is None:  # its hour was cancelled
        return
    if not row.notice.is_sent:  # its hour has come
        paper = handing_out.begin_at_its_hour(row)
        if paper is None:
            return
        paper.hint()
    row.work(lambda: handing_out.hand_out(row))
