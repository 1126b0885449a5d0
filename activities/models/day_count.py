"""How many assignments stand how, day by day: a ledger that is only ever written on.

Each change of an assignment adds lines in the same transaction: one less of how it stood, one more of how it stands,
for its unit, for every unit above it and for the whole campaign. What stands is the sum of the lines; what stood at the
end of a day is the sum of the lines up to that day. Nobody changes a line of somebody else, so five thousand units that
file at once wait for nobody and cannot block each other: as if each counter were split into as many shards as there are
writers. :func:`activities.models.counting.fold` adds them up afterwards.
"""

from django.db import models

from accounts.models import Unit
from campaigns.models import Campaign


class DayCount(models.Model):
    """So many more, or fewer, stand so since that day."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+", db_index=False)
    """Of which unit; None: of the whole campaign."""
    own = models.BooleanField()
    """Owed by the unit itself; otherwise by a unit below it, at whatever depth."""
    day = models.DateField()
    share = models.CharField(max_length=80)
    """How they stand, see ``Assignment.share``."""
    last_at = models.DateTimeField()
    """Until when they are not overdue."""
    number = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["campaign", "unit", "day"], name="counts_of_unit"),
            models.Index(fields=["unit"], name="counts_below"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.number:+} {self.share}"


class TermsBefore(models.Model):
    """Whose an assignment was and which days it had, until somebody changed them: the log says states only."""

    assignment = models.ForeignKey("activities.Assignment", models.CASCADE, related_name="terms_before")
    at = models.DateTimeField()
    """When they were changed."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    grace_until = models.DateTimeField(null=True)
    extended_until = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.assignment_id} until {self.at}"


class CountAlarm(models.Model):
    """What the nightly recomputation found: the first difference between ledger and log, until it is rebuilt."""

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="count_alarm")
    at = models.DateTimeField()
    said = models.TextField()

    def __str__(self) -> str:
        return self.said
