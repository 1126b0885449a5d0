"""Photos are looked at in the background."""

from celery import shared_task

from activities.evidence.look_alikes import look_at
from activities.models import Photo


@shared_task(name="activities.look_at_photo")
def look_at_photo(pk: int) -> None:
    """Make the thumbnail of one photo and find photos that look alike."""
    for photo in Photo.objects.unseen().filter(pk=pk):  # none when it was taken away, or looked at meanwhile
        look_at(photo)
