"""What units write back: the reply to a supervision slip, the answer to one more question."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.filing import Filing
from documents.counts import thousands
from workflow.day_field import DayField


class SlipReply(Filing):
    """One version of a unit's reply to a supervision slip."""

    cause = models.TextField(_("why it was late"), max_length=3000, blank=True)
    measures = models.TextField(_("what was done, and what will be done"), max_length=5000, blank=True)
    done_by = DayField(_("all of it filed by"), null=True, blank=True)
    person = models.CharField(_("whom to ask"), max_length=60, blank=True)


class Answer(Filing):
    """One version of a unit's answer; which of the columns is used, the question says."""

    choice = models.CharField(_("answer"), max_length=60, blank=True)
    number = models.DecimalField(_("number"), max_digits=18, decimal_places=2, null=True, blank=True)
    text = models.TextField(_("answer in words"), max_length=2000, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    @property
    def figure(self) -> str:
        """The number as a person writes it: 1,200 or 0.5."""
        return "" if self.number is None else figure(self.number)


def figure(number: Decimal) -> str:
    """A number as a person writes it: 1,200 or 0.5."""
    whole = number.to_integral_value()
    return thousands(int(whole)) if number == whole else f"{number.normalize():,f}"
