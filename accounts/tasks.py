"""Tasks of this room."""

from importlib import import_module

from celery import shared_task
from django.conf import settings

from accounts import audit_chain
from accounts.brakes import forget_old


@shared_task(name="accounts.forget_sessions")
def forget_sessions() -> None:
    """Remove sessions that ran out, with what was typed in them and never sent, and wrong tries that count no more."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    forget_old()


@shared_task(name="accounts.chain_audit")
def chain_audit() -> None:
    """Chain what was done since the last time."""
    while audit_chain.seal() == audit_chain.BATCH:
        pass


@shared_task(name="accounts.anchor_audit")
def anchor_audit() -> None:
    """Write the end of the chain down outside the database."""
    audit_chain.anchor()
