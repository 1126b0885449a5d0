"""What a page fixes (hidden, read-only, shut fields) or offers is worked out on the server again: a forged value is not
taken.

Every form of every page is sent twice: as the page would, and with one fixed value, or one that was not offered, of a
stranger instead. The second may do less than the first; it may not do anything to a stranger's row, refer to one, or
keep the stranger's words.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag
from django.apps import apps
from django.db import models, transaction

from tests.doors import UNIT
from tests.forms_of_site import FoundForm, forms_of_the_site
from tests.owners import seen_from_above
from tests.pages import forge
from tests.site import Site, rows, whole_site

pytestmark = pytest.mark.slow
WORDS = "Stranger-7f3a"
OWN = {"csrfmiddlewaretoken", "next", "action"}
"""Fixed, but no value of a row: the token, where to go on, which deed of the form it is."""
OPEN = {("accounts:group", "add")}
"""Choices in which every row there is may be named: an office groups any unit of the register."""
TABLES = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
LOGS = {"accounts_auditentry", "accounts_session", "accounts_wrongtry"}
Rows = dict[str, dict[Any, tuple[Any, ...]]]


def by_key(found: dict[str, list[Any]]) -> Rows:
    """The rows of each table by their first column."""
    return {table: {row[0]: tuple(row) for row in each} for table, each in found.items() if table not in LOGS}


@pytest.fixture
def site(db: None, media: Path) -> Site:
    return whole_site()


def fixed(found: FoundForm) -> list[tuple[str, str]]:
    """The fields of a form that nobody is meant to change: name and value."""
    tags = found.whole.select('input[type="hidden"], [readonly], input[disabled], select[disabled], textarea[disabled]')
    return [(str(tag["name"]), value_of(tag)) for tag in tags if tag.get("name") and tag["name"] not in OWN]


def chosen(found: FoundForm) -> list[tuple[str, str]]:
    """The fields in which a row is chosen: lists, circles, boxes, and buttons that name one."""
    tags = found.whole.select("select, input[type=radio], input[type=checkbox], button[name]")
    names = {str(tag["name"]): tag for tag in tags if tag.get("name") and tag["name"] not in OWN}
    return [(name, "1") for name, tag in names.items() if any(each.isdecimal() for each in offered(tag))]


def offered(tag: Tag) -> list[str]:
    """What a field offers."""
    options = tag.select("option") if tag.name == "select" else [tag]
    return [str(each.get("value", "")) for each in options]


def value_of(tag: Tag) -> str:
    return tag.get_text() if tag.name == "textarea" else str(tag.get("value", ""))


class Strangers:
    """Rows of others, by table: of the district's own campaign, and for a unit's people those of another unit."""

    def __init__(self, keys: dict[str, set[Any]]) -> None:
        self.keys = keys

    def values(self, name: str, value: str) -> Iterator[str]:
        """What somebody would forge a fixed value to: words, and rows of a table that a number may be of."""
        yield WORDS
        if value.isdecimal():
            likely = sorted(self.keys, key=lambda table: name.rpartition("-")[2].strip("_") not in table)
            numbers = dict.fromkeys(key for table in likely for key in sorted(self.keys[table], key=repr)[:2])
            yield from [str(number) for number in numbers if isinstance(number, int)][:4]

    def touched(self, before: Rows, after: Rows) -> set[tuple[str, Any, str]]:
        """What a request did to them: a row of theirs changed, one that refers to theirs, their words kept."""
        done = set()
        for table, now in after.items():
            was = before[table]
            done |= {(table, key, "changed") for key in self.keys.get(table, ()) if now.get(key) != was.get(key)}
            for key in (key for key in now if now[key] != was.get(key)):
                done |= {(table, "", f"refers to {column}") for column in self.referred(table, now[key], was.get(key))}
                if WORDS in repr(now[key]):
                    done.add((table, "", "words"))
        return done

    def referred(self, table: str, now: tuple[Any, ...], was: tuple[Any, ...] | None) -> Iterator[str]:
        """The columns of a changed row that name a row of theirs now and did not."""
        for place, column in enumerate(TABLES[table]._meta.concrete_fields):
            if isinstance(column, models.ForeignKey) and (was is None or was[place] != now[place]):
                theirs = self.keys.get(column.related_model._meta.db_table, ())
                yield from [column.name] if now[place] in theirs else []


def strangers_of(site: Site) -> dict[bool, Strangers]:
    """Who is a stranger to the office (False) and to a unit (True)."""
    before = by_key(rows())
    Site(seen_from_above(site.cast))
    after = by_key(rows())
    others = {table: set(after[table]) - set(before[table]) for table in after}
    others["accounts_unit"] |= {site.cast.street.pk}
    health = site.cast.health
    near = {"accounts_unit": {health.pk}, "activities_assignment": set(health.assignments.values_list("pk", flat=True))}
    return {False: Strangers(others), True: Strangers(others | near)}


def test_nothing_that_a_form_fixes_or_offers_is_taken_from_whoever_sends_it(site: Site) -> None:
    forms = list(forms_of_the_site(site))
    others, taken, tried = strangers_of(site), {}, 0
    before = by_key(rows())
    for found in forms:
        strangers = others[found.who in UNIT]
        for name, value in [*fixed(found), *chosen(found)]:
            honest = None
            for forged in strangers.values(name, value):
                tried += 1
                did = what_it_does(site, found, {name: forged}, before, strangers)
                if did:
                    honest = what_it_does(site, found, {}, before, strangers) if honest is None else honest
                if did - (honest or set()) and (found.door, name) not in OPEN:
                    taken[found.door, found.who, name, forged] = did - (honest or set())
    assert taken == {}
    assert tried > 200


def what_it_does(
    site: Site, found: FoundForm, forged: dict[str, str], before: Rows, strangers: Strangers
) -> set[tuple[str, Any, str]]:
    """What the form with these values does to strangers; all is undone."""
    mark = transaction.savepoint()
    response = forge(site.clients[found.who], found.target, found.sent | forged)
    assert response.status_code < 500, (found.door, forged)
    did = strangers.touched(before, by_key(rows()))
    transaction.savepoint_rollback(mark)
    return did
