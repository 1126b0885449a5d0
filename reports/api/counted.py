"""The figures of a campaign as a system reads them: what dashboard and briefing read, nothing computed here."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from accounts.models.memberships import HOST_ROLES
from activities.states import Kind
from campaigns.finding import campaign_for
from campaigns.models import Campaign
from reports.api.caller import Caller
from reports.api.reading import Row, moment
from reports.figures import STANDING_OF, Tally, campaign_figures, tally
from workflow import clock


def figures(caller: Caller, pk: int) -> Row:
    """Of a campaign the unit hosts all figures, of another those of the unit itself. Raises: Http404."""
    campaign = campaign_for(caller, pk)
    if campaign.host_id in caller.units_as(*HOST_ROLES):
        return of_campaign(campaign)
    return of_unit(campaign, caller.token.unit_id)


def of_campaign(campaign: Campaign) -> Row:
    """The figures of all units."""
    found = campaign_figures(campaign)
    return {
        "campaign": campaign.pk,
        "at": moment(found.at),
        "of": "campaign",
        "total": tally_row(found.total),
        "kinds": [{"kind": each.kind, "tally": tally_row(each.tally)} for each in found.kinds],
        "units": found.units,
        "units_with_overdue": found.units_red,
        "to_review": found.to_review,
    }


def of_unit(campaign: Campaign, unit: int) -> Row:
    """The figures of one unit."""
    now, counts = clock.now(), dict[str, Counter[str]]()
    for _unit, kind, stands, number in STANDING_OF(campaign=campaign.pk, now=now, units=[unit]):
        counts.setdefault(kind, Counter())[stands] += number
    kinds = [(kind, tally(counts[kind])) for kind in Kind if kind in counts]
    return {
        "campaign": campaign.pk,
        "at": moment(now),
        "of": "unit",
        "total": tally_row(sum((each for _kind, each in kinds), Tally())),
        "kinds": [{"kind": kind, "tally": tally_row(each)} for kind, each in kinds],
        "units": None,
        "units_with_overdue": None,
        "to_review": None,
    }


def tally_row(counted: Tally) -> dict[str, Any]:
    """How many stand how, as it is sent."""
    return {**asdict(counted), "filed": counted.filed, "expected": counted.expected, "rate": counted.rate}
