"""Photos are made anew and looked at in the background."""

from celery import shared_task

from activities.evidence.look_alikes import look_at
from activities.evidence.made_anew import forget_sent
from activities.models import Photo


@shared_task(name="activities.look_at_photos")
def look_at_photos(assignment: int) -> None:
    """Make the photos of one assignment anew, with thumbnails, and find photos of others that look alike."""
    for photo in Photo.objects.unseen().filter(assignment=assignment):  # fewer when some were taken away meanwhile
        look_at(photo)


@shared_task(name="activities.forget_sent_photos")
def forget_sent_photos() -> None:
    """Erase what was sent of photos made an hour ago."""
    while forget_sent():
        pass
