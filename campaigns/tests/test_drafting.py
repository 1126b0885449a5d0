"""Beginning a notice: what is filled in, whom a later one goes to, who may open the page of the text."""

import pytest
from django.urls import reverse

from campaigns import new_notice
from campaigns.models import Notice, NoticeKind
from tests.cast import issued, signed_in, text
from tests.pages import press


def page_of(notice):
    return reverse("campaigns:editor", args=[notice.pk])


def test_a_new_notice_is_filled_in_from_the_campaign_and_the_last_notice_of_the_office(cast):
    client = signed_in(cast.staff)
    page = reverse("activities:new-notice", args=[cast.campaign.pk])
    response = press(client, page, kind="notice", follow=False)
    made = Notice.objects.exclude(pk__in=[cast.notice.pk, cast.district_notice.pk]).get()
    assert response.headers["Location"] == page_of(made)
    facts = (made.title, made.org_code, made.year, made.salutation, made.signature, made.state, made.number_wanted)
    assert facts == ("关于开展City month活动的通知", "深质强", 2015, "All member units", "City office", "draft", None)
    assert set(made.addressees.all()) == {cast.water, cast.health, cast.district}


def test_a_new_notice_begun_by_a_double_press_is_one_until_somebody_writes_in_it(cast):
    client, address = signed_in(cast.staff), reverse("activities:new-notice", args=[cast.campaign.pk])
    first, second = (press(client, address, kind="letter", follow=False)["Location"] for _press in range(2))
    made = Notice.objects.get(kind="letter")
    assert first == second == page_of(made)
    Notice.objects.filter(pk=made.pk).update(revision=1, body="To begin with")
    assert press(client, address, kind="letter", follow=False)["Location"] != first


def test_units_that_take_part_come_before_the_groups_of_the_office(cast):
    cast.campaign.units.set([cast.street])
    assert set(new_notice.begin(cast.campaign, kind=NoticeKind.LETTER).addressees.all()) == {cast.street}


@pytest.mark.parametrize(
    ("kind", "title", "body"),
    [
        ("supplement", "关于《Notice of City month》的补充通知", ""),
        ("correction", "关于更正《Notice of City month》的通知", ""),
        ("notice", "Notice of City month", "一、Purpose\nEverybody takes part."),
    ],
)
def test_a_later_notice_goes_to_the_same_units_under_a_title_that_names_the_first(autumn, kind, title, body):
    autumn.notice.addressees.set([autumn.water])
    made = new_notice.begin(autumn.campaign, kind=kind, about=autumn.notice)
    assert (made.title, made.body, made.about, list(made.addressees.all())) == (
        title, body, autumn.notice, [autumn.water],
    )  # fmt: skip


def test_a_correction_must_say_what_it_corrects_and_only_issued_notices_are_offered(cast):
    page = reverse("activities:new-notice", args=[cast.campaign.pk])
    client = signed_in(cast.staff)
    refused = press(client, page, kind="correction")
    assert (refused.status_code, "Say which notice it supplements or corrects." in text(refused)) == (422, True)
    draft = press(client, page, kind="correction", forged={"about": cast.notice.pk})
    assert draft.status_code == 422  # still a draft
    issued(cast)
    assert press(client, page, kind="correction", about=cast.notice.pk, follow=False).status_code == 302


@pytest.mark.parametrize(
    ("who", "draft", "sent"),
    [("staff", 200, 200), ("leader", 403, 403), ("liaison", 404, 403), ("district_staff", 404, 404)],
)
def test_who_may_open_the_page_of_the_text(cast, who, draft, sent):
    client = signed_in(cast.people()[who])
    assert client.get(page_of(cast.notice)).status_code == draft
    issued(cast)
    assert client.get(page_of(cast.notice)).status_code == sent
