"""What the office asks a summary to say: its sections, in versions that never change once they are written."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from workflow import clock

HEADING, HINT = 40, 300
"""The most characters of each."""
FIGURES = "figures"
"""The key of the section in which the figures of the campaign stand."""


class Evidence(models.TextChoices):
    """What the office wants to see beside a section."""

    NONE = "", _("nothing")
    PHOTO = "photo", _("photos")
    FILE = "file", _("a document")


@dataclass(frozen=True)
class Section:
    """One section as it is asked.

    ``key`` stays the same from version to version, so that what was written finds its place again; ``least`` and
    ``most`` are words as Word counts them; ``strict``: outside of them a summary cannot be filed.
    """

    key: str
    heading: str
    hint: str = ""
    needed: bool = False
    least: int | None = None
    most: int | None = None
    strict: bool = False
    evidence: str = Evidence.NONE


class SectionSet(models.Model):
    """One version of the sections of a campaign's summaries. Whoever began with an older one keeps what was written."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="section_sets")
    version = models.PositiveIntegerField()
    rows = models.JSONField()
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["campaign", "version"], name="section_set_once")]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.version}"

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections in their order."""
        return tuple(Section(**row) for row in self.rows)


def as_rows(sections: Any) -> list[dict[str, Any]]:
    """Sections as a version keeps them."""
    return [asdict(each) for each in sections]
