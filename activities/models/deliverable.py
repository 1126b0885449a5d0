"""What a task asks for in numbers, and what units report of it."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from workflow.day_field import DayField
from workflow.templatetags.clock import short_day


class Comparator(models.TextChoices):
    AT_LEAST = "at_least", _("at least")
    EXACTLY = "exactly", _("exactly")
    AT_MOST = "at_most", _("at most")


class Share(models.TextChoices):
    EACH = "each", _("each unit")
    TOGETHER = "together", _("all units together")


class Deliverable(models.Model):
    """One thing a task asks for: at least 100 posters of each town, by a day. Without a number: that it is done."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="deliverables")
    order = models.PositiveIntegerField()
    title = models.CharField(_("what"), max_length=200)
    target = models.PositiveIntegerField(_("how many"), null=True, blank=True, validators=[MaxValueValidator(10**8)])
    comparator = models.CharField(_("comparator"), max_length=20, choices=Comparator, default=Comparator.AT_LEAST)
    measure = models.CharField(_("unit of measure"), max_length=20, blank=True)
    share = models.CharField(_("owed by"), max_length=20, choices=Share, default=Share.EACH)
    due_on = DayField(_("last day"), null=True, blank=True)
    beside_plan = models.BooleanField(_("owed beside the plan"), default=False)
    """A number the text asks of an activity that is planned; the deliverables of a task stand for its plan."""

    class Meta:
        ordering = ["activity__order", "order"]
        constraints = [models.UniqueConstraint(fields=["activity", "order"], name="deliverable_order_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def in_full(self) -> str:
        """Its task and its own title; once where both say the same."""
        return self.title if self.is_all_of_it else f"{self.activity}：{self}"

    @property
    def is_all_of_it(self) -> bool:
        """Whether it is called as its task is: the task asks for nothing else."""
        return self.title == self.activity.title


class Window(models.Model):
    """A span of days in which something is to happen (a clip is broadcast in two windows)."""

    deliverable = models.ForeignKey(Deliverable, models.CASCADE, related_name="windows")
    starts_on = DayField(_("first day"))
    ends_on = DayField(_("last day"))
    text = models.CharField(_("as printed"), max_length=120, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="window_dates")
        ]

    def __str__(self) -> str:
        return self.text or " – ".join(short_day(day) for day in (self.starts_on, self.ends_on))
