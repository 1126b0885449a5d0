"""Who takes part in a campaign, counted; and two people who change one campaign at once: nothing is lost."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Unit, UnitGroup
from campaigns.models import Campaign
from tests.cast import Cast, at_once, make_cast, postgresql, said, signed_in, text, unit
from tests.pages import opened, page_of, press

SLOGANS = ["Quality starts with me", "Better every day", "Every lift is checked", "Clean water", "Safe food"]


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    """The city's campaign with five slogans, in which the member units take part."""
    found = cast.campaign
    found.groups.add(cast.office.groups.get())
    for order, line in enumerate(SLOGANS, 1):
        found.slogans.create(order=order, text=line)
    return found


def address(campaign: Campaign) -> str:
    return reverse("campaigns:edit-campaign", args=[campaign.pk])


def slogans(campaign: Campaign) -> list[str]:
    return [each.text for each in campaign.slogans.all()]


# --- who takes part ----------------------------------------------------------------------------------------------


def test_single_units_take_part_besides_the_groups_and_the_end_is_counted(cast: Cast, campaign: Campaign) -> None:
    Unit.objects.filter(pk=cast.street.pk).update(aliases=["The street"])
    unit("Daily")
    client = signed_in(cast.staff)
    answer = press(client, address(campaign), "Save", units="Daily\nThe street、Water bureau")
    assert said(answer) == ["City month was saved. 5 units take part."]
    assert [each.name for each in campaign.units.all()] == ["Water bureau", "Street", "Daily"]
    shown = text(client.get(address(campaign)))
    assert "In the end 5 units take part." in shown
    assert "Through groups 3, singly 3. 1 is both and counts once." in shown
    page = text(signed_in(cast.staff).get(campaign.get_absolute_url()))
    assert 'Member units、Water bureau、Street、Daily<br><span class="quiet">5 units</span>' in page


def test_a_name_of_no_unit_is_said_by_its_line_and_everything_stays(cast: Cast, campaign: Campaign) -> None:
    client = signed_in(cast.staff)
    typed = {"units": "Street\nDialy\nWater burau", "title": "Another title"}
    answer = press(client, address(campaign), "Save", **typed)
    assert (answer.status_code, answer.context["form"].errors) == (
        422,
        {
            "units": [
                "Line 2: No unit is called “Dialy”.",
                "Line 3: No unit is called “Water burau”. Is Water bureau meant?",
            ]
        },
    )
    assert (answer.context["form"]["units"].value(), answer.context["form"]["title"].value()) == (
        "Street\nDialy\nWater burau", "Another title",
    )  # fmt: skip
    assert not campaign.units.exists()


def test_counting_saves_nothing_and_says_what_the_choice_comes_to(cast: Cast, campaign: Campaign) -> None:
    client = signed_in(cast.staff)
    answer = press(client, address(campaign), "action=count", units="Street", groups=[], title="Not saved")
    assert (answer.status_code, "In the end 1 unit takes part." in text(answer)) == (200, True)
    campaign.refresh_from_db()
    assert (campaign.title, campaign.taking_part().count()) == ("City month", 3)


def test_a_unit_that_was_merged_is_not_counted(cast: Cast, campaign: Campaign) -> None:
    Unit.objects.filter(pk=cast.health.pk).update(merged_into=cast.water)
    assert "In the end 2 units take part." in text(signed_in(cast.staff).get(address(campaign)))


def test_a_new_campaign_begins_with_single_units_too(cast: Cast) -> None:
    typed = {
        "year": "2016", "title": "City month 2016", "theme": "", "starts_on": "2016-09-01",
        "ends_on": "2016-09-30", "summary_due_on": "2016-10-15", "units": "Street",
    }  # fmt: skip
    press(signed_in(cast.staff), reverse("campaigns:new-campaign"), "Save", **typed, groups=[])
    made = Campaign.objects.get(year=2016)
    assert list(made.taking_part()) == [cast.street]


# --- two at once -------------------------------------------------------------------------------------------------


def test_who_changes_other_fields_than_somebody_else_keeps_both_and_is_told(cast: Cast, campaign: Campaign) -> None:
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    page = opened(second, address(campaign))
    press(first, address(campaign), "Save", theme="Quality first", logo_note="Red only")
    answer = press(second, page, "Save", title="City month, second edition")
    campaign.refresh_from_db()
    assert (campaign.title, campaign.theme, campaign.logo_note) == (
        "City month, second edition", "Quality first", "Red only",
    )  # fmt: skip
    assert said(answer) == [
        "City month, second edition was saved. What somebody else changed meanwhile stays too: Theme、Use of the logo. "
        "3 units take part."
    ]


def test_who_changes_the_same_field_sees_both_and_nothing_is_saved_before_the_choice(cast, campaign) -> None:
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    page = opened(second, address(campaign))
    press(first, address(campaign), "Save", theme="Quality first", spirit_slogan="Spirit")
    met = press(second, page, "Save", theme="Quality is everything", title="Mine")
    campaign.refresh_from_db()
    assert (met.status_code, campaign.theme, campaign.title) == (409, "Quality first", "City month")
    shown = text(met)
    assert [each for each in ("staff saved this campaign meanwhile.", "Quality first", "Quality is everything")
            if each not in shown] == []  # fmt: skip
    assert [(each.name, each.shown["mine"]) for each in met.context["kept"]] == [("spirit_slogan", "Spirit")]
    assert press(second, page_of(met), "Save it so").status_code == 409, "no choice, no saving"
    press(second, page_of(met), "Save it so", **{"take-theme": "mine"})
    campaign.refresh_from_db()
    assert (campaign.theme, campaign.title, campaign.spirit_slogan) == ("Quality is everything", "Mine", "Spirit")


