"""Signing for a notice, naming liaison officers, and the office's return with a reason."""

from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from activities.models import LiaisonOfficer, LiaisonRegistration
from activities.states import Kind
from tests import pages
from tests.cast import filed_plan, filed_registration, log, said, signed_in, text
from tests.pages import opened, press
from workflow.models import Notification

# --- receipt -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["liaison", "head"])
def test_a_person_of_the_unit_signs_once(autumn, name):
    row, user = autumn.owed(autumn.water, Kind.RECEIPT), autumn.people()[name]
    page = opened(signed_in(user), row.get_absolute_url())
    first, second = (press(signed_in(user), page, "Sign for receipt") for _press in range(2))
    assert said(first) == ["You have signed for the notice."]
    assert said(second) == [f"Somebody was faster: it stands at “Filed” ({name}). Nothing was changed."]
    assert log(row) == [("open", "submitted", user, "")]
    assert f"{name} signed for it on" in text(second)


@pytest.mark.parametrize(("name", "status"), [("staff", 403), ("leader", 403), ("neighbour", 404), ("stranger", 404)])
def test_nobody_else_signs_for_the_unit(autumn, name, status):
    row = autumn.owed(autumn.water, Kind.RECEIPT)
    page = opened(signed_in(autumn.liaison), row.get_absolute_url())
    assert press(signed_in(autumn.people()[name]), page, "Sign for receipt").status_code == status
    assert log(row) == []


def test_the_office_sees_why_it_cannot_sign(autumn):
    shown = text(signed_in(autumn.staff).get(autumn.owed(autumn.water, Kind.RECEIPT).get_absolute_url()))
    assert "Only a liaison officer or the head of the unit can sign for it." in shown


def test_who_has_signed_and_who_has_not(autumn):
    autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    response = signed_in(autumn.leader).get(reverse("activities:receipts", args=[autumn.notice.pk]))
    counts, missing = response.context["counts"], [unit for unit, _opened in response.context["counts"].first]
    assert (counts.signed, counts.missing, missing) == (1, 2, ["Health bureau", "District office"])


NO_TELEPHONE = "Only digits, spaces, + - and brackets, 转 before an extension, 、 between two numbers."

# --- liaison officers --------------------------------------------------------------------------------------

OFFICER = {
    "name": "Officer One",
    "department": "Office",
    "position": "Clerk",
    "phone": "0755-000 0000",
    "mobile": "138 0000 0001",
    "email": "one@example.com",
}


def page_of(cast):
    """The page of the liaison officers as the unit's has it open now."""
    return opened(signed_in(cast.liaison), cast.owed(cast.water, Kind.LIAISON).get_absolute_url())


def send(cast, *officers, action="submit", user=None, page=None, **more):
    """Type these officers row by row, adding rows as the script does, and press a button."""
    values = {f"form-{n}-{name}": value for n, row in enumerate(officers) for name, value in row.items()}
    return press(signed_in(user or cast.liaison), page or page_of(cast), f"action={action}", **values, **more)


def officers():
    """Version, name and mobile of everybody registered."""
    found = LiaisonOfficer.objects.order_by("registration__version", "pk")
    return list(found.values_list("registration__version", "name", "mobile"))


def test_what_the_account_knows_stands_in_the_first_row(autumn):
    shown = text(signed_in(autumn.liaison).get(autumn.owed(autumn.water, Kind.LIAISON).get_absolute_url()))
    known = ["liaison", "Office", "138 0000 0001", "liaison@example.com"]
    assert [value for value in known if f'value="{value}"' not in shown] == []


def test_officers_are_registered_as_typed(autumn):
    second = OFFICER | {"name": "Officer Two", "phone": "", "email": ""}
    assert said(send(autumn, OFFICER, second)) == ["Submitted."]
    first = LiaisonOfficer.objects.first()
    assert {name: getattr(first, name) for name in OFFICER} == OFFICER
    assert officers() == [(1, "Officer One", "138 0000 0001"), (1, "Officer Two", "138 0000 0001")]
    assert autumn.owed(autumn.water, Kind.LIAISON).state == "submitted"


def test_empty_rows_are_left_out(autumn):
    send(autumn, OFFICER, dict.fromkeys(OFFICER, ""))
    assert officers() == [(1, "Officer One", "138 0000 0001")]


def test_without_anybody_it_is_saved_but_not_submitted(autumn):
    struck = OFFICER | {"DELETE": "on"}
    refused = send(autumn, struck)
    assert (refused.status_code, refused.context["formset"].non_form_errors()) == (
        422, ["Please name at least one liaison officer."],
    )  # fmt: skip
    assert said(send(autumn, struck, action="save")) == ["The draft is saved. It is not submitted yet."]
    assert (officers(), LiaisonRegistration.objects.count()) == ([], 1)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 41}, "Ensure this value has at most 40 characters (it has 41)."),
        ({"mobile": ""}, "This field is required."),
        ({"mobile": "1234567"}, "A mobile number has at least 8 digits."),
        ({"mobile": "my old phone"}, "A mobile number has at least 8 digits."),
        ({"phone": "call reception"}, NO_TELEPHONE),
        ({"email": "one at example"}, "Enter a valid email address."),
    ],
)
def test_what_is_wrong_is_told_in_its_row_and_the_other_row_is_kept(autumn, values, words):
    response = send(autumn, OFFICER, OFFICER | {"name": "Officer Two"} | values)
    name = next(iter(values))
    assert response.status_code == 422
    assert [dict(errors) for errors in response.context["formset"].errors] == [{}, {name: [words]}]
    shown = text(response)
    assert words in shown and 'value="Officer One"' in shown
    assert not values[name] or f'value="{values[name]}"' in shown
    assert officers() == []


