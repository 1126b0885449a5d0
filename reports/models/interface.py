"""What other systems come in by, and what they are told: tokens, answers kept for a repeated request, addresses told of
events."""

from __future__ import annotations

import secrets
from base64 import b64encode
from datetime import timedelta
from itertools import islice
from typing import Any, Self

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.duties import granting
from accounts.models import Role, Unit, User
from activities.models.link import hashed
from workflow.compiled import Compiled

NOTED_AGAIN = timedelta(minutes=1)
"""So often at most it is written down that a token was used."""
MARK = "qm_"
"""How a token begins, so that whoever finds one in a file knows what it is."""


class Scope(models.TextChoices):
    """What may be done with a token."""

    READ = "read", _("read what the unit owes, filed and was sent")
    FILE = "file", _("file progress and counts of the unit")
    OFFICE = "office", _("read all of the campaigns the unit hosts")
    FEED = "feed", _("one table for Excel, by a secret address")


class Event(models.TextChoices):
    """What a system may be told of."""

    FILED = "filed", _("something was filed")
    ACCEPTED = "accepted", _("it was accepted")
    RETURNED = "returned", _("it was returned")
    ISSUED = "issued", _("a notice was issued")


def makers(user: Any) -> Q:
    """That a unit is one for which this person may open an interface: as its head, or as who gives roles for it.

    Whoever gives roles could give themselves any of these rights by a role; neither gets more by a token.
    """
    heads, grants = user.units_as(Role.HEAD), user.units_as(*granting())
    return Q(pk__in=heads | grants) | Q(kept_by__in=grants)


def scopes_for(user: Any, unit: Unit) -> set[str]:
    """The scopes this person may give for a unit: of campaigns it hosts only who gives roles in the unit itself."""
    found = {Scope.READ, Scope.FILE}
    grants = user.units_as(*granting())
    if unit.pk in grants:
        return {*found, Scope.OFFICE}
    return {*found} if unit.pk in user.units_as(Role.HEAD) or unit.kept_by_id in grants else set()


class OfUnitQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Those of units for which the person may make one, whoever made it."""
        return self.filter(unit__in=Unit.objects.filter(makers(user)))

    def live(self) -> Self:
        """Those that were not revoked."""
        return self.filter(revoked_at=None)


class OfUnit(models.Model):
    """What lets another system come to a unit's data; it ends by a press, and with the role of who made it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("what it is for"), max_length=60)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = OfUnitQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def given(self) -> set[str]:
        """The scopes it was made with."""
        raise NotImplementedError

    @property
    def ended(self) -> bool:
        """Whether who made it may not any more, or cannot sign in: then it opens nothing."""
        return not self.made_by.is_active or not self.given() <= scopes_for(self.made_by, self.unit)

    def revoke(self) -> bool:
        """It opens nothing from now on. Returns: whether it did before."""
        rows = type(self)._default_manager.filter(pk=self.pk, revoked_at=None)
        return bool(rows.update(revoked_at=timezone.now()))


class ApiToken(OfUnit):
    """One token. Only the hash of its secret is kept: 256 bits, so no salt and no slow hash is needed."""

    scopes = models.JSONField(default=list)
    campaign = models.PositiveBigIntegerField(null=True, blank=True)
    """Of a table for Excel: of which campaign it is."""
    secret = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10)
    """In which sentences are written, where a request asks for none."""
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    @classmethod
    def make(cls, **about: Any) -> tuple[ApiToken, str]:
        """A new one. Returns: it and its secret, which is nowhere kept and cannot be shown again."""
        plain = MARK + secrets.token_urlsafe(32)
        return cls.objects.create(secret=hashed(plain), **about), plain

    @classmethod
    def of_secret(cls, plain: str) -> ApiToken | None:
        """The token of a secret, if it opens anything at this moment."""
        for row in BY_SECRET(secret=hashed(plain), now=timezone.now()):
            values = iter(row)
            found, found.made_by, found.unit = (
                table.from_db(DEFAULT_DB_ALIAS, names, list(islice(values, len(names)))) for table, names in READ
            )
            return None if found.ended else found
        return None

    def given(self) -> set[str]:
        wide = {Scope.OFFICE} if self.is_office else set()
        return {Scope.READ, *wide} if Scope.FEED in self.scopes else {*self.scopes}

    @property
    def is_office(self) -> bool:
        """Whether it reads what the unit's office reads."""
        return Scope.OFFICE in self.scopes

    @property
    def is_over(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def said(self) -> str:
        """Its scopes in words."""
        return "；".join(str(Scope(each).label) for each in self.scopes if each in Scope.values)

    def note_use(self) -> None:
        """It was used; written down once a minute."""
        now = timezone.now()
        if self.used_at is None or now - self.used_at > NOTED_AGAIN:
            type(self).objects.filter(pk=self.pk).update(used_at=now)


def columns(table: Any) -> list[str]:
    """The columns of a table."""
    return [field.attname for field in table._meta.concrete_fields]


READ: tuple[tuple[Any, list[str]], ...] = tuple((table, columns(table)) for table in (ApiToken, User, Unit))
"""What is read of a token at every request: its row, who made it, of which unit it is."""
BY_SECRET = Compiled(
    lambda secret, now: (
        ApiToken.objects.live()
        .filter(secret=secret, expires_at__gt=now)
        .order_by()
        .values_list(
            *READ[0][1], *(f"made_by__{name}" for name in READ[1][1]), *(f"unit__{name}" for name in READ[2][1])
        )
    )
)


class ApiAnswer(models.Model):
    """What a request with an idempotency key was answered: the same request is answered so again, and does nothing."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    """Of what was asked."""
    status = models.PositiveIntegerField(default=0)
    body = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answered_once")]

    def __str__(self) -> str:
        return self.key


class ApiHook(OfUnit):
    """An address that is told of events. The key it is signed with is derived, not kept."""

    url = models.CharField(_("address"), max_length=300)
    events = models.JSONField(default=list)
    office = models.BooleanField(default=False)
    """Whether it is told of all units in the campaigns its unit hosts, not of its own filings."""
    nonce = models.CharField(max_length=40)
    since = models.PositiveBigIntegerField(default=0)
    """The newest line of the log when it was made: it is told of nothing before."""

    def given(self) -> set[str]:
        return {Scope.OFFICE} if self.office else {Scope.READ}

    @property
    def secret(self) -> str:
        """The key, as Standard Webhooks writes it."""
        key = salted_hmac("reports.api.hook", self.nonce, algorithm="sha256").digest()
        return f"whsec_{b64encode(key).decode()}"

    @property
    def said(self) -> str:
        """Its events in words."""
        return "；".join(str(Event(each).label) for each in self.events if each in Event.values)


class HookDelivery(models.Model):
    """One event for one address, until it is taken or given up."""

    hook = models.ForeignKey(ApiHook, models.CASCADE, related_name="deliveries")
    line = models.PositiveBigIntegerField()
    """The line of the log it tells of."""
    event = models.CharField(max_length=20, choices=Event)
    body = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)
    """What the other side said last."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hook", "line"], name="told_hook_once")]
        indexes = [models.Index(fields=["next_at"], condition=Q(done_at=None, given_up_at=None), name="hooks_waiting")]

    def __str__(self) -> str:
        return f"{self.event} {self.line}"