def test_slogans_changed_in_different_places_are_offered_as_one_text(cast: Cast, campaign: Campaign) -> None:
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    page = opened(second, address(campaign))
    press(first, address(campaign), "Save", slogans="\n".join(["Quality begins with me", *SLOGANS[1:]]))
    met = press(second, page, "Save", slogans="\n".join([*SLOGANS, "Trust is built"]))
    assert (met.status_code, "Both: your changes and theirs lie apart" in text(met)) == (409, True)
    assert slogans(campaign)[0] == "Quality begins with me"
    press(second, page_of(met), "Save it so", **{"take-slogans": "both"})
    assert slogans(campaign) == ["Quality begins with me", *SLOGANS[1:], "Trust is built"]


def test_the_same_slogan_worded_twice_is_a_choice_of_two(cast: Cast, campaign: Campaign) -> None:
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    page = opened(second, address(campaign))
    press(first, address(campaign), "Save", slogans="\n".join(["Theirs", *SLOGANS[1:]]))
    met = press(second, page, "Save", slogans="\n".join(["Mine", *SLOGANS[1:]]))
    assert "Both: your changes" not in text(met)
    press(second, page_of(met), "Save it so", **{"take-slogans": "theirs"})
    assert slogans(campaign)[0] == "Theirs"


def test_groups_one_added_and_the_other_took_away_are_put_together(cast: Cast, campaign: Campaign) -> None:
    towns, media = (UnitGroup.objects.create(owner=cast.office, name=name) for name in ("Towns", "Media"))
    members = cast.office.groups.first()
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    page = opened(second, address(campaign))
    press(first, address(campaign), "Save", groups=[towns.pk])
    press(second, page, "Save", groups=[members.pk, media.pk])
    assert [group.name for group in campaign.groups.all()] == ["Towns", "Media"]


def test_a_third_who_saves_while_the_second_chooses_is_not_overwritten_either(cast, campaign) -> None:
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    page = opened(second, address(campaign))
    press(first, address(campaign), "Save", theme="First")
    met = press(second, page, "Save", theme="Second")
    press(first, address(campaign), "Save", theme="Third")
    then = press(second, page_of(met), "Save it so", **{"take-theme": "mine"})
    campaign.refresh_from_db()
    assert (then.status_code, campaign.theme, "Third" in text(then)) == (409, "Third", True)


def test_saving_twice_from_one_page_is_no_quarrel(cast: Cast, campaign: Campaign) -> None:
    client = signed_in(cast.staff)
    page = opened(client, address(campaign))
    twice = [press(client, page, "Save", theme="Quality first", follow=False) for _ in range(2)]
    assert [answer.status_code for answer in twice] == [302, 302]


def test_what_is_wrong_after_the_choice_is_said_in_the_form(cast: Cast, campaign: Campaign) -> None:
    """Their last day and my first day do not fit together: nobody could have seen it before."""
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    page = opened(second, address(campaign))
    press(first, address(campaign), "Save", ends_on="2015-09-15")
    answer = press(second, page, "Save", starts_on="2015-09-20")
    assert answer.context["form"].errors == {"ends_on": ["The last day is before the first day."]}
    assert answer.context["form"]["starts_on"].value() == "2015-09-20"


@pytest.mark.parametrize("base", ["", "{", "[]", '{"theme": 7}'])
def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing(cast, campaign, base) -> None:
    client = signed_in(cast.staff)
    answer = press(client, address(campaign), "Save", theme="Quality first", forged={"base": base})
    campaign.refresh_from_db()
    assert (answer.status_code, campaign.theme) == (409, "Quality starts with me")


def test_who_changed_what_stands_in_the_log(cast: Cast, campaign: Campaign) -> None:
    client = signed_in(cast.staff)
    press(client, address(campaign), "Save", theme="Quality first")
    press(client, address(campaign), "Save")
    assert [(line.by, line.note) for line in campaign.history()] == [(cast.staff, "修改：主题")], (
        "the office's language"
    )


@postgresql
@pytest.mark.django_db(transaction=True)
def test_of_four_who_save_the_same_field_at_once_one_wins_and_three_choose() -> None:
    cast = make_cast()
    clients = [signed_in(cast.staff) for _ in range(4)]
    held = [(client, opened(client, address(cast.campaign)), f"Theme {n}") for n, client in enumerate(clients)]

    def save(ready: Any) -> int:
        client, page, theme = held.pop()
        ready()
        status: int = press(client, page, "Save", theme=theme, follow=False).status_code
        return status

    assert sorted(at_once(save)) == [302, 409, 409, 409]


def test_units_take_part_through_a_group_where_all_of_it_are_meant_else_singly(cast: Cast) -> None:
    UnitGroup.objects.create(owner=cast.office, name="Nobody")
    everybody = UnitGroup.objects.create(owner=cast.office, name="Everybody")
    everybody.units.set([cast.water, cast.health, cast.district, cast.street])
    cast.campaign.let_take_part([cast.water, cast.health, cast.district])
    assert [group.name for group in cast.campaign.groups.all()] == ["Member units"]
    assert not cast.campaign.units.exists()
    cast.campaign.let_take_part([cast.water, cast.street])
    assert (cast.campaign.groups.count(), list(cast.campaign.units.all())) == (0, [cast.water, cast.street])
