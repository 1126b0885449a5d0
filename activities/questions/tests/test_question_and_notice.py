"""What becomes of a question when its notice is superseded or withdrawn."""

from datetime import date

import pytest

from activities.asking import issue as notices
from activities.models import AnswerKind, Question
from activities.questions import asking
from activities.questions.answers import summary
from activities.states import Kind, QuestionState
from campaigns.models import Notice
from campaigns.way import approve
from tests.cast import notice, signed_in
from tests.pages import press
from workflow import clock


@pytest.fixture
def question(autumn):
    """Asked of two units; water has answered."""
    row = Question(
        campaign=autumn.campaign, text="Is the hall booked?", answer_kind=AnswerKind.CHOICE, choices=["Yes", "No"],
        due_at=clock.end_of(date(2015, 9, 2)),
    )  # fmt: skip
    asking.ask(row, [autumn.water.pk, autumn.health.pk], by=autumn.staff)
    press(signed_in(autumn.liaison), autumn.owed(autumn.water, Kind.QUESTION).get_absolute_url(), "choice=Yes")
    return row


def came(question):
    """Answered, silent, no longer asked; how many chose the first."""
    found = summary(question)
    return found.answered, found.silent, found.closed, found.options[0].number


def test_a_new_version_of_the_notice_leaves_the_table_of_answers_as_it_is(autumn, question):
    newer = notice(autumn.campaign, 9, [autumn.water, autumn.health, autumn.district])
    Notice.objects.filter(pk=newer.pk).update(about=autumn.notice)
    newer.refresh_from_db()
    approve(newer, author=autumn.staff, reviewer=autumn.signer)
    notices.issue(newer, by=autumn.signer, due=notices.proposed_due(newer))
    assert came(question) == (1, 1, 0, 1)
    assert set(question.assignments.values_list("notice", flat=True)) == {newer.pk}
    press(signed_in(autumn.neighbour), autumn.owed(autumn.health, Kind.QUESTION).get_absolute_url(), "choice=No")
    notices.withdraw(newer, by=autumn.signer, reason="Off")  # it ends with the notice under which it went on
    question.refresh_from_db()
    assert (came(question), question.state) == ((2, 0, 0, 1), QuestionState.CLOSED)


def test_a_withdrawn_notice_closes_the_question_and_keeps_what_was_answered(autumn, question):
    notices.withdraw(autumn.notice, by=autumn.signer, reason="Off")
    question.refresh_from_db()
    assert (came(question), question.state) == ((1, 0, 1, 1), QuestionState.CLOSED)
    assert question.history().last().note == "Off"
