"""The groups of an office: made from a list, put together, renamed; nothing overwritten silently."""

import pytest
from django.urls import reverse

from accounts.models import Role, Unit, UnitGroup
from accounts.unit_names import Names
from tests.cast import Cast, person, said, signed_in, text, unit
from tests.pages import opened, page_of, press


def names_in(group: UnitGroup) -> list[str]:
    return [each.name for each in group.units.all()]


@pytest.fixture
def members(cast: Cast) -> UnitGroup:
    group: UnitGroup = cast.office.groups.get()
    return group


def its_page(group: UnitGroup) -> str:
    return reverse("accounts:group", args=[group.pk])


def test_a_group_is_made_from_a_pasted_list(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.health.pk).update(full_name="City Health Bureau", aliases=["卫生局"])
    typed = {"name": "Towns", "description": "All towns", "names": "1. Water bureau\n2、卫生局\n(3) City Health Bureau"}
    answer = press(signed_in(cast.staff), "/groups/new/", **typed)
    made = UnitGroup.objects.get(name="Towns")
    assert (made.owner, made.description, names_in(made)) == (
        cast.office,
        "All towns",
        ["Water bureau", "Health bureau"],
    )
    assert said(answer) == ["2 units are put into the group."]


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u00ad"])
def test_a_mark_nobody_sees_in_a_pasted_list_makes_no_other_unit(cast: Cast, unseen: str) -> None:
    towns, before = UnitGroup.objects.create(owner=cast.office, name="Towns"), Unit.objects.count()
    typed = f"{unseen}Water bureau\nHealth{unseen} bureau{unseen}"
    answer = press(signed_in(cast.staff), its_page(towns), "Put these units in", names=typed)
    assert said(answer) == ["2 units are put into the group."]
    assert (names_in(towns), Unit.objects.count()) == (["Water bureau", "Health bureau"], before)


def test_what_is_not_found_is_named_line_by_line_and_everything_typed_stays(cast: Cast, members: UnitGroup) -> None:
    typed = "Water burau\nHealth bureau\n\nNowhere at all"
    answer = press(signed_in(cast.staff), its_page(members), "Put these units in", names=typed)
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
    client = signed_in(cast.staff)
    met = press(client, its_page(towns), "Put these units in", names="Water bureau\nNowhere")
    before = names_in(towns)
    after = press(client, page_of(met), "rest=1")
    assert (before, names_in(towns), after.context["names"]) == ([], ["Water bureau"], "Water bureau\nNowhere")


def test_a_name_that_two_units_bear_is_said_to_be_of_both(cast: Cast, members: UnitGroup) -> None:
    Unit.objects.filter(pk__in=[cast.water.pk, cast.health.pk]).update(aliases=["The bureau"])
    answer = press(signed_in(cast.staff), its_page(members), "Put these units in", names="The bureau")
    assert "“The bureau” is the name of several units: Water bureau、Health bureau." in text(answer)


def test_the_name_of_a_merged_unit_leads_to_its_successor(cast: Cast) -> None:
    middle = unit("Middle bureau", merged_into=cast.water)
    unit("Old bureau", merged_into=middle)
    assert Names().found("Old bureau、Middle bureau").units == [cast.water]


def test_units_are_ticked_in_and_out_and_counted(cast: Cast, members: UnitGroup) -> None:
    client = signed_in(cast.staff)
    page = opened(client, its_page(members))
    out = press(client, page, "deed=out", remove=[cast.water.pk, cast.health.pk])
    found = opened(client, its_page(members))
    press(signed_in(cast.signer), found, "deed=in", add=cast.health.pk)
    back = press(client, found, "deed=in", add=[cast.water.pk, cast.health.pk])
    assert [*said(out), *said(back)] == [
        "2 units are no longer in the group.", "1 unit is put into the group. 1 was in it already.",
    ]  # fmt: skip
    assert names_in(members) == ["Water bureau", "Health bureau", "District office"]


def test_what_two_people_tick_at_once_both_counts(cast: Cast, members: UnitGroup) -> None:
    """Pages opened before the other one pressed: nothing the one put in is thrown out by the other."""
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    harbour = unit("Harbour", kept_by=cast.office)
    pages = [opened(client, its_page(members)) for client in (first, second)]
    press(first, pages[0], "deed=in", add=harbour.pk)
    press(second, pages[1], "deed=out", remove=cast.water.pk)
    assert names_in(members) == ["Health bureau", "District office", "Harbour"]


