"""That a person was told by a key is forgotten once nothing of that key can go any more."""

from datetime import timedelta

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from activities.models import Reminder, Told
from activities.states import ReminderState
from workflow import clock

KEPT = timedelta(days=31)
"""So long a row stays after its day, or its reminder, is over: a clock may jump, a worker may come back."""
BATCH = 5000


def forget_told() -> int:
    """Remove the rows of days long over and of reminders long closed, so many in a transaction.

    A day that comes back by a clock set wrongly tells nobody twice even so: of a key each person has one message
    (``notification_once``), and this job removes no message. Returns: how many rows went.
    """
    gone = 0
    while found := list(over().order_by("pk").values_list("pk", flat=True)[:BATCH]):
        gone += Told.objects.filter(pk__in=found).delete()[0]
    return gone


def over() -> "QuerySet[Told]":
    """Rows nothing asks for: keys are ``owed-<day>`` and ``reminder-<id>`` (``dispatch.py``)."""
    before = clock.today() - KEPT
    open_still = Reminder.objects.exclude(state__in=(ReminderState.SENT, ReminderState.DELETED), day__lt=before)
    keys = open_still.order_by().values_list(Concat(Value("reminder-"), Cast("pk", CharField())))
    of_days = Q(key__startswith="owed-", key__lt=f"owed-{before}")
    return Told.objects.filter(of_days | (Q(key__startswith="reminder-") & ~Q(key__in=keys)))
