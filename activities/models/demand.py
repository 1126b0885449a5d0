"""What a notice asks of every addressee beside receipt, liaison officers, plans and the summary."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Notice


class Demand(models.Model):
    """One thing by one day (a list of names by 10 August): issuing makes an assignment of it for each unit."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="demands")
    order = models.PositiveIntegerField()
    title = models.CharField(_("what"), max_length=200)
    due_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["notice", "order"], name="demand_order_once")]

    def __str__(self) -> str:
        return self.title

    def proposed(self, today: date) -> date:
        """The day offered on the issue page: the notice's own, if it is still to come."""
        return max(self.due_on or today, today)
