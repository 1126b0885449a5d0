"""Which figures every unit reports in its summary: the rows of the notice's statistics form, changed by the office."""

import re
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Indicator
from workflow.models import MoveRefused

USUAL = (
    ("开展活动场次", "场"),
    ("参与人数", "人次"),
    ("发放宣传资料", "份"),
    ("媒体报道", "篇"),
    ("走访服务企业", "家"),
    ("检查企业（单位）", "家"),
    ("培训人员", "人次"),
    ("整改问题", "项"),
)
"""What offices usually ask: proposed for a campaign whose notice has no form of its own."""
LINE = re.compile(r"^(?P<name>.+?)[（(](?P<measure>[^（）()]{1,20})[）)]$")
APART = 1000
"""Where the old order makes room for the new one."""


def figure_of(line: str) -> tuple[str, str]:
    """Name and unit of measure of one line: 参加人数（人次）."""
    found = LINE.match(line)
    return (found["name"].strip(), found["measure"].strip()) if found else (line, "")


@transaction.atomic
def ask_figures(campaign: Campaign, figures: Iterable[tuple[str, str]]) -> None:
    """The figures of a campaign are these, in this order; one that stands there already stays with what was reported.

    Raises: MoveRefused naming a figure that is to go and that units have reported already.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    wanted = list(dict.fromkeys(figures))
    there = {(row.name, row.measure): row for row in campaign.indicators.all()}
    for row in [row for key, row in there.items() if key not in wanted]:
        try:
            row.delete()
        except ProtectedError as error:
            said = _("“%(figure)s” has been reported by units already, so it stays.") % {"figure": row.label}
            raise MoveRefused(said) from error
    campaign.indicators.update(order=F("order") + APART)
    for order, (name, measure) in enumerate(wanted, 1):
        if known := there.get((name, measure)):
            Indicator.objects.filter(pk=known.pk).update(order=order)
        else:
            Indicator.objects.create(campaign=campaign, order=order, name=name, measure=measure)
