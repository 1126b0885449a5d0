"""What is looked through of what was filed and issued, and the index of its letters; both are made by a worker.

Nothing of it is anybody's to read as it stands: :meth:`SearchEntryQuerySet.visible_to` asks, at every search, the rows
it was made of. A row says of which version it was made (``mark``), so what is missing or old is found by asking.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.memberships import HOST_ROLES, UNIT_ROLES
from activities.models import Activity, Assignment, PublishedCase
from campaigns.models import Campaign, Notice
from workflow.compiled import any_of


class Sought(models.TextChoices):
    """What can be found, in the order of the page."""

    NOTICE = "notice", _("Notices")
    ACTIVITY = "activity", _("Activities")
    PLAN = "plan", _("Plans")
    PROGRESS = "progress", _("Progress")
    CASE = "case", _("Typical cases")
    SUMMARY = "summary", _("Summaries")
    MATERIAL = "material", _("Material and media coverage")
    REPLY = "reply", _("Replies and answers")
    UNIT = "unit", _("Units")
    PERSON = "person", _("People")
    MESSAGE = "message", _("Messages")


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def visible_to(self, user: Any) -> Self:
        """What the person may read today.

        Of filings what was filed and not taken back; of cases in the office's words those that are published.
        """
        return self.seen_by(user.units_as(*HOST_ROLES), user.units_as(*UNIT_ROLES))

    def seen_by(self, hosts: Collection[Any], units: Collection[Any]) -> Self:
        """The same for the offices somebody is of, and the units for which somebody files."""
        campaigns = Campaign.objects.seen_by(hosts, units)
        owed = any_of("assignment__unit", units) | any_of("assignment__campaign__host", hosts)
        published = Q(published__published_at__isnull=False, published__case__assignment__campaign__in=campaigns)
        return self.filter(
            Q(owed, assignment__submitted_at__isnull=False)
            | Q(notice__in=Notice.objects.seen_by(hosts, units))
            | Q(activity__campaign__in=campaigns)
            | published
        )


def of(table: Any) -> Any:
    """What an entry is made of. It may go before its entry does: the worker then takes the entry's letters out too."""
    return models.ForeignKey(table, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)


class SearchEntry(models.Model):
    """The text of one notice, one activity, of the newest version of one filing, of one case in the office's words."""

    number = models.PositiveIntegerField(unique=True)
    """Its place in the index."""
    kind = models.CharField(max_length=20, choices=Sought)
    source = models.CharField(max_length=40)
    """The table it was made of."""
    about = models.PositiveBigIntegerField()
    """The number of the assignment, the notice, the activity or the published case."""
    assignment, notice, activity, published = of(Assignment), of(Notice), of(Activity), of(PublishedCase)
    mark = models.CharField(max_length=80)
    """Of which version it was made."""
    facts = models.JSONField(default=list)
    """What it is narrowed by and who sees it, as the index says it: kind, year, host."""
    at = models.DateTimeField()
    title = models.CharField(max_length=250, blank=True)
    text = models.TextField()
    """What is shown of it, telephone numbers and addresses masked; sections parted by a form feed."""
    folded = models.TextField()
    """Title and text as they are looked through (``reports/search/folding.py``)."""

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "about"], name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.about}"


class SearchPosting(models.Model):
    """In which entries of one block a pair of letters stands, or a fact is true (``reports/search/postings.py``)."""

    gram = models.CharField(max_length=40)
    block = models.PositiveIntegerField()
    numbers = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gram", "block"], name="search_posting_once")]

    def __str__(self) -> str:
        return f"{self.gram} {self.block}"


class SearchState(models.Model):
    """One row: how many numbers were given. Whoever writes the index holds it, so there is one writer."""

    given = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.given)
