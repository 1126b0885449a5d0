"""Power: nobody gains a role that nobody gave, each role given or taken is a line, and people hear of it."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Membership, Role, RoleChange, User
from activities.units.merge import merge
from campaigns.models import Campaign
from tests.cast import Cast, person, said, signed_in, text
from tests.pages import NoSuchForm, press
from workflow.models import Notification

DEPUTIES, CHANGES = "accounts:deputies", "accounts:role-changes"


def page_of(user: User) -> str:
    return reverse("accounts:person", args=[user.pk])


def holds(user: User, where: object, role: Role) -> bool:
    return User.objects.get(pk=user.pk).is_in(where, role)  # type: ignore[arg-type]


def told(user: User) -> list[str]:
    return [str(row.message % row.values) for row in Notification.objects.filter(person=user).order_by("pk")]


def lines() -> list[tuple[str, str, str, str, str]]:
    found = RoleChange.objects.order_by("pk").values_list("person__name", "deed", "unit__name", "role", "by__name")
    return [tuple(value or "" for value in row) for row in found]  # type: ignore[misc]


# --- what nobody gave --------------------------------------------------------------------------------------


def test_a_head_named_from_above_does_not_become_deputy_of_the_districts_signer(cast: Cast) -> None:
    boss = person("boss", (cast.district, Role.HEAD))
    signer = Membership.objects.get(user=cast.district_signer)
    with pytest.raises(NoSuchForm):
        press(signed_in(boss), reverse(DEPUTIES), absent=signer.pk, deputy=boss.pk, until="2015-09-10")
    assert not holds(boss, cast.district, Role.SIGNER)


def test_a_head_ends_the_deputies_of_those_who_file_and_no_others(cast: Cast) -> None:
    boss = person("boss", (cast.district, Role.HEAD))
    until = date(2015, 9, 10)
    Membership.objects.create(
        user=cast.district_staff, unit=cast.district, role=Role.SIGNER, acting_for=cast.district_signer, until=until
    )
    Membership.objects.create(
        user=cast.district_staff, unit=cast.district, role=Role.LIAISON, acting_for=cast.district_liaison, until=until
    )
    assert "District office · Signer" not in text(signed_in(boss).get(reverse(DEPUTIES)))
    press(signed_in(boss), reverse(DEPUTIES), "End it now")
    assert holds(cast.district_staff, cast.district, Role.SIGNER)
    assert not holds(cast.district_staff, cast.district, Role.LIAISON)


@pytest.mark.parametrize(("ends", "stays"), [("district", "water"), ("water", "district")])
def test_a_merger_carries_no_role_of_an_office(cast: Cast, ends: str, stays: str) -> None:
    Campaign.objects.filter(host=cast.district).update(state="closed")
    person("boss", (cast.water, Role.SIGNER), (cast.water, Role.HEAD))
    merge(getattr(cast, ends), getattr(cast, stays), by=cast.admin, on=date(2015, 9, 1))
    came = Membership.objects.filter(unit=getattr(cast, stays), user__in=getattr(cast, ends).memberships.values("user"))
    assert {row.role for row in came} <= {Role.LIAISON, Role.HEAD}
    assert came.exists()


def test_a_role_given_to_a_former_deputy_is_held_for_good(cast: Cast) -> None:
    Membership.objects.create(
        user=cast.staff, unit=cast.office, role=Role.SIGNER, acting_for=cast.signer, until=date(2015, 8, 31)
    )
    press(signed_in(cast.admin), page_of(cast.staff), form="#person", unit=cast.office.pk, role="signer")
    assert holds(cast.staff, cast.office, Role.SIGNER)


# --- the last administrator --------------------------------------------------------------------------------


def test_the_last_administrator_cannot_give_the_role_up(cast: Cast) -> None:
    own = Membership.objects.get(user=cast.admin)
    response = press(signed_in(cast.admin), page_of(cast.admin), f"remove={own.pk}")
    assert said(response) == ["City office would be left without this role: Administrator. Name another one first."]
    assert holds(cast.admin, cast.office, Role.ADMIN)


def test_the_last_administrator_cannot_be_locked_out(cast: Cast) -> None:
    response = press(signed_in(cast.admin), page_of(cast.admin), form="#person", is_active=None, name="Renamed")
    assert list(response.context["form"].errors) == ["is_active"]
    assert User.objects.get(pk=cast.admin.pk).is_active


def test_with_a_second_administrator_the_first_may_go(cast: Cast) -> None:
    person("second", (cast.office, Role.ADMIN))
    own = Membership.objects.get(user=cast.admin)
    press(signed_in(cast.admin), page_of(cast.admin), f"remove={own.pk}")
    assert not holds(cast.admin, cast.office, Role.ADMIN)


def test_an_administrator_who_may_not_sign_in_is_no_other_one(cast: Cast) -> None:
    person("second", (cast.office, Role.ADMIN), is_active=False)
    own = Membership.objects.get(user=cast.admin)
    press(signed_in(cast.admin), page_of(cast.admin), f"remove={own.pk}")
    assert holds(cast.admin, cast.office, Role.ADMIN)


# --- the trace ---------------------------------------------------------------------------------------------


def test_making_oneself_signer_is_a_line_and_the_signer_hears_of_it(cast: Cast) -> None:
    press(signed_in(cast.admin), page_of(cast.admin), form="#person", unit=cast.office.pk, role="signer")
    assert lines() == [("admin", "given", "City office", "signer", "admin")]
    assert told(cast.signer) == ["admin is now 签发人 of City office; the role was given by admin."]
    assert told(cast.admin) == []


def test_a_new_password_for_the_signer_is_a_line_and_the_signer_hears_of_it(cast: Cast) -> None:
    press(signed_in(cast.admin), page_of(cast.signer), "reset=password", new_password="a long new password")
    assert lines() == [("signer", "password", "", "", "admin")]
    assert told(cast.signer) == ["admin set a new password for signer."]


def test_what_an_administrator_does_other_administrators_hear_of(cast: Cast) -> None:
    second = person("second", (cast.office, Role.ADMIN))
    own = Membership.objects.get(user=cast.staff)
    press(signed_in(cast.admin), page_of(cast.staff), f"remove={own.pk}")
    press(signed_in(cast.admin), page_of(cast.signer), form="#person", is_active=None)
    assert lines() == [("staff", "taken", "City office", "staff", "admin"), ("signer", "shut", "", "", "admin")]
    assert told(second) == [
        "staff is no longer 质强办工作人员 of City office; the role was taken away by admin.",
        "admin shut the account of signer.",
    ]


def test_who_files_for_a_unit_hears_of_the_role_and_nobody_else(cast: Cast) -> None:
    press(signed_in(cast.admin), page_of(cast.head), form="#person", unit=cast.health.pk, role="liaison")
    assert lines() == [("head", "given", "Health bureau", "liaison", "admin")]
    assert [row.person for row in Notification.objects.all()] == [cast.head]


def test_a_deputy_and_its_end_are_lines(cast: Cast) -> None:
    signer = Membership.objects.get(user=cast.signer)
    client = signed_in(cast.admin)
    press(client, reverse(DEPUTIES), absent=signer.pk, deputy=cast.staff.pk, until="2015-09-10")
    press(client, reverse(DEPUTIES), "End it now")
    assert lines() == [
        ("staff", "deputy", "City office", "signer", "admin"),
        ("staff", "ended", "City office", "signer", "admin"),
    ]


def test_handing_over_is_a_line(cast: Cast) -> None:
    held = Membership.objects.get(user=cast.liaison)
    press(signed_in(cast.staff), reverse("accounts:hand-over", args=[held.pk]), colleague=cast.head.pk)
    assert lines() == [("head", "handed", "Water bureau", "liaison", "staff")]


def test_saving_a_telephone_number_is_no_line(cast: Cast) -> None:
    press(signed_in(cast.admin), page_of(cast.staff), form="#person", phone="0755-000 0001")
    assert lines() == []


def test_the_administrator_reads_the_lines_of_the_units_looked_after(cast: Cast) -> None:
    press(signed_in(cast.admin), page_of(cast.head), form="#person", unit=cast.health.pk, role="liaison")
    page = text(signed_in(cast.admin).get(reverse(CHANGES)))
    assert "head" in page and "Health bureau · Liaison officer" in page
    stranger = person("other_admin", (cast.district, Role.ADMIN))
    assert "No role was given or taken yet." in text(signed_in(stranger).get(reverse(CHANGES)))
    assert signed_in(cast.staff).get(reverse(CHANGES)).status_code == 403
