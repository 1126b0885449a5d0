"""A unit's plan on its page: half-done, complete, wrong, sent twice, stale, returned."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import Assignment, Plan, StaleDraft
from activities.states import Kind
from tests.cast import PLAN, filed_plan, log, said, signed_in, text
from tests.pages import opened, page_of, press
from workflow import clock

NEEDED_BY_ALL = [
    "goal", "content", "starts_on", "ends_on", "place", "expected_participants",
    "person_in_charge", "person_phone", "budget", "safety",
]  # fmt: skip
NEEDED = "Needed before you can submit."


@pytest.fixture
def sheet(autumn):
    return Sheet(autumn)


class Sheet:
    """The plan the water bureau owes, on its sheet."""

    def __init__(self, cast):
        self.cast, self.pk = cast, cast.owed(cast.water, Kind.PLAN).pk
        self.address = reverse("activities:plan", args=[self.pk])

    def get(self, user=None):
        return signed_in(user or self.cast.liaison).get(self.address)

    def page(self):
        """The page as the liaison officer has it open now."""
        return opened(signed_in(self.cast.liaison), self.address)

    def send(self, action="save", user=None, page=None, **values):
        """Type on the page (of now, or one opened before) and press a button."""
        return press(signed_in(user or self.cast.liaison), page or self.page(), f"action={action}", **values)

    @property
    def assignment(self):
        return Assignment.objects.get(pk=self.pk)

    @property
    def versions(self):
        """Version, goal, submitted or not."""
        rows = Plan.objects.filter(assignment=self.pk).order_by("version")
        return [(row.version, row.goal, row.submitted_at is not None) for row in rows]


def test_half_done_is_saved_and_found_again(sheet):
    response = sheet.send(goal="Half a thought")
    assert said(response) == ["The draft is saved. It is not submitted yet."]
    assert (sheet.versions, sheet.assignment.state) == ([(1, "Half a thought", False)], "open")
    assert "Half a thought</textarea>" in text(sheet.get())


def test_complete_is_submitted_with_everything_as_typed(sheet):
    response = sheet.send("submit", **PLAN)
    assert said(response) == ["Submitted."]
    plan = Plan.objects.get()
    typed = {"starts_on": date(2015, 9, 5), "ends_on": date(2015, 9, 6), "expected_participants": 300}
    assert {name: getattr(plan, name) for name in PLAN} == {**PLAN, **typed, "budget": Decimal("12000.50")}
    assert (timezone.localtime(plan.submitted_at).date(), plan.saved_by) == (clock.today(), sheet.cast.liaison)
    assert log(sheet.assignment) == [("open", "submitted", sheet.cast.liaison, "")]
    assert sheet.get().context["forms"] == {}


def test_submitting_names_everything_that_is_missing_at_once(sheet):
    response = sheet.send("submit", person_in_charge="", person_phone="")  # the page takes both from the account
    assert (response.status_code, response.context["form"].errors) == (422, {name: [NEEDED] for name in NEEDED_BY_ALL})
    assert text(response).count(NEEDED) == 2 * len(NEEDED_BY_ALL)  # beside each field and in the list at the top
    assert [name for name in NEEDED_BY_ALL if f'<a href="#id_{name}">' not in response.content.decode()] == []
    assert (sheet.versions, sheet.assignment.state) == ([], "open")


def test_nought_is_an_answer(sheet):
    assert said(sheet.send("submit", **PLAN | {"expected_participants": "0", "budget": "0"})) == ["Submitted."]


PERIOD = "The campaign runs from 1 September 2015 to 30 September 2015."
YEARS = "Choose a day from 2000 to 2100."
WRONG = [
    ({"starts_on": "2015-08-31"}, {"starts_on": [PERIOD]}),
    ({"ends_on": "2015-10-01"}, {"ends_on": [PERIOD]}),
    ({"starts_on": "0001-01-01", "ends_on": "9999-12-31"}, {"starts_on": [YEARS], "ends_on": [YEARS]}),
    ({"starts_on": "2015-09-10", "ends_on": "2015-09-09"}, {"ends_on": ["The last day is before the first day."]}),
    ({"starts_on": "2015-09-31"}, {"starts_on": ["Enter a valid date."]}),
    ({"expected_participants": "-1"}, {"expected_participants": ["Ensure this value is greater than or equal to 0."]}),
    ({"expected_participants": "12.5"}, {"expected_participants": ["Enter a whole number."]}),
    ({"expected_participants": "many"}, {"expected_participants": ["Enter a whole number."]}),
    (
        {"expected_participants": "1000001"},
        {"expected_participants": ["Ensure this value is less than or equal to 1000000."]},
    ),
    (
        {"expected_participants": "9" * 40},
        {"expected_participants": ["Ensure this value is less than or equal to 1000000."]},
    ),
    ({"budget": "-0.01"}, {"budget": ["A budget cannot be negative."]}),
    ({"budget": "1000000001"}, {"budget": ["Ensure this value is less than or equal to 1000000000."]}),
    ({"budget": "NaN"}, {"budget": ["Enter a number."]}),
    ({"budget": "1e999"}, {"budget": ["Ensure that there are no more than 12 digits in total."]}),
    ({"budget": "0.001"}, {"budget": ["Ensure that there are no more than 2 decimal places."]}),
    ({"place": "x" * 121}, {"place": ["Ensure this value has at most 120 characters (it has 121)."]}),
    ({"goal": "x" * 2001}, {"goal": ["Ensure this value has at most 2000 characters (it has 2001)."]}),
    ({"goal": "a\0b"}, {"goal": ["Null characters are not allowed."]}),
]


@pytest.mark.parametrize("action", ["save", "submit"])
@pytest.mark.parametrize(
    ("values", "errors"), WRONG, ids=[" ".join(values) + str(n) for n, (values, _) in enumerate(WRONG)]
)
def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_is_kept(sheet, action, values, errors):
    response = sheet.send(action, **PLAN | {"safety": "My own words, kept"} | values)
    assert response.status_code == 422
    found = {name: list(each)[:1] for name, each in response.context["form"].errors.items()}
    assert found == errors
    shown = text(response)
    assert [words for each in errors.values() for words in each if words not in shown] == []
    assert "My own words, kept</textarea>" in shown
    assert [value for value in values.values() if "\0" not in value and value not in shown] == []
    assert (sheet.versions, sheet.assignment.state) == ([], "open")


def test_a_wrong_field_does_not_hide_what_is_missing(sheet):
    response = sheet.send("submit", goal="A goal", budget="-1", person_in_charge="", person_phone="")
    errors = response.context["form"].errors
    assert errors["budget"] == ["A budget cannot be negative."]
    assert [name for name, each in errors.items() if each == [NEEDED]] == [
        "content", "starts_on", "ends_on", "place", "expected_participants",
        "person_in_charge", "person_phone", "safety",
    ]  # fmt: skip


# --- twice, stale ------------------------------------------------------------------------------------------


def test_the_same_form_submitted_twice_gives_one_result(sheet):
    page = sheet.page()
    sheet.send("submit", page=page, **PLAN)
    response = sheet.send("submit", page=page, **PLAN)
    assert said(response) == ["It came in twice and is kept once."]
    assert sheet.versions == [(1, PLAN["goal"], True)]
    assert log(sheet.assignment) == [("open", "submitted", sheet.cast.liaison, "")]


def test_the_same_form_saved_twice_gives_one_draft(sheet):
    page = sheet.page()
    sheet.send(page=page, goal="Half a thought")
    response = sheet.send(page=page, goal="Half a thought")
    assert said(response) == ["It came in twice and is kept once."]
    assert sheet.versions == [(1, "Half a thought", False)]


def test_of_two_who_write_the_second_is_told_and_keeps_the_own_text(sheet):
    page = sheet.page()
    sheet.send(goal="What the liaison officer wrote")
    response = sheet.send(user=sheet.cast.head, page=page, goal="What the head wrote")
    assert response.status_code == 409
    assert said(response) == [
        "liaison saved this meanwhile. Your own text is kept below: compare, then save again to replace it."
    ]
    assert "What the head wrote</textarea>" in text(response)
    assert sheet.versions == [(1, "What the liaison officer wrote", False)]
    again = sheet.send(user=sheet.cast.head, page=page_of(response))
    assert said(again) == ["The draft is saved. It is not submitted yet."]
    assert sheet.versions == [(1, "What the head wrote", False)]


def test_a_mistake_in_the_form_does_not_hide_that_somebody_saved_meanwhile(sheet):
    page = sheet.page()
    sheet.send(goal="What the liaison officer wrote")
    wrong = sheet.send(user=sheet.cast.head, page=page, goal="What the head wrote", budget="-1")
    assert wrong.status_code == 422
    assert sheet.send(user=sheet.cast.head, page=page_of(wrong), budget="").status_code == 409
    assert sheet.versions == [(1, "What the liaison officer wrote", False)]


@pytest.mark.parametrize("seen", ["", "soon", "-1", "9" * 30, "５"])
def test_a_page_without_a_true_revision_is_stale(sheet, seen):
    sheet.send(goal="First")
    assert sheet.send(goal="Second", forged={"seen": seen}).status_code == 409
    assert sheet.versions == [(1, "First", False)]


def test_who_types_while_a_colleague_submits_is_told_and_keeps_the_own_text(sheet):
    page = sheet.page()
    sheet.send("submit", **PLAN)
    response = sheet.send("submit", user=sheet.cast.head, page=page, **PLAN | {"goal": "What the head wrote"})
    assert response.status_code == 409
    assert said(response) == ["Somebody was faster: it stands at “Filed” (liaison). Nothing was changed."]
    assert "What the head wrote</textarea>" in text(response)
    assert sheet.versions == [(1, PLAN["goal"], True)]


def test_a_page_opened_before_it_was_submitted_and_returned_is_stale(sheet):
    page = sheet.page()
    sheet.send("submit", **PLAN)
    sheet.assignment.send_back(by=sheet.cast.staff, reason="No budget")
    response = sheet.send(user=sheet.cast.head, page=page, goal="Typed before it was returned")
    assert response.status_code == 409
    assert "Typed before it was returned</textarea>" in text(response)
    assert sheet.versions == [(1, PLAN["goal"], True)]


def test_what_is_closed_is_told_and_the_text_kept(sheet):
    page = sheet.page()
    Assignment.objects.filter(pk=sheet.pk).update(locked_at=clock.end_of(date(2015, 8, 31)))
    response = sheet.send(page=page, goal="Too late")
    assert response.status_code == 409
    assert said(response) == ["It has been closed for filing. Please ask the office to open it again."]
    assert "Too late</textarea>" in text(response)
    assert (sheet.versions, "Ask City office for more time, or to open it again." in text(sheet.get())) == ([], True)


# --- versions ----------------------------------------------------------------------------------------------


def test_what_was_submitted_stays_and_the_next_version_starts_from_it(sheet):
    sheet.send("submit", **PLAN)
    sheet.assignment.send_back(by=sheet.cast.staff, reason="Please name the wardens")
    shown = text(sheet.get())
    assert "Please name the wardens" in shown and PLAN["goal"] + "</textarea>" in shown
    sheet.send("submit", goal="A better goal")
    assert sheet.versions == [(1, PLAN["goal"], True), (2, "A better goal", True)]
    assert [line[:2] for line in log(sheet.assignment)] == [
        ("open", "submitted"), ("submitted", "returned"), ("returned", "submitted"),
    ]  # fmt: skip


def test_saving_into_a_submitted_version_is_refused_by_the_model(sheet):
    plan = filed_plan(sheet.assignment, sheet.cast.liaison)
    plan.goal = "Changed afterwards"
    with pytest.raises(StaleDraft):
        plan.save_draft(by=sheet.cast.liaison, seen=plan.revision)
    assert sheet.versions == [(1, "A goal", True)]


def test_withdrawn_and_submitted_again_it_is_a_second_version(sheet, settings):
    settings.TODAY = date(2015, 8, 25)
    sheet.send("submit", **PLAN)
    press(signed_in(sheet.cast.liaison), sheet.address, "Withdraw")
    settings.TODAY = date(2015, 9, 1)
    sheet.send("submit", goal="On second thoughts")
    assert sheet.versions == [(1, PLAN["goal"], True), (2, "On second thoughts", True)]
    assert (sheet.assignment.state, sheet.assignment.standing) == ("submitted", "late")


# --- who reads ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["staff", "signer", "leader"])
def test_the_office_does_not_see_an_unsubmitted_draft(sheet, name):
    sheet.send(goal="Not for your eyes yet")
    shown = text(sheet.get(sheet.cast.people()[name]))
    assert "Not for your eyes yet" not in shown
    assert "The unit has not filed it yet. What it files appears here." in shown
    assert "Not for your eyes yet" in text(sheet.get(sheet.cast.head))


def test_the_office_reads_what_was_submitted_while_the_unit_corrects_it(sheet):
    sheet.send("submit", **PLAN)
    sheet.assignment.send_back(by=sheet.cast.staff, reason="No budget")
    sheet.send(goal="Half corrected")
    shown = text(sheet.get(sheet.cast.staff))
    assert (PLAN["goal"] in shown, "Half corrected" in shown) == (True, False)


def test_what_the_notice_says_is_not_asked_again(sheet):
    activity = sheet.assignment.activity
    activity.starts_on, activity.ends_on, activity.place = date(2015, 9, 12), date(2015, 9, 13), "Waterworks"
    activity.save()
    shown = text(sheet.get())
    assert [value for value in ("2015-09-12", "2015-09-13", "Waterworks") if f'value="{value}"' not in shown] == []


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("staff", 403),
        ("signer", 403),
        ("leader", 403),
        ("neighbour", 404),
        ("district_liaison", 404),
        ("stranger", 404),
    ],
)
def test_nobody_else_writes_it(sheet, name, status):
    page, other = sheet.page(), sheet.cast.people()[name]
    assert sheet.send(user=other, page=page, goal="Written by others").status_code == status
    assert sheet.versions == []


def test_every_step_and_its_reason_is_on_the_page(sheet):
    sheet.send("submit", **PLAN)
    sheet.assignment.send_back(by=sheet.cast.staff, reason="Please name <b>the wardens</b>")
    response = sheet.get()
    story = [(each["code"], each["line"].note) for each in response.context["assignment"].told()]
    assert story == [("submitted", ""), ("returned", "Please name <b>the wardens</b>")]
    assert "&lt;b&gt;the wardens&lt;/b&gt;" in response.content.decode()
