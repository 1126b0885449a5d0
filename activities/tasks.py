"""Tasks of this room: ids in, fetch, delegate."""

from celery import shared_task

from activities import handing_out, packing
from activities.looking import look_at
from activities.models import HandOut, Package, Photo
from activities.printing import set_notice
from campaigns.models import NoticePaper

PHOTOS = 300
"""So many photos that nobody looked at are queued again in a minute: about what one worker does."""


@shared_task(name="activities.set_paper")
def set_paper(pk: int) -> None:
    """Set one issued notice on paper."""
    paper = NoticePaper.objects.select_related("notice__campaign", "notice__document_number").get(pk=pk)
    paper.work(lambda: paper.store(*set_notice(paper.notice)))


@shared_task(name="activities.hand_out")
def hand_out(pk: int) -> None:
    """Make the assignments of one hand-out, and tell the units."""
    row = HandOut.objects.select_related("notice__campaign", "activity", "by").filter(pk=pk).first()
    if row is None:  # its hour was cancelled
        return
    if not row.notice.is_sent:  # its hour has come
        paper = handing_out.begin_at_its_hour(row)
        if paper is None:
            return
        paper.hint(set_paper)
    row.work(lambda: handing_out.hand_out(row))


@shared_task(name="activities.look_at_photo")
def look_at_photo(pk: int) -> None:
    """Make the thumbnail of one photo and find photos that look alike."""
    for photo in Photo.objects.unseen().filter(pk=pk):  # none when it was taken away, or looked at meanwhile
        look_at(photo)


@shared_task(name="activities.pack")
def pack(pk: int) -> None:
    """Build one package, or go on with what a killed worker began."""
    package = Package.objects.select_related("campaign").filter(pk=pk).first()
    if package is not None:  # it may have been discarded meanwhile
        package.work(lambda: packing.build(package))


@shared_task(name="activities.discard_packages")
def discard_packages() -> None:
    """Delete packages that are too old to be fetched."""
    packing.discard_old()


@shared_task(name="activities.rescue")
def rescue() -> None:
    """Jobs whose worker was killed, whose hint was lost, or whose hour has come, go to the queue (again)."""
    for row in [*HandOut.objects.silent(), *HandOut.objects.unheard()]:
        row.rescue()
        hand_out.delay(row.pk)
    for paper in [*NoticePaper.objects.silent(), *NoticePaper.objects.unheard()]:
        paper.rescue()
        set_paper.delay(paper.pk)
    for package in [*Package.objects.silent(), *Package.objects.unheard()]:
        package.rescue()
        pack.delay(package.pk)
    for pk in Photo.objects.unseen().order_by("pk").values_list("pk", flat=True)[:PHOTOS]:
        look_at_photo.delay(pk)