def test_more_than_ten_are_refused(autumn):
    many = [OFFICER | {"name": f"Officer {n}"} for n in range(11)]
    response = send(autumn, *many)
    assert (response.status_code, officers()) == (422, [])
    assert response.context["formset"].non_form_errors() == ["Please submit at most 10 forms."]
    assert 'value="Officer 10"' in text(response)


@pytest.mark.parametrize("total", ["", "-1", "100000", "many"])
def test_a_form_whose_count_was_tampered_with_changes_nothing(autumn, total):
    assert (send(autumn, OFFICER, forged={"form-TOTAL_FORMS": total}).status_code, officers()) == (422, [])


def test_the_same_form_sent_twice_gives_one_result(autumn):
    page = page_of(autumn)
    send(autumn, OFFICER, page=page)
    assert said(send(autumn, OFFICER, page=page)) == ["It came in twice and is kept once."]
    assert officers() == [(1, "Officer One", "138 0000 0001")]
    assert len(log(autumn.owed(autumn.water, Kind.LIAISON))) == 1


def test_a_stale_page_keeps_both_texts(autumn):
    page, mine = page_of(autumn), OFFICER | {"name": "Officer of the head"}
    send(autumn, OFFICER, action="save")
    response = send(autumn, mine, action="save", user=autumn.head, page=page)
    assert response.status_code == 409
    assert 'value="Officer of the head"' in text(response)
    assert officers() == [(1, "Officer One", "138 0000 0001")]


def test_withdrawn_and_corrected_the_old_list_stays(autumn):
    row = autumn.owed(autumn.water, Kind.LIAISON)
    filed_registration(row, autumn.liaison, "Officer One")
    row.withdraw(by=autumn.liaison)
    assert 'value="Officer One"' in text(signed_in(autumn.liaison).get(row.get_absolute_url()))
    send(autumn, OFFICER | {"name": "Officer New"})
    assert [found[:2] for found in officers()] == [(1, "Officer One"), (2, "Officer New")]
    shown = text(signed_in(autumn.staff).get(row.get_absolute_url()))
    assert ("Officer New" in shown, "Officer One" in shown) == (True, False)


# --- accept, return ----------------------------------------------------------------------------------------


def judged(cast, deed, page=None, **typed):
    """Staff press a button on the page of the plan (of now, or one opened before)."""
    row = cast.owed(cast.water, Kind.PLAN)
    return press(signed_in(cast.staff), page or row.get_absolute_url(), form=f"/assignments/{row.pk}/{deed}/", **typed)


def messages_to_the_unit():
    """Who was told what of assignments; deed by deed, the people by name."""
    rows = Notification.objects.filter(key__startswith="assignment").order_by("key", "person__username")
    return [(row.person.username, row.message % row.values) for row in rows]


def test_the_unit_is_told_of_each_judgement_once(autumn):
    plan = filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison)
    judged(autumn, "return", reason="No budget")
    plan.assignment.refresh_from_db()
    plan.assignment.submit(by=autumn.liaison)
    page = opened(signed_in(autumn.staff), plan.assignment.get_absolute_url())
    judged(autumn, "accept", page)
    judged(autumn, "accept", page)
    with translation.override(settings.LANGUAGE_CODE):  # the office judged in English, the unit reads Chinese
        what = f"{plan.assignment}."
    assert messages_to_the_unit() == [
        ("head", f"Returned, please correct: {what}"), ("liaison", f"Returned, please correct: {what}"),
        ("head", f"Accepted: {what}"), ("liaison", f"Accepted: {what}"),
    ]  # fmt: skip


def test_a_reason_as_long_as_the_browser_lets_it_become_is_not_too_long(autumn):
    """It counts one character for the end of a line and sends two."""
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison)
    judged(autumn, "return", reason="\r\n".join(["x" * 99] * 10))
    assert autumn.owed(autumn.water, Kind.PLAN).state == "returned"


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 1001])
def test_a_return_needs_a_reason_of_bearable_length_and_keeps_what_was_typed(autumn, reason):
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison)
    response = judged(autumn, "return", reason=reason)
    assert said(response) == ["Please give a reason of at most 1,000 characters; the unit will read it."]
    assert pages.page_of(response).html.select_one("#reason-return").text.strip() == reason.strip()
    assert autumn.owed(autumn.water, Kind.PLAN).state == "submitted"
    assert messages_to_the_unit() == []


def test_a_reason_is_not_lost_when_the_unit_withdraws_meanwhile(autumn, settings):
    settings.TODAY = date(2015, 8, 25)
    plan = filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison)
    page = opened(signed_in(autumn.staff), plan.assignment.get_absolute_url())
    plan.assignment.withdraw(by=autumn.liaison)
    response = judged(autumn, "return", page, reason="A reason that took an hour")
    assert said(response) == ["Somebody was faster: it stands at “To be filed” (liaison). Nothing was changed."]
    assert "A reason that took an hour" in text(response)
    assert (autumn.owed(autumn.water, Kind.PLAN).state, messages_to_the_unit()) == ("open", [])


def test_a_reason_does_not_stray_to_another_page(autumn):
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison)
    other = filed_plan(autumn.owed(autumn.health, Kind.PLAN), autumn.neighbour)
    client = signed_in(autumn.staff)
    mine = autumn.owed(autumn.water, Kind.PLAN)
    press(client, mine.get_absolute_url(), form=f"/assignments/{mine.pk}/return/", reason="For water")
    assert "For water" not in text(client.get(other.assignment.get_absolute_url()))


def test_a_reason_with_nul_is_kept_without_it(autumn):
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison)
    judged(autumn, "return", reason="No\0 budget")
    assert autumn.owed(autumn.water, Kind.PLAN).return_reason == "No budget"
