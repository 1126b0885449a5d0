"""What the ledger of counts says of any day, against what stood in the table on the evening of that day."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Unit
from activities.models import Assignment, CountAlarm, DayCount
from activities.models.counting import fold
from activities.models.replay import as_they_stood, stands
from activities.units.merge import merge
from reports import recount
from reports.tests.test_adds_up import DEEDS, Autumn
from workflow import clock
from workflow.listing.followed import forget_all
from workflow.models import Notification

MORE = (*DEEDS, "grace", "new_day", "hang", "unite", "undo")
STEPS = st.lists(st.tuples(st.sampled_from(MORE), st.integers(0, 11), st.integers(0, 3)), max_size=25)


class Year(Autumn):
    """An autumn in which days are changed for many, and units move in the tree or are merged."""

    def __init__(self, cast):
        super().__init__(cast)
        self.evenings, self.last = {}, None

    def do(self, deed, which, days):
        for _each in range(days):
            self.evening()
            self.day += timedelta(days=1)
        super().do(deed, which, 0)

    def evening(self):
        """What the table says at the end of this day."""
        self.evenings[self.day] = table(self.cast.campaign)

    def _grace(self, row, unit, office):
        self.rows_of(row).set_terms(
            grace_until=row.due_at + timedelta(days=which(row)), locked_at=None, by=office, note=""
        )

    def _new_day(self, row, unit, office):
        self.rows_of(row).update(due_at=row.due_at + timedelta(days=1), grace_until=None, extended_until=None,
                                 locked_at=None)  # fmt: skip

    def rows_of(self, row):
        return Assignment.objects.filter(campaign=row.campaign, kind=row.kind)

    def _hang(self, row, unit, office):
        city = Unit.objects.exclude(pk=row.unit_id).filter(parent=None, merged_into=None).first()
        if city and not Unit.objects.filter(parent=row.unit_id).exists():
            row.unit.refresh_from_db()
            row.unit.parent = None if row.unit.parent_id else city
            row.unit.save()

    def _unite(self, row, unit, office):
        if row.unit == self.cast.health and not self.cast.health.merged_into_id:
            merge(self.cast.health, self.cast.water, by=office, on=self.day)
            self.cast.health.refresh_from_db()

    def _undo(self, row, unit, office):
        line = row.history().last()
        if line and line.from_state != line.to_state:
            row.undo(line, by=office, note="A slip of the hand", extended_until=None)


def which(row):
    return row.pk % 4


def table(campaign):
    """How everything stands, by unit, counted row by row."""
    rows = Assignment.objects.filter(campaign=campaign)
    return Counter(rows.values_list("campaign", "unit", "share", "last_at"))


def of_ledger(campaign, day, **chosen):
    rows = DayCount.objects.filter(campaign=campaign, day__lte=day, **chosen)
    found = Counter()
    for unit, share, last_at, number in rows.values_list("unit", "share", "last_at", "number"):
        found[campaign.pk, unit, share, last_at] += number
    return +found if min(found.values(), default=0) >= 0 else found


def below(unit, parents):
    """Whether a unit is the other or stands below it."""
    while unit:
        yield unit
        unit = parents.get(unit)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, folded=st.booleans())
def test_every_past_day_is_as_the_table_stood_that_evening(autumn, steps, folded):
    with transaction.atomic():
        caches["figures"].clear()
        forget_all()
        story = Year(autumn)
        for step in steps:
            story.do(*step)
        story.evening()
        fold() if folded else None
        parents = dict(Unit.objects.values_list("pk", "parent"))
        for day, truth in story.evenings.items():
            assert of_ledger(autumn.campaign, day, own=True) == truth
            whole, trees = Counter(), Counter()
            for (campaign, unit, *rest), number in truth.items():
                whole[campaign, None, *rest] += number
                for each in below(unit, parents):
                    trees[campaign, each, *rest] += number
            assert of_ledger(autumn.campaign, day, unit=None) == whole
            assert of_ledger(autumn.campaign, day, unit__isnull=False) == trees
            replayed = as_they_stood(Assignment.objects.filter(campaign=autumn.campaign), clock.end_of(day))
            assert Counter(map(stands, replayed)) == truth
        assert recount.difference(autumn.campaign) == ""
        before = recount.as_written(autumn.campaign)
        recount.rebuild(autumn.campaign)
        assert +recount.as_written(autumn.campaign) == +before
        transaction.set_rollback(True)


def test_the_first_difference_is_told_once_and_is_gone_after_a_rebuild(autumn):
    recount.every_night()
    assert CountAlarm.objects.count() == 0
    DayCount.objects.filter(unit=None).first().delete()
    for _night in range(2):
        assert len(recount.every_night()) == 1
    told = Notification.objects.filter(key__startswith="count-alarm-").values_list("person__username", flat=True)
    assert sorted(told) == sorted([autumn.staff.username, autumn.signer.username])
    recount.rebuild(autumn.campaign)
    assert (recount.every_night(), CountAlarm.objects.count()) == ([], 0)


def test_a_campaign_of_a_version_without_a_ledger_gets_one_in_the_first_night(autumn):
    before = recount.as_written(autumn.campaign)
    DayCount.objects.all().delete()
    assert recount.every_night() == []
    assert recount.as_written(autumn.campaign) == +before


def test_rows_are_never_written_past_the_ledger(autumn):
    with pytest.raises(ValueError, match="ledger"):
        Assignment.objects.bulk_create([], ignore_conflicts=True)
