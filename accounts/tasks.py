"""Tasks of this room."""

from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.utils.translation import gettext_noop

from accounts import audit_chain
from accounts.brakes import forget_old
from accounts.choosing import link_for
from accounts.models import User
from accounts.sounds import sound_waiting
from workflow.site_language import in_site_language


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


@shared_task(name="accounts.sound_units")
def sound_units() -> None:
    """Write how units sound whose names are new."""
    sound_waiting()


MAIL = gettext_noop(
    "Somebody asked for a new password for the account %(account)s. If it was you, open this address within an hour "
    "and choose one: %(link)s\n\nIf it was not you, nothing has to be done: your password stays as it is."
)


@shared_task(name="accounts.mail_link")
def mail_link(account: str, site: str) -> None:
    """Send who forgot the password a link by which he chooses one.

    Nobody learns whether there is such an account: the page has answered already. Arguments: what was typed as account
    or mail address; the address of the site.
    """
    meant = Q(username__iexact=account) | Q(email__iexact=account)
    for user in User.objects.filter(meant, is_active=True).exclude(email="")[:5]:
        body = in_site_language(MAIL, account=user.username, link=link_for(site, user, "forgotten"))
        send_mail(in_site_language(gettext_noop("A new password")), body, None, [user.email])
