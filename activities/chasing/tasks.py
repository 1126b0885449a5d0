"""The pass: once a minute beat asks who is due and not yet told."""

from celery import shared_task

from activities.chasing import dispatch, forgetting, held, prepare


@shared_task(name="activities.chase")
def chase() -> None:
    """Put today's reminders together, go on with what was begun, say what is held, send what may go."""
    prepare.finish_begun()
    prepare.begin_by_rule()
    held.tell_of_held()
    dispatch.dispatch()


@shared_task(name="activities.forget_told")
def forget_told() -> None:
    """Once a day: what only keeps a message from being sent twice goes when it can be sent no more."""
    forgetting.forget_told()
