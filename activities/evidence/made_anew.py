"""A photo as it was sent becomes the photo that is kept: made anew from its pixels, by a worker.

Whoever needs the picture first makes it: the task behind the upload, a package, a briefing. What was sent stays an hour
longer: a backup whose rows still name it must find it.
"""

import logging
from contextlib import suppress
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_noop

import documents
from activities.evidence.pictures import PRINT_PIXELS
from activities.models import Photo
from activities.models.photo import erase
from activities.tell_unit import tell_unit
from documents.errors import DocumentError, Unavailable
from workflow import clock

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(hours=1)
"""So long after the picture was made: longer than a backup takes from its snapshot to the last of these files."""
AT_ONCE = 2000
TRIED_FOR = timedelta(days=1)
"""So long what stops the program that opens it is tried again: another photo may have been the reason."""


def picture_of(photo: Photo) -> FieldFile:
    """The picture that is kept.

    Arguments: the photo; what it holds is brought up to date. Returns: its file.
    Raises: FileNotFoundError when what was sent could not be opened or the photo was taken away, OSError when it cannot
    be read; Unavailable when no picture can be made at the moment.
    """
    if photo.is_waiting:
        make(photo)
        with suppress(Photo.DoesNotExist):
            photo.refresh_from_db(fields=("sent", "file", "width", "height", "looked_at"))
    if not photo.file:
        raise FileNotFoundError(f"photo {photo.pk} could not be opened")
    return photo.file


def make(photo: Photo) -> None:
    """Make the picture from what was sent; where that cannot be opened, say so to the unit.

    Arguments: the photo. Of two workers at it one keeps its picture, the other takes that.
    Raises: Unavailable; OSError when what was sent cannot be read at the moment: it is no fault of the photo.
    """
    try:
        with photo.sent.open("rb") as file:
            large = documents.pictures.clean_jpeg(file.read(), PRINT_PIXELS)
    except (DocumentError, FileNotFoundError, ValueError) as error:  # ValueError: there is no file at all
        if isinstance(error, Unavailable) and photo.added_at > clock.now() - TRIED_FOR:
            raise
        give_up(photo, error)
        return
    name = f"{photo.sha256[:16]}.jpg"
    photo.file.save(name, ContentFile(large, name), save=False)
    made = {"file": photo.file.name, "width": photo.width, "height": photo.height}
    if not Photo.objects.filter(pk=photo.pk, file="").update(**made):  # another was faster, or it was taken away
        erase(photo.file)


def give_up(photo: Photo, why: Exception) -> None:
    """Note that it cannot be opened, and tell those who can send it again; not when another worker has made it."""
    rows = Photo.objects.filter(pk=photo.pk, file="", looked_at=None)
    if rows.update(looked_at=clock.now()):
        log.warning("photo %s cannot be opened: %s", photo.pk, why)
        message = gettext_noop("A photo of %(what)s could not be opened. Please take it away there and add it again.")
        tell_unit(photo.assignment, message, about=f"photo-{photo.pk}")


def forget_sent() -> int:
    """Erase what was sent of photos that were looked at an hour ago. Returns: of how many."""
    rows = Photo.objects.exclude(sent="").filter(looked_at__lt=clock.now() - KEPT_FOR)
    found = list(rows[:AT_ONCE])
    with transaction.atomic():
        Photo.objects.filter(pk__in=[each.pk for each in found]).update(sent="")
        erase(*(each.sent for each in found))
    return len(found)
