"""The register of themes and slogans over the years and levels, and the artwork of a campaign."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.units import UnitLevel
from campaigns.models.campaign import Campaign
from campaigns.near_quotations import LONGEST, bare


class SayingKind(models.TextChoices):
    THEME = "theme", _("Theme")
    SLOGAN = "slogan", _("Slogan")


class Saying(models.Model):
    """One theme or slogan of one year, as one level issued it."""

    kind = models.CharField(_("kind"), max_length=20, choices=SayingKind)
    text = models.CharField(_("text"), max_length=120)
    key = models.CharField(max_length=LONGEST, db_index=True, editable=False)
    year = models.PositiveIntegerField(_("year"))
    level = models.CharField(_("level"), max_length=20, choices=UnitLevel)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    """Who entered it by hand; None: it was issued here."""

    class Meta:
        ordering = ["-year", "level", "kind", "id"]
        constraints = [models.UniqueConstraint(fields=["kind", "key", "year", "level"], name="saying_once")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **more: Any) -> None:
        self.key = bare(self.text)
        super().save(*args, **more)


class AssetKind(models.TextChoices):
    LOGO = "logo", _("Logo")
    POSTER = "poster", _("Poster")
    BANNER = "banner", _("Banner artwork")
    CLIP = "clip", _("Clip")
    OTHER = "asset", _("Other artwork")


class AssetQuerySet(models.QuerySet["Asset"]):
    def visible_to(self, user: Any) -> Self:
        """Artwork of every campaign the person can see."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user))


class Asset(models.Model):
    """Artwork every unit may use, with the rules of its use."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="assets")
    kind = models.CharField(_("kind"), max_length=20, choices=AssetKind)
    title = models.CharField(_("title"), max_length=120)
    rules = models.TextField(_("rules of use"), max_length=2000, blank=True)
    colours = models.CharField(_("colours"), max_length=120, blank=True)
    smallest_mm = models.PositiveIntegerField(_("smallest width (mm)"), null=True, blank=True)

    objects = AssetQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:asset", args=[self.pk])


class AssetVersion(models.Model):
    """One version of an artwork; older ones stay for those who printed them."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.FileField(_("file"), upload_to="assets/%Y/")
    file_name = models.CharField(max_length=200)
    thumbnail = models.ImageField(upload_to="assets/%Y/", blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    downloads = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["asset", "number"], name="asset_version_once")]

    def __str__(self) -> str:
        return f"{self.asset} · {self.number}"
