"""Eight threads move what is owed at once, on PostgreSQL: ledger, log and table agree afterwards.

CI makes a part of the moves; the whole: ``LEDGER_MOVES=20000 python -m tests.servers python -m pytest
reports/tests/test_ledger_crowd.py``.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.db import connection

from activities.models import Assignment
from activities.models.counting import fold
from reports import recount
from tests.cast import issued, postgresql
from workflow import clock
from workflow.models import MoveRefused, Transition

MOVES = int(os.environ.get("LEDGER_MOVES", "320"))
THREADS = 8


def move(row, deed, cast):
    """One press of somebody."""
    officer = cast.liaison
    with suppress(MoveRefused):
        match deed:
            case 0 | 1:
                row.submit(by=officer)
            case 2:
                row.accept(by=cast.staff)
            case 3:
                row.send_back(by=cast.staff, reason="Count again")
            case 4:
                row.extend(row.last_moment + timedelta(days=1), by=cast.staff)
            case 5:
                row.move("open", by=officer, submitted_at=None, submitted_by=None)
        return True
    return False


def presses(cast, seed, wanted):
    """So many moves that were made, one after the other, beside those of seven colleagues."""
    random, done = Random(seed), 0
    rows = list(Assignment.objects.order_by("pk").values_list("pk", flat=True))
    while done < wanted:
        row = Assignment.objects.select_related("campaign").get(pk=random.choice(rows))
        done += move(row, random.randrange(6), cast)
        if seed == 0 and done % 40 == 0:
            fold()
    connection.close()
    return done


@pytest.mark.django_db(transaction=True)
@postgresql
def test_eight_threads_move_at_once_and_the_ledger_agrees():
    cast = issued()
    before = Transition.objects.count()
    with ThreadPoolExecutor(THREADS) as pool:
        made = sum(pool.map(lambda seed: presses(cast, seed, MOVES // THREADS), range(THREADS)))
    assert (made, Transition.objects.count() - before) == (MOVES, MOVES)
    for _each in range(2):
        assert recount.difference(cast.campaign) == ""
        fold()
    today = recount.sums(recount.as_written(cast.campaign))
    assert +today == recount.standing_now(cast.campaign)
    assert clock.today() >= max(day for day, _place in recount.as_written(cast.campaign))
