"""The register of units and the groups of an office: entered, put right, put together; nothing overwritten silently."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.models import Membership, Role, Unit, UnitGroup
from accounts.naming import Names
from tests.cast import Cast, at_once, person, postgresql, said, signed_in, text, unit

UNIT = {"kind": "department", "level": "city", "parent": "", "order": "", "full_name": "", "aliases": ""}


def shown_base(client: Any, address: str) -> str:
    """What the page sends back when it is saved."""
    base: str = client.get(address).context["base"]
    return base


def fields(row: Unit, **changes: Any) -> dict[str, Any]:
    """The form of a unit as its page shows it, with some fields typed anew."""
    values = {
        "name": row.name, "full_name": row.full_name, "aliases": "\n".join(row.aliases), "kind": row.kind,
        "level": row.level, "parent": row.parent_id or "", "order": row.order,
        "groups": [group.pk for group in row.in_groups.all()],
    }  # fmt: skip
    return values | changes


def names_in(group: UnitGroup) -> list[str]:
    return [each.name for each in group.units.all()]


@pytest.fixture
def members(cast: Cast) -> UnitGroup:
    group: UnitGroup = cast.office.groups.get()
    return group


def page_of(group: UnitGroup) -> str:
    return reverse("accounts:group", args=[group.pk])


# --- the list of units -------------------------------------------------------------------------------------------


def test_the_office_sees_the_units_it_works_with_and_no_others(cast: Cast) -> None:
    page = signed_in(cast.staff).get("/units/")
    assert [each.name for each in page.context["page"]] == [
        "City office", "Water bureau", "Health bureau", "District office",
    ]  # fmt: skip
    assert "Street" not in text(page)


def test_a_unit_for_which_nobody_files_is_marked_and_counted(cast: Cast) -> None:
    Membership.objects.filter(unit=cast.health).update(until=date(2015, 8, 1))
    unit("Harbour", kept_by=cast.office)  # in no group: marked, but no notice goes to it
    page = signed_in(cast.staff).get("/units/")
    assert "Nobody files for 1 unit of your groups: it would not hear of a notice." in text(page)
    silent = signed_in(cast.staff).get("/units/?silent=1")
    assert [each.name for each in silent.context["page"]] == ["Health bureau"]
    assert [text(each).count("nobody files for it") for each in (page, silent)] == [2, 1]


def test_the_list_names_kind_groups_and_those_who_file(cast: Cast) -> None:
    shown = text(signed_in(cast.staff).get("/units/?q=water"))
    assert all(
        words in shown for words in ("Department", "Member units", "Liaison officer</span>", "Head of unit</span>")
    )


@pytest.mark.parametrize("sought", ["水务", "务 局", "ＷＡＴＥＲ", "市水务局"])
def test_a_unit_is_found_by_any_of_its_names_whatever_width_or_spaces(cast: Cast, sought: str) -> None:
    Unit.objects.filter(pk=cast.water.pk).update(full_name="市水务局", aliases=["水务局"])
    page = signed_in(cast.staff).get("/units/", {"q": sought})
    assert [each.name for each in page.context["page"]] == ["Water bureau"]


def test_units_are_sifted_by_kind_and_group_and_a_wrong_number_finds_all(cast: Cast, members: UnitGroup) -> None:
    towns = UnitGroup.objects.create(owner=cast.office, name="Towns")
    towns.units.add(cast.water)
    client = signed_in(cast.staff)
    found = {
        query: [each.name for each in client.get(f"/units/?{query}").context["page"]]
        for query in ("kind=office", f"group={towns.pk}", f"group={'9' * 40}")
    }
    everybody = ["City office", "Water bureau", "Health bureau", "District office"]
    assert found == {
        "kind=office": ["City office", "District office"],
        f"group={towns.pk}": ["Water bureau"],
        f"group={'9' * 40}": everybody,
    }


def test_merged_units_stand_apart_with_their_successor(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.health.pk).update(merged_into=cast.water, merged_on=date(2015, 8, 3))
    page = signed_in(cast.staff).get("/units/")
    assert "Health bureau" not in [each.name for each in page.context["page"]]
    assert "<strong>Health bureau</strong> → Water bureau" in text(page)
    assert signed_in(cast.staff).get(f"/units/{cast.health.pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_units_asks_as_often_for_one_as_for_three(
    cast: Cast, rows: int, django_assert_num_queries: Any
) -> None:
    other = unit("Other office", kind="office")
    group = UnitGroup.objects.create(owner=other, name="All")
    for number in range(rows):
        member = unit(f"Plant {number}", kept_by=other)
        group.units.add(member)
        person(f"keeper{number}", (member, Role.LIAISON))
    client = signed_in(person("clerk", (other, Role.STAFF)))
    with django_assert_num_queries(11):
        assert len(client.get("/units/").context["page"]) == rows + 1


# --- a unit entered, a unit put right --------------------------------------------------------------------------------


def test_a_new_unit_is_entered_with_its_names_and_groups_and_is_looked_after(cast: Cast, members: UnitGroup) -> None:
    sent = UNIT | {"name": "Harbour", "full_name": "Harbour Authority", "aliases": "The port\n\n The  docks \nthe port"}
    answer = signed_in(cast.staff).post("/units/new/", sent | {"groups": [members.pk]}, follow=True)
    made = Unit.objects.get(name="Harbour")
    assert (made.aliases, made.kept_by, names_in(members)[-1], said(answer)) == (
        ["The port", "The docks"], cast.office, "Harbour", ["Harbour was saved."],
    )  # fmt: skip
    assert made.order > Unit.objects.get(name="Street").order, "at the end of every list"


def test_a_new_unit_begins_beside_the_office_with_the_name_that_was_not_found(cast: Cast, members: UnitGroup) -> None:
    city = unit("City", kept_by=cast.office)
    Unit.objects.filter(pk=cast.office.pk).update(parent=city, level="province")
    form = signed_in(cast.staff).get(f"/units/new/?name=Harbour&group={members.pk}").context["form"]
    shown = {name: form[name].value() for name in ("name", "aliases", "level", "parent", "order", "groups")}
    assert shown == {
        "name": "Harbour", "aliases": "", "level": "province", "parent": city.pk, "order": None,
        "groups": [str(members.pk)],
    }  # fmt: skip


def test_the_administrator_names_people_for_a_unit_that_is_in_no_group_yet(cast: Cast) -> None:
    signed_in(cast.admin).post("/units/new/", UNIT | {"name": "Harbour"})
    page = signed_in(cast.admin).get("/people/new/")
    assert "Harbour" in [each.name for each in page.context["roles"].fields["unit"].queryset]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "Water bureau", "There is a unit called “Water bureau” already."),
        ("name", "water　bureau", "There is a unit called “Water bureau” already."),
        ("name", "水务局", "“水务局” is another name of Water bureau."),
        ("full_name", "水务局", "“水务局” is another name of Water bureau."),
        ("aliases", "Docks\nHealth bureau", "There is a unit called “Health bureau” already."),
        ("name", "Street", "There is a unit called “Street” already."),
        ("aliases", "x" * 121, "Line 1 is longer than 120 characters."),
        ("order", "-1", "Ensure this value is greater than or equal to 0."),
        ("kind", "king", "Select a valid choice. king is not one of the available choices."),
    ],
)
def test_a_name_that_is_taken_is_refused_beside_the_field_naming_the_unit(cast, field, typed, words) -> None:
    Unit.objects.filter(pk=cast.water.pk).update(aliases=["水务局"])
    answer = signed_in(cast.staff).post("/units/new/", UNIT | {"name": "Harbour"} | {field: typed})
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [words]})
    assert Unit.objects.count() == 5
    assert typed in answer.context["form"][field].value()


def test_the_name_of_a_merged_unit_is_taken_and_its_successor_is_named(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.health.pk).update(merged_into=cast.water)
    answer = signed_in(cast.staff).post("/units/new/", UNIT | {"name": "Health bureau"})
    assert answer.context["form"].errors["name"] == [
        "“Health bureau” is a name of Health bureau, which was merged into Water bureau."
    ]


def test_the_successor_keeps_the_names_it_was_left(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.health.pk).update(merged_into=cast.water)
    Unit.objects.filter(pk=cast.water.pk).update(aliases=["Health bureau"])
    address, client = f"/units/{cast.water.pk}/", signed_in(cast.staff)
    row = Unit.objects.get(pk=cast.water.pk)
    answer = client.post(address, fields(row, full_name="Bureau of Water", base=shown_base(client, address)))
    assert answer.status_code == 302
    assert Unit.objects.get(pk=cast.water.pk).full_name == "Bureau of Water"


def test_a_unit_put_right_keeps_its_groups_and_those_of_other_offices(cast: Cast, members: UnitGroup) -> None:
    theirs = UnitGroup.objects.create(owner=cast.district, name="Theirs")
    theirs.units.add(cast.water)
    address, client = f"/units/{cast.water.pk}/", signed_in(cast.staff)
    sent = fields(cast.water, name="Waterworks", aliases="Water bureau", groups=[members.pk])
    assert client.post(address, sent | {"base": shown_base(client, address)}).status_code == 302
    row = Unit.objects.get(pk=cast.water.pk)
    assert (row.name, row.aliases, sorted(each.name for each in row.in_groups.all())) == (
        "Waterworks", ["Water bureau"], ["Member units", "Theirs"],
    )  # fmt: skip


def test_a_unit_cannot_stand_below_itself(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.health.pk).update(parent=cast.water)
    address, client = f"/units/{cast.water.pk}/", signed_in(cast.staff)
    sent = fields(cast.water, parent=cast.health.pk, base=shown_base(client, address))
    answer = client.post(address, sent)
    assert answer.context["form"].errors == {"parent": ["Health bureau belongs to this unit itself."]}


def test_a_unit_of_another_office_is_out_of_reach(cast: Cast) -> None:
    pages = {name: signed_in(getattr(cast, name)) for name in ("staff", "admin", "district_staff")}
    met = {
        (name, where.name): page.get(f"/units/{where.pk}/").status_code
        for name, page in pages.items()
        for where in (cast.water, cast.street)
    }
    assert met == {
        ("staff", "Water bureau"): 200, ("staff", "Street"): 404, ("admin", "Water bureau"): 200,
        ("admin", "Street"): 404, ("district_staff", "Water bureau"): 404, ("district_staff", "Street"): 200,
    }  # fmt: skip


def test_an_office_of_its_own_words_its_own_name(cast: Cast) -> None:
    shown = text(signed_in(cast.staff).get("/units/"))
    assert "an office of its own: it words its own name" in shown
    met = [signed_in(user).get(f"/units/{cast.district.pk}/").status_code for user in (cast.staff, cast.district_staff)]
    assert met == [404, 200]


def test_two_people_put_one_unit_right_and_the_second_chooses(cast: Cast) -> None:
    address = f"/units/{cast.water.pk}/"
    first, second = signed_in(cast.staff), signed_in(cast.admin)
    base = shown_base(second, address)
    first.post(address, fields(cast.water, name="Waterworks", order="7", base=shown_base(first, address)))
    mine = fields(cast.water, name="Water authority", full_name="City Water Authority", base=base)
    met = second.post(address, mine)
    assert (met.status_code, Unit.objects.get(pk=cast.water.pk).name) == (409, "Waterworks")
    words = text(met)
    assert all(each in words for each in ("Somebody saved this unit meanwhile.", "Waterworks", "Water authority"))
    assert "Only they changed this: it stays as they saved it" in words
    assert second.post(address, again(met, take={})).status_code == 409, "without a choice nothing is saved"
    assert second.post(address, again(met, take={"name": "theirs"})).status_code == 302
    row = Unit.objects.get(pk=cast.water.pk)
    assert (row.name, row.full_name, row.order) == ("Waterworks", "City Water Authority", 7)


def again(page: Any, take: dict[str, str]) -> dict[str, Any]:
    """The page of a clash sent with what was chosen: its hidden fields, as a browser sends them."""
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page.content.decode()):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "csrfmiddlewaretoken":
            found.setdefault(name[1], []).append(unescape(value[1] if value else ""))
    return found | {f"take-{name}": value for name, value in take.items()}


def test_two_people_who_change_different_fields_of_one_unit_both_keep_theirs(cast: Cast) -> None:
    address = f"/units/{cast.water.pk}/"
    first, second = signed_in(cast.staff), signed_in(cast.admin)
    base = shown_base(second, address)
    first.post(address, fields(cast.water, name="Waterworks", base=shown_base(first, address)))
    answer = second.post(address, fields(cast.water, kind="enterprise", base=base), follow=True)
    row = Unit.objects.get(pk=cast.water.pk)
    assert (row.name, row.kind) == ("Waterworks", "enterprise")
    assert said(answer) == ["Waterworks was saved. What somebody else changed meanwhile stays too: Short name."]


# --- groups ------------------------------------------------------------------------------------------------------


def test_a_group_is_made_from_a_pasted_list(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.health.pk).update(full_name="City Health Bureau", aliases=["卫生局"])
    sent = {"name": "Towns", "description": "All towns", "names": "1. Water bureau\n2、卫生局\n(3) City Health Bureau"}
    answer = signed_in(cast.staff).post("/groups/new/", sent, follow=True)
    made = UnitGroup.objects.get(name="Towns")
    assert (made.owner, made.description, names_in(made)) == (
        cast.office,
        "All towns",
        ["Water bureau", "Health bureau"],
    )
    assert said(answer) == ["2 units are put into the group."]


def test_what_is_not_found_is_named_line_by_line_and_everything_typed_stays(cast: Cast, members: UnitGroup) -> None:
    typed = "Water burau\nHealth bureau\n\nNowhere at all"
    answer = signed_in(cast.staff).post(page_of(members), {"deed": "paste", "names": typed})
    shown = text(answer)
    assert (answer.status_code, answer.context["names"]) == (422, typed)
    assert [(each.line, each.why) for each in answer.context["found"].unknown] == [
        (1, "No unit is called “Water burau”. Is Water bureau meant?"),
        (4, "No unit is called “Nowhere at all”."),
    ]
    assert "Line 1: No unit is called “Water burau”." in shown
    assert typed in answer.content.decode()


def test_a_list_with_unknown_names_changes_nothing_until_they_are_left_out(cast: Cast) -> None:
    towns = UnitGroup.objects.create(owner=cast.office, name="Towns")
    sent = {"deed": "paste", "names": "Water bureau\nNowhere"}
    client = signed_in(cast.staff)
    client.post(page_of(towns), sent)
    before = names_in(towns)
    after = client.post(page_of(towns), sent | {"rest": "1"})
    assert (before, names_in(towns), after.context["names"]) == ([], ["Water bureau"], "Water bureau\nNowhere")


def test_a_name_that_two_units_bear_is_said_to_be_of_both(cast: Cast, members: UnitGroup) -> None:
    Unit.objects.filter(pk__in=[cast.water.pk, cast.health.pk]).update(aliases=["The bureau"])
    answer = signed_in(cast.staff).post(page_of(members), {"deed": "paste", "names": "The bureau"})
    assert "“The bureau” is the name of several units: Water bureau、Health bureau." in text(answer)


def test_the_name_of_a_merged_unit_leads_to_its_successor(cast: Cast) -> None:
    middle = unit("Middle bureau", merged_into=cast.water)
    unit("Old bureau", merged_into=middle)
    assert Names().found("Old bureau、Middle bureau").units == [cast.water]


def test_units_are_ticked_in_and_out_and_counted(cast: Cast, members: UnitGroup) -> None:
    client = signed_in(cast.staff)
    out = client.post(page_of(members), {"deed": "out", "remove": [cast.water.pk, cast.health.pk]}, follow=True)
    back = client.post(page_of(members), {"deed": "in", "add": [cast.water.pk, cast.district.pk]}, follow=True)
    assert [*said(out), *said(back)] == [
        "2 units are no longer in the group.", "1 unit is put into the group. 1 was in it already.",
    ]  # fmt: skip
    assert names_in(members) == ["Water bureau", "District office"]


def test_what_two_people_tick_at_once_both_counts(cast: Cast, members: UnitGroup) -> None:
    """Pages opened before the other one pressed: nothing the one put in is thrown out by the other."""
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    for client in (first, second):
        client.get(page_of(members))
    harbour = unit("Harbour", kept_by=cast.office)
    first.post(page_of(members), {"deed": "in", "add": [harbour.pk]})
    second.post(page_of(members), {"deed": "out", "remove": [cast.water.pk]})
    assert names_in(members) == ["Health bureau", "District office", "Harbour"]


def test_the_second_to_rename_a_group_sees_both_names_and_chooses(cast: Cast, members: UnitGroup) -> None:
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    base = shown_base(second, page_of(members))
    sent = {"deed": "name", "name": "Members", "description": "", "base": base}
    first.post(page_of(members), sent)
    met = second.post(page_of(members), sent | {"name": "All bureaus", "description": "Everybody"})
    assert (met.status_code, UnitGroup.objects.get(pk=members.pk).name) == (409, "Members")
    assert all(words in text(met) for words in ("Somebody saved this group meanwhile.", "Members", "All bureaus"))
    second.post(page_of(members), again(met, {"name": "mine"}))
    row = UnitGroup.objects.get(pk=members.pk)
    assert (row.name, row.description) == ("All bureaus", "Everybody")


def test_the_same_name_sent_twice_is_no_quarrel(cast: Cast, members: UnitGroup) -> None:
    client = signed_in(cast.staff)
    sent = {"deed": "name", "name": "Members", "description": "", "base": shown_base(client, page_of(members))}
    assert [client.post(page_of(members), sent).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize("name", ["Member units", " member　units"])
def test_a_second_group_of_the_same_name_is_refused(cast: Cast, members: UnitGroup, name: str) -> None:
    answer = signed_in(cast.staff).post("/groups/new/", {"name": name, "description": "", "names": "Water bureau"})
    assert answer.context["form"].errors == {"name": ["The office has a group of this name already."]}
    assert answer.context["names"] == "Water bureau"


def test_a_group_of_another_office_is_out_of_reach(cast: Cast) -> None:
    theirs = cast.district.groups.get()
    client = signed_in(cast.staff)
    met = [client.get(page_of(theirs)).status_code, client.post(page_of(theirs), {"deed": "paste"}).status_code]
    assert met == [404, 404]
    assert "Member units" in text(client.get("/groups/"))
    assert len(client.get("/groups/").context["groups"]) == 1


def test_putting_a_unit_into_a_group_gives_no_power_over_its_people(cast: Cast) -> None:
    """The district addresses the water bureau as it likes; passwords and names stay with the city."""
    own = cast.district.groups.get()
    boss = person("district_admin", (cast.district, Role.ADMIN))
    signed_in(boss).post(page_of(own), {"deed": "paste", "names": "Water bureau"})
    assert names_in(own) == ["Water bureau", "Street"]
    client = signed_in(boss)
    met = [client.get(f"/people/{cast.liaison.pk}/").status_code, client.get(f"/units/{cast.water.pk}/").status_code]
    held = cast.liaison.memberships.get()
    assert [*met, client.get(f"/hand-overs/{held.pk}/").status_code] == [404, 404, 404]
    assert "looked after by City office" in text(client.get("/units/"))


def test_a_unit_nobody_looks_after_is_looked_after_by_the_first_office_that_groups_it(cast: Cast) -> None:
    lost, peopled = unit("Lost"), unit("Peopled")
    person("somebody", (peopled, Role.LIAISON))
    signed_in(cast.staff).post(page_of(cast.office.groups.get()), {"deed": "paste", "names": "Lost、Peopled"})
    assert [Unit.objects.get(pk=each.pk).kept_by for each in (lost, peopled)] == [cast.office, None]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_groups_asks_as_often_for_one_as_for_three(cast, rows, django_assert_num_queries) -> None:
    other = unit("Other office")
    for number in range(rows):
        UnitGroup.objects.create(owner=other, name=f"Group {number}").units.add(cast.water)
    client = signed_in(person("clerk", (other, Role.STAFF)))
    with django_assert_num_queries(5):
        assert [group.count for group in client.get("/groups/").context["groups"]] == [1] * rows


@postgresql
@pytest.mark.django_db(transaction=True)
def test_a_unit_entered_by_two_at_the_same_moment_is_entered_once() -> None:
    office = unit("Office")
    clerks = [signed_in(person(f"clerk{number}", (office, Role.STAFF))) for number in range(4)]

    def enter(ready: Any) -> int:
        client = clerks.pop()
        ready()
        status: int = client.post("/units/new/", UNIT | {"name": "Harbour"}).status_code
        return status

    assert sorted(at_once(enter)) == [302, 422, 422, 422]
    assert Unit.objects.filter(name="Harbour").count() == 1


def test_a_name_somebody_else_enters_at_this_moment_is_said_beside_the_field(cast, monkeypatch) -> None:
    def beaten(*_args: Any, **_more: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr("accounts.unit_forms.UnitForm.save", beaten)
    answer = signed_in(cast.staff).post("/units/new/", UNIT | {"name": "Harbour"})
    assert answer.context["form"].errors == {"name": ["Somebody else has just entered a unit of this name."]}


@pytest.mark.parametrize(("who", "seen"), [("staff", True), ("admin", True), ("liaison", False), ("leader", False)])
def test_the_menu_leads_to_the_units_whoever_looks_after_them(cast: Cast, who: str, seen: bool) -> None:
    assert ('href="/units/"' in text(signed_in(getattr(cast, who)).get("/"))) is seen


def test_for_a_long_list_of_strangers_only_the_first_are_guessed_at(cast: Cast) -> None:
    found = Names().found("\n".join(f"Water burau {number}" for number in range(30)))
    assert [("Water bureau" in each.why) for each in found.unknown] == [True] * 20 + [False] * 10
