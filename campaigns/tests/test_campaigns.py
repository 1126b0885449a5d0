"""Campaigns and notices: who sees them, what may be done with them, what their pages show."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from campaigns.models import Campaign, DocumentNumber, Notice, Point, Slogan
from campaigns.models.campaign import PointKind
from campaigns.states import CampaignState, NoticeState
from tests.cast import campaign, issued, log, make_cast, notice, person, signed_in, text
from workflow import clock
from workflow.models import MoveRefused
from workflow.pages import may

RUNS, HOST = {"staff", "signer"}, {"staff", "signer", "leader"}
ADDRESSED = {"liaison", "head", "neighbour", "district_liaison"}


def who_may(cast, deed, row):
    return {name for name, user in cast.people().items() if may(user, deed, row)}


def put(row, state):
    """Bring a notice to a state directly, with its date."""
    sent = state == NoticeState.ISSUED
    number = DocumentNumber.objects.create(org_code="深质强", year=2015, seq=100 + row.pk) if sent else None
    Notice.objects.filter(pk=row.pk).update(
        state=state, issued_at=clock.now() if sent else None, document_number=number
    )
    row.refresh_from_db()


@pytest.mark.parametrize(("state", "readers"), [(NoticeState.DRAFT, HOST), (NoticeState.ISSUED, HOST | ADDRESSED)])
def test_rights_over_a_notice_in_every_state(cast, state, readers):
    put(cast.notice, state)
    rights = {deed: who_may(cast, deed, cast.notice) for deed in ("view", "issue", "change")}
    assert rights == {"view": readers, "issue": {"signer"}, "change": RUNS}
    listed = {name for name, user in cast.people().items() if cast.notice in Notice.objects.visible_to(user)}
    assert listed == readers


@pytest.mark.parametrize("state", CampaignState)
@pytest.mark.parametrize(
    ("notice_state", "readers"), [(NoticeState.DRAFT, HOST), (NoticeState.ISSUED, HOST | ADDRESSED)]
)
def test_rights_over_a_campaign_in_every_state(cast, state, notice_state, readers):
    put(cast.notice, notice_state)
    Campaign.objects.filter(pk=cast.campaign.pk).update(state=state)
    cast.campaign.refresh_from_db()
    rights = {deed: who_may(cast, deed, cast.campaign) for deed in ("view", "oversee", "change")}
    assert rights == {"view": readers, "oversee": HOST, "change": RUNS}
    listed = {name for name, user in cast.people().items() if cast.campaign in Campaign.objects.visible_to(user)}
    assert listed == readers


def test_a_campaign_with_several_notices_is_listed_once(autumn):
    second = notice(autumn.campaign, 9, [autumn.water, autumn.health])
    put(second, NoticeState.ISSUED)
    both = person("both", (autumn.office, Role.STAFF), (autumn.water, Role.LIAISON), (autumn.health, Role.HEAD))
    assert list(Campaign.objects.visible_to(both)) == [autumn.campaign]
    assert list(Notice.objects.visible_to(both)) == [second, autumn.notice]


def test_an_office_that_reports_upwards_sees_both_campaigns(autumn):
    two_hats = person("hats", (autumn.district, Role.STAFF), (autumn.district, Role.LIAISON))
    assert {each.title for each in Campaign.objects.visible_to(two_hats)} == {"City month", "District month"}
    assert (may(two_hats, "change", autumn.district_campaign), may(two_hats, "change", autumn.campaign)) == (
        True,
        False,
    )


# --- states ------------------------------------------------------------------------------------------------

MAY_GO = {
    CampaignState.PLANNED: {CampaignState.UNDER_WAY},
    CampaignState.UNDER_WAY: {CampaignState.CLOSED},
    CampaignState.CLOSED: {CampaignState.UNDER_WAY, CampaignState.ARCHIVED},
    CampaignState.ARCHIVED: {CampaignState.CLOSED},
}


@pytest.mark.parametrize("state", CampaignState)
@pytest.mark.parametrize("to", CampaignState)
def test_a_campaign_moves_as_the_year_goes(cast, state, to):
    Campaign.objects.filter(pk=cast.campaign.pk).update(state=state)
    row = Campaign.objects.get(pk=cast.campaign.pk)
    if to in MAY_GO[state]:
        row.move(to, by=cast.staff)
    else:
        with pytest.raises(MoveRefused):
            row.move(to, by=cast.staff)
    row.refresh_from_db()
    assert (row.state, len(log(row))) == ((to, 1) if to in MAY_GO[state] else (state, 0))


def test_an_issued_notice_stays_issued(autumn):
    autumn.notice.refresh_from_db()
    steps = len(log(autumn.notice))
    for state in set(NoticeState) - {NoticeState.CORRECTED, NoticeState.SUPERSEDED, NoticeState.WITHDRAWN}:
        with translation.override("en"), pytest.raises(MoveRefused, match="Issued"):
            autumn.notice.move(state, by=autumn.signer)
    assert len(log(autumn.notice)) == steps


# --- what can never be -------------------------------------------------------------------------------------


def test_the_database_refuses_nonsense(cast):
    nonsense = [
        lambda: Campaign.objects.filter(pk=cast.campaign.pk).update(ends_on="2015-08-01"),
        lambda: Notice.objects.filter(pk=cast.notice.pk).update(state="issued", issued_at=None),
        lambda: [DocumentNumber.objects.create(org_code="深质强", year=2015, seq=7) for _ in range(2)],
        lambda: [Slogan.objects.create(campaign=cast.campaign, order=1, text="Twice") for _ in range(2)],
    ]
    for deed in nonsense:
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()


def test_the_number_has_its_brackets_and_before_it_is_given_its_place(cast):
    assert cast.notice.number == "深质强〔2015〕号"
    assert issued(cast).notice.number == "深质强〔2015〕1号"


# --- pages -------------------------------------------------------------------------------------------------


def test_the_campaign_s_page_shows_what_is_asked_this_year(autumn):
    of = autumn.campaign
    Point.objects.create(campaign=of, kind=PointKind.FOCAL, number="一、", heading="Safe <lifts>")
    Point.objects.create(campaign=of, kind=PointKind.REQUIREMENT, number="二、", heading="Report in time")
    Slogan.objects.create(campaign=of, order=1, text="Quality first", is_theme=True)
    response = signed_in(autumn.liaison).get(of.get_absolute_url())
    expected = [
        "Quality starts with me",
        "一、Safe <lifts>",
        "二、Report in time",
        "Quality first",
        "Notice of City month",
    ]
    assert [words for words in expected if words not in text(response)] == []
    assert (b"<lifts>" in response.content, "15 October 2015 24:00" in text(response)) == (False, True)


def test_an_empty_campaign_says_what_will_appear(cast):
    bare = campaign(cast.office, "Bare month")
    shown = text(signed_in(cast.staff).get(bare.get_absolute_url()))
    expected = [f"The {what} of the notice appear here." for what in ("focal points", "requirements", "slogans")]
    expected.append("The notice appears here once the office has drafted it.")
    assert [words for words in expected if words not in shown] == []


def test_a_draft_is_not_named_on_the_page_of_a_unit(autumn):
    notice(autumn.campaign, 9, [autumn.water])
    Notice.objects.filter(number_wanted=9).update(title="A draft nobody has signed")
    pages = [signed_in(user).get(autumn.campaign.get_absolute_url()) for user in (autumn.liaison, autumn.staff)]
    assert ["A draft nobody has signed" in text(page) for page in pages] == [False, True]


def test_the_notice_s_page_shows_text_number_addressees(autumn):
    response = signed_in(autumn.liaison).get(autumn.notice.get_absolute_url())
    expected = ["深质强〔2015〕1号", "一、Purpose", "Everybody takes part.", "All member units：", "Health bureau"]
    assert [words for words in expected if words not in text(response)] == []


@pytest.mark.parametrize(
    ("name", "who", "number"),
    [("campaigns:campaigns", "staff", 4), ("campaigns:campaign", "liaison", 11), ("campaigns:notice", "liaison", 12)],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(db, name, who, number, rows, django_assert_num_queries):
    cast = make_cast()
    cast.notice.addressees.set([cast.water, cast.health, cast.district][:rows])
    cast = issued(cast)
    for n in range(1, rows):
        campaign(cast.office, f"Month {n}")
        put(notice(cast.campaign, 10 + n, [cast.water]), NoticeState.ISSUED)
    for n in range(rows):
        Slogan.objects.create(campaign=cast.campaign, order=n, text="Quality first")
        Point.objects.create(campaign=cast.campaign, kind=PointKind.FOCAL, number=str(n), heading="Safe lifts")
    target = {"campaigns:campaigns": [], "campaigns:campaign": [cast.campaign.pk], "campaigns:notice": [cast.notice.pk]}
    client, address = signed_in(cast.people()[who]), reverse(name, args=target[name])
    client.get(address)
    with django_assert_num_queries(number):
        client.get(address)
