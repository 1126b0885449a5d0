"""One more question (补充一问): what an office would ask over a messenger, put to some units of a campaign."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rules.contrib.models import RulesModel

from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES
from activities import rules
from activities.models.activity import Activity
from activities.states import QUESTION_MOVES, Kind, QuestionState
from campaigns.models import Campaign, Notice
from workflow import clock
from workflow.models import Stateful


class AnswerKind(models.TextChoices):
    """How a question is answered."""

    CHOICE = "choice", gettext_lazy("by choosing")
    NUMBER = "number", gettext_lazy("with a number")
    TEXT = "text", gettext_lazy("in words")
    FILE = "file", gettext_lazy("with a file")


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the person's own office; units meet them as what they owe."""
        return self.filter(campaign__host__in=user.units_as(*HOST_ROLES))


class Question(Stateful, RulesModel):
    """A short question. Each unit asked owes an answer by its hour: an ``Assignment`` of the kind ``QUESTION``."""

    MOVES = QUESTION_MOVES

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="questions")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="questions")
    """The notice in force under which it is asked: if that is withdrawn, no answer is owed; if it is superseded, the
    question is asked under the newer one."""
    text = models.CharField(gettext_lazy("question"), max_length=200)
    hint = models.CharField(gettext_lazy("what helps to answer"), max_length=300, blank=True)
    answer_kind = models.CharField(gettext_lazy("answered"), max_length=20, choices=AnswerKind)
    choices = models.JSONField(default=list, blank=True)
    measure = models.CharField(gettext_lazy("unit of measure"), max_length=20, blank=True)
    about_kind = models.CharField(gettext_lazy("concerns"), max_length=20, choices=Kind, blank=True)
    about_activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("activity")
    )
    due_at = models.DateTimeField(gettext_lazy("answer due"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=20, choices=QuestionState, default=QuestionState.ASKED)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        rules_permissions = {"oversee": rules.hosts, "change": rules.staffs_office}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.campaign.host_id, OFFICE_ROLES),)

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("activities:question", args=[self.pk])

    @property
    def about(self) -> str:
        """What it concerns, in words: a kind of filing, perhaps of one activity; empty: the campaign as a whole."""
        kind = str(Kind(self.about_kind).label) if self.about_kind else ""
        return " · ".join(part for part in (kind, str(self.about_activity or "")) if part)

    @property
    def is_over(self) -> bool:
        return bool(self.state == QuestionState.CLOSED)

    def why_not_changed(self) -> str:
        """Why it cannot be corrected or extended; empty when it can."""
        return _("The question is closed: nothing is asked any more.") if self.is_over else ""
