"""Whether a filing has to bring photos: it does not, unless the office said so with a reason."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.assignment import Assignment
from activities.models.demand import MOST_PHOTOS, photos_field
from activities.states import Kind
from campaigns.models import Campaign

WITH_PHOTOS = (
    Kind.SUMMARY,
    Kind.PLAN,
    Kind.PROGRESS,
    Kind.CASE,
    Kind.COVERAGE,
    Kind.OTHER,
    Kind.ROUND,
    Kind.DECISION,
)
"""Kinds of filing whose page takes photos."""


class CampaignPhotos(models.Model):
    """The photos a campaign demands with a kind of filing. No row: they are optional."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="photos_demanded")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    least = photos_field(_("photos, at least"))
    most = photos_field(_("photos, at most"))
    why = models.CharField(_("why photos are needed"), max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "kind"], name="photos_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.least or 0}"


@dataclass(frozen=True)
class PhotosWanted:
    """How many photos a filing has to have, how many it may have, and why."""

    least: int = 0
    most: int = MOST_PHOTOS
    why: str = ""


def photos_wanted(assignment: Assignment) -> PhotosWanted:
    """What is said of photos for one assignment: by its demand, else by its campaign for its kind."""
    if demand := assignment.demand:
        return PhotosWanted(demand.photos_least or 0, demand.photos_most or MOST_PHOTOS, demand.photos_why)
    if assignment.kind not in WITH_PHOTOS:
        return PhotosWanted()
    row = CampaignPhotos.objects.filter(campaign=assignment.campaign_id, kind=assignment.kind).first()
    return PhotosWanted(row.least or 0, row.most or MOST_PHOTOS, row.why) if row else PhotosWanted()
