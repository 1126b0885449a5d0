"""Document numbers 〔year〕: one register for each issuing code and year, never a number twice."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow import clock
from workflow.models import MoveRefused


class NumberSeries(models.Model):
    """The counter of one issuing code in one year. Its row is what two signers wait for in turn."""

    org_code = models.CharField(gettext_lazy("issuing code"), max_length=20)
    year = models.PositiveIntegerField(gettext_lazy("year"))
    last = models.PositiveIntegerField(gettext_lazy("last number given"), default=0)

    class Meta:
        ordering = ["-year", "org_code"]
        constraints = [models.UniqueConstraint(fields=["org_code", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.org_code}〔{self.year}〕"


class DocumentNumberManager(models.Manager["DocumentNumber"]):
    @transaction.atomic
    def give(self, org_code: str, year: int, *, by: Any) -> "DocumentNumber":
        """The next free number of a series, given to whoever asks.

        The update of the counter holds its row until the transaction ends, so a second signer waits, and a
        transaction that fails takes the number back: no gap arises by itself.
        """
        series, _made = NumberSeries.objects.get_or_create(org_code=org_code, year=year)
        rows = NumberSeries.objects.filter(pk=series.pk)
        rows.update(last=F("last") + 1)
        seq = rows.values_list("last", flat=True).get()
        taken = set(self.filter(org_code=org_code, year=year, seq__gte=seq).values_list("seq", flat=True))
        while seq in taken:
            seq += 1
        rows.update(last=seq)
        return self.create(org_code=org_code, year=year, seq=seq, given_by=by, given_at=clock.now())

    def take(self, org_code: str, year: int, seq: int, *, by: Any, reason: str = "") -> "DocumentNumber":
        """A number chosen by a person: by the signer, or one used outside the system (with the reason).

        Raises: MoveRefused when it was used already.
        """
        try:
            with transaction.atomic():
                return self.create(
                    org_code=org_code, year=year, seq=seq, reason=reason, given_by=by, given_at=clock.now()
                )
        except IntegrityError as error:
            said = _("The number %(number)s has been used already.")
            raise MoveRefused(said % {"number": printed(org_code, year, seq)}) from error

    def gaps(self, org_code: str, year: int) -> list[int]:
        """Numbers below the highest that nobody has accounted for."""
        used = set(self.filter(org_code=org_code, year=year).values_list("seq", flat=True))
        return [seq for seq in range(1, max(used, default=0)) if seq not in used]


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
