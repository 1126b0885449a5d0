"""What the office remarks on a passage of a summary when it returns it."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from activities.models import Assignment
from reports import rules
from reports.models.summary import Summary
from workflow import clock

QUOTE, TEXT = 200, 500
"""The most characters of each."""


class RemarkQuerySet(models.QuerySet["PassageRemark"]):
    def visible_to(self, user: Any) -> Self:
        """The remarks on summaries the person may see."""
        return self.filter(summary__assignment__in=Assignment.objects.visible_to(user))


class PassageRemark(RulesModel):
    """One remark on one section of one version, perhaps on words of it. The unit reads it once it is returned."""

    summary = models.ForeignKey(Summary, models.CASCADE, related_name="remarks")
    key = models.CharField(max_length=20)
    quote = models.CharField(_("the words it is about"), max_length=QUOTE, blank=True)
    text = models.CharField(_("what is remarked"), max_length=TEXT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        rules_permissions = {"drop": rules.made_remark}

    def __str__(self) -> str:
        return self.text

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.summary.assignment.acts_in()
