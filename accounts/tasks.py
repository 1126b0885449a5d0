"""Tasks of this room."""

from importlib import import_module

from celery import shared_task
from django.conf import settings

from accounts.brakes import forget_old


@shared_task(name="accounts.forget_sessions")
def forget_sessions() -> None:
    """Remove sessions that ran out, with what was typed in them and never sent, and wrong tries that count no more."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    forget_old()
