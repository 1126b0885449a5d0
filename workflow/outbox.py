"""Telling people is a row first; delivery by mail follows, once for each person and key."""

import logging
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.core.mail import send_mail
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)
BATCH = 200


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def unclaimed(self) -> Self:
        """Rows not sent that nobody is just sending.

        Own columns only: PostgreSQL tests a conditional update again on the row another one has just changed, but
        not through a join or a subquery, and both would have it.
        """
        claimable = models.Q(claimed_at=None) | models.Q(claimed_at__lt=timezone.now() - CLAIM)
        return self.filter(claimable, delivered_at=None)

    def undelivered(self) -> Self:
        """Rows with an address to send to that nobody is just sending."""
        return self.unclaimed().exclude(person__email="")


class Notification(models.Model):
    """One message to one person: an English message id, its values, and where it leads."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    message = models.CharField(max_length=300)
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    key = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

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

    def deliver(self) -> bool:
        """Send it by mail, if nobody else is at it. Returns: whether it was sent."""
        rows = Notification.objects.unclaimed().filter(pk=self.pk)
        if not self.person.email or not rows.update(claimed_at=timezone.now()):
            return False
        with translation.override(settings.LANGUAGE_CODE):
            send_mail(self.text, self.text, None, [self.person.email])
        Notification.objects.filter(pk=self.pk).update(delivered_at=timezone.now())
        return True


def deliver_waiting() -> int:
    """Send one batch of what waits; what fails is tried again later. Returns: how many rows were looked at."""
    waiting = list(Notification.objects.undelivered().select_related("person").order_by("id")[:BATCH])
    for notification in waiting:
        try:
            notification.deliver()
        except Exception:  # one refused address must keep nobody else from hearing
            log.exception("message %d could not be delivered", notification.pk)
    return len(waiting)
