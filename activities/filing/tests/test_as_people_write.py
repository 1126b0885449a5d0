"""Numbers, telephones and addresses as people write them in a plan and in the list of liaison officers."""

from decimal import Decimal

import pytest
from django.urls import reverse

from activities.models import LiaisonOfficer, Plan
from activities.states import Kind
from tests.cast import PLAN, signed_in, text
from tests.pages import press
from workflow.form_fields import Amount, MailAddress, Telephone, WholeNumber

AS_WRITTEN = ["1,200", "1，200", "1 200", "1\u00a0200", "１２００", "１，２００", " 1200 ", "1200.0"]


@pytest.mark.parametrize("typed", AS_WRITTEN)
def test_a_number_is_taken_as_it_is_written_and_printed_one_way(autumn, typed):
    row = autumn.owed(autumn.water, Kind.PLAN)
    client, address = signed_in(autumn.liaison), reverse("activities:plan", args=[row.pk])
    more = {"health": "Masks", "emergency": "Two doctors", "permit": "No. 7", "budget": f"{typed}"}
    press(client, address, "action=submit", **{**PLAN, "expected_participants": typed, **more})
    plan = Plan.objects.get(assignment=row)
    assert (plan.expected_participants, plan.budget) == (1200, Decimal(1200))
    shown = text(client.get(address))
    assert ("<dd>1,200</dd>" in shown, "<dd>1,200.00</dd>" in shown) == (True, True)


@pytest.mark.parametrize("typed", ["12,5", "1,2000", "1,20", "12.5", "many", ",200", "1,200,", "1,200 300.5"])
def test_what_may_mean_another_number_is_not_guessed_at(autumn, typed):
    row = autumn.owed(autumn.water, Kind.PLAN)
    answer = press(
        signed_in(autumn.liaison), reverse("activities:plan", args=[row.pk]), "action=save", expected_participants=typed
    )
    assert answer.context["form"].errors == {"expected_participants": ["Enter a whole number."]}
    assert answer.context["form"]["expected_participants"].value() == typed


def test_lines_as_long_as_the_browser_lets_them_become_are_not_too_long(autumn):
    """It counts one character for the end of a line and sends two."""
    row = autumn.owed(autumn.water, Kind.PLAN)
    lines = "\r\n".join(["x" * 79] * 25)
    answer = press(signed_in(autumn.liaison), reverse("activities:plan", args=[row.pk]), "action=save", goal=lines)
    assert (answer.status_code, len(Plan.objects.get(assignment=row).goal)) == (200, 1999)


def test_millions_and_fractions_of_a_sum_are_taken():
    assert [Amount().clean(each) for each in ("1,234,567.50", "１２，３４５．５", "12345.5")] == [
        Decimal("1234567.50"), Decimal("12345.5"), Decimal("12345.5"),
    ]  # fmt: skip
    assert [WholeNumber().clean(each) for each in ("-1,200", "1,234,567")] == [-1200, 1234567]


OFFICER = {"name": "Officer One", "department": "Office", "mobile": "138 0000 0001", "email": "one@example.com"}


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("phone", "0755-83000000转8001", "0755-83000000转8001"),
        ("phone", "０７５５－８３００００００", "0755-83000000"),
        ("phone", "83000000、83000001；", "83000000、83000001"),
        ("phone", "（0755）83000000", "(0755)83000000"),
        ("phone", "0755—83000000 分机12", "0755-83000000 分机12"),
        ("mobile", "１３８００００００００", "13800000000"),
        ("mobile", "＋86 138 0000 0000", "+86 138 0000 0000"),
        ("email", "one@example.com；", "one@example.com"),
        ("email", "ｏｎｅ＠example.com，", "one@example.com"),
        ("email", "mailto:one@example.com", "one@example.com"),
    ],
)
def test_telephones_and_addresses_are_taken_as_they_are_copied(autumn, field, typed, kept):
    page = autumn.owed(autumn.water, Kind.LIAISON).get_absolute_url()
    values = {f"form-0-{name}": value for name, value in {**OFFICER, field: typed}.items()}
    press(signed_in(autumn.liaison), page, "action=submit", **values)
    assert [getattr(each, field) for each in LiaisonOfficer.objects.filter(name="Officer One")] == [kept]


def test_the_administrator_types_them_so_as_well(autumn):
    client = signed_in(autumn.admin)
    press(
        client,
        f"/people/{autumn.liaison.pk}/",
        "Save",
        phone="０７５５－１转２",
        mobile="１３８",
        email="a@b.example;",
    )
    autumn.liaison.refresh_from_db()
    person = autumn.liaison
    assert (person.phone, person.mobile, person.email) == ("0755-1转2", "138", "a@b.example")


def test_a_word_is_no_telephone():
    assert (Telephone(required=False).clean(""), MailAddress(required=False).clean("")) == ("", "")
