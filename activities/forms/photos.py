"""Photos in a filing's form: new ones, captions of those there, and which to take away."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Assignment, Photo
from activities.pictures import Picture, picture_in, too_large_words
from activities.tasks import look_at_photo
from workflow import clock

MOST = 12


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos; each is judged by its content and named when it is refused."""

    widget = ManyFiles
    good: Sequence[Picture] = ()
    """Those that can be kept, also when others are refused; each form has a field of its own."""

    def clean(self, data: Any, initial: Any = None) -> list[Picture]:
        files = [each for each in data or [] if each]
        if len(files) > MOST:
            words = _("At most %(most)d photos at once; these were %(many)d. Please choose them again.")
            raise forms.ValidationError(words % {"most": MOST, "many": len(files)})
        found, wrong = [], []
        for each in files:
            try:
                found.append(picture_in(each))
            except forms.ValidationError as error:
                wrong.append(forms.ValidationError(f"{each.name}: {error.messages[0]}"))
        self.good = found
        if wrong:
            raise forms.ValidationError(wrong)
        return found


class PhotosForm(forms.Form):
    """New photos, and a caption and a box to take it away for each photo that is there."""

    photos = PhotosField(
        label=gettext_lazy("add photos"),
        required=False,
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"}),
    )

    def __init__(self, request: HttpRequest, assignment: Assignment) -> None:
        super().__init__(request.POST or None, request.FILES or None)
        self.assignment, self.user, self.too_large = assignment, request.user, dropped(request)
        self.fields["photos"].help_text = _(
            "JPEG, PNG, WebP or HEIC, at most %(most)d photos of %(limit)d MB each. They are made smaller here."
        ) % {"most": MOST, "limit": settings.PHOTO_MAX_BYTES // 1_000_000}
        self.show_there()

    def show_there(self) -> None:
        """The fields of each photo that is there."""
        self.there = list(self.kept())
        for photo in self.there:
            self.fields[f"caption_{photo.pk}"] = forms.CharField(
                label=_("caption"), max_length=120, required=False, initial=photo.caption
            )
            self.fields[f"remove_{photo.pk}"] = forms.BooleanField(label=_("take away"), required=False)

    def kept(self) -> QuerySet[Photo]:
        """The photos this form is about; the office, filing for a unit, does not see those of the unit's draft."""
        return self.assignment.photos.visible_to(self.user)

    @property
    def rows(self) -> list[tuple[Photo, Any, Any]]:
        """Each photo that is there with its two fields."""
        return [(each, self[f"caption_{each.pk}"], self[f"remove_{each.pk}"]) for each in self.there]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.too_large:
            self.add_error("photos", f"{name}: {too_large_words()}")
        stay = [each for each in self.there if not cleaned.get(f"remove_{each.pk}")]
        if len(stay) + len(cleaned.get("photos") or []) > MOST:
            self.add_error("photos", _("At most %(most)d photos in all.") % {"most": MOST})
        return cleaned

    def has_changed(self) -> bool:
        """Whether there is anything to keep; photos that are there already are not."""
        there = {each.sha256 for each in self.there}
        sent = self.cleaned_data.get("photos") or [] if self.is_bound else []
        others = set(self.changed_data) - {"photos"}
        return bool(others or "photos" in self.errors or any(each.sha256 not in there for each in sent))

    def keep(self, person: Any) -> None:
        """Write captions, take away what was ticked, add what is new; the same photo twice stays one."""
        for photo in self.there:
            if self.cleaned_data[f"remove_{photo.pk}"]:
                photo.take_away()
            elif photo.caption != self.cleaned_data[f"caption_{photo.pk}"]:
                photo.caption = self.cleaned_data[f"caption_{photo.pk}"]
                photo.save(update_fields=["caption"])
        for picture in self.cleaned_data["photos"]:
            add_photo(self.assignment, picture, person)

    def keep_new(self, person: Any) -> bool:
        """Add the new photos that are good, whatever else is wrong on the page: no page can give files back.

        Returns: whether there were any. With too many in all none is kept: a person chooses.
        """
        good = cast(PhotosField, self.fields["photos"]).good
        if len(self.there) + len(good) > MOST:
            return False
        for picture in good:
            add_photo(self.assignment, picture, person)
        self.show_there()
        return bool(good)


def dropped(request: HttpRequest) -> list[str]:
    """Names of photos that were not taken in while they arrived: a film of gigabytes, or no end at all."""
    return [name for field, name in getattr(request, "too_large", ()) if field == "photos"]


def add_photo(assignment: Assignment, picture: Picture, person: Any, caption: str = "") -> None:
    """Keep one photo with an assignment, unless it is there already; a worker makes its thumbnail and compares it."""
    if assignment.photos.filter(sha256=picture.sha256).exists():
        return
    photo = Photo.objects.create(
        assignment=assignment,
        file=ContentFile(picture.large, f"{picture.sha256[:16]}.jpg"),
        caption=caption,
        sha256=picture.sha256,
        added_by=person,
        added_at=clock.now(),
    )
    transaction.on_commit(lambda: look_at_photo.delay(photo.pk), robust=True)
