"""``python -m bench.reminded rules|mails KEY``: the rules of the benchmark; what each person was told by a key."""

from __future__ import annotations

import json
import sys
from datetime import date, time

import django

django.setup()

from activities.models import Assignment, Chasing, Ladder  # noqa: E402 -- Django is set up first
from activities.states import AssignmentState, Kind  # noqa: E402
from campaigns.models import Campaign  # noqa: E402
from workflow import clock  # noqa: E402
from workflow.channels.sending import letter_of  # noqa: E402
from workflow.models import Delivery  # noqa: E402


def rules() -> None:
    """Everybody owes a summary since Friday, and is reminded every working day, at any hour."""
    campaign = Campaign.objects.latest("pk")
    hours = {"send_at": time(0, 0), "quiet_until": time(0, 0), "quiet_from": time(23, 59, 59)}
    Chasing.objects.update_or_create(campaign=campaign, defaults={"is_on": True, "holds": False, **hours})
    owed = Assignment.objects.filter(campaign=campaign, kind=Kind.SUMMARY, state=AssignmentState.OPEN)
    owed.update(due_at=clock.end_of(date(2015, 9, 18)), grace_until=None, extended_until=None)
    Ladder.objects.update_or_create(campaign=campaign, kind="", defaults={"every": 1, "at_most": 99})


def mails(key: str) -> None:
    """Print address, subject and text of each mail."""
    rows = Delivery.objects.filter(notification__key=key, channel="mail").select_related("notification__person")
    letters = ((row.address, letter_of(row)) for row in rows.order_by("pk").iterator())
    json.dump([(address, letter.subject, letter.text) for address, letter in letters], sys.stdout)


if __name__ == "__main__":
    if sys.argv[1] == "rules":
        rules()
    else:
        mails(sys.argv[2])
