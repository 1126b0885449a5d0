"""Minutes are set on paper in the background."""

from celery import shared_task

from activities.meetings.minutes_document import set_minutes as as_files
from activities.models import MinutesPaper


@shared_task(name="activities.set_minutes")
def set_minutes(pk: int) -> None:
    """Set one circulated version on paper."""
    paper = MinutesPaper.objects.select_related("minutes__meeting__campaign__host").get(pk=pk)
    paper.work(lambda: paper.store(*as_files(paper.minutes)))