def test_the_second_to_rename_a_group_sees_both_names_and_chooses(cast: Cast, members: UnitGroup) -> None:
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    page = opened(second, its_page(members))
    press(first, its_page(members), "deed=name", name="Members")
    met = press(second, page, "deed=name", name="All bureaus", description="Everybody")
    assert (met.status_code, UnitGroup.objects.get(pk=members.pk).name) == (409, "Members")
    assert all(words in text(met) for words in ("Somebody saved this group meanwhile.", "Members", "All bureaus"))
    press(second, page_of(met), "Save it so", **{"take-name": "mine"})
    row = UnitGroup.objects.get(pk=members.pk)
    assert (row.name, row.description) == ("All bureaus", "Everybody")


def test_the_same_name_sent_twice_is_no_quarrel(cast: Cast, members: UnitGroup) -> None:
    client = signed_in(cast.staff)
    page = opened(client, its_page(members))
    twice = [press(client, page, "deed=name", name="Members", follow=False) for _ in range(2)]
    assert [answer.status_code for answer in twice] == [302, 302]


@pytest.mark.parametrize("name", ["Member units", " member　units"])
def test_a_second_group_of_the_same_name_is_refused(cast: Cast, members: UnitGroup, name: str) -> None:
    answer = press(signed_in(cast.staff), "/groups/new/", name=name, names="Water bureau")
    assert answer.context["form"].errors == {"name": ["The office has a group of this name already."]}
    assert answer.context["names"] == "Water bureau"


def test_a_group_of_another_office_is_out_of_reach(cast: Cast) -> None:
    theirs = cast.district.groups.get()
    client = signed_in(cast.staff)
    page = opened(signed_in(cast.district_staff), its_page(theirs))
    sent = press(client, page, "Put these units in", names="Water bureau")
    assert [client.get(its_page(theirs)).status_code, sent.status_code] == [404, 404]
    assert "Member units" in text(client.get("/groups/"))
    assert len(client.get("/groups/").context["groups"]) == 1


def test_putting_a_unit_into_a_group_gives_no_power_over_its_people(cast: Cast) -> None:
    """The district addresses the water bureau as it likes; passwords and names stay with the city."""
    own = cast.district.groups.get()
    boss = person("district_admin", (cast.district, Role.ADMIN))
    press(signed_in(boss), its_page(own), "Put these units in", names="Water bureau")
    assert names_in(own) == ["Water bureau", "Street"]
    client = signed_in(boss)
    met = [client.get(f"/people/{cast.liaison.pk}/").status_code, client.get(f"/units/{cast.water.pk}/").status_code]
    held = cast.liaison.memberships.get()
    assert [*met, client.get(f"/hand-overs/{held.pk}/").status_code] == [404, 404, 404]
    assert "looked after by City office" in text(client.get("/units/"))


def test_a_unit_nobody_looks_after_is_looked_after_by_the_first_office_that_groups_it(cast: Cast) -> None:
    lost, peopled = unit("Lost"), unit("Peopled")
    person("somebody", (peopled, Role.LIAISON))
    press(signed_in(cast.staff), its_page(cast.office.groups.get()), "Put these units in", names="Lost、Peopled")
    assert [Unit.objects.get(pk=each.pk).kept_by for each in (lost, peopled)] == [cast.office, None]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_groups_asks_as_often_for_one_as_for_three(cast, rows, django_assert_num_queries) -> None:
    other = unit("Other office")
    for number in range(rows):
        UnitGroup.objects.create(owner=other, name=f"Group {number}").units.add(cast.water)
    client = signed_in(person("clerk", (other, Role.STAFF)))
    with django_assert_num_queries(4):
        assert [group.count for group in client.get("/groups/").context["groups"]] == [1] * rows


def test_for_a_long_list_of_strangers_only_the_first_are_guessed_at(cast: Cast) -> None:
    found = Names().found("\n".join(f"Water burau {number}" for number in range(30)))
    assert [("Water bureau" in each.why) for each in found.unknown] == [True] * 20 + [False] * 10
