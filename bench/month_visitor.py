"""``python -m bench.month_visitor``: give the activities of a province places, sign people in, print their pages.

The province of ``seed --units`` knows days and no places: here each place is asked for by four activities, so that some
of them clash, as in a September that has one square for every four units.
"""

from __future__ import annotations

import json

import django

django.setup()

from django.db.models import (  # noqa: E402 -- Django is set up first
    CharField,
    F,
    Value,
)
from django.db.models.functions import Cast, Concat, Mod  # noqa: E402
from django.urls import reverse  # noqa: E402

from activities.models import Activity, CalendarFeed  # noqa: E402
from bench.visitor import cookie_of, person  # noqa: E402
from campaigns.models import Campaign  # noqa: E402

SHARED_BY = 4


def main() -> None:
    """Print ``cookies`` by person, ``pages`` and ``more``: of each its person and its address."""
    campaign = Campaign.objects.latest("pk")
    rows = Activity.objects.filter(campaign=campaign)
    halls = max(rows.count() // SHARED_BY, 1)
    number = Cast(Mod(F("order"), Value(halls)), CharField())
    rows.update(place=Concat(Value("第"), number, Value("会议中心")))
    unit = f"unit {rows.exclude(owner=None).latest('pk').owner_id}"
    people = {who: person(who, campaign) for who in ("office", unit)}
    _feed, secret = CalendarFeed.make(people["office"], None, "zh-hans")
    month = reverse("activities:calendar", args=[campaign.pk])
    pages = {
        "floor": ("office", "/bench/floor/"),
        "month": ("office", f"{month}?day=2015-09-15"),
        "month of a unit": (unit, f"{month}?day=2015-09-15"),
        "month of a unit, everything": (unit, f"{month}?day=2015-09-15&whose=all"),
        "my month": ("office", f"{reverse('activities:my-calendar')}?day=2015-09-15"),
    }
    more = {
        "week": ("office", f"{month}?look=week&day=2015-09-15"),
        "list": ("office", f"{month}?look=list"),
        "timeline": ("office", f"{month}?look=timeline&day=2015-09-15"),
        "feed": ("office", reverse("activities:feed", args=[secret])),
    }
    print(json.dumps({"cookies": {who: cookie_of(each) for who, each in people.items()}, "pages": pages, "more": more}))


if __name__ == "__main__":
    main()
