"""Who is sending by a channel at this moment, and whether the other side is away."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from workflow.channels.channel import LONGEST_NAME, Away, called
from workflow.channels.delivery import TROUBLE, one_line, pause

LEASE = timedelta(seconds=30)
"""After so long without a sign of life another one sends: whoever held it was killed."""
AGAIN = timedelta(minutes=10)
"""The other side is asked at least so often whether it is back."""


class ChannelState(models.Model):
    """One row for each channel. One sends at a time: over one connection, in order, as fast as the other side takes."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    held_until = models.DateTimeField(null=True)
    away_since = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=TROUBLE, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """The channel in words."""
        return called(self.name)

    def take(self) -> bool:
        """Begin to send. Returns: False when somebody does, or the other side is away."""
        now = timezone.now()
        free = Q(held_until=None) | Q(held_until__lt=now)
        due = Q(next_try_at=None) | Q(next_try_at__lte=now)
        return self._hold(ChannelState.objects.filter(free, due, pk=self.pk), now + LEASE)

    def keep(self) -> bool:
        """Say that we are still at it. Returns: False when somebody else took over."""
        now = timezone.now()
        if self.held_until and self.held_until - now > LEASE / 2:
            return True
        return self._hold(self.mine, now + LEASE)

    def leave(self) -> None:
        """Sending is over."""
        self._hold(self.mine, None)

    @property
    def mine(self) -> models.QuerySet["ChannelState"]:
        """The row as long as nobody else took over."""
        return ChannelState.objects.filter(pk=self.pk, held_until=self.held_until)

    def _hold(self, rows: models.QuerySet["ChannelState"], until: datetime | None) -> bool:
        done = rows.update(held_until=until)
        self.held_until = until
        return bool(done)

    def is_back(self) -> None:
        """The other side takes letters."""
        if self.away_since:
            ChannelState.objects.filter(pk=self.pk).update(away_since=None, next_try_at=None, tries=0, trouble="")
            self.away_since, self.tries = None, 0

    def is_away(self, away: Away) -> None:
        """The other side takes nothing: everything waits, in its order, until it is asked again."""
        now = timezone.now()
        ChannelState.objects.filter(pk=self.pk).update(
            away_since=self.away_since or now,
            next_try_at=now + (away.wait or min(AGAIN, pause(self.tries + 1))),
            tries=self.tries + 1,
            trouble=one_line(away.said, TROUBLE),
        )
