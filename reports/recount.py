"""Whether the ledger of counts says what the log says: asked every night, and made anew by a command."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.models.memberships import OFFICE_ROLES
from activities.models import Assignment
from activities.models.counting import BATCH, Place, above, fold, line, spread_out
from activities.models.day_count import CountAlarm, DayCount
from activities.models.replay import recounted
from campaigns.models import Campaign
from documents.counts import thousands
from workflow import clock
from workflow.telling import notify

Lines = Counter[tuple[date, Place]]


def by_the_log(campaign: Campaign) -> Lines:
    """The ledger of a campaign as it follows from the log, line by line."""
    days = recounted(Assignment.objects.filter(campaign=campaign).order_by("pk"), clock.end_of)
    higher = above({key.unit for lines in days.values() for key in lines})
    found: Lines = Counter()
    for day, lines in days.items():
        for place, number in spread_out(lines, higher).items():
            found[day, place] += number
    return found


def as_written(campaign: Campaign) -> Lines:
    """The ledger of a campaign as it is."""
    found: Lines = Counter()
    columns = ("day", "campaign_id", "unit_id", "own", "share", "last_at", "number")
    for day, *place, number in DayCount.objects.filter(campaign=campaign).values_list(*columns).iterator():
        found[day, (place[0], place[1], place[2], place[3], place[4])] += number
    return found


def difference(campaign: Campaign) -> str:
    """The first difference between ledger and log, and between log and rows, in words; empty when there is none."""
    with transaction.atomic():
        told, written = by_the_log(campaign), as_written(campaign)
        shares = standing_now(campaign)
    now = sums(told)
    for share in sorted({*now, *shares}):
        if now[share] != shares[share]:
            said = _("By the log %(told)s stand as %(share)s, by the rows %(rows)s.")
            return said % {"told": thousands(now[share]), "rows": thousands(shares[share]), "share": share}
    for key in sorted({*told, *written}, key=str):
        if told[key] != written[key]:
            day, (_campaign, unit, _own, share, _last_at) = key
            said = _("On %(day)s the ledger says %(written)s, the log %(told)s: unit %(unit)s, %(share)s.")
            numbers = {"written": thousands(written[key]), "told": thousands(told[key])}
            return said % {"day": day.isoformat(), "unit": unit or "–", "share": share, **numbers}
    return ""


def sums(lines: Lines) -> Counter[str]:
    """How many of the whole campaign stand how, over all days."""
    found: Counter[str] = Counter()
    for (_day, (_campaign, unit, _own, share, _last_at)), number in lines.items():
        if unit is None:
            found[share] += number
    return found


def standing_now(campaign: Campaign) -> Counter[str]:
    """How many of the campaign stand how, counted from the rows."""
    return Counter(Assignment.objects.filter(campaign=campaign).order_by().values_list("share", flat=True))


@transaction.atomic
def rebuild(campaign: Campaign) -> int:
    """Write the ledger of a campaign anew from its log. Returns: how many lines it has.

    Who changes something of the campaign meanwhile waits: its assignments are locked.
    """
    list(Assignment.objects.filter(campaign=campaign).order_by("pk").select_for_update().values_list("pk", flat=True))
    lines = by_the_log(campaign)
    DayCount.objects.filter(campaign=campaign).delete()
    kept = [(day, place, number) for (day, place), number in lines.items() if number]
    DayCount.objects.bulk_create((line(place, day, number) for day, place, number in kept), batch_size=BATCH)
    CountAlarm.objects.filter(campaign=campaign).delete()
    return len(kept)


def is_counted(campaign: Campaign) -> bool:
    """Whether there is a ledger: campaigns of a version before it have none."""
    return DayCount.objects.filter(campaign=campaign).exists() or not campaign.assignments.exists()


def check(campaign: Campaign, at: datetime) -> str:
    """Hold the ledger of a campaign against its log, and alarm once when they differ. Returns: the difference."""
    if not is_counted(campaign):
        rebuild(campaign)
        return ""
    found = difference(campaign)
    if not found:
        CountAlarm.objects.filter(campaign=campaign).delete()
    elif not CountAlarm.objects.filter(campaign=campaign).exists():
        alarm = CountAlarm.objects.create(campaign=campaign, at=at, said=found)
        tell(alarm)
    return found


def tell(alarm: CountAlarm) -> None:
    """The office reads it in its inbox; health and doctor say it as well."""
    notify(
        User.objects.speaking_for([alarm.campaign.host_id], *OFFICE_ROLES),
        gettext_noop("The figures of “%(campaign)s” do not agree with its log. Your administrator has been told."),
        key=f"count-alarm-{alarm.pk}",
        url=alarm.campaign.get_absolute_url(),
        campaign=str(alarm.campaign),
    )


def every_night() -> list[str]:
    """Add lines up, then hold every campaign that is not put away against its log. Returns: the differences."""
    while fold():
        continue
    found = [check(each, clock.now()) for each in campaigns()]
    return [each for each in found if each]


def campaigns() -> Any:
    """Every campaign in which something was asked."""
    return Campaign.objects.filter(pk__in=Assignment.objects.order_by().values("campaign")).order_by("pk")
