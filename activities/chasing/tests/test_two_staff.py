"""Two of the office work on one held reminder: the second is told what changed, and nothing either did is lost."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from activities.chasing import deeds
from activities.models import Reminder
from activities.states import LetterState
from tests.cast import Cast, said, signed_in, text
from tests.chased import chased, switched_on, told
from tests.pages import opened, page_of, press

TWELFTH = date(2015, 10, 12)


@pytest.fixture
def row(autumn: Cast, settings: Any) -> Reminder:
    """A reminder by rule to three people, held this morning."""
    switched_on(autumn)
    chased(settings, TWELFTH, 8, 30)
    row = Reminder.objects.get()
    deeds.hold(row, by=autumn.staff)
    return row


def out(row: Reminder) -> set[str]:
    """Who is left out of it."""
    return set(row.letters.filter(state=LetterState.LEFT_OUT).values_list("person__username", flat=True))


def ticked_but(row: Reminder, *names: str) -> list[str]:
    """The boxes of a page on which these people's ticks were taken away."""
    return [str(pk) for pk in row.letters.exclude(person__username__in=names).values_list("person", flat=True)]


def test_who_changes_words_that_were_changed_meanwhile_sees_both_and_nothing_is_saved_before_the_choice(autumn, row):
    first, second = signed_in(autumn.staff), signed_in(autumn.staff)
    page = opened(second, row.get_absolute_url())
    press(first, row.get_absolute_url(), "Save", line="From the first")
    answer = press(second, page, "Save", line="From the second", person=ticked_but(row, "neighbour"))
    theirs = BeautifulSoup(text(answer), "html.parser").select_one(".alert-warning dl")
    row.refresh_from_db()
    assert (answer.status_code, row.line, out(row)) == (409, "From the first", set())
    assert theirs and theirs.get_text(" ", strip=True) == "A line before it, if you like Theirs: From the first"
    saved = press(second, page_of(answer), "Save")
    row.refresh_from_db()
    assert (said(saved), row.line, out(row)) == (["Saved."], "From the second", {"neighbour"})


def test_boxes_two_people_changed_are_both_as_they_changed_them(autumn, row):
    first, second = signed_in(autumn.staff), signed_in(autumn.staff)
    page = opened(second, row.get_absolute_url())
    press(first, row.get_absolute_url(), "Save", person=ticked_but(row, "liaison"))
    saved = press(second, page, "Save", person=ticked_but(row, "neighbour"))
    assert (said(saved), out(row)) == (["Saved."], {"liaison", "neighbour"})


def test_who_sends_what_was_changed_meanwhile_is_told_to_look_again(autumn, row, settings):
    first, second = signed_in(autumn.staff), signed_in(autumn.staff)
    chased(settings, TWELFTH, 9)
    page = opened(second, row.get_absolute_url())
    press(first, row.get_absolute_url(), "Save", line="Please")
    refused = press(second, page, "Send it")
    look = "Somebody changed its words or whom it goes to meanwhile. Please look again."
    assert (said(refused), told()) == ([look], [])
    assert said(press(second, page_of(refused), "Send it")) == ["It is on its way."]


def test_what_cannot_be_added_leaves_the_words_as_they_were(autumn, row):
    client = signed_in(autumn.staff)
    page = opened(client, row.get_absolute_url())
    press(client, row.get_absolute_url(), "Save", unit="Water bureau")
    answer = press(client, page, "Save", line="Half", unit="Water bureau")
    row.refresh_from_db()
    assert (said(answer), row.line) == (["Nobody else files for this unit."], "")
    assert 'value="Half"' in text(answer)
