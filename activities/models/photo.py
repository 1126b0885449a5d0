"""Photos a unit files with an assignment. What is stored was made here, from pixels only."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.models.assignment import Assignment


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: Any) -> Self:
        """Photos of the person's own units; those of other units once they were filed and not withdrawn."""
        filed = Q(assignment__in=Assignment.objects.visible_to(user), assignment__submitted_at__isnull=False)
        return self.filter(Q(assignment__in=Assignment.objects.of_units_of(user)) | filed)


class Photo(models.Model):
    """One photo, re-encoded at print size, with its thumbnail and caption."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="photos")
    file = models.ImageField(upload_to="photos/%Y/%m/", width_field="width", height_field="height")
    thumbnail = models.ImageField(upload_to="photos/%Y/%m/")
    caption = models.CharField(_("caption"), max_length=120, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["assignment", "sha256"], name="photo_once")]

    def __str__(self) -> str:
        return self.caption or str(_("Photo"))

    def get_absolute_url(self) -> str:
        return reverse("activities:photo", args=[self.pk])
