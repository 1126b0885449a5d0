"""Three administrators: each does a part, nobody holds two, and a small office does with one who does all."""

import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Act, AuditEntry, Membership, Role, RoleChange, Unit, User
from qualitymonth.doctor import administrators
from qualitymonth.parts import Unwell
from tests.cast import at_once, person, postgresql, said, signed_in, text
from tests.pages import forge, opened, press
from workflow.models import Notification

HOLDS = (
    "security holds this already: City office · Security administrator. Nobody administers in two ways at once: take "
    "that role away first, or name somebody else."
)


@pytest.fixture
def three(cast, settings):
    """The office with one person for each part."""
    settings.SEPARATE_ADMINISTRATORS = True
    return {
        "admin": cast.admin,
        "security": person("security", (cast.office, Role.SECURITY)),
        "auditor": person("auditor", (cast.office, Role.AUDITOR)),
    }


def page_of(user):
    return reverse("accounts:person", args=[user.pk])


def give(by, user, where, role, **more):
    return press(signed_in(by), page_of(user), form="#person", unit=where.pk, role=role, **more)


def held(user):
    return sorted(Membership.objects.filter(user=user).values_list("role", flat=True))


# --- who does what -----------------------------------------------------------------------------------------


def test_each_opens_the_pages_of_one_part_and_no_other(cast, three):
    pages = {
        "roles": ["accounts:people", "accounts:new-person", "accounts:deputies"],
        "trail": ["accounts:audit", "accounts:audit-entries"],
        "system": ["accounts:units", "accounts:new-unit", "accounts:groups", "activities:merge-units"],
    }
    opens = {
        (who, part): {signed_in(user).get(reverse(name)).status_code for name in names}
        for who, user in three.items()
        for part, names in pages.items()
    }
    whose = {"admin": "system", "security": "roles", "auditor": "trail"}
    assert opens == {(who, part): {200 if whose[who] == part else 403} for who in three for part in pages}


def test_what_was_given_and_taken_is_read_by_who_gives_and_by_who_audits(three):
    met = {who: signed_in(user).get(reverse("accounts:role-changes")).status_code for who, user in three.items()}
    assert met == {"admin": 403, "security": 200, "auditor": 200}


def test_the_state_of_the_system_is_told_in_full_to_who_runs_it(three, settings):
    settings.PRODUCTION = True
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = False
    full = {who: "database" in signed_in(user).get(reverse("health")).json() for who, user in three.items()}
    assert full == {"admin": True, "security": False, "auditor": False}


def test_the_menu_leads_each_to_the_own_part(cast, three):
    ways = {"/people/": "roles", "/audit/": "trail", "/units/": "system", "/health/": "system"}
    leads = {
        who: {part for way, part in ways.items() if f'href="{way}"' in signed_in(user).get("/").content.decode()}
        for who, user in three.items()
    }
    assert leads == {"admin": {"system"}, "security": {"roles"}, "auditor": {"trail"}}


def test_the_auditor_changes_nothing(cast, three):
    client, before = signed_in(three["auditor"]), held(cast.liaison)
    for address in (page_of(cast.liaison), reverse("accounts:new-person"), reverse("accounts:deputies")):
        assert forge(client, address, {"unit": cast.office.pk, "role": "signer"}).status_code == 403
    for name in ("accounts:audit", "accounts:audit-entries", "accounts:role-changes"):
        assert forge(client, reverse(name), {}).status_code == 405
    assert (held(cast.liaison), RoleChange.objects.count()) == (before, 0)


def test_whoever_runs_the_system_hands_no_role_over(cast, three):
    address = reverse("accounts:hand-over", args=[cast.liaison.memberships.get().pk])
    assert signed_in(three["admin"]).get(address).status_code == 404
    assert signed_in(three["security"]).get(address).status_code == 200


# --- nobody holds two --------------------------------------------------------------------------------------


@pytest.mark.parametrize("separate", [True, False])
@pytest.mark.parametrize("role", ["admin", "auditor"])
def test_nobody_is_given_a_second_one(cast, three, settings, separate, role):
    """Whether the parts are separate or not; the page says what to do."""
    settings.SEPARATE_ADMINISTRATORS = separate
    answer = give(three["security"], three["security"], cast.office, role)
    assert answer.context["roles"].errors == {"role": [HOLDS]}
    assert held(three["security"]) == ["security"]


def test_one_who_holds_it_in_another_unit_is_given_none_here(cast, three):
    everywhere = person("everywhere", (cast.office, Role.LIAISON))
    Membership.objects.create(user=everywhere, unit=cast.office, role=Role.AUDITOR)
    answer = give(three["security"], everywhere, cast.office, "admin")
    assert list(answer.context["roles"].errors) == ["role"]
    assert held(everywhere) == ["auditor", "liaison"]


def test_the_same_role_in_two_offices_is_one_role(cast, three):
    Membership.objects.create(user=three["security"], unit=cast.water, role=Role.SECURITY)
    give(three["security"], three["security"], cast.water, "liaison")
    other = person("other", (cast.water, Role.AUDITOR))
    give(three["security"], other, cast.office, "auditor")
    assert held(other) == ["auditor", "auditor"]


