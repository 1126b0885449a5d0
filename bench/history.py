"""``python -m bench.history``: make the filled province's log one that a ledger can be counted from.

``bench.filled`` writes lines to and fro; this ends each of them at the state its row has, puts what is asked to the day
on which it was asked, and writes the ledger of counts anew from it.
"""

from __future__ import annotations

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402 -- Django is set up first
from django.db import connection  # noqa: E402

from activities.models import Assignment, DayCount  # noqa: E402
from reports import recount  # noqa: E402
from workflow.models import Transition  # noqa: E402

ASKED = "2015-08-21 09:00+08"
LAST = """
INSERT INTO workflow_transition (content_type_id, object_id, from_state, to_state, by_id, acting_for_id, note, at)
SELECT %s, a.id, 'submitted', a.state, a.submitted_by_id, NULL, '', a.submitted_at + interval '14 hours'
FROM activities_assignment a WHERE a.submitted_at IS NOT NULL AND a.state <> 'submitted'
"""
FIRST = """
INSERT INTO workflow_transition (content_type_id, object_id, from_state, to_state, by_id, acting_for_id, note, at)
SELECT %s, a.id, 'open', 'submitted', a.submitted_by_id, NULL, '', a.submitted_at
FROM activities_assignment a WHERE a.submitted_at IS NOT NULL
"""


def main() -> None:
    """Write it. Prints how many lines there are, and that both agree."""
    kind = ContentType.objects.get_for_model(Assignment).pk
    with connection.cursor() as cursor:
        cursor.execute("UPDATE activities_assignment SET made_at = %s", [ASKED])
        for statement in (FIRST, LAST):
            cursor.execute(statement, [kind])
    for campaign in recount.campaigns():
        recount.rebuild(campaign)
        assert not (found := recount.difference(campaign)), found
    print(f"Transition: {Transition.objects.count():,}, DayCount: {DayCount.objects.count():,}")


if __name__ == "__main__":
    main()
