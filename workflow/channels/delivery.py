"""A message on its way to one person by one channel."""

import random
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator

from workflow.channels.channel import LONGEST_NAME, Cause, GivenUp, called

PATIENCE = timedelta(days=3)
"""For how long it is tried: a mail server may be away over a weekend."""
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=2)
"""Between two tries."""
TROUBLE = 200
SKEW = timedelta(minutes=10)
"""So much the clock of another server may be behind."""
BY_MAIL = (Cause.ADDRESS, Cause.CONTENT, Cause.RETURNED)
"""Why something comes back; whoever reads the same mail twice changes nothing."""


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def open(self) -> Self:
        """What neither arrived nor was given up."""
        return self.filter(delivered_at=None, given_up_at=None)

    def unclaimed(self) -> Self:
        """What is open and nobody is just sending.

        Own columns only: PostgreSQL tests a conditional update again on the row another one has just changed, but
        not through a join or a subquery, and both would have it.
        """
        return self.open().filter(claimed_at=None)

    def due(self) -> Self:
        """What may be sent now, in the order in which it was told."""
        return self.unclaimed().filter(Q(next_try_at=None) | Q(next_try_at__lte=timezone.now())).order_by("id")

    def given_up(self) -> Self:
        """What could not be delivered."""
        return self.exclude(given_up_at=None)

    def try_again(self) -> int:
        """What was given up, and was not read on the site meanwhile, is sent after all. Returns: how many."""
        unread = self.given_up().filter(notification__read_at=None).values_list("pk", flat=True)
        return Delivery.objects.filter(pk__in=list(unread)).update(
            given_up_at=None, claimed_at=None, next_try_at=None, cause="", trouble="", waiting_since=timezone.now()
        )

    def give_up(self, cause: Cause, said: str = "") -> int:
        """Nothing more is tried. Returns: how many."""
        return self.open().update(given_up_at=timezone.now(), cause=cause, trouble=one_line(said, TROUBLE))


class Delivery(models.Model):
    """One message by one channel: how often it was tried, and what came of it."""

    notification = models.ForeignKey("workflow.Notification", models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=LONGEST_NAME)
    address = models.CharField(max_length=254, blank=True)
    """Where it went the last time; the person's own until then."""
    tries = models.PositiveSmallIntegerField(default=0)
    waiting_since = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    """When the last try came to what cannot be taken back; kept where it was delivered."""
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=10, choices=Cause, blank=True)
    trouble = models.CharField(max_length=TROUBLE, blank=True)
    """What the other side said."""

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="delivery_once")]
        indexes = [
            models.Index(
                fields=["channel", "id"], condition=Q(delivered_at=None, given_up_at=None), name="delivery_open"
            ),
            models.Index(fields=["channel", "claimed_at"], name="delivery_claimed"),
            models.Index(fields=["cause"], condition=Q(given_up_at__isnull=False), name="delivery_given_up"),
        ]

    def __str__(self) -> str:
        return f"{called(self.channel)}: {self.notification}"

    @property
    def own(self) -> DeliveryQuerySet:
        """This row, for a statement that may find it changed."""
        return Delivery.objects.filter(pk=self.pk)

    def claim(self, address: str) -> bool:
        """It is about to be sent. Returns: False when somebody else has it."""
        return written(CLAIMED, at_present(), address, self.pk)

    def arrived(self) -> None:
        """The other side took it, even if it was given up meanwhile."""
        written(ARRIVED, at_present(), self.pk)

    def was_not_taken(self) -> None:
        """The try came to nothing, which is not its fault: it keeps its place."""
        self.own.open().update(claimed_at=None)

    def stumbled(self, said: str) -> None:
        """Something is wrong with us: where it was not on its way yet, it is tried again and holds nobody else up."""
        if self.own.unclaimed().exists():
            self.not_now(said)

    def not_now(self, said: str) -> None:
        """It is tried again after a while, each time a longer one; after days no more."""
        now, tries = timezone.now(), self.tries + 1
        if now - self.waiting_since >= PATIENCE:
            self.own.give_up(Cause.TOO_LATE, said)
        else:
            self.own.open().update(
                claimed_at=None, tries=tries, next_try_at=now + pause(tries), trouble=one_line(said, TROUBLE)
            )

    def came_back(self, cause: Cause, said: str, at: datetime | None) -> bool:
        """The other side took it and could not deliver it after all.

        Arguments: why; what it said; when it said so: what was sent again since then did not come back by it.
        Returns: False when that is known already, or was not sent.
        """
        sent = self.own.exclude(claimed_at=None).exclude(given_up_at__isnull=False, cause__in=BY_MAIL)
        if at:
            sent = sent.filter(claimed_at__lte=at + SKEW)
        now = timezone.now()
        return bool(sent.update(delivered_at=None, given_up_at=now, cause=cause, trouble=one_line(said, TROUBLE)))

    def never(self, failure: GivenUp, address: str) -> None:
        """It is given up, with the reason."""
        self.own.open().update(address=address, tries=self.tries + 1)
        self.own.give_up(failure.cause, failure.said.replace(address, "…") if address else failure.said)


CLAIMED = (
    "UPDATE workflow_delivery SET claimed_at = %s, address = %s, tries = tries + 1"
    " WHERE id = %s AND claimed_at IS NULL AND delivered_at IS NULL AND given_up_at IS NULL"
)
"""Written as :meth:`DeliveryQuerySet.unclaimed` has it; putting it together anew for each letter costs more than the
letter."""
ARRIVED = (
    "UPDATE workflow_delivery SET delivered_at = %s, next_try_at = NULL, given_up_at = NULL, cause = '', trouble = ''"
    " WHERE id = %s"
)


def written(statement: str, *values: Any) -> bool:
    """Run one of the two. Returns: whether it changed a row."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.rowcount)


def at_present() -> Any:
    """This moment as the database takes it."""
    return connection.ops.adapt_datetimefield_value(timezone.now())


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries: twice as long each time, and not everybody at the same moment."""
    longest = min(LONGEST, SHORTEST * 2 ** min(tries - 1, 20))
    return longest * random.uniform(0.5, 1)  # nosec B311 # nobody gains by guessing it


def one_line(text: object, most: int) -> str:
    """The words as one line: a subject, or a reason, has no line break."""
    return Truncator(" ".join(str(text).split())).chars(most)
