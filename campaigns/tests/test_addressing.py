"""To whom a notice goes, who gets a copy, who issues it together with the host."""

from html import unescape

import pytest
from django.urls import reverse

from accounts.models import Unit, UnitGroup
from campaigns import addressing
from campaigns.models import JointBody, Notice
from campaigns.way import send_to_review
from tests.cast import said, signed_in, text, unit
from tests.pages import NoSuchForm, opened, press
from workflow.models import MoveRefused


def page_of(notice, name="addressees"):
    return reverse(f"campaigns:{name}", args=[notice.pk])


def groups(notice, relation="addressees"):
    return [(each.name, each.total, each.present) for each in addressing.groups_of(notice, relation)]


def test_a_group_is_added_at_once_with_the_number_said_and_each_unit_once(cast):
    cast.notice.addressees.set([cast.water])
    client = signed_in(cast.staff)
    group = cast.office.groups.get()
    assert groups(cast.notice) == [("Member units", 3, 1)]
    page = text(client.get(page_of(cast.notice)))
    assert ("1 of 3 units are in the list." in page, "Add 2" in page) == (True, True)
    assert said(press(client, page_of(cast.notice), f"add_group={group.pk}")) == ["2 units are added."]
    assert set(cast.notice.addressees.all()) == {cast.water, cast.health, cast.district}
    assert "Complete: all 3 units are in the list." in text(client.get(page_of(cast.notice)))
    assert said(press(client, page_of(cast.notice), f"remove_group={group.pk}")) == ["3 units are removed."]
    assert (cast.notice.addressees.count(), groups(cast.notice)) == (0, [("Member units", 3, 0)])


def test_the_two_lists_know_nothing_of_each_other(cast):
    press(signed_in(cast.staff), page_of(cast.notice, "copy-to") + "?seek=Street", add=cast.street.pk)
    assert (list(cast.notice.copy_to.all()), cast.notice.addressees.count()) == ([cast.street], 3)


def test_units_are_found_by_part_of_their_name_and_those_in_the_list_are_not_offered_again(cast):
    client = signed_in(cast.staff)
    response = client.get(page_of(cast.notice), {"seek": "t"})
    assert set(response.context["others"]) == {cast.street, cast.office}
    assert list(client.get(page_of(cast.notice), {"find": "water"}).context["page"]) == [cast.water]


def test_a_pasted_list_adds_who_is_known_and_names_who_is_not(cast):
    Unit.objects.filter(pk=cast.street.pk).update(full_name="Street of the city", aliases=["街道办"])
    typed = "街道办、City office\nNobody\r\n; Street of the city"
    response = press(signed_in(cast.staff), page_of(cast.notice), names=typed)
    assert (said(response), "No unit is called “Nobody”." in text(response)) == (["2 units are added."], True)
    again = press(signed_in(cast.staff), page_of(cast.notice), names="City office")
    assert said(again) == ["Nobody is added: they are in the list already."]


def test_names_that_belong_to_no_unit_stay_in_the_box_to_be_mended(cast):
    names = [f"Unknown & Sons {number}" for number in range(40)]
    answer = press(signed_in(cast.staff), page_of(cast.notice), names="\n".join(["Street", *names]))
    box = unescape(answer.content.decode()).split('id="names"')[1].split(">", 1)[1].split("</textarea>")[0]
    assert (answer.status_code, box.split("\n"), cast.street in cast.notice.addressees.all()) == (422, names, True)


def test_a_unit_that_was_merged_is_neither_offered_nor_counted(cast):
    Unit.objects.filter(pk=cast.health.pk).update(merged_into=cast.water)
    cast.notice.addressees.clear()
    client = signed_in(cast.staff)
    assert list(client.get(page_of(cast.notice), {"seek": "bureau"}).context["others"]) == [cast.water]
    press(client, page_of(cast.notice), f"add_group={cast.office.groups.get().pk}")
    press(client, page_of(cast.notice) + "?seek=Street", forged={"add": [cast.health.pk]}, add=cast.street.pk)
    assert (set(cast.notice.addressees.all()), groups(cast.notice)) == (
        {cast.water, cast.district},
        [("Member units", 2, 2)],
    )


def test_another_office_s_group_is_not_there(cast):
    foreign = cast.district.groups.get()
    cast.notice.addressees.clear()
    answer = press(signed_in(cast.staff), page_of(cast.notice), "Add 3", forged={"add_group": foreign.pk})
    assert answer.status_code == 404


