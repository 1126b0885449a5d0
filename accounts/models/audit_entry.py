"""The audit trail: who saw and did what, each entry chained to the one before."""

from typing import Any, Never

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    SIGN_IN = "sign_in", _("signed in")
    REFUSED = "refused", _("sign-in refused")
    SIGN_OUT = "sign_out", _("signed out")
    SAW = "saw", _("saw personal data")
    SAVED = "saved", _("downloaded")
    MOVE = "move", _("moved on")
    POWER = "power", _("role or account changed")
    ARRANGED = "arranged", _("entered working days")
    REMOVED = "removed", _("removed personal data")


class AuditEntry(models.Model):
    """One entry, written once; its place and its digest are added when it is chained (:mod:`accounts.audit_chain`).

    People stand here by name and number, not by reference: an entry outlives whoever it is about.
    """

    at = models.DateTimeField(default=timezone.now)
    person = models.PositiveBigIntegerField(null=True)
    """The number of who acted; None: nobody who is known, or the system."""
    name = models.CharField(max_length=150, blank=True)
    """The account, as it was called then."""
    act = models.CharField(max_length=10, choices=Act)
    about = models.CharField(max_length=300)
    """What it was done to: an address of the site, or the kind and number of a record."""
    detail = models.TextField(blank=True)
    address = models.CharField(max_length=45, blank=True)
    """From which network address."""
    source = models.CharField(max_length=40, blank=True)
    """The table of the line this entry holds fast, if another log has one; and its number there."""
    source_pk = models.PositiveBigIntegerField(null=True)
    number = models.PositiveBigIntegerField(null=True, unique=True)
    """The place in the chain, from 1; None: not chained yet."""
    algorithm = models.CharField(max_length=20, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_pk"], condition=~Q(source=""), name="one_entry_a_line")
        ]
        indexes = [models.Index(fields=["person", "-id"])]

    def __str__(self) -> str:
        return f"{self.name} {self.get_act_display()} {self.about}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once. Raises: TypeError for an entry that stands."""
        if not self._state.adding:
            raise TypeError("an entry of the audit trail is never changed")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> Never:
        """Raises: TypeError always."""
        raise TypeError("an entry of the audit trail is never removed")
