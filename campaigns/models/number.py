"""Document numbers 〔year〕: one register for each issuing code and year, never a number twice."""

from itertools import count
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES
from campaigns.rules import keeps_series
from documents.counts import thousands
from workflow import clock
from workflow.models import MoveRefused

HIGHEST, FARTHEST = 99_999, 200
"""The highest number of all, and how far above the next one a chosen number may lie: what is further is a slip of the
finger, after which nobody could explain the gaps."""


class NumberSeriesQuerySet(models.QuerySet["NumberSeries"]):
    def visible_to(self, user: Any) -> Self:
        """The registers of the person's own offices."""
        return self.filter(owner__in=user.units_as(*HOST_ROLES))

    def kept_by_another(self, org_code: str, year: int, office: Any) -> Self:
        """The register of this code and year, if another office keeps it."""
        return self.filter(org_code=org_code, year=year, owner__isnull=False).exclude(owner=office)


class NumberSeries(RulesModel):
    """The counter of one issuing code in one year. Its row is what two signers wait for in turn."""

    owner = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="number_series")
    """The office that keeps this register: the first that took a number of it."""
    org_code = models.CharField(gettext_lazy("issuing code"), max_length=20)
    year = models.PositiveIntegerField(gettext_lazy("year"))
    first = models.PositiveIntegerField(gettext_lazy("first number kept here"), default=1)
    """Numbers below it were given before this register began; they are no gaps."""
    last = models.PositiveIntegerField(gettext_lazy("last number given"), default=0)

    objects = NumberSeriesQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "org_code"]
        constraints = [models.UniqueConstraint(fields=["org_code", "year"], name="series_once")]
        rules_permissions = {"change": keeps_series}

    def __str__(self) -> str:
        return f"{self.org_code}〔{self.year}〕"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:series", args=[self.pk])

    def insist_on(self, office: Unit) -> None:
        """Nobody takes a number out of another office's register. Raises: MoveRefused."""
        if self.owner_id not in (None, office.pk):
            raise MoveRefused(_("%(series)s is kept by another office.") % {"series": self})

    def numbers(self) -> "models.QuerySet[DocumentNumber]":
        """Its numbers, the newest first."""
        return DocumentNumber.objects.filter(org_code=self.org_code, year=self.year)

    def gaps(self) -> list[int]:
        """Numbers between the first and the last that nobody has accounted for."""
        used = set(self.numbers().values_list("seq", flat=True))
        return [seq for seq in range(self.first, max(used, default=0)) if seq not in used]


class DocumentNumberManager(models.Manager["DocumentNumber"]):
    @transaction.atomic
    def give(self, org_code: str, year: int, *, by: Any, owner: Any = None) -> "DocumentNumber":
        """The next free number of a series, given to whoever asks.

        The update of the counter holds its row until the transaction ends, so a second signer waits, and a
        transaction that fails takes the number back: no gap arises by itself.
        Raises: MoveRefused when another office keeps the register.
        """
        rows = self._held(org_code, year, owner)
        seq = self._free_after(org_code, year, rows.values_list("last", flat=True).get())
        rows.update(last=seq)
        return self.create(org_code=org_code, year=year, seq=seq, given_by=by, given_at=clock.now())

    @transaction.atomic
    def take(
        self, org_code: str, year: int, seq: int, *, by: Any, reason: str = "", owner: Any = None
    ) -> "DocumentNumber":
        """A number chosen by a person: by the signer, or one used outside the system (with the reason).

        The next number given follows the highest, so the one chosen may leave a gap, which the register names. With
        the first number of all a register begins: what was before it was given on paper.
        Raises: MoveRefused for the reasons of ``why_not``, or when another office keeps the register.
        """
        rows = self._held(org_code, year, owner, first=seq)
        if why := self.why_not(org_code, year, seq):
            raise MoveRefused(why)
        rows.update(last=Greatest("last", seq))
        return self.create(org_code=org_code, year=year, seq=seq, reason=reason, given_by=by, given_at=clock.now())

    def coming(self, org_code: str, year: int) -> int:
        """The number the next signer will be given, if nobody is faster."""
        last = NumberSeries.objects.filter(org_code=org_code, year=year).values_list("last", flat=True).first()
        return self._free_after(org_code, year, last or 0)

    def why_not(self, org_code: str, year: int, seq: int) -> str:
        """Why a number cannot be chosen, for a person; empty when it can."""
        if self.filter(org_code=org_code, year=year, seq=seq).exists():
            said = _("The number %(number)s has been used already.")
            return said % {"number": printed(org_code, year, seq)}
        if seq <= FARTHEST:
            return ""
        coming = self.coming(org_code, year)
        if seq > coming + FARTHEST and self.filter(org_code=org_code, year=year).exists():
            said = _("%(number)d is more than %(most)s above the next number, %(next)d. Is it a slip of the finger?")
            return said % {"number": seq, "most": thousands(FARTHEST), "next": coming}
        return ""

    def _held(self, org_code: str, year: int, owner: Any, first: int = 1) -> "models.QuerySet[NumberSeries]":
        """The row of a series, held until the transaction ends: whoever comes second waits here."""
        series, _made = NumberSeries.objects.get_or_create(
            org_code=org_code, year=year, defaults={"owner": owner, "first": first}
        )
        if owner:
            series.insist_on(owner)
        rows = NumberSeries.objects.filter(pk=series.pk)
        rows.update(owner=Coalesce("owner", Value(owner.pk)) if owner else F("owner"))
        return rows

    def _free_after(self, org_code: str, year: int, last: int) -> int:
        """The first number above the last one that was not used by hand."""
        taken = set(self.filter(org_code=org_code, year=year, seq__gt=last).values_list("seq", flat=True))
        return next(seq for seq in count(last + 1) if seq not in taken)


class DocumentNumber(models.Model):
    """One number of a series: given to a notice, or used outside the system, with the reason."""

    org_code = models.CharField(gettext_lazy("issuing code"), max_length=20)
    year = models.PositiveIntegerField(gettext_lazy("year"))
    seq = models.PositiveIntegerField(gettext_lazy("number"))
    reason = models.CharField(gettext_lazy("what it was used for"), max_length=200, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now)

    objects = DocumentNumberManager()

    class Meta:
        ordering = ["-year", "org_code", "-seq"]
        constraints = [models.UniqueConstraint(fields=["org_code", "year", "seq"], name="document_number_given_once")]

    def __str__(self) -> str:
        return printed(self.org_code, self.year, self.seq)


def printed(org_code: str, year: int, seq: int | None) -> str:
    """A document number with its hexagonal brackets; without a number yet, the place it will stand in."""
    return f"{org_code}〔{year}〕{'' if seq is None else seq}号"


@transaction.atomic
def begin_series(owner: Unit, org_code: str, year: int, first: int) -> NumberSeries:
    """Let the next number of a series be this one: a register that was kept on paper goes on here.

    Arguments: the office, its code, the year, the first number to be given here.
    Raises: MoveRefused when the number was used already, or when another office keeps this register.
    """
    series, made = NumberSeries.objects.select_for_update().get_or_create(
        org_code=org_code, year=year, defaults={"owner": owner, "first": first}
    )
    series.insist_on(owner)
    if DocumentNumber.objects.filter(org_code=org_code, year=year, seq=first).exists():
        said = _("The number %(number)s has been used already.")
        raise MoveRefused(said % {"number": printed(org_code, year, first)})
    lowest = series.numbers().order_by("seq").values_list("seq", flat=True).first()
    series.first = first if made or lowest is None or first < lowest else series.first
    series.last, series.owner = first - 1, owner
    series.save()
    return series
