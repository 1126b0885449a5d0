"""Telling people is a row first; delivery by mail follows, once for each person and key."""

import logging
import smtplib
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.core.mail import send_mail
from django.db import models
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from workflow.addresses import address, whole

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)
PATIENCE = timedelta(days=3)
"""For how long a mail that fails is tried again: a mail server may be away over a weekend."""
BATCH = 200
SUBJECT = 70
"""Characters of a subject; the mail itself says the rest."""


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def unclaimed(self) -> Self:
        """Rows not sent that nobody is just sending.

        Own columns only: PostgreSQL tests a conditional update again on the row another one has just changed, but
        not through a join or a subquery, and both would have it.
        """
        claimable = models.Q(claimed_at=None) | models.Q(claimed_at__lt=timezone.now() - CLAIM)
        return self.filter(claimable, delivered_at=None, given_up_at=None)

    def undelivered(self) -> Self:
        """Rows with an address to send to that nobody is just sending."""
        return self.unclaimed().exclude(person__email="")

    def given_up(self) -> Self:
        """Rows whose mail could not be delivered."""
        return self.exclude(given_up_at=None)

    def try_again(self) -> None:
        """What was given up is sent after all: the address was put right."""
        self.given_up().update(given_up_at=None, failing_since=None, claimed_at=None, trouble="")


class Notification(models.Model):
    """One message to one person: an English message id, its values, where it leads, and perhaps a letter below it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    message = models.CharField(max_length=300)
    values = models.JSONField(default=dict)
    body = models.TextField(blank=True, default="", db_default="")
    """What stands below the message: plain text of many lines, in the language of the site."""
    url = models.CharField(max_length=300)
    key = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)
    """What the mail server said when it could not be delivered."""

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notification_once")]
        indexes = [models.Index(fields=["person"], condition=models.Q(read_at=None), name="unread")]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The message in the language of the reader."""
        return _(self.message) % self.values

    def letter(self) -> str:
        """The whole of it for a reader who is elsewhere: message, body, and the address that opens it here."""
        return "\n\n".join(filter(None, [self.text, self.body, whole(address("accounts:message", self.pk))]))

    def deliver(self) -> bool:
        """Send it by mail, if nobody else is at it. Returns: whether it was sent."""
        rows = Notification.objects.unclaimed().filter(pk=self.pk)
        if not self.person.email or not rows.update(claimed_at=timezone.now()):
            return False
        with translation.override(settings.LANGUAGE_CODE):
            send_mail(subject_of(self.text), self.letter(), None, [self.person.email])
        Notification.objects.filter(pk=self.pk).update(delivered_at=timezone.now())
        return True

    def failed(self, wrong: Exception) -> None:
        """Keep what went wrong; what will never go, or has not gone for days, is given up and shown to who can help."""
        now = timezone.now()
        since = self.failing_since or now
        over = is_for_good(wrong) or now - since >= PATIENCE
        Notification.objects.filter(pk=self.pk).update(
            trouble=subject_of(str(wrong) or type(wrong).__name__),
            failing_since=since,
            given_up_at=now if over else None,
        )


def subject_of(text: str) -> str:
    """The words as one line: a subject has no line break."""
    return Truncator(" ".join(text.split())).chars(SUBJECT)


def is_for_good(wrong: Exception) -> bool:
    """Whether trying again is of no use: the address is none, or its server refuses it or the mail (5yz, RFC 5321)."""
    if isinstance(wrong, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in wrong.recipients.values())
    if isinstance(wrong, smtplib.SMTPDataError):
        return wrong.smtp_code >= 500
    return isinstance(wrong, ValueError)  # a header, or an address, that no mail can have


def deliver_waiting() -> int:
    """Send one batch of what waits; what fails is tried again later, or given up. Returns: how many were looked at."""
    waiting = list(Notification.objects.undelivered().select_related("person").order_by("id")[:BATCH])
    for notification in waiting:
        try:
            notification.deliver()
        except Exception as wrong:  # one refused address must keep nobody else from hearing
            log.exception("message %d could not be delivered", notification.pk)
            notification.failed(wrong)
    return len(waiting)
