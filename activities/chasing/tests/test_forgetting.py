"""Rows that keep a message from going twice are kept a month; whoever was told is not told twice after that either."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from activities.chasing import deeds, forgetting
from activities.chasing.tasks import forget_told
from activities.models import Chasing, Letter, Reminder, Told
from activities.states import LetterState, ReminderState
from tests.cast import Cast
from tests.chased import chased, switched_on, told

TWELFTH = date(2015, 10, 12)


@pytest.fixture
def city(autumn: Cast) -> Cast:
    switched_on(autumn)
    return autumn


def on(settings, *day):
    settings.TODAY = timezone.make_aware(datetime(2015, *day, 3))


def keys():
    return sorted(set(Told.objects.values_list("key", flat=True)))


def test_after_a_month_the_rows_go_in_batches_and_what_was_told_stays_told_once(city, settings, monkeypatch):
    monkeypatch.setattr(forgetting, "BATCH", 2)
    chased(settings, TWELFTH)
    by_hand = deeds.make(city.campaign, by=city.staff, units=3, hold=False, chosen={"kind": "plan"})
    chased(settings, date(2015, 10, 15))
    once = told()
    assert keys() == ["owed-2015-10-12", "owed-2015-10-15"]  # by hand nobody owed a plan
    on(settings, 11, 12)
    forget_told()
    assert keys() == ["owed-2015-10-12", "owed-2015-10-15"]
    on(settings, 11, 13)
    forget_told()
    assert keys() == ["owed-2015-10-15"]
    # the clock jumps back, and even a letter that says it was never sent does not go twice
    Letter.objects.filter(reminder__day=TWELFTH).update(state=LetterState.WAITING, sent_at=None)
    Reminder.objects.filter(day=TWELFTH).update(state=ReminderState.WAITING)
    chased(settings, TWELFTH, 10)
    assert (told(), by_hand.state) == (once, "sent")


def test_of_a_reminder_by_hand_they_stay_while_it_can_go(city, settings):
    Chasing.objects.update(is_on=False)
    settings.TODAY = timezone.make_aware(datetime(2015, 10, 12, 9))
    made = [
        deeds.make(city.campaign, by=city.staff, units=3, hold=hold, chosen={"kind": "summary"})
        for hold in (False, True, True)
    ]
    Told.objects.bulk_create(Told(person=city.liaison, key=f"reminder-{row.pk}", claim=row.pk) for row in made[1:])
    deeds.delete(made[2], by=city.staff)
    assert [row.state for row in made] == ["sent", "held", "deleted"]
    on(settings, 12, 31)
    forget_told()
    assert keys() == [f"reminder-{made[1].pk}"]
