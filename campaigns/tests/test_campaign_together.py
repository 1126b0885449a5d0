"""Who takes part in a campaign, counted; and two people who change one campaign at once: nothing is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Unit, UnitGroup
from campaigns.models import Campaign
from tests.cast import Cast, at_once, make_cast, postgresql, said, signed_in, text, unit
from tests.together import again

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


def opened(client: Client, campaign: Campaign) -> dict[str, Any]:
    """The page as a browser holds it: what it would send if nothing were typed."""
    page = client.get(address(campaign))
    form = page.context["form"]
    values = {bound.name: bound.value() for bound in form}
    return {name: "" if value is None else value for name, value in values.items()} | {"base": page.context["base"]}


def slogans(campaign: Campaign) -> list[str]:
    return [each.text for each in campaign.slogans.all()]


# --- who takes part ----------------------------------------------------------------------------------------------


def test_single_units_take_part_besides_the_groups_and_the_end_is_counted(cast: Cast, campaign: Campaign) -> None:
    Unit.objects.filter(pk=cast.street.pk).update(aliases=["The street"])
    unit("Daily")
    client = signed_in(cast.staff)
    sent = opened(client, campaign) | {"units": "Daily\nThe street、Water bureau"}
    answer = client.post(address(campaign), sent, follow=True)
    assert said(answer) == ["City month was saved. 5 units take part."]
    assert [each.name for each in campaign.units.all()] == ["Water bureau", "Street", "Daily"]
    shown = text(client.get(address(campaign)))
    assert "In the end 5 units take part." in shown
    assert "Through groups 3, singly 3. 1 is both and counts once." in shown
    page = text(signed_in(cast.staff).get(campaign.get_absolute_url()))
    assert 'Member units、Water bureau、Street、Daily<br><span class="quiet">5 units</span>' in page


def test_a_name_of_no_unit_is_said_by_its_line_and_everything_stays(cast: Cast, campaign: Campaign) -> None:
    client = signed_in(cast.staff)
    sent = opened(client, campaign) | {"units": "Street\nDialy\nWater burau", "title": "Another title"}
    answer = client.post(address(campaign), sent)
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
    sent = opened(client, campaign) | {"units": "Street", "groups": [], "title": "Not saved", "action": "count"}
    answer = client.post(address(campaign), sent)
    assert (answer.status_code, "In the end 1 unit takes part." in text(answer)) == (200, True)
    campaign.refresh_from_db()
    assert (campaign.title, campaign.taking_part().count()) == ("City month", 3)


def test_a_unit_that_was_merged_is_not_counted(cast: Cast, campaign: Campaign) -> None:
    Unit.objects.filter(pk=cast.health.pk).update(merged_into=cast.water)
    assert "In the end 2 units take part." in text(signed_in(cast.staff).get(address(campaign)))


def test_a_new_campaign_begins_with_single_units_too(cast: Cast) -> None:
    sent = {
        "host": cast.office.pk, "year": "2016", "title": "City month 2016", "theme": "", "starts_on": "2016-09-01",
        "ends_on": "2016-09-30", "summary_due_on": "2016-10-15", "units": "Street",
    }  # fmt: skip
    signed_in(cast.staff).post(reverse("campaigns:new-campaign"), sent)
    made = Campaign.objects.get(year=2016)
    assert list(made.taking_part()) == [cast.street]


# --- two at once -------------------------------------------------------------------------------------------------


def test_who_changes_other_fields_than_somebody_else_keeps_both_and_is_told(cast: Cast, campaign: Campaign) -> None:
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    mine = opened(second, campaign) | {"title": "City month, second edition"}
    first.post(address(campaign), opened(first, campaign) | {"theme": "Quality first", "logo_note": "Red only"})
    answer = second.post(address(campaign), mine, follow=True)
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
    mine = opened(second, campaign) | {"theme": "Quality is everything", "title": "Mine"}
    first.post(address(campaign), opened(first, campaign) | {"theme": "Quality first", "spirit_slogan": "Spirit"})
    met = second.post(address(campaign), mine)
    campaign.refresh_from_db()
    assert (met.status_code, campaign.theme, campaign.title) == (409, "Quality first", "City month")
    shown = text(met)
    assert [each for each in ("staff saved this campaign meanwhile.", "Quality first", "Quality is everything")
            if each not in shown] == []  # fmt: skip
    assert [(each.name, each.shown["mine"]) for each in met.context["kept"]] == [("spirit_slogan", "Spirit")]
    assert second.post(address(campaign), again(met)).status_code == 409, "no choice, no saving"
    second.post(address(campaign), again(met, theme="mine"))
    campaign.refresh_from_db()
    assert (campaign.theme, campaign.title, campaign.spirit_slogan) == ("Quality is everything", "Mine", "Spirit")


def test_slogans_changed_in_different_places_are_offered_as_one_text(cast: Cast, campaign: Campaign) -> None:
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    mine = opened(second, campaign) | {"slogans": "\n".join([*SLOGANS, "Trust is built"])}
    theirs = "\n".join(["Quality begins with me", *SLOGANS[1:]])
    first.post(address(campaign), opened(first, campaign) | {"slogans": theirs})
    met = second.post(address(campaign), mine)
    assert (met.status_code, "Both: your changes and theirs lie apart" in text(met)) == (409, True)
    assert slogans(campaign)[0] == "Quality begins with me"
    second.post(address(campaign), again(met, slogans="both"))
    assert slogans(campaign) == ["Quality begins with me", *SLOGANS[1:], "Trust is built"]


def test_the_same_slogan_worded_twice_is_a_choice_of_two(cast: Cast, campaign: Campaign) -> None:
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    mine = opened(second, campaign) | {"slogans": "\n".join(["Mine", *SLOGANS[1:]])}
    first.post(address(campaign), opened(first, campaign) | {"slogans": "\n".join(["Theirs", *SLOGANS[1:]])})
    met = second.post(address(campaign), mine)
    assert "Both: your changes" not in text(met)
    second.post(address(campaign), again(met, slogans="theirs"))
    assert slogans(campaign)[0] == "Theirs"


def test_groups_one_added_and_the_other_took_away_are_put_together(cast: Cast, campaign: Campaign) -> None:
    towns, media = (UnitGroup.objects.create(owner=cast.office, name=name) for name in ("Towns", "Media"))
    members = cast.office.groups.first()
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    mine = opened(second, campaign) | {"groups": [members.pk, media.pk]}
    first.post(address(campaign), opened(first, campaign) | {"groups": [towns.pk]})
    second.post(address(campaign), mine)
    assert [group.name for group in campaign.groups.all()] == ["Towns", "Media"]


def test_a_third_who_saves_while_the_second_chooses_is_not_overwritten_either(cast, campaign) -> None:
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    mine = opened(second, campaign) | {"theme": "Second"}
    first.post(address(campaign), opened(first, campaign) | {"theme": "First"})
    met = second.post(address(campaign), mine)
    first.post(address(campaign), opened(first, campaign) | {"theme": "Third"})
    then = second.post(address(campaign), again(met, theme="mine"))
    campaign.refresh_from_db()
    assert (then.status_code, campaign.theme, "Third" in text(then)) == (409, "Third", True)


def test_saving_twice_from_one_page_is_no_quarrel(cast: Cast, campaign: Campaign) -> None:
    client = signed_in(cast.staff)
    sent = opened(client, campaign) | {"theme": "Quality first"}
    assert [client.post(address(campaign), sent).status_code for _ in range(2)] == [302, 302]


def test_what_is_wrong_after_the_choice_is_said_in_the_form(cast: Cast, campaign: Campaign) -> None:
    """Their last day and my first day do not fit together: nobody could have seen it before."""
    first, second = signed_in(cast.staff), signed_in(cast.signer)
    mine = opened(second, campaign) | {"starts_on": "2015-09-20"}
    first.post(address(campaign), opened(first, campaign) | {"ends_on": "2015-09-15"})
    answer = second.post(address(campaign), mine)
    assert answer.context["form"].errors == {"ends_on": ["The last day is before the first day."]}
    assert answer.context["form"]["starts_on"].value() == "2015-09-20"


@pytest.mark.parametrize("base", ["", "{", "[]", '{"theme": 7}'])
def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing(cast, campaign, base) -> None:
    client = signed_in(cast.staff)
    answer = client.post(address(campaign), opened(client, campaign) | {"theme": "Quality first", "base": base})
    campaign.refresh_from_db()
    assert (answer.status_code, campaign.theme) == (409, "Quality starts with me")


def test_who_changed_what_stands_in_the_log(cast: Cast, campaign: Campaign) -> None:
    client = signed_in(cast.staff)
    client.post(address(campaign), opened(client, campaign) | {"theme": "Quality first"})
    client.post(address(campaign), opened(client, campaign))
    assert [(line.by, line.note) for line in campaign.history()] == [(cast.staff, "修改：主题")], (
        "the office's language"
    )


@postgresql
@pytest.mark.django_db(transaction=True)
def test_of_four_who_save_the_same_field_at_once_one_wins_and_three_choose() -> None:
    cast = make_cast()
    pages = [signed_in(cast.staff) for _ in range(4)]
    held = [(page, opened(page, cast.campaign) | {"theme": f"Theme {n}"}) for n, page in enumerate(pages)]

    def save(ready: Any) -> int:
        page, sent = held.pop()
        ready()
        status: int = page.post(address(cast.campaign), sent).status_code
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
