"""Telling people is a row first: the inbox shows it, and channels deliver it to who is elsewhere (``channels/``)."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.addresses import address, whole


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def not_handed_on(self) -> Self:
        """What the channels have not got yet, and no worker of the version before is just sending."""
        moment = timezone.now() - timedelta(minutes=10)
        return self.filter(Q(claimed_at=None) | Q(claimed_at__lt=moment), handed_on_at=None)


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
    handed_on_at = models.DateTimeField(null=True, db_column="delivered_at")
    """When the channels got it. The version before, which may still run, reads there that the mail is sent."""
    claimed_at = models.DateTimeField(null=True)
    """Of the version before; goes with the next one, as the columns do that are not named here."""

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notification_once")]
        indexes = [
            models.Index(fields=["person"], condition=Q(read_at=None), name="unread"),
            models.Index(fields=["id"], condition=Q(handed_on_at=None), name="not_handed_on"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The message in the language of the reader."""
        return _(self.message) % self.values

    def letter(self) -> str:
        """The whole of it for a reader who is elsewhere: message, body, and the address that opens it here."""
        return "\n\n".join(filter(None, [self.text, self.body, whole(address("accounts:message", self.pk))]))
