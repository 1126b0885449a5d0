"""The register of units: found, entered, put right; nothing overwritten silently."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError
from python_calamine import CalamineWorkbook

from accounts.models import Membership, Role, Unit, UnitGroup
from accounts.unit_names import Names, parted
from tests.cast import Cast, at_once, person, postgresql, said, signed_in, text, unit
from tests.pages import opened, page_of, press

NEW = "/units/new/"


def names_in(group: UnitGroup) -> list[str]:
    return [each.name for each in group.units.all()]


@pytest.fixture
def members(cast: Cast) -> UnitGroup:
    group: UnitGroup = cast.office.groups.get()
    return group


# --- the list of units -------------------------------------------------------------------------------------------


def test_the_office_sees_the_units_it_works_with_and_no_others(cast: Cast) -> None:
    page = signed_in(cast.staff).get("/units/")
    assert [each.name for each in page.context["shown"].page] == [
        "City office", "Water bureau", "Health bureau", "District office",
    ]  # fmt: skip
    assert "Street" not in text(page)


def test_a_unit_for_which_nobody_files_is_marked_and_counted(cast: Cast) -> None:
    Membership.objects.filter(unit=cast.health).update(until=date(2015, 8, 1))
    unit("Harbour", kept_by=cast.office)  # in no group: marked, but no notice goes to it
    page = signed_in(cast.staff).get("/units/")
    assert "Nobody files for 1 unit of your groups: it would not hear of a notice." in text(page)
    silent = signed_in(cast.staff).get("/units/?silent=1")
    assert [each.name for each in silent.context["shown"].page] == ["Health bureau"]
    assert [text(each).count("nobody files for it") for each in (page, silent)] == [2, 1]
    alone = signed_in(cast.staff).get("/units/?silent=2")
    assert [each.name for each in alone.context["shown"].page] == ["Harbour"]


def test_the_list_names_kind_groups_and_those_who_file(cast: Cast) -> None:
    shown = text(signed_in(cast.staff).get("/units/?q=water"))
    assert all(
        words in shown for words in ("Department", "Member units", "Liaison officer</span>", "Head of unit</span>")
    )


@pytest.mark.parametrize("sought", ["水务", "务 局", "ＷＡＴＥＲ", "市水务局"])
def test_a_unit_is_found_by_any_of_its_names_whatever_width_or_spaces(cast: Cast, sought: str) -> None:
    Unit.objects.filter(pk=cast.water.pk).update(full_name="市水务局", aliases=["水务局"])
    page = signed_in(cast.staff).get("/units/", {"q": sought})
    assert [each.name for each in page.context["shown"].page] == ["Water bureau"]


def test_units_are_sifted_by_kind_and_group_and_a_wrong_number_finds_all(cast: Cast, members: UnitGroup) -> None:
    towns = UnitGroup.objects.create(owner=cast.office, name="Towns")
    towns.units.add(cast.water)
    client = signed_in(cast.staff)
    found = {
        query: [each.name for each in client.get(f"/units/?{query}").context["shown"].page]
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
    assert "Health bureau" not in [each.name for each in page.context["shown"].page]
    assert "<strong>Health bureau</strong> → Water bureau" in text(page)
    assert signed_in(cast.staff).get(f"/units/{cast.health.pk}/").status_code == 404


def test_the_office_keeps_its_order_and_turns_to_that_of_the_sounds(cast: Cast) -> None:
    for place, (name, sounds) in enumerate([("龙岗区", "longgangqu\nlgq"), ("宝安区", "baoanqu\nbaq")]):
        Unit.objects.filter(pk=unit(name, kept_by=cast.office).pk).update(sounds_as=sounds, order=90 + place)
    client = signed_in(cast.staff)
    found = {query: [each.name for each in client.get(f"/units/?{query}").context["shown"].page]
             for query in ("q=lg", "q=BAOAN", "q=qu", "q=qu&sort=name", "q=qu&sort=-order")}  # fmt: skip
    assert found == {
        "q=lg": ["龙岗区"], "q=BAOAN": ["宝安区"], "q=qu": ["龙岗区", "宝安区"], "q=qu&sort=name": ["宝安区", "龙岗区"],
        "q=qu&sort=-order": ["宝安区", "龙岗区"],
    }  # fmt: skip


def test_every_count_beside_the_units_is_what_its_press_finds(cast: Cast, members: UnitGroup) -> None:
    unit("Harbour", kept_by=cast.office, level="district")
    Unit.objects.filter(pk=cast.health.pk).update(kept_by=cast.office, kind="enterprise")
    client = signed_in(cast.staff)
    for query in ("", "level=city", "silent=0,2", f"group={members.pk}&kind=department"):
        found = client.get(f"/units/?{query}").context["shown"].found
        offered = [(facet.name, offer) for facet, offers in found.facets() for offer in offers]
        assert len({name for name, _offer in offered}) > 1
        for name, offer in offered:
            page = client.get(f"/units/?{found.address(**{name: offer.value})}").context["shown"].page
            assert len(page.object_list) == offer.number, (query, name, offer.value)


def test_the_list_of_units_goes_out_as_it_is_narrowed(cast: Cast) -> None:
    answer = signed_in(cast.staff).get("/units/?kind=department&excel=1")
    head, *rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert head == ["Unit", "Kind of unit", "Groups", "Who files"]
    assert rows == [["Water bureau", "Department", "Member units", "liaison、head"],
                    ["Health bureau", "Department", "Member units", "neighbour"]]  # fmt: skip


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
    with django_assert_num_queries(12):
        assert len(client.get("/units/").context["shown"].page) == rows + 1


# --- a unit entered, a unit put right --------------------------------------------------------------------------------


def test_a_new_unit_is_entered_with_its_names_and_groups_and_is_looked_after(cast: Cast, members: UnitGroup) -> None:
    typed = {"name": "Harbour", "full_name": "Harbour Authority", "aliases": "The port\n\n The  docks \nthe port"}
    answer = press(signed_in(cast.staff), NEW, "Save", **typed, groups=[members.pk])
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
    press(signed_in(cast.admin), NEW, "Save", name="Harbour")
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
    answer = press(signed_in(cast.staff), NEW, "Save", name="Harbour", forged={field: typed})
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [words]})
    assert Unit.objects.count() == 5
    assert typed in answer.context["form"][field].value()


def test_the_name_of_a_merged_unit_is_taken_and_its_successor_is_named(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.health.pk).update(merged_into=cast.water)
    answer = press(signed_in(cast.staff), NEW, "Save", name="Health bureau")
    assert answer.context["form"].errors["name"] == [
        "“Health bureau” is a name of Health bureau, which was merged into Water bureau."
    ]


def test_the_successor_keeps_the_names_it_was_left(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.health.pk).update(merged_into=cast.water)
    Unit.objects.filter(pk=cast.water.pk).update(aliases=["Health bureau"])
    address, client = f"/units/{cast.water.pk}/", signed_in(cast.staff)
    answer = press(client, address, "Save", full_name="Bureau of Water", follow=False)
    assert answer.status_code == 302
    assert Unit.objects.get(pk=cast.water.pk).full_name == "Bureau of Water"


def test_a_unit_put_right_keeps_its_groups_and_those_of_other_offices(cast: Cast, members: UnitGroup) -> None:
    theirs = UnitGroup.objects.create(owner=cast.district, name="Theirs")
    theirs.units.add(cast.water)
    address, client = f"/units/{cast.water.pk}/", signed_in(cast.staff)
    assert press(client, address, "Save", name="Waterworks", aliases="Water bureau", follow=False).status_code == 302
    row = Unit.objects.get(pk=cast.water.pk)
    assert (row.name, row.aliases, sorted(each.name for each in row.in_groups.all())) == (
        "Waterworks", ["Water bureau"], ["Member units", "Theirs"],
    )  # fmt: skip


def test_a_unit_cannot_stand_below_itself(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.health.pk).update(parent=cast.water)
    address, client = f"/units/{cast.water.pk}/", signed_in(cast.staff)
    answer = press(client, address, "Save", parent=cast.health.pk)
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
    page = opened(second, address)
    press(first, address, "Save", name="Waterworks", order="7")
    met = press(second, page, "Save", name="Water authority", full_name="City Water Authority")
    assert (met.status_code, Unit.objects.get(pk=cast.water.pk).name) == (409, "Waterworks")
    words = text(met)
    assert all(each in words for each in ("Somebody saved this unit meanwhile.", "Waterworks", "Water authority"))
    assert "Only they changed this: it stays as they saved it" in words
    clash = page_of(met)
    assert press(second, clash, "Save it so").status_code == 409, "without a choice nothing is saved"
    assert press(second, clash, "Save it so", **{"take-name": "theirs"}, follow=False).status_code == 302
    row = Unit.objects.get(pk=cast.water.pk)
    assert (row.name, row.full_name, row.order) == ("Waterworks", "City Water Authority", 7)


def test_two_people_who_change_different_fields_of_one_unit_both_keep_theirs(cast: Cast) -> None:
    address = f"/units/{cast.water.pk}/"
    first, second = signed_in(cast.staff), signed_in(cast.admin)
    page = opened(second, address)
    press(first, address, "Save", name="Waterworks")
    answer = press(second, page, "Save", kind="enterprise")
    row = Unit.objects.get(pk=cast.water.pk)
    assert (row.name, row.kind) == ("Waterworks", "enterprise")
    stays = "What somebody else changed meanwhile stays too: Short name、Other names."
    assert said(answer) == [f"Waterworks was saved. {stays}"]


@postgresql
@pytest.mark.django_db(transaction=True)
def test_a_unit_entered_by_two_at_the_same_moment_is_entered_once() -> None:
    office = unit("Office")
    clerks = [signed_in(person(f"clerk{number}", (office, Role.STAFF))) for number in range(4)]

    def enter(ready: Any) -> int:
        client = clerks.pop()
        page = opened(client, NEW)
        ready()
        status: int = press(client, page, "Save", name="Harbour", follow=False).status_code
        return status

    assert sorted(at_once(enter)) == [302, 422, 422, 422]
    assert Unit.objects.filter(name="Harbour").count() == 1


def test_a_name_somebody_else_enters_at_this_moment_is_said_beside_the_field(cast, monkeypatch) -> None:
    def beaten(*_args: Any, **_more: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr("accounts.unit_forms.UnitForm.save", beaten)
    answer = press(signed_in(cast.staff), NEW, "Save", name="Harbour")
    assert answer.context["form"].errors == {"name": ["Somebody else has just entered a unit of this name."]}


@pytest.mark.parametrize(("who", "seen"), [("staff", True), ("admin", True), ("liaison", False), ("leader", False)])
def test_the_menu_leads_to_the_units_whoever_looks_after_them(cast: Cast, who: str, seen: bool) -> None:
    assert ('href="/units/"' in text(signed_in(getattr(cast, who)).get("/"))) is seen


# --- one name, however it was typed or called before -----------------------------------------------------------------

UNSEEN = ["\u200b", "\u00ad", "\ufeff", "\u2060", "\u200d", "\ufe0f", "\u3164"]


@pytest.mark.parametrize("mark", UNSEEN)
def test_a_name_pasted_with_a_mark_nobody_sees_is_the_name_of_the_unit_there_is(cast: Cast, mark: str) -> None:
    answer = press(signed_in(cast.staff), NEW, "Save", name=f"Water{mark} bureau{mark}")
    assert answer.context["form"].errors == {"name": ["There is a unit called “Water bureau” already."]}
    assert Unit.objects.count() == 5


@pytest.mark.parametrize("mark", ["\u200b", "\u00ad", "\ufeff"])
def test_a_unit_and_a_group_are_kept_as_their_names_are_seen(cast: Cast, members: UnitGroup, mark: str) -> None:
    client = signed_in(cast.staff)
    press(client, NEW, "Save", name=f"{mark}Har{mark}bour", full_name=f"Port{mark}", aliases=f"Dock{mark}s")
    press(client, f"/groups/{members.pk}/", "deed=name", name=f"Mem{mark}bers")
    made = Unit.objects.get(name="Harbour")
    assert (made.full_name, made.aliases, cast.office.groups.get().name) == ("Port", ["Docks"], "Members")


def test_a_unit_kept_with_such_a_mark_before_is_found_by_what_is_seen(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.water.pk).update(name="南山\u200b区")
    page = signed_in(cast.staff).get("/units/", {"q": "南山区\ufeff"})
    assert [each.pk for each in page.context["shown"].page] == [cast.water.pk]


def test_after_a_renaming_the_former_names_lead_to_the_unit_by_themselves(cast: Cast, members: UnitGroup) -> None:
    Unit.objects.filter(pk=cast.water.pk).update(name="市发展改革委", full_name="市发展和改革委员会")
    client = signed_in(cast.staff)
    press(client, f"/units/{cast.water.pk}/", "Save", name="市发改局", full_name="市发展和改革局")
    row = Unit.objects.get(pk=cast.water.pk)
    assert (row.name, row.aliases) == ("市发改局", ["市发展改革委", "市发展和改革委员会"])
    group = UnitGroup.objects.create(owner=cast.office, name="Others")
    press(client, f"/groups/{group.pk}/", form="form[action='#paste']", names="市发展改革委")
    assert names_in(group) == ["市发改局"]
    answer = press(client, NEW, "Save", name="市发展改革委")
    assert answer.context["form"].errors == {"name": ["“市发展改革委” is another name of 市发改局."]}


def test_a_misspelt_name_can_be_left_out_and_is_free_again(cast: Cast) -> None:
    client = signed_in(cast.staff)
    press(client, f"/units/{cast.water.pk}/", "Save", name="Waterworks", without_former="on")
    assert Unit.objects.get(pk=cast.water.pk).aliases == []
    press(client, NEW, "Save", name="Water bureau")
    assert Unit.objects.filter(name="Water bureau").exists()


def test_a_name_that_only_became_the_full_one_is_not_written_twice(cast: Cast) -> None:
    press(signed_in(cast.staff), f"/units/{cast.water.pk}/", "Save", name="Waterworks", full_name="Water bureau")
    assert Unit.objects.get(pk=cast.water.pk).aliases == []


# --- a list parted at its commas, not inside brackets -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("市规划和自然资源局（市海洋局、市林业局）", ["市规划和自然资源局（市海洋局、市林业局）"]),
        ("甲局（乙，丙)、丁局", ["甲局（乙，丙)", "丁局"]),
        ("甲局（乙、丙〔丁；戊〕），己局", ["甲局（乙、丙〔丁；戊〕）", "己局"]),
        ("《南方、北方》杂志社；甲局", ["《南方、北方》杂志社", "甲局"]),
        ("甲局（乙局、丙局", ["甲局（乙局", "丙局"]),
        ("甲局）、乙局（丙、丁）", ["甲局）", "乙局（丙、丁）"]),
        ("1. 甲局\t乙局\n（2）丙局", ["甲局", "乙局", "丙局"]),
    ],
)
def test_a_bracket_parts_no_names(typed: str, found: list[str]) -> None:
    assert [name for _line, name in parted(typed)] == found


def test_a_line_that_is_the_name_of_a_unit_is_that_unit(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.health.pk).update(full_name="市海洋局、市林业局")
    found = Names().found("市海洋局，市林业局\nWater bureau、市海洋局、市林业局")
    assert (found.units, found.unknown) == ([cast.health, cast.water], [])
