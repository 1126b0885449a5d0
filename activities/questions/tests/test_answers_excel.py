"""The answers to one more question as Excel: out as they came in, in for units that told the office otherwise."""

from datetime import date

from django.urls import reverse

from activities.models import Answer, Question
from activities.questions import asking
from activities.states import Kind
from tests.cast import Cast, signed_in
from tests.excel import Grid, edited, fetched, newest, row_of, written, wrong
from tests.pages import press
from workflow import clock


def asked(cast: Cast, kind: str, **more: object) -> str:
    """A question to water and health. Returns: the page of its answers as Excel."""
    due = clock.end_of(date(2015, 9, 2))
    question = Question(campaign=cast.campaign, text="Stalls?", answer_kind=kind, due_at=due, **more)
    asking.ask(question, [cast.water.pk, cast.health.pk], by=cast.staff)
    return reverse("activities:answers-excel", args=[question.pk])


def answer(cast: Cast, button: str = "action=submit", **values: str) -> None:
    """The water bureau answers on its page."""
    press(signed_in(cast.liaison), cast.owed(cast.water, Kind.QUESTION).get_absolute_url(), button, **values)


def put(name: str, value: object):
    def edit(grid: Grid) -> None:
        row_of(grid, name)[3] = value

    return edit


def test_numbers_go_out_as_numbers_and_come_in_for_who_told_them_otherwise(autumn: Cast) -> None:
    address, office = asked(autumn, "number", measure="stalls"), signed_in(autumn.staff)
    answer(autumn, number="1,200.5", remark="at two places")
    grid = fetched(office, address)["Answers"]
    assert [row[1:5] for row in grid[1:]] == [
        ["Water bureau", "Filed", 1200.5, "at two places"],
        ["Health bureau", "To be filed", "", ""],
    ]
    edited(office, address)
    assert (newest().report["unchanged"], newest().report["changed"]) == (2, 0)
    edited(office, address, put("Health bureau", "about 30"))
    assert "no exact number" in wrong()[3, "answer（stalls）"][1]
    edited(office, address, put("Health bureau", "三十"))
    assert [line["cells"][0][2] for line in newest().report["lines"]] == ["30"]
    assert "filed in the name of the unit" in written(office).content.decode()
    row = autumn.owed(autumn.health, Kind.QUESTION)
    assert (row.is_filed, row.filed_for, Answer.objects.get(assignment=row).number) == (True, "Health bureau", 30)
    assert autumn.neighbour.notifications.filter(url=row.get_absolute_url()).exists()
    edited(office, address, put("Health bureau", 31))
    assert len(wrong()) == 1  # what is answered changes on its page
    assert Answer.objects.get(assignment=row).number == 30


def test_a_choice_is_one_of_those_offered(autumn: Cast) -> None:
    address, office = asked(autumn, "choice", choices=["Yes", "No"]), signed_in(autumn.staff)
    answer(autumn, "choice=Yes")
    assert row_of(fetched(office, address)["Answers"], "Water bureau")[3] == "Yes"
    edited(office, address, put("Health bureau", "Perhaps"))
    assert wrong() == {(3, "answer"): ("Perhaps", "Choose one of these: Yes、No.")}
    edited(office, address, put("Health bureau", "no"))
    written(office)
    assert Answer.objects.get(assignment__unit=autumn.health).choice == "No"


def test_words_and_files_go_out(autumn: Cast) -> None:
    address, office = asked(autumn, "text"), signed_in(autumn.staff)
    answer(autumn, text="Two lines\nof text")
    assert row_of(fetched(office, address)["Answers"], "Water bureau")[3] == "Two lines\nof text"
    question = Question.objects.get()
    Question.objects.filter(pk=question.pk).update(answer_kind="file")
    assert fetched(office, address)["Answers"][0][1:4] == ["Unit", "state", "remark"]
