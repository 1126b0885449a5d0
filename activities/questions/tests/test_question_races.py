"""Two at once, on PostgreSQL: one question is asked once, one answer is taken, one slip is drafted."""

from datetime import date

import pytest

from accounts.models import User
from activities.models import Answer, AnswerKind, Assignment, Question, Slip
from activities.questions import asking
from activities.states import Kind
from activities.supervision.proposals import Measure, draft_all
from tests.cast import at_once, issued, make_cast, postgresql, signed_in
from tests.pages import opened, press
from workflow import clock

pytestmark = [postgresql, pytest.mark.django_db(transaction=True)]
NEXT_WEEK = date(2015, 9, 8)


def a_question(cast):
    due = clock.end_of(date(2015, 9, 9))
    return Question(
        campaign=cast.campaign,
        text="Is the hall booked?",
        answer_kind=AnswerKind.CHOICE,
        choices=["Yes", "No"],
        due_at=due,
    )


def test_one_question_is_asked_once():
    cast = issued(make_cast())

    def deed(wait):
        question = a_question(cast)
        wait()
        return asking.ask(question, [cast.water.pk, cast.health.pk], by=cast.staff)

    ends = at_once(deed)
    assert sorted(type(end).__name__ for end in ends) == ["MoveRefused"] * 3 + ["int"]
    assert (Question.objects.count(), Assignment.objects.filter(kind=Kind.QUESTION).count()) == (1, 2)


def test_head_and_officer_tap_at_once_and_one_answer_is_taken():
    cast = issued(make_cast())
    asking.ask(a_question(cast), [cast.water.pk], by=cast.staff)
    address = cast.owed(cast.water, Kind.QUESTION).get_absolute_url()
    taps = [(cast.liaison, "choice=Yes"), (cast.head, "choice=No")]

    def deed(wait):
        who, button = taps.pop()
        client = signed_in(User.objects.get(pk=who.pk))
        page = opened(client, address)
        wait()
        return press(client, page, button, follow=False).status_code

    assert sorted(at_once(deed, 2)) == [302, 409]
    answer = Answer.objects.get(submitted_at__isnull=False)
    assert answer.choice == {cast.liaison: "Yes", cast.head: "No"}[answer.saved_by]


def test_two_who_draft_for_the_same_units_draft_one_slip_each():
    cast = issued(make_cast())

    def deed(wait):
        wait()
        with clock.as_of(NEXT_WEEK):
            made, left = draft_all(cast.campaign, Measure(days=1), [cast.water.pk, cast.health.pk], by=cast.staff)
        return len(made), len(left)

    assert sorted(at_once(deed, 2)) == [(0, 2), (2, 0)]
    assert Slip.objects.count() == 2
