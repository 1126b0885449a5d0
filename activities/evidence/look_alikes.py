"""To look at a photo in the background: make its thumbnail and find photos of other filings that look alike.

The row is the truth: a photo without ``looked_at`` is looked at by the next rescue. Each photo writes its marks before
it asks for others, so of two that come in together at least one sees the other.
"""

import io
import logging

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, UnidentifiedImageError

import documents
from activities.evidence.fingerprint import ALIKE, NEAR, Fingerprint, closeness, fingerprint
from activities.evidence.made_anew import picture_of
from activities.evidence.pictures import THUMBNAIL_PIXELS
from activities.models.photo import Fingerprint as Kept
from activities.models.photo import Likeness, Photo, PhotoMark, erase
from workflow import clock
from workflow.once import put_once

log = logging.getLogger(__name__)

COMPARED = 100
"""So many of the nearest candidates are laid over each other; about a fortieth of a second each."""


def look_at(photo: Photo) -> None:
    """Make it anew with its thumbnail, keep the fingerprint, and note which photos of other filings look alike.

    Arguments: the photo; doing it twice changes nothing. One whose file is gone counts as looked at: the log says so.
    Raises: Unavailable, OSError when no picture can be made at the moment; a minute later it is tried again.
    """
    try:
        data = stored(photo)
        image = Image.open(io.BytesIO(data))
    except (FileNotFoundError, UnidentifiedImageError):
        log.exception("Photo %s cannot be read", photo.pk)
        Photo.objects.filter(pk=photo.pk).update(looked_at=clock.now())
        return
    make_thumbnail(photo, data)
    found = fingerprint(image)
    if found and not keep_marks(photo, found):
        return
    note(photo, alike_among_kept(photo, found) if found else {})


def stored(photo: Photo) -> bytes:
    """The photo as it is kept. Raises: FileNotFoundError, what the storage raises; Unavailable."""
    with picture_of(photo).open("rb") as file:
        data: bytes = file.read()
    return data


def make_thumbnail(photo: Photo, data: bytes) -> None:
    """Make it unless it is there; of a photo that was taken away meanwhile none is left."""
    if photo.thumbnail:
        return
    small = ContentFile(documents.pictures.clean_jpeg(data, THUMBNAIL_PIXELS))
    photo.thumbnail.save(f"{photo.sha256[:16]}-small.jpg", small, save=False)
    if not Photo.objects.filter(pk=photo.pk, thumbnail="").update(thumbnail=photo.thumbnail.name):
        erase(photo.thumbnail)


@transaction.atomic
def keep_marks(photo: Photo, found: Fingerprint) -> bool:
    """Write the fingerprint and its marks. Returns: False when the photo was taken away meanwhile."""
    if not Photo.objects.select_for_update().filter(pk=photo.pk).exists():
        return False
    Kept.objects.update_or_create(photo=photo, defaults={"data": found.sketch})
    photo.marks.all().delete()
    PhotoMark.objects.bulk_create(PhotoMark(photo=photo, band=band, bits=bits) for band, bits in found.marks)
    return True


def alike_among_kept(photo: Photo, found: Fingerprint) -> dict[int, int]:
    """Photos of other filings that look alike: their numbers and per cent of agreement."""
    close = {pk: closeness(found, other) for pk, other in kept(candidates(photo, found))}
    return {pk: share for pk, share in close.items() if share >= ALIKE}


def candidates(photo: Photo, found: Fingerprint) -> list[int]:
    """The photos of other filings with the nearest hashes, by the index of bands."""
    rows = PhotoMark.objects.filter(band__in=found.questions).exclude(photo__assignment=photo.assignment_id)
    near: dict[int, int] = {}
    for pk, bits in rows.values_list("photo_id", "bits").distinct():
        near[pk] = min(found.distance(bits), near.get(pk, NEAR + 1))
    return sorted((pk for pk, distance in near.items() if distance <= NEAR), key=near.__getitem__)[:COMPARED]


def kept(numbers: list[int]) -> list[tuple[int, Fingerprint]]:
    rows = Kept.objects.filter(photo__in=numbers).values_list("photo_id", "data")
    return [(pk, Fingerprint(bytes(data))) for pk, data in rows]


@transaction.atomic
def note(photo: Photo, alike: dict[int, int]) -> None:
    """Write what was found; the later photo points at the earlier one."""
    now = clock.now()
    rows = [
        Likeness(photo_id=max(photo.pk, pk), other_id=min(photo.pk, pk), closeness=share, found_at=now)
        for pk, share in alike.items()
    ]
    put_once(Likeness, rows, "photo", "other")
    Photo.objects.filter(pk=photo.pk).update(looked_at=now)
