"""Deputies: named by administrators and heads, for some days, ending by themselves."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Membership, Role, User
from tests.cast import make_cast, person, said, signed_in, text
from tests.pages import press
from workflow import clock
from workflow.models import Notification


@pytest.fixture
def cast(db):
    return make_cast()


def role_of(user, role):
    return Membership.objects.get(user=user, role=role, acting_for=None)


def name(cast, by, absent, deputy, until="2015-09-10", **more):
    values = {"absent": absent.pk, "deputy": deputy.pk, "until": until}
    values = {field: value for field, value in values.items() if field not in more.get("forged", {})}
    return press(signed_in(by), reverse("accounts:deputies"), "Name this deputy", **values, **more)


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_a_deputy_holds_the_role_until_the_day_and_no_longer(cast):
    response = name(cast, cast.admin, role_of(cast.signer, Role.SIGNER), cast.staff)
    assert said(response) == ["staff acts for signer until 10 September 2015."]
    with clock.as_of(date(2015, 9, 10)):
        last_day = fresh(cast.staff)
        assert (last_day.is_in(cast.office, Role.SIGNER), last_day.stands_in_for(cast.office.pk, Role.SIGNER)) == (
            True,
            cast.signer,
        )
    with clock.as_of(date(2015, 9, 11)):
        assert fresh(cast.staff).is_in(cast.office, Role.SIGNER) is False


def test_both_are_told(cast):
    name(cast, cast.admin, role_of(cast.signer, Role.SIGNER), cast.staff)
    assert sorted(str(row.person) for row in Notification.objects.all()) == ["signer", "staff"]


def test_the_role_says_for_whom(cast):
    name(cast, cast.admin, role_of(cast.signer, Role.SIGNER), cast.staff)
    assert "City office · Signer (acting for signer)" in text(signed_in(cast.staff).get("/inbox/"))


def test_who_holds_the_role_already_is_refused(cast):
    second = person("second", (cast.office, Role.SIGNER))
    response = name(cast, cast.admin, role_of(cast.signer, Role.SIGNER), second)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["deputy"])


def test_a_deputy_can_be_ended_early_and_named_again(cast):
    name(cast, cast.admin, role_of(cast.signer, Role.SIGNER), cast.staff)
    row = Membership.objects.get(acting_for=cast.signer)
    press(signed_in(cast.admin), reverse("accounts:deputies"), form=reverse("accounts:end-deputy", args=[row.pk]))
    assert fresh(cast.staff).is_in(cast.office, Role.SIGNER) is False
    name(cast, cast.admin, role_of(cast.signer, Role.SIGNER), cast.staff, "2015-09-20")
    assert (
        fresh(cast.staff).is_in(cast.office, Role.SIGNER),
        Membership.objects.filter(acting_for=cast.signer).count(),
    ) == (
        True,
        1,
    )


@pytest.mark.parametrize(
    ("until", "wrong"), [("2015-08-31", "until"), ("2017-01-01", "until"), ("soon", "until"), ("", "until")]
)
def test_a_wrong_day_is_told_beside_its_field(cast, until, wrong):
    response = name(cast, cast.admin, role_of(cast.signer, Role.SIGNER), cast.staff, until)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [wrong])


def test_a_head_names_deputies_of_the_own_unit_only(cast):
    helper = person("helper", (cast.water, Role.LIAISON))
    name(cast, cast.head, role_of(cast.head, Role.HEAD), helper)
    assert fresh(helper).is_in(cast.water, Role.HEAD)
    theirs = role_of(cast.signer, Role.SIGNER)
    foreign = name(cast, cast.head, theirs, helper, forged={"absent": theirs.pk})
    assert (foreign.status_code, list(foreign.context["form"].errors)) == (422, ["absent"])


def test_an_administrator_is_not_represented(cast):
    own = role_of(cast.admin, Role.ADMIN)
    response = name(cast, cast.admin, own, cast.staff, forged={"absent": own.pk})
    assert list(response.context["form"].errors) == ["absent"]


def test_nobody_is_their_own_deputy(cast):
    response = name(cast, cast.admin, role_of(cast.signer, Role.SIGNER), cast.signer)
    assert list(response.context["form"].errors) == ["deputy"]


@pytest.mark.parametrize("rows", [1, 50])
def test_the_page_takes_the_same_queries_for_any_number_of_rows(cast, rows, django_assert_num_queries):
    for number in range(rows):
        person(f"helper{number}")
        Membership.objects.create(
            user=User.objects.get(username=f"helper{number}"), unit=cast.office, role=Role.SIGNER,
            acting_for=cast.signer, until=date(2015, 9, 10),
        )  # fmt: skip
    client = signed_in(cast.admin)
    client.get(reverse("accounts:deputies"))
    with django_assert_num_queries(7):
        client.get(reverse("accounts:deputies"))
