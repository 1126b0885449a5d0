"""A level's figures are released by its head; before that each figure of the level above has its counterpart here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Role, User
from accounts.models.memberships import OFFICE_ROLES
from activities.adopting.coverage import adoption_of
from campaigns.models import Campaign, Indicator, RollUp
from documents.counts import thousands
from reports.models import LevelRelease, ReleasedFigure
from reports.rolled import Part, parts
from workflow.models import MoveRefused
from workflow.telling import notify

MOST_TIMES = 10**8


def asked_above(campaign: Campaign) -> list[Indicator]:
    """The figures the upper campaign asks for, none that follows from others."""
    upper = campaign.parent
    return list(upper.indicators.exclude(rollup=RollUp.RATIO)) if upper else []


def carried(campaign: Campaign) -> dict[int, Indicator]:
    """By the figure above: the own one from which it is rolled up."""
    rows = campaign.indicators.filter(carries__campaign=campaign.parent_id)
    return {row.carries_id: row for row in rows if row.carries_id}


def left(campaign: Campaign) -> set[int]:
    """The figures above that are not asked here: the office writes them itself."""
    adoption = adoption_of(campaign.pk)
    return set(adoption.figures_left.values_list("pk", flat=True)) if adoption else set()


def unmapped(campaign: Campaign) -> list[Indicator]:
    """The figures above of which nobody has said from which own one they come."""
    known = set(carried(campaign)) | left(campaign)
    return [row for row in asked_above(campaign) if row.pk not in known]


@transaction.atomic
def map_figure(campaign: Campaign, above: Indicator, mine: Indicator | None, times: int, *, by: Any) -> None:
    """Say from which own figure one above is rolled up, and keep it.

    Arguments: the campaign; the figure above; the own one (None: it is not asked here); how many of those above one of
    these is; who says so. Raises: MoveRefused when it is none of this campaign, or carries another already.
    """
    if not 1 <= times <= MOST_TIMES:
        raise MoveRefused(_("The factor is a whole number from 1 on."))
    if mine is not None and (mine.campaign_id != campaign.pk or mine.rollup == RollUp.RATIO):
        raise MoveRefused(_("That is no figure that units of this campaign write."))
    if mine is not None and mine.carries_id not in (None, above.pk):
        raise MoveRefused(_("“%(figure)s” is rolled up into another figure already.") % {"figure": mine})
    campaign.indicators.filter(carries=above).update(carries=None, times=1)
    adoption = adoption_of(campaign.pk)
    if adoption:
        (adoption.figures_left.remove if mine else adoption.figures_left.add)(above)
    if mine is not None:
        Indicator.objects.filter(pk=mine.pk).update(carries=above, times=times)
    campaign.remark(gettext_noop("Figure mapped: %(figure)s"), by=by, figure=above)


@transaction.atomic
def release(campaign: Campaign, *, by: Any) -> LevelRelease:
    """Release the figures as they stand now; the level above counts these until the next release.

    Raises: MoveRefused while a figure above is defined otherwise here and not mapped, or nothing is accepted yet.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    if missing := unmapped(campaign):
        names = "、".join(row.label for row in missing)
        raise MoveRefused(
            _("Defined otherwise here, or not asked: %(figures)s. Please map them first.") % {"figures": names}
        )
    found = parts(campaign)
    if not found.counted:
        raise MoveRefused(_("No figure of any unit is accepted yet, so there is nothing to release."))
    last = LevelRelease.objects.filter(campaign=campaign).aggregate(last=Max("number"))["last"] or 0
    made = LevelRelease.objects.create(campaign=campaign, number=last + 1, by=by)
    write(made, found.counted)
    said = gettext_noop("Figures released: %(n)s")
    campaign.remark(said, by=by, roles=(Role.HEAD, Role.SIGNER), n=thousands(len(found.counted)))
    tell(made)
    return made


def write(made: LevelRelease, found: Iterable[Part]) -> None:
    """The numbers of a release."""
    ReleasedFigure.objects.bulk_create(
        (
            ReleasedFigure(
                release=made,
                indicator_id=part.indicator,
                unit_id=part.unit,
                through_id=part.through,
                figure_id=part.figure,
                value=part.value,
                about=part.about[:40],
            )
            for part in found
        ),
        batch_size=2000,
    )


def tell(made: LevelRelease) -> None:
    """The office above hears that there are new figures."""
    upper = made.campaign.parent
    if upper is None:
        return
    notify(
        User.objects.speaking_for([upper.host_id], *OFFICE_ROLES),
        gettext_noop("%(office)s has released its figures."),
        key=f"released-{made.pk}",
        url=reverse("reports:rolled-up", args=[upper.pk]),
        office=str(made.campaign.host),
    )


def not_released(campaign: Campaign) -> int:
    """How many numbers that count now are not in the newest release."""
    newest = LevelRelease.objects.filter(campaign=campaign).last()
    there = set(newest.figures.values_list("indicator", "unit", "figure")) if newest else set()
    return sum((each.indicator, each.unit, each.figure) not in there for each in parts(campaign).counted)