def test_lists_stay_as_they_are_once_the_notice_is_on_its_way(cast):
    client = signed_in(cast.staff)
    page = opened(client, page_of(cast.notice) + "?seek=Street")
    send_to_review(cast.notice, by=cast.staff)
    response = press(client, page, add=cast.street.pk)
    assert "In review" in said(response)[0]
    assert cast.notice.addressees.count() == 3
    assert "can be changed only while it is a draft" in text(client.get(page_of(cast.notice)))
    with pytest.raises(MoveRefused):
        addressing.remove(cast.notice, "addressees", Unit.objects.all())


def test_a_stale_copy_of_the_notice_does_not_open_the_list_again(cast):
    old = Notice.objects.get(pk=cast.notice.pk)
    send_to_review(cast.notice, by=cast.staff)
    with pytest.raises(MoveRefused):
        addressing.add(old, "addressees", [cast.street.pk])


def test_five_thousand_units_are_added_at_once_and_shown_by_pages(cast):
    many = Unit.objects.bulk_create(Unit(name=f"Plant {number}", order=number) for number in range(5000))
    group = UnitGroup.objects.create(owner=cast.office, name="All plants")
    UnitGroup.units.through.objects.bulk_create(
        UnitGroup.units.through(unitgroup_id=group.pk, unit_id=each.pk) for each in many
    )
    client = signed_in(cast.staff)
    response = press(client, page_of(cast.notice), f"add_group={group.pk}")
    assert said(response) == ["5,000 units are added."]
    assert (len(response.context["page"]), response.context["page"].paginator.num_pages) == (50, 101)
    assert len(response.content) < 60_000


def test_one_unit_asks_as_many_questions_as_fifty(cast, django_assert_num_queries):
    client = signed_in(cast.staff)
    cast.notice.addressees.set([cast.water])
    client.get(page_of(cast.notice))
    with django_assert_num_queries(QUERIES):
        client.get(page_of(cast.notice))
    for number in range(50):
        made = unit(f"Plant {number}")
        cast.notice.addressees.add(made)
        UnitGroup.objects.create(owner=cast.office, name=f"Group {number}").units.set([made])
    with django_assert_num_queries(QUERIES):
        client.get(page_of(cast.notice))


QUERIES = 8


# --- bodies that issue it together -------------------------------------------------------------------------


def bodies(notice):
    return list(notice.joint_bodies.values_list("name", flat=True))


def form_of(body):
    return f'form:has(input[name=body][value="{body.pk}"])'


def test_bodies_are_added_renamed_put_in_order_and_taken_away(cast):
    client, page = signed_in(cast.staff), page_of(cast.notice, "bodies")
    for each in (cast.water, cast.health, cast.district):
        press(client, f"{page}?seek={each.name}", f"add={each.pk}")
    assert bodies(cast.notice) == ["Water bureau", "Health bureau", "District office"]
    health, district = cast.notice.joint_bodies.get(unit=cast.health), cast.notice.joint_bodies.get(unit=cast.district)
    press(client, page, "deed=up", form=form_of(district))
    press(client, page, "deed=name", form=form_of(health), name="Bureau of\r\nHealth\0")
    assert bodies(cast.notice) == ["Water bureau", "District office", "Bureau of Health"]
    with pytest.raises(NoSuchForm):
        press(client, page, "deed=down", form=form_of(health))
    press(client, page, "deed=name", form=form_of(health), forged={"deed": "down"})  # the last stays the last
    assert bodies(cast.notice)[-1] == "Bureau of Health"
    press(client, page, "deed=away", form=form_of(district))
    assert bodies(cast.notice) == ["Water bureau", "Bureau of Health"]
    assert "Bureau of Health" in client.get(page).content.decode()


def test_the_host_is_an_issuing_body_already_and_no_body_stands_twice(cast):
    client, page = signed_in(cast.staff), page_of(cast.notice, "bodies")
    found = opened(client, f"{page}?seek=Water")
    press(client, found, f"add={cast.water.pk}")
    twice = press(client, found, f"add={cast.water.pk}")
    own = press(client, found, f"add={cast.water.pk}", forged={"add": cast.office.pk})
    assert [said(answer) for answer in (twice, own)] == [
        [f"{each} is among the issuing bodies already."] for each in (cast.water, cast.office)
    ]
    assert JointBody.objects.count() == 1


def test_a_body_somebody_else_took_away_meanwhile_is_no_error_of_ours(cast):
    client, page = signed_in(cast.staff), page_of(cast.notice, "bodies")
    press(client, f"{page}?seek=Water", f"add={cast.water.pk}")
    stale = opened(client, page)
    cast.notice.joint_bodies.all().delete()
    response = press(client, stale, "deed=name", form='form:has(input[name="body"])')
    assert said(response) == ["This body is not among those that issue the notice."]
