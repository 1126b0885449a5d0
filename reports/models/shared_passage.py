"""Passages that stand nearly alike in the summaries of two units: a pointer for the office, never a figure."""

from django.db import models

from reports.models.summary import Summary
from workflow import clock


class Comparison(models.Model):
    """A filed summary has been compared with those of the other units."""

    summary = models.OneToOneField(Summary, models.CASCADE, related_name="comparison")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.summary)


class SharedPassage(models.Model):
    """One passage of a summary, and the passage of another unit's that is nearly the same."""

    summary = models.ForeignKey(Summary, models.CASCADE, related_name="shared_passages")
    heading = models.CharField(max_length=80)
    text = models.TextField()
    other = models.ForeignKey(Summary, models.CASCADE, related_name="+")
    other_heading = models.CharField(max_length=80)
    other_text = models.TextField()
    percent = models.PositiveSmallIntegerField()
    """Of letters that agree."""

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.summary} · {self.other}: {self.percent}%"