def test_after_one_is_taken_away_another_may_be_given(cast, three):
    second = person("second", (cast.office, Role.AUDITOR))
    press(signed_in(three["security"]), page_of(second), f"remove={second.memberships.get().pk}")
    assert held(second) == []


@postgresql
@pytest.mark.django_db(transaction=True)
def test_two_given_at_the_same_moment_are_one(cast, three):
    """Two browsers of the security administrator press at once: the second sees what the first has given."""
    client_of = {role: signed_in(three["security"]) for role in ("admin", "auditor")}
    roles = list(client_of)

    def gives(wait):
        role = roles.pop()
        page = opened(client_of[role], page_of(cast.staff))
        wait()
        return press(client_of[role], page, form="#person", unit=cast.office.pk, role=role).status_code

    assert at_once(gives, threads=2) == [200, 200]
    assert len(set(held(cast.staff)) & {"admin", "auditor"}) == 1


# --- none is missing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["security", "auditor", "admin"])
def test_the_last_of_each_stays(cast, three, who):
    own = three[who].memberships.get()
    client = signed_in(three["security"])
    answer = press(client, page_of(three[who]), f"remove={own.pk}")
    assert said(answer) == [
        f"City office would be left without this role: {own.get_role_display()}. Name another one first."
    ]
    answer = press(client, page_of(three[who]), form="#person", is_active=None)
    assert list(answer.context["form"].errors) == ["is_active"]
    assert held(three[who]) == [who] and User.objects.get(pk=three[who].pk).is_active


def test_in_a_small_office_an_auditor_beside_the_administrator_may_go(cast):
    auditor = person("auditor", (cast.office, Role.AUDITOR))
    press(signed_in(cast.admin), page_of(auditor), f"remove={auditor.memberships.get().pk}")
    assert held(auditor) == []


def test_in_a_small_office_one_administrator_does_everything(cast):
    names = ["accounts:people", "accounts:new-person", "accounts:audit", "accounts:units", "accounts:deputies"]
    assert [signed_in(cast.admin).get(reverse(name)).status_code for name in names] == [200] * 5


def test_the_doctor_says_which_is_missing(cast, settings):
    administrators()
    settings.SEPARATE_ADMINISTRATORS = True
    person("security", (cast.office, Role.SECURITY))
    with pytest.raises(Unwell, match="Nobody is: Audit administrator"):
        administrators()


def test_the_doctor_names_who_holds_two_from_before(cast):
    Membership.objects.create(user=cast.admin, unit=cast.water, role=Role.ADMIN)
    administrators()
    Membership.objects.create(user=cast.admin, unit=cast.water, role=Role.AUDITOR)
    with pytest.raises(Unwell, match="in two ways at once: admin"):
        administrators()


def test_the_first_one_of_three_names_the_other_two(db, settings, monkeypatch):
    settings.SEPARATE_ADMINISTRATORS = True
    monkeypatch.setattr("sys.stdin", io.StringIO("three quiet herons\n"))
    call_command("first_administrator", office="某市质强办", name="安某", account="an", stdout=io.StringIO())
    first, office = User.objects.get(), Unit.objects.get()
    assert held(first) == ["security"]
    for role in ("admin", "auditor"):
        new = {"username": role, "name": role, "new_password": "another long one", "unit": office.pk, "role": role}
        press(signed_in(first), reverse("accounts:new-person"), form="#person", **new)
        assert held(User.objects.get(username=role)) == [role]


# --- the auditor hears and sees ----------------------------------------------------------------------------


def test_the_auditor_hears_of_each_role_of_the_office_and_each_password(cast, three):
    give(three["security"], cast.staff, cast.office, "signer")
    press(signed_in(three["security"]), page_of(cast.signer), "reset=password", new_password="a long new password")
    heard = Notification.objects.filter(person=three["auditor"]).order_by("pk")
    assert [str(row.message % row.values) for row in heard] == [
        "staff is now 签发人 of City office; the role was given by security.",
        "security set a new password for signer.",
    ]


def test_who_lost_every_role_is_still_read_about(cast, three):
    """A helper who is made, does something and is undone leaves the trail to the auditor."""
    helper = person("helper")
    AuditEntry.objects.create(person=helper.pk, name="helper", act=Act.SAW, about="/campaigns/")
    give_and_take(three["security"], helper, cast)
    assert held(helper) == []
    rows = signed_in(three["auditor"]).get(reverse("accounts:audit"), {"q": "helper"}).context["page"]
    assert [row.name for row in rows] == ["helper"]


def give_and_take(by, user, cast):
    """One role given to somebody who is known through another, both taken away again."""
    Membership.objects.create(user=user, unit=cast.office, role=Role.LIAISON)
    for row in list(user.memberships.all()):
        press(signed_in(by), page_of(user), f"remove={row.pk}")


def test_the_page_of_roles_says_who_does_what(cast, three):
    shown = text(signed_in(three["security"]).get(page_of(cast.staff)))
    assert "nobody holds two of them" in shown
