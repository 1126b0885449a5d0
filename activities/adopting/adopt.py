"""Carry out an upper notice (贯彻落实): the office's own campaign with the upper one as its parent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit
from activities.adopting.choice import ADAPT, LEAVE, Choice
from activities.adopting.coverage import cover_at_first
from activities.adopting.draft import body
from activities.adopting.own_days import FIELDS, OwnDay, before, own_days
from activities.adopting.received import why_not
from activities.adopting.sentences import sentences_of
from activities.finding import shown
from activities.models import Activity, Adoption, Demand, GroupParticipation, Part
from activities.models.activity import Scope
from campaigns import new_notice
from campaigns.models import Campaign, Indicator, Notice, NoticeKind, Point, Slogan
from workflow import clock
from workflow.models import MoveRefused


@dataclass(frozen=True)
class Plan:
    """How an office carries out a notice: title of its campaign, margin, what becomes of each activity."""

    title: str
    margin: int
    choices: Sequence[Choice] = ()
    into: Campaign | None = None
    """A campaign that is there already and becomes the lower one."""


@transaction.atomic
def adopt(notice: Notice, office: Unit, plan: Plan, *, by: Any) -> Adoption:
    """Make the office's campaign, its draft notice, and say of each sentence who carries it out.

    Arguments: the upper notice; the office it is addressed to; how it is carried out; who does it.
    Returns: the adoption. Raises: MoveRefused naming why it cannot be.
    """
    Unit.objects.select_for_update().get(pk=office.pk)  # a second press waits and finds the first
    if why := why_not(notice, office, plan.into):
        raise MoveRefused(why)
    days = own_days(notice, plan.margin)
    insist_on_time(days)
    campaign = plan.into or made(notice, office, plan.title)
    adoption = Adoption.objects.create(campaign=campaign, notice=notice, margin=plan.margin, by=by, at=clock.now())
    take_days(campaign, notice, days)
    take_words(notice.campaign, campaign)
    take_figures(notice.campaign, campaign)
    taken = {each.activity.pk: take_activity(each, campaign, plan.margin) for each in plan.choices if each.how != LEAVE}
    if not campaign.notices.exists():
        begin_notice(notice, campaign, days)
    cover_at_first(adoption, sentences_of(notice), plan.choices, taken, by=by)
    campaign.remark(gettext_noop("Carries out %(title)s"), by=by, title=notice.title)
    return adoption


def insist_on_time(days: Sequence[OwnDay]) -> None:
    """That no own day is past while the one above is still to come. Raises: MoveRefused."""
    if late := [each for each in days if each.is_past]:
        said = _("With this margin the last day of “%(what)s” would be %(own)s, which is past. Take a smaller margin.")
        raise MoveRefused(said % {"what": late[0].what, "own": shown(late[0].own)})


def made(notice: Notice, office: Unit, title: str) -> Campaign:
    """The office's own campaign."""
    upper = notice.campaign
    campaign = Campaign.objects.create(
        host=office,
        parent=upper,
        year=upper.year,
        title=title[:120],
        theme=upper.theme,
        spirit_slogan=upper.spirit_slogan,
        logo_note=upper.logo_note,
        guiding_ideology=upper.guiding_ideology,
        starts_on=upper.starts_on,
        ends_on=upper.ends_on,
        summary_due_on=upper.summary_due_on,
    )
    campaign.groups.set(office.groups.all())
    return campaign


def take_days(campaign: Campaign, notice: Notice, days: Sequence[OwnDay]) -> None:
    """The own last days, and the upper campaign as the parent."""
    campaign.parent = notice.campaign
    for each in days:
        if each.name in FIELDS:
            setattr(campaign, each.name, each.own)
    campaign.save()


def take_words(upper: Campaign, campaign: Campaign) -> None:
    """Slogans, each with the level it comes from, and what was demanded; what is there already stays."""
    there = {each.text for each in campaign.slogans.all()}
    last = campaign.slogans.count()
    fresh = [each for each in upper.slogans.all() if each.text not in there]
    Slogan.objects.bulk_create(
        Slogan(
            campaign=campaign,
            order=last + order,
            text=each.text,
            is_theme=each.is_theme and upper.theme == campaign.theme,
            level=each.level or upper.host.level,
        )
        for order, each in enumerate(fresh, 1)
    )
    known = {(each.kind, each.heading) for each in campaign.points.all()}
    Point.objects.bulk_create(
        Point(campaign=campaign, kind=each.kind, number=each.number, heading=each.heading, body=each.body)
        for each in upper.points.all()
        if (each.kind, each.heading) not in known
    )


def take_figures(upper: Campaign, campaign: Campaign) -> None:
    """The figures asked above are asked here by the same definition, each knowing what it is rolled up into."""
    taken: dict[int, Indicator] = {}
    own = {each.name: each for each in campaign.indicators.all()}
    last = max((each.order for each in own.values()), default=0)
    for row in upper.indicators.all():
        mine = own.get(row.name)
        if mine is None:
            last += 1
            kept = {name: getattr(row, name) for name in ("name", "measure", "counts", "rollup", "target")}
            mine = Indicator.objects.create(campaign=campaign, order=last, carries=row, **kept)
        elif mine.is_defined_as(row):
            Indicator.objects.filter(pk=mine.pk).update(carries=row)
        taken[row.pk] = mine
    for row in upper.indicators.exclude(part=None):
        part, whole = taken.get(row.part_id or 0), taken.get(row.whole_id or 0)
        Indicator.objects.filter(pk=taken[row.pk].pk, part=None).update(part=part, whole=whole)


def take_activity(choice: Choice, campaign: Campaign, margin: int) -> Activity:
    """An activity as it is repeated or adapted here, led by a group of the office or by the office itself."""
    old = choice.activity
    made = Activity.objects.create(
        campaign=campaign,
        order=max(campaign.activities.values_list("order", flat=True), default=-1) + 1,
        scope=Scope.COMMON,
        kind=old.kind,
        title=(choice.title if choice.how == ADAPT and choice.title else old.title)[:200],
        description=old.description,
        starts_on=old.starts_on,
        ends_on=old.ends_on,
        date_text=old.date_text,
        due_on=before_above(old, margin),
        carries=old,
    )
    if choice.group:
        GroupParticipation.objects.create(activity=made, group=choice.group, part=Part.LEAD)
    else:
        made.participations.create(unit=campaign.host, part=Part.LEAD)
    return made


def before_above(activity: Activity, margin: int) -> Any:
    """The own last day of an activity: before the one above, and not before it began."""
    own = before(activity.due_on, margin) if activity.due_on else None
    return max(own, activity.starts_on) if own and activity.starts_on else own


def begin_notice(upper: Notice, campaign: Campaign, days: Sequence[OwnDay]) -> Notice:
    """The draft: its first sentence names the upper notice; what that asks beside the usual is asked here earlier."""
    draft = new_notice.begin(campaign, kind=NoticeKind.NOTICE)
    Notice.objects.filter(pk=draft.pk).update(body=body(upper, campaign))
    own = {each.name: each.own for each in days}
    kept = ("target", "measure", "counts", "photos_least", "photos_most", "photos_why")
    for row in upper.demands.all():
        numbers = {name: getattr(row, name) for name in kept}
        day = own.get(str(row.pk), row.due_on)
        Demand.objects.create(notice=draft, order=row.order, title=row.title, due_on=day, **numbers)
    return draft
