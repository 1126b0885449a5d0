"""Which units have owed something for so many working days: what a supervision slip begins with."""

from collections import defaultdict
from datetime import datetime

from django.utils import timezone

from activities.chasing import who
from activities.chasing.rungs import back
from activities.models import Assignment, Listed
from activities.models.standing_sql import overdue
from campaigns.models import Campaign
from workflow import clock
from workflow.workdays import working_days


def overdue_units(campaign: Campaign, days: int) -> dict[int, list[Listed]]:
    """The units that owe something overdue for at least so many working days, each with what it owes, the worst first.

    What stops a reminder (:func:`activities.chasing.who.owing`) is not among it.

    Arguments: a campaign; working days, 1 or more. Returns: by the id of the unit, in the order of units. One query.
    """
    known, today = working_days(), clock.today()
    last = back(known.last_working_day(today), days - 1, known)  # the first of so many days after the deadline
    moment = timezone.make_aware(datetime.combine(last, datetime.min.time()))
    rows = who.owing(Assignment.objects.filter(overdue(clock.now()), campaign=campaign, last_at__lte=moment))
    found = defaultdict[int, list[Listed]](list)
    for unit, *row in Listed.read_from(rows.order_by("unit__order", "unit", "last_at", "pk"), "unit_id"):
        found[unit].append(Listed(*row))
    return dict(found)
