"""Photos are made anew and looked at in the background."""

from celery import shared_task

from activities.evidence.look_alikes import look_at
from activities.evidence.made_anew import forget_sent
from activities.models import Photo
from documents.errors import Unavailable


@shared_task(name="activities.look_at_photos")
def look_at_photos(assignment: int) -> None:
    """Make the photos of one assignment anew, with thumbnails, and find photos of others that look alike.

    Raises: Unavailable, OSError when one of them has to wait; the others do not wait for it.
    """
    waits: Exception | None = None
    for photo in Photo.objects.unseen().filter(assignment=assignment):  # fewer when some were taken away meanwhile
        try:
            look_at(photo)
        except (Unavailable, OSError) as error:
            waits = error
    if waits:
        raise waits


@shared_task(name="activities.forget_sent_photos")
def forget_sent_photos() -> None:
    """Erase what was sent of photos made an hour ago."""
    while forget_sent():
        pass
