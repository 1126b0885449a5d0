"""Photos in a filing's form: new ones, captions of those there, and which to take away."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import File
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.evidence.forms.kept_files import KeptForm, ManyField, ManyFiles
from activities.evidence.pictures import Picture, picture_in, too_large_words
from activities.models import Assignment, Photo, photos_wanted
from activities.models.demand import MOST_PHOTOS as MOST
from documents.counts import so_many, thousands
from documents.file_beginnings import PICTURES
from workflow import clock
from workflow.once import put_once
from workflow.pages import may
from workflow.queue import ask_later


class PhotosField(ManyField):
    """Several photos; each is judged by its content and named when it is refused."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Picture]:
        files = [each for each in data or [] if each]
        if len(files) > MOST:
            words = _("At most %(most)s photos at once; these were %(many)s. Please choose them again.")
            raise forms.ValidationError(words % {"most": thousands(MOST), "many": thousands(len(files))})
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


class PhotosForm(KeptForm):
    """New photos, and a caption and a box to take it away for each photo that is there."""

    NEW, MOST, CAPTION, REMOVE = "photos", MOST, "caption", "remove"

    photos = PhotosField(
        label=gettext_lazy("add photos"),
        required=False,
        widget=ManyFiles(attrs={"accept": ",".join(PICTURES)}),
    )

    def __init__(self, request: HttpRequest, assignment: Assignment, *, complete: bool = False) -> None:
        super().__init__(request, assignment)
        self.wanted = photos_wanted(assignment)
        self.MOST = self.wanted.most  # type: ignore[misc]  # of this filing, where its demand says so
        self.complete = complete
        self.fields["photos"].help_text = _(
            "JPEG, PNG, WebP or HEIC, at most %(most)s photos of %(limit)s MB each. They are made smaller here."
        ) % {"most": thousands(self.MOST), "limit": thousands(settings.PHOTO_MAX_BYTES // 1_000_000)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        least, given = self.wanted.least, len(self.stay(cleaned)) + len(cleaned.get(self.NEW) or [])
        if self.complete and given < least and self.NEW not in self.errors and may(self.user, "file", self.assignment):
            said = so_many(
                "At least %(n)s photo is needed to submit, because: %(why)s",
                "At least %(n)s photos are needed to submit, because: %(why)s",
                least,
                why=self.wanted.why,
            )
            self.add_error(self.NEW, said)
        return cleaned

    def kept(self) -> QuerySet[Photo]:
        found: QuerySet[Photo] = self.seen(self.assignment.photos)
        return found

    def add(self, new: Sequence[Picture], person: Any) -> None:
        add_photos(self.assignment, new, person)

    def mark(self, new: Picture) -> str:
        return new.sha256

    def said_too_large(self, name: str) -> str:
        return f"{name}: {too_large_words()}"

    def said_too_many(self) -> str:
        return _("At most %(most)s photos in all.") % {"most": thousands(self.MOST)}


def add_photos(assignment: Assignment, pictures: Sequence[Picture], person: Any, caption: str = "") -> None:
    """Keep photos with an assignment as they were sent; a worker makes of them what is shown, and compares them.

    One that is there already stays as it is, also when it comes in twice at once.
    """
    known = set(assignment.photos.values_list("sha256", flat=True))
    new = {each.sha256: each for each in pictures if each.sha256 not in known}
    rows = [
        Photo(
            assignment=assignment,
            sent=File(each.file, f"{each.sha256[:16]}.sent"),
            caption=caption,
            sha256=each.sha256,
            added_by=person,
            added_at=clock.now(),
        )
        for each in new.values()
    ]
    put_once(Photo, rows, "assignment", "sha256")
    if rows:
        ask_later("activities.look_at_photos", assignment.pk)


def add_photo(assignment: Assignment, picture: Picture, person: Any, caption: str = "") -> None:
    """Keep one photo; as :func:`add_photos`."""
    add_photos(assignment, [picture], person, caption)
