"""What a unit files of its own accord beside what it owes: progress, cases, media coverage."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.filing import Filing


class ProgressState(models.TextChoices):
    PREPARING = "preparing", _("Being prepared")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    STUCK = "stuck", _("Held up")


class Progress(Filing):
    """How an activity goes."""

    stage = models.CharField(_("state"), max_length=20, choices=ProgressState, blank=True)
    percent = models.PositiveIntegerField(
        _("per cent done"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    narrative = models.TextField(_("what was done"), max_length=5000, blank=True)
    problems = models.TextField(_("problems met"), max_length=2000, blank=True)
    next_step = models.TextField(_("next step"), max_length=2000, blank=True)


class Case(Filing):
    """A typical case, in the author's words."""

    title = models.CharField(_("title"), max_length=120, blank=True)
    background = models.TextField(_("background"), max_length=5000, blank=True)
    practice = models.TextField(_("what was done"), max_length=10_000, blank=True)
    effect = models.TextField(_("what came of it"), max_length=5000, blank=True)


class PublishedCase(models.Model):
    """A case the office selected: its own wording beside the author's, shown to all units once it is published."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="selection")
    title = models.CharField(_("title"), max_length=120)
    background = models.TextField(_("background"), max_length=5000, blank=True)
    practice = models.TextField(_("what was done"), max_length=10_000, blank=True)
    effect = models.TextField(_("what came of it"), max_length=5000, blank=True)
    revision = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class Coverage(Filing):
    """What a newspaper, a station or a site brought about it."""

    outlet = models.CharField(_("medium"), max_length=80, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    on = models.DateField(_("day"), null=True, blank=True)
