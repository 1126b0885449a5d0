"""People: an administrator looks after the own unit and those who file for the units it addresses."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Role, RoleChange, Unit, UnitGroup, User
from tests.cast import person, said, signed_in, text, unit
from tests.pages import NoSuchForm, forge, opened, press
from workflow.models import Notification

NEW = {
    "username": "new.person", "name": "New Person", "department": "Office", "position": "Clerk",
    "phone": "0755-000 0000", "mobile": "138 0000 0009", "email": "new@example.com",
    "new_password": "a long new password",
}  # fmt: skip

GUESSED = "This password is guessed too easily: it is little more than a name, a well-known word or a number."


def held(user):
    return sorted(Membership.objects.filter(user=user).values_list("unit__name", "role"))


def listed(user, **chosen):
    response = signed_in(user).get(reverse("accounts:people"), chosen)
    return [each.username for each in response.context["page"]]


def page_of(user=None):
    return reverse("accounts:person", args=[user.pk]) if user else reverse("accounts:new-person")


def save(admin, user=None, **values):
    """Open the page, type, press Save."""
    return press(signed_in(admin), page_of(user), form="#person", **values)


def reset(admin, user, password):
    return press(signed_in(admin), page_of(user), "reset=password", new_password=password)


def taken_over(admin, user):
    """Send a new password to somebody whose page is not there."""
    return forge(signed_in(admin), page_of(user), {"reset": "password", "new_password": "taken over by us"})


# --- who is looked after -----------------------------------------------------------------------------------

OURS = ["staff", "signer", "leader", "admin", "liaison", "head", "neighbour"]
DISTRICT = ["district_staff", "district_signer", "district_liaison"]


def test_the_people_of_the_own_and_the_addressed_units_are_listed(cast):
    response = signed_in(cast.admin).get(reverse("accounts:people"))
    assert [each.username for each in response.context["page"]] == [*OURS, *DISTRICT]
    editable = {user.username for user in User.objects.filter(pk__in=response.context["editable"])}
    assert editable == {*OURS, "district_liaison"}


@pytest.mark.parametrize(
    ("sought", "expected"),
    [
        ("water", ["liaison", "head"]), ("NEIGH", ["neighbour"]), ("street_liaison", []), ("nobody", []),
        (" signer ", ["signer", "district_signer"]), ("sig\0ner", ["signer", "district_signer"]), ("%", []),
    ],
)  # fmt: skip
def test_people_are_found_by_name_account_or_unit(cast, sought, expected):
    assert listed(cast.admin, q=sought) == expected


def test_a_person_with_several_roles_is_listed_once(cast):
    person("both", (cast.water, Role.LIAISON), (cast.water, Role.HEAD), (cast.health, Role.HEAD))
    assert listed(cast.admin, q="both") == ["both"]


@pytest.mark.parametrize("name", ["staff", "signer", "leader", "liaison", "district_signer", "stranger"])
def test_only_administrators_open_these_pages(cast, name):
    client = signed_in(cast.people()[name])
    addresses = [
        reverse("accounts:people"), reverse("accounts:new-person"), reverse("accounts:person", args=[cast.head.pk]),
    ]  # fmt: skip
    assert [client.get(address).status_code for address in addresses] == [403] * 3
    page = opened(signed_in(cast.admin), addresses[1])
    role = {"unit": cast.water.pk, "role": "liaison"}
    assert press(client, page, form="#person", **NEW, **role).status_code == 403
    assert not User.objects.filter(username="new.person").exists()


@pytest.mark.parametrize("name", ["street_liaison", "stranger", "district_signer", "district_staff"])
def test_people_of_others_cannot_be_opened_nor_changed(cast, name):
    other = cast.people()[name]
    assert signed_in(cast.admin).get(reverse("accounts:person", args=[other.pk])).status_code == 404
    assert taken_over(cast.admin, other).status_code == 404
    other.refresh_from_db()
    assert other.check_password("taken over by us") is False


def test_who_also_works_elsewhere_cannot_be_taken_over(cast):
    both = person("both", (cast.water, Role.LIAISON), (cast.street, Role.HEAD))
    assert listed(cast.admin, q="both") == ["both"]
    assert taken_over(cast.admin, both).status_code == 404
    both.refresh_from_db()
    assert both.check_password("taken over by us") is False


# --- a new person ------------------------------------------------------------------------------------------


def test_a_new_person_can_sign_in_and_has_the_role(cast):
    response = save(cast.admin, **NEW, unit=cast.water.pk, role="liaison")
    user = User.objects.get(username="new.person")
    assert said(response) == ["New Person was saved."]
    assert held(user) == [("Water bureau", "liaison")]
    assert (user.mobile, user.check_password("a long new password")) == ("138 0000 0009", True)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"username": ""}, "username", "This field is required."),
        ({"username": "liaison"}, "username", "A user with that username already exists."),
        ({"name": "x" * 41}, "name", "Ensure this value has at most 40 characters (it has 41)."),
        ({"email": "new at example"}, "email", "Enter a valid email address."),
        ({"new_password": ""}, "new_password", "This field is required."),
        (
            {"new_password": "qK7$wpnv"},
            "new_password",
            "This password is too short. It must contain at least 10 characters.",
        ),
        ({"new_password": "Quality2026!"}, "new_password", GUESSED),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_kept(cast, values, field, words):
    response = save(cast.admin, **NEW | values, unit=cast.water.pk, role="liaison")
    assert {**response.context["form"].errors, **response.context["password"].errors} == {field: [words]}
    shown = text(response)
    assert [kept for kept in (words, 'value="138 0000 0009"') if kept not in shown] == []
    assert "a long new password" not in shown
    assert not User.objects.filter(username="new.person").exists()


@pytest.mark.parametrize("values", [{}, {"role": "liaison"}])
def test_a_new_person_needs_a_role_in_a_unit(cast, values):
    response = save(cast.admin, **NEW, **values)
    assert response.context["roles"].errors["unit"] == ["This field is required."]
    assert not User.objects.filter(username="new.person").exists()


def test_a_role_in_a_unit_that_is_not_looked_after_is_not_offered(cast):
    with pytest.raises(NoSuchForm, match="does not offer"):
        save(cast.admin, **NEW, unit=cast.street.pk, role="liaison")
    response = save(cast.admin, **NEW, role="liaison", forged={"unit": cast.street.pk})
    assert list(response.context["roles"].errors) == ["unit"]
    assert not User.objects.filter(username="new.person").exists()


@pytest.mark.parametrize("role", ["staff", "signer", "leader", "admin"])
def test_nobody_is_made_signer_of_another_office(cast, role):
    """The district is addressed by the city, and host of its own campaign."""
    response = save(cast.admin, **NEW, unit=cast.district.pk, role=role)
    assert response.context["roles"].errors == {
        "role": ["In another unit you can name liaison officers and heads only."]
    }
    assert not User.objects.filter(username="new.person").exists()


# --- a known person ----------------------------------------------------------------------------------------


def test_changing_data_keeps_password_and_roles(cast):
    cast.liaison.set_password("the old password")
    cast.liaison.save()
    response = save(cast.admin, cast.liaison, mobile="138 0000 0007")
    assert said(response) == ["liaison was saved."]
    user = User.objects.get(pk=cast.liaison.pk)
    assert (user.mobile, user.check_password("the old password"), held(user)) == (
        "138 0000 0007", True, [("Water bureau", "liaison")],
    )  # fmt: skip


@pytest.mark.parametrize("name", OURS)
def test_saving_what_the_page_shows_changes_no_role(cast, name):
    user = cast.people()[name]
    before = held(user)
    assert said(save(cast.admin, user)) == [f"{user} was saved."]
    assert held(user) == before


def test_a_role_begun_but_not_finished_is_asked_for(cast):
    response = save(cast.admin, cast.liaison, unit=cast.health.pk)
    assert response.context["roles"].errors == {"role": ["This field is required."]}
    assert held(cast.liaison) == [("Water bureau", "liaison")]


def test_one_more_role_is_given_once(cast):
    for _ in range(2):
        save(cast.admin, cast.liaison, unit=cast.health.pk, role="head")
    assert held(cast.liaison) == [("Health bureau", "head"), ("Water bureau", "liaison")]


def test_a_role_somebody_has_already_is_no_news(cast):
    """No second line, nobody is told twice; a role held for a time is given for good, which is news."""
    answer = save(cast.admin, cast.liaison, unit=cast.water.pk, role="liaison")
    assert said(answer)[-1] == "liaison already has this role: Water bureau · Liaison officer."
    assert (RoleChange.objects.count(), Notification.objects.count()) == (0, 0)
    cast.liaison.memberships.update(until=date(2015, 9, 30))
    save(cast.admin, cast.liaison, unit=cast.water.pk, role="liaison")
    assert list(RoleChange.objects.values_list("person", "deed", "by")) == [(cast.liaison.pk, "given", cast.admin.pk)]
    assert cast.liaison.memberships.get().until is None


def test_people_and_changes_of_roles_are_found_by_any_name_of_a_unit(cast):
    cast.water.aliases = ["市水利局"]
    cast.water.save()
    save(cast.admin, cast.staff, unit=cast.water.pk, role="head")
    assert listed(cast.admin, q="水利局") == ["staff", "liaison", "head"]
    page = signed_in(cast.admin).get(reverse("accounts:role-changes"), {"q": "水利局"}).context["page"]
    assert [(row.person, row.role) for row in page] == [(cast.staff, "head")]


def test_a_role_is_taken_away(cast):
    press(signed_in(cast.admin), page_of(cast.liaison), f"remove={cast.liaison.memberships.get().pk}")
    assert held(cast.liaison) == []


@pytest.mark.parametrize("remove", ["0", "9" * 5000, "-1", "x"])
def test_a_role_that_is_not_there_is_not_taken(cast, remove):
    press(signed_in(cast.admin), page_of(cast.liaison), "Take away", forged={"remove": remove})
    assert held(cast.liaison) == [("Water bureau", "liaison")]


def test_the_role_of_another_person_is_not_taken_by_its_number(cast):
    theirs = cast.street_liaison.memberships.get().pk
    press(signed_in(cast.admin), page_of(cast.liaison), "Take away", forged={"remove": theirs})
    assert held(cast.street_liaison) == [("Street", "liaison")]


def test_a_forgotten_password_is_reset_and_nothing_else_changes(cast):
    response = reset(cast.admin, cast.liaison, "a long new password")
    assert said(response) == ["liaison has a new password. Please hand it over in person."]
    assert (signs_in("liaison", "a long new password"), held(cast.liaison)) == (True, [("Water bureau", "liaison")])


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "This field is required."), ("Liaison#2026", GUESSED),
        ("qK7$wpnv", "This password is too short. It must contain at least 10 characters."),
    ],
)  # fmt: skip
def test_a_password_that_is_no_good_is_told_and_the_old_one_stays(cast, password, words):
    cast.liaison.set_password("the old password")
    cast.liaison.save()
    response = reset(cast.admin, cast.liaison, password)
    assert response.context["password"].errors == {"new_password": [words]}
    assert User.objects.get(pk=cast.liaison.pk).check_password("the old password")


def test_who_is_switched_off_cannot_sign_in(cast):
    reset(cast.admin, cast.liaison, "a long new password")
    signed = [signs_in("liaison", "a long new password")]
    save(cast.admin, cast.liaison, is_active=None)
    assert [*signed, signs_in("liaison", "a long new password")] == [True, False]


def signs_in(username, password):
    response = press(Client(), reverse("accounts:sign-in"), username=username, password=password)
    return response.context["user"].is_authenticated


def test_who_spoke_for_a_merged_unit_is_still_looked_after_and_nobody_new_speaks_for_it(cast):
    Unit.objects.filter(pk=cast.water.pk).update(merged_into=cast.health)
    page = signed_in(cast.admin).get(f"/people/{cast.liaison.pk}/")
    offered = [each.name for each in page.context["roles"].fields["unit"].queryset]
    assert (page.status_code, offered) == (200, ["City office", "Health bureau", "District office"])


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_people(cast, rows, django_assert_num_queries):
    other = unit("Other bureau")
    UnitGroup.objects.create(owner=other, name="Members").units.set([other])
    admin = person("other_admin", (other, Role.ADMIN))
    for n in range(1, rows):
        person(f"person{n}", (other, Role.LIAISON))
    client = signed_in(admin)
    with django_assert_num_queries(8):
        response = client.get(reverse("accounts:people"))
    assert len(response.context["page"]) == rows
