"""Deeds with many are done in the background."""

from celery import shared_task

from activities.judging import bulk
from activities.models import Bulk


@shared_task(name="activities.do_bulk")
def do_bulk(pk: int) -> None:
    """Do what is still waiting of one deed, or go on with what a killed worker began."""
    row = Bulk.objects.select_related("campaign").filter(pk=pk).first()
    if row is not None:
        row.work(lambda: bulk.carry_out(row))
