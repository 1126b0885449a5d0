"""What Celery finds of this room: the tasks of its rooms, and the rescue of whatever lost its worker."""

from celery import shared_task

from activities import personal_data
from activities.asking.tasks import hand_out
from activities.chasing.tasks import chase, forget_told
from activities.evidence.photo_to_come import A_MINUTE
from activities.evidence.tasks import forget_sent_photos, look_at_photos
from activities.judging.tasks import do_bulk
from activities.meetings.tasks import set_minutes
from activities.models import Bulk, HandOut, MinutesPaper, Package, Photo, SlipPaper
from activities.packing.tasks import discard_packages, pack
from activities.printing.tasks import set_paper
from activities.supervision.tasks import set_slip
from campaigns.models import NoticePaper
from workflow import jobs
from workflow.queue import ask

__all__ = [
    "chase",
    "discard_packages",
    "do_bulk",
    "forget_personal_data",
    "forget_sent_photos",
    "forget_told",
    "hand_out",
    "look_at_photos",
    "pack",
    "rescue",
    "set_minutes",
    "set_paper",
    "set_slip",
]


@shared_task(name="activities.forget_personal_data")
def forget_personal_data() -> None:
    """Telephone numbers and mail addresses that nobody needs any more go."""
    personal_data.forget_old()


@shared_task(name="activities.rescue")
def rescue() -> None:
    """Jobs whose worker was killed, whose hint was lost, or whose hour has come, go to the queue (again)."""
    jobs.rescue(HandOut, NoticePaper, SlipPaper, MinutesPaper, Package, Bulk)
    unseen = Photo.objects.unseen().order_by("pk").values_list("assignment", flat=True)[:A_MINUTE]
    for pk in dict.fromkeys(unseen):
        ask("activities.look_at_photos", pk)
