"""A secret address from which a calendar program reads what a person has to do; and what it was told last."""

import secrets
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Unit, User
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES
from activities.models.link import hashed
from campaigns.models import Campaign

COLLEAGUES = (*OFFICE_ROLES, *UNIT_ROLES)
"""Roles by which somebody sees, and can revoke, what colleagues made for the unit."""
READS = (*HOST_ROLES, *UNIT_ROLES)
"""Roles by which somebody sees anything of a campaign."""
NOTED_AGAIN = 3600
"""Seconds before another reading is noted: programs come every few minutes."""


class Reader:
    """Whose calendar it is, as lists and rules ask: a person, or the same person as far as one unit goes.

    Everything is asked of the roles held today, so a role that ended shows nothing more.
    """

    def __init__(self, person: User, unit: int | None = None) -> None:
        self.person, self.unit, self.pk = person, unit, person.pk

    def units_as(self, *roles: str) -> set[int]:
        """Units for which the person holds one of the roles; of these, the one the calendar is for."""
        found = self.person.units_as(*roles)
        return found & {self.unit} if self.unit is not None else found


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: Any) -> Self:
        """A person's own, and those that colleagues made for a unit of the person."""
        return self.filter(Q(person=user) | Q(unit__in=user.units_as(*COLLEAGUES)))

    def live(self) -> Self:
        """Those that were not revoked."""
        return self.filter(revoked_at=None)

    def of_secret(self, secret: str) -> "CalendarFeed | None":
        """The feed of an address, if it shows anything today: not revoked, its person active and in office."""
        found = self.live().filter(secret=hashed(secret), person__is_active=True).select_related("person").first()
        return found if found and found.reader().units_as(*READS) else None


class CalendarFeed(models.Model):
    """One secret address. Only the hash of its secret is kept: 256 bits, so no salt and no slow hash is needed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="calendar_feeds")
    """The unit it is for; None: all the units of the person."""
    secret = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10)
    """Of the page on which it was made: a calendar program has no switch."""
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.unit or self.person)

    @classmethod
    def make(cls, person: User, unit: Unit | None, language: str) -> "tuple[CalendarFeed, str]":
        """A new one. Returns: it and its secret, which is nowhere kept and cannot be shown again."""
        plain = secrets.token_urlsafe(32)
        return cls.objects.create(person=person, unit=unit, language=language, secret=hashed(plain)), plain

    def reader(self) -> Reader:
        """As whom it reads."""
        return Reader(self.person, self.unit_id)

    @property
    def ended(self) -> bool:
        """Whether its person has no role in its unit any more, or cannot sign in."""
        return not self.person.is_active or not self.reader().units_as(*READS)

    def revoke(self) -> None:
        """It shows nothing from now on."""
        type(self).objects.live().filter(pk=self.pk).update(revoked_at=timezone.now())

    def note_reading(self) -> None:
        """A calendar program came by; written down once an hour."""
        now = timezone.now()
        if self.read_at is None or (now - self.read_at).total_seconds() > NOTED_AGAIN:
            type(self).objects.filter(pk=self.pk).update(read_at=now)


class CalendarMark(models.Model):
    """What calendars were told last of one thing, and how often that changed: calendar programs ask for a number.

    It is written when a calendar is read, and only what no reader is told apart stands in it: title, days, place.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    key = models.CharField(max_length=60, unique=True)
    """Which thing: activity-7, owed-31."""
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    facts = models.JSONField()
    for_all = models.BooleanField(default=False)
    """Whether every unit of an issued campaign was told of it: once it is gone, they are told that too."""
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key
