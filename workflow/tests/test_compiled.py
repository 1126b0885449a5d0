"""A query compiled once gives what the queryset gives, for every value put in later."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Membership, Role, Unit
from tests.cast import person
from workflow.compiled import COUNT, PART, SOME, Compiled, any_of, filled
from workflow.models import Notification

NAMES = ("Water", "Health", "Street", "Market")


@pytest.fixture
def units(db):
    return [Unit.objects.create(name=name, order=place) for place, name in enumerate(NAMES)]


def test_the_text_is_built_once_and_the_values_are_those_of_the_call(units):
    built = []

    def build(name):
        built.append(name)
        return Unit.objects.filter(name=name).values_list("pk", "name")

    query = Compiled(build)
    assert [query(name=unit.name) for unit in units] == [[(unit.pk, unit.name)] for unit in units]
    assert (len(built), query(name="Nobody")) == (1, [])


@pytest.mark.parametrize("number", range(5))
def test_several_values_are_as_many_as_they_are(units, number, django_assert_num_queries):
    query = Compiled(lambda pks: Unit.objects.filter(any_of("pk", pks)).order_by("pk").values_list("pk"))
    asked = [unit.pk for unit in units[:number]]
    with django_assert_num_queries(min(number, 1)):  # of no units nothing is asked
        assert query(pks=asked) == [(pk,) for pk in asked]
    assert len(query.statements) == 1


@settings(deadline=None)
@given(st.lists(st.integers(), max_size=40))
def test_values_are_filled_up_to_few_lengths_and_stay_the_same_set(values):
    found = filled(values)
    assert (set(found), len(found) in (0, 1, 2, 4, 8, 16, 32, 64)) == (set(values), True)


def test_several_units_of_another_table_and_none_of_two_conditions(units):
    one = person("one", (units[0], Role.LIAISON), (units[1], Role.HEAD))
    query = Compiled(
        lambda own, others: (
            Membership.objects.filter(any_of("unit", own) | any_of("unit", others))
            .order_by("pk")
            .values_list("user", "unit")
        )
    )
    assert query(own=[units[0].pk], others=[]) == [(one.pk, units[0].pk)]
    assert query(own=[], others=[units[1].pk, units[2].pk]) == [(one.pk, units[1].pk)]
    assert query(own=[], others=[]) == []


def test_what_is_wanted_of_it_the_number_or_a_part(units):
    number = Compiled(lambda order: Unit.objects.filter(order__gte=order).values_list("pk"), COUNT)
    part = Compiled(lambda order: Unit.objects.filter(order__gte=order).order_by("order").values_list("name"), PART)
    wrapped = Compiled(
        lambda: Unit.objects.values_list("name", "order"),
        'SELECT name, COUNT(*) OVER () FROM ({}) every ORDER BY "order" DESC' + SOME,
    )
    assert [number.number(order=order) for order in (0, 3, 9)] == [4, 1, 0]
    assert part(order=1, limit=2, offset=1) == [("Street",), ("Market",)]
    assert wrapped(limit=1, offset=1) == [("Street", 4)]


def test_a_query_without_rows_has_none(units):
    nothing = Compiled(lambda pks: Unit.objects.filter(any_of("pk", pks)).values_list("pk"), COUNT)
    assert nothing.number(pks=[]) == 0


def test_parts_of_the_query_are_asked_for_by_the_call(units):
    query = Compiled(lambda by: Unit.objects.order_by(by).values_list("name")[:1])
    assert (query("order"), query("-order"), query("name")) == ([("Water",)], [("Market",)], [("Health",)])


def test_moments_days_and_truth_come_as_from_the_queryset(units):
    """SQLite keeps them as texts and numbers: they are turned back."""
    user = person("one", (units[0], Role.STAFF))
    now = timezone.now()
    Membership.objects.update(until=now.date())
    for hours in (1, 3):
        Notification.objects.create(
            person=user,
            message="m",
            url="/",
            key=str(hours),
            created_at=now - timedelta(hours=hours),
            values={"n": hours},
        )
    query = Compiled(
        lambda since, day: Notification.objects.filter(
            created_at__gt=since, person__memberships__until__gte=day
        ).values_list("created_at", "values", "person__is_active", "person__memberships__until")
    )
    rows = Notification.objects.filter(created_at__gt=now - timedelta(hours=2))
    assert query(since=now - timedelta(hours=2), day=now.date()) == list(
        rows.values_list("created_at", "values", "person__is_active", "person__memberships__until")
    )
    assert len(query(since=now - timedelta(hours=4), day=now.date())) == 2
    assert query(since=now - timedelta(hours=4), day=now.date() + timedelta(days=1)) == []


def test_each_connection_plans_a_query_once_and_a_new_one_plans_it_again(units, django_assert_num_queries):
    """PostgreSQL alone; and what was planned in a transaction that failed is planned all the same."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL prepares")
    query = Compiled(lambda name: Unit.objects.filter(name=name).values_list("order"))
    known = "SELECT COUNT(*) FROM pg_prepared_statements WHERE name = %s"

    def planned():
        with connection.cursor() as cursor:
            cursor.execute(known, [next(iter(query.statements.values())).name])
            return cursor.fetchone()[0]

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        query(name="Water")
        raise ZeroDivisionError
    with django_assert_num_queries(3):
        assert [query(name=name) for name in NAMES[:3]] == [[(0,)], [(1,)], [(2,)]]
    assert planned() == 1

    def elsewhere():
        try:
            query(name="Water")
            return planned()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(elsewhere).result() == 1


def test_a_connection_of_a_pooler_plans_nothing(units, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    query = Compiled(lambda name: Unit.objects.filter(name=name).values_list("order"))
    with CaptureQueriesContext(connection) as asked:
        assert query(name="Street") == [(2,)]
    assert "SELECT" in asked.captured_queries[0]["sql"]
    if connection.vendor == "postgresql":
        monkeypatch.undo()
        with CaptureQueriesContext(connection) as asked:
            assert query(name="Street") == [(2,)]
        assert asked.captured_queries[0]["sql"].startswith("EXECUTE compiled_")
