"""Photos a unit files with an assignment. What anybody sees was made here, from pixels only.

A photo comes in as ``sent``, which nobody is ever served; a worker makes ``file`` of it, and an hour later it is gone.
"""

from collections.abc import Collection, Iterable
from functools import partial
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.memberships import OFFICE_ROLES
from activities.models.assignment import Assignment
from activities.models.volunteered import PublishedCase
from activities.states import LIKENESS_MOVES, LikenessState
from workflow.models import Stateful


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: Any) -> Self:
        """Photos of the person's own units; those of others once filed or reported, or with a case published to all.

        The office also sees what it added itself, filing on behalf.
        """
        filed = (handed_in() | added_by_office_of(user)) & Q(assignment__in=Assignment.objects.visible_to(user))
        shown = PublishedCase.objects.visible_to(user).filter(case__assignment=OuterRef("assignment"))
        published = Exists(shown.filter(published_at__gte=OuterRef("added_at")))  # not what the unit adds afterwards
        return self.filter(Q(assignment__in=Assignment.objects.of_units_of(user)) | filed | Q(published))

    def unseen(self) -> Self:
        """Photos nobody has looked at yet in the background."""
        return self.filter(looked_at__isnull=True)


def erase(*files: FieldFile) -> None:
    """Delete stored files as soon as it is certain that their rows are gone."""
    for each in files:
        if each.name:
            transaction.on_commit(partial(each.storage.delete, each.name), robust=True)


def added_by_office_of(user: Any) -> Q:
    """That a photo or file was added by people of the person's office."""
    return Q(added_by__in=User.objects.speaking_for(user.units_as(*OFFICE_ROLES), *OFFICE_ROLES))


def handed_in() -> Q:
    """That a photo stands with something filed, or with a report of a deliverable; not with a draft."""
    reported = Exists(Photo.entries.through._default_manager.filter(photo=OuterRef("pk")))
    return Q(assignment__submitted_at__isnull=False, assignment__deliverable=None) | Q(reported)


class Photo(models.Model):
    """One photo, re-encoded at print size, with its thumbnail and caption."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="photos")
    sent = models.FileField(upload_to="photos/sent/%Y/%m/", blank=True, default="", db_default="")  # as it came
    file = models.ImageField(upload_to="photos/%Y/%m/", blank=True, width_field="width", height_field="height")
    thumbnail = models.ImageField(upload_to="photos/%Y/%m/", blank=True)  # made in the background
    caption = models.CharField(_("caption"), max_length=120, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)  # of what was sent
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """None: a visitor by personal link."""
    added_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)  # made anew, with its thumbnail, compared with the others

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["assignment", "sha256"], name="photo_once")]
        indexes = [models.Index(fields=["id"], condition=Q(looked_at__isnull=True), name="photo_not_looked_at")]

    def __str__(self) -> str:
        return self.caption or str(_("Photo"))

    def get_absolute_url(self) -> str:
        return reverse("activities:photo", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        """Whether no worker has made it yet."""
        return not self.file and self.looked_at is None

    def take_away(self) -> None:
        """Delete it with its files: what a person takes away is gone, also where nobody looks.

        A worker may have made them since the row was read.
        """
        with transaction.atomic():
            rows = type(self)._default_manager.select_for_update().filter(pk=self.pk)
            for held in rows:
                held.delete()
                erase(held.file, held.thumbnail, held.sent)

    def alike(self, user: Any) -> "list[Alike]":
        """Photos of other filings that look alike and that the person may see, the nearest first."""
        return Likeness.objects.by_photo([self], user).get(self.pk, [])


class Fingerprint(models.Model):
    """How a photo looks, in some kilobytes: what another one is compared with. Flat pictures have none."""

    photo = models.OneToOneField(Photo, models.CASCADE, primary_key=True, related_name="fingerprint")
    data = models.BinaryField()


class PhotoMark(models.Model):
    """A part of a perceptual hash, to be looked up, beside the whole hash, to be compared exactly."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="marks")
    band = models.IntegerField()  # which part of the hash, and its bits
    bits = models.BigIntegerField()  # the hash

    class Meta:
        indexes = [models.Index(fields=["band"], name="photo_mark")]


class Alike(NamedTuple):
    """Another photo that looks alike, and the pointer to it."""

    photo: Photo
    likeness: "Likeness"


class LikenessQuerySet(models.QuerySet["Likeness"]):
    def visible_to(self, user: Any) -> Self:
        """Pairs of which the person may see both: a unit learns nothing about photos of others."""
        seen = Photo.objects.visible_to(user)
        return self.filter(photo__in=seen, other__in=seen)

    def to_look_at(self, user: Any) -> "models.QuerySet[Photo, int]":
        """The assignments with photos about which the person's office has not said yet what it makes of them."""
        hosted = Assignment.objects.hosted_by(user, *OFFICE_ROLES)
        found = self.visible_to(user).filter(state=LikenessState.OPEN)
        photos = Photo.objects.filter(Q(earlier_alike__in=found) | Q(later_alike__in=found), assignment__in=hosted)
        return photos.values_list("assignment", flat=True)

    def by_photo(self, photos: Iterable[Photo], user: Any) -> dict[int, list[Alike]]:
        """For each photo of a page what looks alike and may be seen by the person; one query.

        What nobody judged comes first, then the nearest.
        """
        asked = {each.pk for each in photos}
        rows = self.visible_to(user).filter(Q(photo__in=asked) | Q(other__in=asked))
        about = ("assignment__unit", "assignment__campaign", "assignment__activity", "assignment__demand")
        found: dict[int, list[Alike]] = {}
        sides = (f"{side}__{each}" for side in ("photo", "other") for each in about)
        judged = Case(When(state=LikenessState.OPEN, then=0), default=1)
        for row in rows.select_related(*sides).order_by(judged, "-closeness", "id"):
            for one, other in ((row.photo, row.other), (row.other, row.photo)):
                if one.pk in asked:
                    found.setdefault(one.pk, []).append(Alike(other, row))
        return found


class Likeness(Stateful):
    """Two photos of different filings that look alike: a pointer for a person, no accusation, until one has judged."""

    MOVES = LIKENESS_MOVES

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="earlier_alike")
    other = models.ForeignKey(Photo, models.CASCADE, related_name="later_alike")
    closeness = models.PositiveSmallIntegerField()  # per cent of the picture that agrees
    found_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=LikenessState, default=LikenessState.OPEN)

    objects = LikenessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["photo", "other"], name="likeness_once"),
            models.CheckConstraint(condition=Q(photo__gt=models.F("other")), name="likeness_later_first"),
        ]

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.photo.assignment.campaign.host_id, OFFICE_ROLES),)
