"""The pass: once a minute beat asks who is due and not yet told."""

from celery import shared_task

from activities.chasing import dispatch, prepare


@shared_task(name="activities.chase")
def chase() -> None:
    """Put today's reminders together, go on with what was begun, send what may go."""
    prepare.finish_begun()
    prepare.begin_by_rule()
    dispatch.dispatch()
