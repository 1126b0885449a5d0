"""A unit's summary of its campaign, in sections, with the figures the office asked for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models import Filing
from campaigns.models import Indicator
from workflow.pages import label


class Summary(Filing):
    """One version of a summary. A draft may be half-done."""

    overview = models.TextField(_("overview"), max_length=20_000, blank=True)
    practice = models.TextField(_("what was done"), max_length=20_000, blank=True)
    effect = models.TextField(_("what came of it"), max_length=20_000, blank=True)
    problems = models.TextField(_("problems met"), max_length=20_000, blank=True)
    suggestions = models.TextField(_("suggestions"), max_length=20_000, blank=True)

    SECTIONS = ("overview", "practice", "effect", "problems", "suggestions")

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Heading and text of each section that has text."""
        pairs = [(str(label(self, name)), getattr(self, name)) for name in self.SECTIONS]
        return [(heading, text) for heading, text in pairs if text.strip()]


class Figure(models.Model):
    """One number of one version of a summary."""

    summary = models.ForeignKey(Summary, models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures")
    value = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["indicator__order"]
        constraints = [models.UniqueConstraint(fields=["summary", "indicator"], name="figure_once")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"
