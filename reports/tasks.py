"""Tasks of this room: ids in, fetch, delegate."""

from celery import shared_task

from reports.models import Briefing
from reports.printing import bind_briefing


@shared_task(name="reports.build_briefing")
def build_briefing(pk: int) -> None:
    """Build one edition of a briefing."""
    briefing = Briefing.objects.select_related("campaign__host").get(pk=pk)
    briefing.work(lambda: briefing.store(bind_briefing(briefing.campaign, progress=briefing.step)))


@shared_task(name="reports.rescue")
def rescue() -> None:
    """Briefings whose worker was killed, or whose hint was lost, go to the queue again."""
    for briefing in [*Briefing.objects.silent(), *Briefing.objects.unheard()]:
        briefing.rescue()
        build_briefing.delay(briefing.pk)
