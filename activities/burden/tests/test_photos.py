"""Photos are optional, unless the office demands them with a reason; then the page says so and submitting insists."""

from datetime import date

import pytest
from django.urls import reverse

from activities.behalf.tests.test_links import link_to, visitor
from activities.evidence.tests.test_photos_kept import photo
from activities.evidence.tests.test_pictures import BLUE, drawn
from activities.models import CampaignPhotos, Demand
from activities.states import Kind
from tests.cast import Cast, issued, said, signed_in, text
from tests.pages import opened, press

FILED = {"text": "四个现场"}


@pytest.fixture(autouse=True)
def in_summer(settings):
    settings.TODAY = date(2015, 8, 20)


def demand(cast: Cast, **photos) -> Demand:
    return cast.notice.demands.create(order=1, title="现场材料", due_on=date(2015, 8, 31), **photos)


def test_a_demand_takes_photos_only_with_a_reason_and_below_its_ceiling(cast):
    client, page = signed_in(cast.staff), reverse("activities:demands", args=[cast.notice.pk])
    for typed, field in (
        ({"photos_least": "3"}, "photos_why"),
        ({"photos_least": "3", "photos_most": "2", "photos_why": "用于通报"}, "photos_least"),
        ({"photos_least": "13", "photos_why": "用于通报"}, "photos_least"),
    ):
        answer = press(client, page, "Ask for it", title="现场材料", **typed)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert {name: answer.context["form"][name].value() for name in typed} == typed
    press(client, page, "Ask for it", title="现场材料", photos_least="2", photos_most="3", photos_why="用于通报")
    row = cast.notice.demands.get()
    assert (row.photos_least, row.photos_most, row.photos_why) == (2, 3, "用于通报")


def test_the_filing_says_how_many_and_why_and_is_not_submitted_with_fewer(cast, media):
    demand(cast, photos_least=2, photos_most=3, photos_why="用于通报")
    issued(cast)
    owed, client = cast.owed(cast.water, Kind.OTHER), signed_in(cast.liaison)
    page = text(client.get(owed.get_absolute_url()))
    assert all(words in page for words in ("2 photos at least, because: 用于通报", "at most 3 photos"))
    few = press(client, owed.get_absolute_url(), "action=submit", photos=[photo()], **FILED)
    assert "At least 2 photos are needed to submit, because: 用于通报" in text(few)
    assert (few.status_code, owed.photos.count()) == (422, 1)  # what was chosen is kept
    draft = press(client, owed.get_absolute_url(), "action=save", **FILED)
    assert said(draft) == ["The draft is saved. It is not submitted yet."]
    others = [photo(f"{n}.jpg", drawn(size=(60, 40 + n))) for n in range(3)]
    many = press(client, owed.get_absolute_url(), "action=submit", photos=others, **FILED)
    assert "At most 3 photos in all." in text(many)
    [taken] = owed.photos.all()
    second = {"photos": [photo("gate.jpg", drawn(colour=BLUE))], f"remove_{taken.pk}": "on"}
    swapped = press(client, owed.get_absolute_url(), "action=submit", **FILED, **second)
    assert swapped.status_code == 422  # one goes, one comes: one
    enough = press(client, owed.get_absolute_url(), "action=submit", **FILED)
    assert said(enough) == ["Submitted."]


def test_a_visitor_brings_them_too_and_the_office_filing_from_a_telephone_call_need_not(cast, media):
    demand(cast, photos_least=1, photos_why="用于通报")
    issued(cast)
    mine, theirs = cast.owed(cast.water, Kind.OTHER), cast.owed(cast.health, Kind.OTHER)
    _link, secret = link_to(cast, mine, until=date(2015, 9, 14))
    answer = press(visitor(secret), mine.get_absolute_url(), "action=submit", filed_for="王五", **FILED)
    assert "At least 1 photo is needed" in text(answer)
    filed = {"filed_for": "王五", "filed_note": "by telephone", **FILED}
    answer = press(signed_in(cast.staff), f"{theirs.get_absolute_url()}?behalf=1", "action=submit", **filed)
    assert said(answer)[0] == "Submitted."


def test_the_campaign_demands_photos_with_a_kind_of_filing_until_its_notice_went_out(cast):
    client, page = signed_in(cast.staff), reverse("activities:campaign-photos", args=[cast.campaign.pk])
    first = opened(client, page)
    bare = press(client, first, "Save", photos_least_summary="2")
    assert (bare.status_code, list(bare.context["form"].errors)) == (422, ["photos_why_summary"])
    press(client, first, "Save", photos_least_summary="2", photos_why_summary="存档", photos_most_plan="4")
    rows = CampaignPhotos.objects.filter(campaign=cast.campaign)
    wanted = [("summary", 2, None, "存档"), ("plan", None, 4, "")]
    assert [(row.kind, row.least, row.most, row.why) for row in rows] == wanted
    slow = press(signed_in(cast.signer), first, "Save", photos_least_case="1", photos_why_case="存档")
    assert (slow.status_code, rows.count()) == (409, 2)
    issued(cast)
    summary = cast.owed(cast.water, Kind.SUMMARY)
    shown = text(signed_in(cast.liaison).get(summary.get_absolute_url()))
    assert "2 photos at least, because: 存档" in shown
    more = press(client, page, "Save", photos_least_summary="3")
    assert "the notice is issued. Photos can be made optional now, not demanded." in text(more)
    press(client, page, "Save", photos_least_summary="", photos_why_summary="")
    shown = text(signed_in(cast.liaison).get(summary.get_absolute_url()))
    assert ("photos at least" in shown, "optional" in shown) == (False, True)
