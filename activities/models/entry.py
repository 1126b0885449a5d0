"""What a unit reports of a deliverable: a count with its evidence."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.assignment import Assignment
from activities.models.deliverable import Window
from activities.models.photo import Photo
from activities.states import ENTRY_MOVES, EntryState
from workflow.models import Stateful


class Entry(Stateful):
    """One report: so many, on this day, in this window, with photos or a link. The office may reject it."""

    MOVES = ENTRY_MOVES

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="entries")
    count = models.PositiveIntegerField(_("how many"), validators=[MaxValueValidator(10**9)])
    on = models.DateField(_("day"))
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="entries")
    note = models.CharField(_("remark"), max_length=500, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    photos = models.ManyToManyField(Photo, related_name="entries", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=EntryState, default=EntryState.COUNTED)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.count} {self.assignment.deliverable.measure if self.assignment.deliverable else ''}".strip()
