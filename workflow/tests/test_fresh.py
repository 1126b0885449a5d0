"""What is kept while nothing is written is what would be read now, whatever writes and whenever it commits."""

import random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Unit
from workflow.fresh import unchanged

DEEDS = 60


def names():
    return list(Unit.objects.order_by("pk").values_list("pk", "name", "full_name"))


def kept():
    return unchanged("names", names)


def queries_of_kept():
    """How many queries it takes: one while nothing is written. PostgreSQL's own vacuum writes now and then."""
    with CaptureQueriesContext(connection) as asked:
        kept()
    return len(asked)


def deed(chance):
    """One of the ways in which something is written: a row, many rows, by hand, taken away, or not after all."""
    pks = [pk for pk, *_names in names()]
    name = f"unit {chance.random()}"
    match chance.randrange(6):
        case 0:
            Unit.objects.create(name=name)
        case 1:
            Unit.objects.bulk_create([Unit(name=f"{name} {n}") for n in range(3)])
        case 2:
            Unit.objects.filter(pk__in=pks[:2]).update(full_name=name)
        case 3:
            Unit.objects.filter(pk__in=pks[-1:]).delete()
        case 4:
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE accounts_unit SET name = %s WHERE id IN (SELECT MAX(id) FROM accounts_unit)", [name]
                )
        case 5:
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                Unit.objects.create(name=name)
                assert kept() == names()
                raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_is_what_would_be_read_after_any_deed():
    chance = random.Random(20150920)
    for _ in range(DEEDS):
        deed(chance)
        assert kept() == names()
        assert kept() == names()


@pytest.mark.django_db(transaction=True)
def test_what_another_commits_later_shows_although_it_was_written_before():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer, and keeps nothing")
    Unit.objects.create(name="Water")
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE accounts_unit SET name = 'Waters'")
        Unit.objects.create(name="Health")  # begun later, committed first
        assert [name for _pk, name, _full in kept()] == ["Water", "Health"]
        assert 1 in {queries_of_kept() for _ in range(9)}
        other.commit()
        assert [name for _pk, name, _full in kept()] == ["Waters", "Health"]
    finally:
        other.close()
