"""Material a notice asks for or a unit offers: a text, photos, files, a link."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.models.assignment import Assignment
from activities.models.filing import Filing
from activities.models.photo import added_by_office_of, erase
from workflow.day_field import DayField


class Material(Filing):
    """One version of a material."""

    text = models.TextField(_("text"), max_length=20_000, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    on = DayField(_("day"), null=True, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: Any) -> Self:
        """Files of the person's own units; those of other units once they were filed and not withdrawn.

        The office also sees what it added itself, filing on behalf.
        """
        filed = Q(assignment__submitted_at__isnull=False) | added_by_office_of(user)
        seen = filed & Q(assignment__in=Assignment.objects.visible_to(user))
        return self.filter(Q(assignment__in=Assignment.objects.of_units_of(user)) | seen)


class Attachment(models.Model):
    """A file filed with an assignment: a document or a clip, kept as it came."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="attachments")
    file = models.FileField(_("file"), upload_to="attachments/%Y/%m/")
    name = models.CharField(max_length=200)
    caption = models.CharField(_("caption"), max_length=120, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["assignment", "sha256"], name="attachment_once")]

    def __str__(self) -> str:
        return self.caption or self.name

    def take_away(self) -> None:
        """Delete it with its file."""
        self.delete()
        erase(self.file)

    def get_absolute_url(self) -> str:
        return reverse("activities:attachment", args=[self.pk])
