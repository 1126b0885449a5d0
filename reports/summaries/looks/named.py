"""Other units and places named in a summary, and days outside the campaign: what is left of somebody else's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.models.units import names_of
from reports.models import Passage, Summary
from reports.summaries.looks.pointer import Pointer, pointers
from workflow import clock

TOGETHER = re.compile(
    r"(?:会同|联合|与|和|同|及|、|协同|配合|协助|邀请|组织|支持|指导|赴|到|在|向|由|请|陪同|参加)[^。；，,\n]{0,12}$"
)
"""Before the name of another unit: the two did it together, so it is meant."""
DAY = re.compile(r"(?:(?P<year>20\d\d)\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日")
YEAR_NAMED = re.compile(r"(?<!\d)(20\d\d)\s*年")
COMPARED = re.compile(r"(?:比|较|同比|相比|与|自|从|截至|至|到|由|[〔\[（(])\s*$")
"""Before a year that is not this one: something is compared with it, or began in it."""
LEAST = 2


def others(summary: Summary, passages: list[Passage]) -> Iterator[Pointer]:
    """Names of units of the same kind and level that take part too: one copies from one's peers."""
    own = summary.assignment.unit
    peers = Unit.objects.filter(
        kind=own.kind, level=own.level, assignments__campaign=summary.assignment.campaign_id
    ).exclude(pk=own.pk)
    mine = names_of(own)
    names = {name for unit in peers.distinct() for name in names_of(unit) if len(name) > LEAST}
    names = {name for name in names if not any(name in each for each in mine)}
    if not names:
        return
    known = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for passage in passages:
        text = passage.text
        found = [hit[0] for hit in known.finditer(text) if not TOGETHER.search(text[: hit.start()][-20:])]
        said = _("Another unit or place is named: “%(quote)s”. Is it meant?")
        yield from pointers(passage, said, list(dict.fromkeys(found)))


def days(summary: Summary, passages: list[Passage]) -> Iterator[Pointer]:
    """Days before the campaign or still to come, and years that are not its own."""
    campaign = summary.assignment.campaign
    for passage in passages:
        found = [hit[0] for hit in DAY.finditer(passage.text) if outside(hit, campaign.year, campaign.starts_on)]
        yield from pointers(passage, _("This day lies outside the campaign: “%(quote)s”"), list(dict.fromkeys(found)))
        text = DAY.sub(lambda hit: "·" * len(hit[0]), passage.text)
        years = [
            hit[0]
            for hit in YEAR_NAMED.finditer(text)
            if int(hit[1]) != campaign.year and not COMPARED.search(text[: hit.start()][-4:])
        ]
        said = _("Another year than that of the campaign: “%(quote)s”. Is it meant?")
        yield from pointers(passage, said, list(dict.fromkeys(years)))


def outside(hit: re.Match[str], year: int, begins: date) -> bool:
    """Whether a day lies before the campaign begins, or is still to come; one that does not exist does neither."""
    try:
        found = date(int(hit["year"] or year), int(hit["month"]), int(hit["day"]))
    except ValueError:
        return False
    return found < begins or found > clock.today()
