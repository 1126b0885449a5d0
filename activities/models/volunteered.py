"""What a unit files of its own accord beside what it owes: progress, cases, media coverage."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.memberships import OFFICE_ROLES
from activities.models.filing import Filing, StaleDraft
from campaigns.models import Campaign
from workflow import clock
from workflow.day_field import DayField


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


class PublishedCaseQuerySet(models.QuerySet["PublishedCase"]):
    def visible_to(self, user: Any) -> Self:
        """What is published, to everybody who sees the campaign; what is being edited, to its office."""
        shown = Q(published_at__isnull=False, case__assignment__campaign__in=Campaign.objects.visible_to(user))
        edited = Q(case__assignment__campaign__host__in=user.units_as(*OFFICE_ROLES))
        return self.filter(shown | edited)


class PublishedCase(models.Model):
    """A case the office selected: its own wording beside the author's, shown to all units once it is published."""

    TEXTS = ("title", "background", "practice", "effect")

    case = models.OneToOneField(Case, models.PROTECT, related_name="selection")
    title = models.CharField(_("title"), max_length=120)
    background = models.TextField(_("background"), max_length=5000, blank=True)
    practice = models.TextField(_("what was done"), max_length=10_000, blank=True)
    effect = models.TextField(_("what came of it"), max_length=5000, blank=True)
    revision = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = PublishedCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activities:published-case", args=[self.pk])

    def save_text(self, *, by: Any, seen: int) -> None:
        """Save the office's wording.

        Arguments: who saves; the revision the page was opened at. Raises: StaleDraft when somebody saved meanwhile.
        """
        texts = {name: getattr(self, name) for name in self.TEXTS}
        rows = PublishedCase.objects.filter(pk=self.pk, revision=seen)
        if not rows.update(**texts, revision=F("revision") + 1, edited_by=by, edited_at=clock.now()):
            who = PublishedCase.objects.get(pk=self.pk).edited_by
            raise StaleDraft(
                gettext(
                    "%(who)s saved this meanwhile. Your own text is kept below: compare, then save again to replace it."
                )
                % {"who": who}
            )
        self.revision = seen + 1


class Coverage(Filing):
    """What a newspaper, a station or a site brought about it."""

    outlet = models.CharField(_("medium"), max_length=80, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    on = DayField(_("day"), null=True, blank=True)
