"""One deed done with many assignments at once: the job, and what became of each row."""

from collections.abc import Collection, Iterable
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models.memberships import OFFICE_ROLES
from activities import rules
from activities.models.assignment import Assignment
from campaigns.models import Campaign
from workflow import clock
from workflow.jobs import Job, JobQuerySet
from workflow.models import Transition


class BulkDeed(models.TextChoices):
    """What can be done with many at once."""

    ACCEPT = "accept", _("Accept")
    RETURN = "return", _("Return")
    EXTEND = "extend", _("Extend")
    WAIVE = "waive", _("Not applicable")
    HAND_OVER = "hand_over", _("Hand over")
    UNDO = "undo", _("Undo")


class BulkQuerySet(JobQuerySet["Bulk"]):
    def visible_to(self, user: Any) -> Self:
        """Those of campaigns the person runs."""
        return self.filter(campaign__host__in=user.units_as(*OFFICE_ROLES))


class Bulk(Job, RulesModel):
    """A deed with many rows: what was asked, by whom, and how far it is."""

    TASK = "activities.do_bulk"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="bulks")
    deed = models.CharField(max_length=20, choices=BulkDeed)
    given = models.JSONField(default=dict)
    """What the person typed: the one reason, the new day, the successor."""
    key = models.UUIDField(default=uuid4, unique=True)
    """Of the page on which it was pressed: a second press finds the first."""
    undoes = models.OneToOneField(to="self", on_delete=models.CASCADE, null=True, related_name="undone_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = BulkQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-id"]
        rules_permissions = {"undo": rules.staffs_link}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.campaign.acts_in()

    def __str__(self) -> str:
        return f"{self.get_deed_display()} · {self.campaign}"

    def get_absolute_url(self) -> str:
        return reverse("activities:bulk", args=[self.pk])


class Outcome(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")


class BulkRow(models.Model):
    """One assignment of it."""

    bulk = models.ForeignKey(Bulk, models.CASCADE, related_name="rows")
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    why = models.CharField(max_length=400, blank=True)
    """Why it was skipped."""
    line = models.ForeignKey(Transition, models.SET_NULL, null=True, related_name="+")
    """The line of the log it wrote: undone only while this is the newest."""
    before = models.JSONField(default=dict)
    """What stood before, as far as the line does not say it."""

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["bulk", "assignment"], name="bulk_row_once")]
        indexes = [models.Index(fields=["bulk", "outcome", "id"], name="bulk_rows")]

    def __str__(self) -> str:
        return f"{self.assignment_id} · {self.outcome}"
