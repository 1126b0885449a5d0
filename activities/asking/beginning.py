"""A notice is begun, once: with what can be known, and with what the notice it replaces asked beside the usual."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from campaigns import new_notice
from campaigns.models import Campaign, Notice, NoticeKind


@transaction.atomic
def begin(campaign: Campaign, *, kind: str, about: Notice | None = None) -> tuple[Notice, bool]:
    """The draft of a notice; a second press, or a colleague's, finds the first.

    Arguments: the campaign; the kind; the notice it corrects, supplements or replaces.
    Returns: the draft; whether it had been begun before.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # the second press waits for the first
    begun = new_notice.being_written(campaign, kind, about)
    if begun:
        return begun, True
    made = new_notice.begin(campaign, kind=kind, about=about)
    if about and kind == NoticeKind.NOTICE:
        take_demands(about, made)
    return made, False


def take_demands(
    old: Notice,
    new: Notice,
    moved: Callable[[date | None], date | None] = lambda day: day,
    worded: Callable[[str, int], str] = lambda text, _most: text,
) -> None:
    """What a notice asks beside the usual is asked by another too.

    Arguments: the notices; where the days go; what becomes of the words, in so many characters.
    """
    for row in old.demands.all():
        kept = ("due_hour", "target", "measure", "counts", "photos_least", "photos_most", "photos_why")
        numbers = {name: getattr(row, name) for name in kept}
        made = new.demands.create(order=row.order, title=worded(row.title, 200), due_on=moved(row.due_on), **numbers)
        made.units.set(row.units.all())
