"""A unit's summary of its campaign, in sections, with the figures the office asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models import Filing
from campaigns.models import Indicator
from documents.counts import thousands
from reports.models.section import SectionSet
from workflow.pages import label

LONGEST = 20_000
"""Characters of one section."""


@dataclass(frozen=True)
class Passage:
    """What a unit wrote in one section, under the heading the section had then.

    ``sources``: where the text was taken from, until somebody of the unit has read it.
    """

    key: str
    heading: str
    text: str = ""
    sources: list[str] = field(default_factory=list)


class Summary(Filing):
    """One version of a summary. A draft may be half-done.

    ``written`` holds its passages. The five columns are where the version before this one reads and writes; they go
    with the next one. Until then they are what holds, and ``written`` follows.
    """

    overview = models.TextField(_("overview"), max_length=LONGEST, blank=True)
    practice = models.TextField(_("what was done"), max_length=LONGEST, blank=True)
    effect = models.TextField(_("what came of it"), max_length=LONGEST, blank=True)
    problems = models.TextField(_("problems met"), max_length=LONGEST, blank=True)
    suggestions = models.TextField(_("suggestions"), max_length=LONGEST, blank=True)
    written = models.JSONField(null=True, blank=True)
    asked = models.ForeignKey(SectionSet, models.PROTECT, null=True, blank=True, related_name="+")
    """The version of the sections in which it was written; none: the usual ones."""

    activities = models.JSONField(null=True, blank=True)
    """What stood beside it when it was filed: each activity planned, done, in figures, with its evidence."""

    SECTIONS = ("overview", "practice", "effect", "problems", "suggestions")

    @property
    def passages(self) -> list[Passage]:
        """What was written, section by section, also where a section is empty."""
        stored = [Passage(**row) for row in self.written or []]
        found = [replace(each, text=self.of_column(each.key, each.text)) for each in stored]
        there = {each.key for each in found}
        beside = [Passage(name, str(label(self, name)), getattr(self, name)) for name in self.SECTIONS]
        return found + [each for each in beside if each.key not in there and (each.text.strip() or not found)]

    def of_column(self, key: str, otherwise: str) -> str:
        """The text of a section: that of its column where it has one."""
        return str(getattr(self, key)) if key in self.SECTIONS else otherwise

    def write(self, passages: Iterable[Passage]) -> None:
        """Put these passages in the place of what was written, not saved yet."""
        found = list(passages)
        texts = {each.key: each.text for each in found}
        self.written = [asdict(each) for each in found]
        for name in self.SECTIONS:
            setattr(self, name, texts.get(name, ""))

    def put(self, name: str, value: Any) -> None:
        self.write(replace(each, text=value) if each.key == name else each for each in self.passages)

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Heading and text of each section that has text."""
        return [(each.heading, each.text) for each in self.passages if each.text.strip()]

    def own_texts(self) -> list[tuple[str, str, str]]:
        return [(each.key, each.heading, each.text) for each in self.passages]

    @classmethod
    def columns_read(cls) -> list[Any]:
        return []


class Figure(models.Model):
    """One number of one version of a summary.

    ``about`` is the number as the unit wrote it where it is none to the last digit: 1,000余, 约300, 3万余人次.
    """

    summary = models.ForeignKey(Summary, models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures")
    value = models.PositiveBigIntegerField()
    about = models.CharField(_("as it was written"), max_length=40, blank=True, db_default="", default="")

    class Meta:
        ordering = ["indicator__order"]
        constraints = [models.UniqueConstraint(fields=["summary", "indicator"], name="figure_once")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.shown}"

    @property
    def shown(self) -> str:
        """The number as a page and a paper show it."""
        return self.about or thousands(self.value)
