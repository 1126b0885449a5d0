"""The check before issue: everything at once, what blocks, what can be let pass with a remark."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation

from accounts.models import Membership, Role, UnitGroup
from activities.asking import checks, issue
from activities.models import Activity, Deliverable, GroupParticipation, Participation, Round
from campaigns import way
from campaigns.models import DocumentNumber, JointBody, Notice, NoticeAnnex, Saying, Slogan
from tests.cast import hand_out_everything, notice, said, signed_in, text, unit
from tests.pages import page_of, press
from workflow import clock
from workflow.models import MoveRefused

ON = date(2015, 8, 20)
DUE = {"receipt": "2015-09-07", "liaison": "2015-09-08", "plan": "2015-09-08", "summary": "2015-10-15"}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"), clock.as_of(ON):
        yield


def found(row, due=None):
    """What the check says, what blocks first."""
    return [(each.text, each.blocks) for each in checks.findings(Notice.objects.get(pk=row.pk), due)]


def change(row, **values):
    Notice.objects.filter(pk=row.pk).update(**values)
    row.refresh_from_db()


def test_a_notice_in_order_has_no_findings(cast):
    assert found(cast.notice, issue.proposed_due(cast.notice)) == []


def test_everything_is_said_at_once_what_blocks_first(cast):
    change(cast.notice, body="", signature=" ", title="通" * 45, number_wanted=4)
    cast.notice.addressees.clear()
    Membership.objects.filter(role=Role.SIGNER, unit=cast.office).delete()
    DocumentNumber.objects.take("深质强", 2015, 4, by=None, reason="A letter")
    Participation.objects.filter(activity__title="Clinic on the square").update(part="assist")
    Saying.objects.create(kind="theme", text="Quality starts with us", year=2014, level="city")
    cast.campaign.theme = "Quality starts with u"
    cast.campaign.save()
    NoticeAnnex.objects.create(notice=cast.notice, order=1, title="List", content="text", text="甲")
    assert found(cast.notice) == [
        ("The notice has no text.", True),
        ("The notice has no issuing body.", True),
        ("No unit is addressed.", True),
        ("City office has no signer.", True),
        ("The number 深质强〔2015〕4号 has been used already.", True),
        ("The title is longer than two lines of 22 characters (45 characters).", False),
        ("Annex 1 (List) is attached, but the text does not name it.", False),
        ("1 activity has no lead unit: Clinic on the square.", False),
        ("“Quality starts with u” differs by a little from “Quality starts with us” in the register.", False),
    ]


# --- one by one --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["title", "body", "signature", "salutation", "org_code"])
def test_an_empty_part_blocks(cast, name):
    change(cast.notice, **{name: "  "})
    assert [blocks for _text, blocks in found(cast.notice)] == [True]


def test_a_bulletin_needs_no_salutation(cast):
    change(cast.notice, salutation="", kind="bulletin")
    assert found(cast.notice) == []


@pytest.mark.parametrize(("title", "number"), [("通" * 44, 0), ("通" * 43 + "ab", 0), ("通" * 44 + "a", 1)])
def test_a_title_has_two_lines_of_22_characters_latin_letters_count_half(cast, title, number):
    change(cast.notice, title=title)
    assert len(found(cast.notice)) == number


def test_an_activity_led_only_by_units_that_do_not_get_the_notice_is_named(cast):
    clinic = Activity.objects.get(title="Clinic on the square")
    cast.notice.addressees.set([cast.water])
    expected = "1 activity is led only by units the notice does not go to, so nobody owes a plan: Clinic on the square."
    assert found(cast.notice) == [(expected, False)]
    Participation.objects.create(activity=clinic, unit=cast.office, part="lead")  # the office owes itself nothing
    assert found(cast.notice) == []


def test_what_an_earlier_notice_asked_for_already_is_not_missed_in_a_later_one(autumn):
    assert found(notice(autumn.campaign, 3, [autumn.water])) == []


def test_what_is_past_on_one_day_is_said_in_one_line(cast):
    titles = [activity.title for activity in Activity.objects.filter(campaign=cast.campaign).order_by("order")]
    Activity.objects.filter(campaign=cast.campaign).update(due_on=date(2015, 8, 3))
    named = "、".join(f"“{title}”" for title in titles)
    assert found(cast.notice) == [(f"The last day of {named}, 3 August 2015, lies before the issue.", False)]


def test_a_group_that_leads_is_a_lead_unit(cast):
    Participation.objects.all().delete()
    assert len(found(cast.notice)) == 1
    for row in Activity.objects.filter(campaign=cast.campaign):
        GroupParticipation.objects.create(activity=row, group=UnitGroup.objects.first(), part="lead")
    assert found(cast.notice) == []


@pytest.mark.parametrize("kind", ["supplement", "correction", "letter"])
def test_only_notices_that_carry_activities_are_asked_for_lead_units(cast, kind):
    Participation.objects.all().delete()
    change(cast.notice, kind=kind)
    assert found(cast.notice) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2015, 9, 1), []),
        (date(2015, 9, 4), ["is a day off (Day off"]),  # a Friday, worked on the Sunday after it
        (date(2015, 9, 6), []),  # a Sunday that was worked in exchange
        (date(2015, 10, 2), ["is a day off (National Day)"]),
        (date(2015, 10, 10), []),  # a Saturday that was worked in exchange
        (date(2015, 10, 11), ["is a day off (Sunday)"]),
        (date(2015, 8, 19), ["lies before the issue"]),
    ],
)
def test_a_day_the_list_sets_is_a_working_day_after_the_issue(cast, day, expected):
    Deliverable.objects.create(activity=cast.campaign.activities.first(), order=1, title="100 posters", due_on=day)
    words = [each for each, _blocks in found(cast.notice)]
    assert [part in each for part, each in zip(expected, words, strict=True)] == [True] * len(expected)
    assert [blocks for _text, blocks in found(cast.notice)] == [False] * len(expected)


def test_what_falls_due_on_the_same_day_off_is_one_finding(cast):
    first, sunday = cast.campaign.activities.first(), date(2015, 9, 13)
    for order, title in enumerate(("100 posters", "10 banners")):
        Deliverable.objects.create(activity=first, order=order, title=title, due_on=sunday)
    [(words, _blocks)] = found(cast.notice)
    assert ("100 posters" in words, "10 banners" in words, words.count("Sunday")) == (True, True, 1)


def test_a_day_set_at_the_issue_that_is_past_blocks(cast):
    due = issue.proposed_due(cast.notice)
    with clock.as_of(due.receipt + timedelta(days=1)):
        [(words, blocks)] = found(cast.notice, due)
    assert (words, blocks) == ("The last day of “Receipt”, 24 August 2015, lies before the issue.", True)


def test_the_day_of_an_event_may_be_a_sunday_but_not_the_day_to_prepare_it(cast):
    sunday = date(2015, 9, 13)
    radio = Round.objects.create(activity=cast.campaign.activities.first(), order=1, on=sunday, title="On the radio")
    radio.appearances.create(unit=cast.water)
    assert found(cast.notice) == []
    Round.objects.update(prepare_by=date(2015, 9, 12))
    assert len(found(cast.notice)) == 1


@pytest.mark.parametrize(
    ("slogan", "number"), [("人人关注质量", 0), ("人人关心质量", 1), ("人人关心质量！", 1), ("质量强国", 0)]
)
def test_a_slogan_that_differs_by_one_character_from_the_register(cast, slogan, number):
    Saying.objects.create(kind="slogan", text="人人关注质量", year=2014, level="national")
    Slogan.objects.create(campaign=cast.campaign, order=1, text=slogan)
    assert len(found(cast.notice)) == number


def test_joint_bodies_that_are_missing_or_cannot_sign(cast):
    change(cast.notice, title="市质强办等三部门关于开展质量月活动的通知")
    body = JointBody.objects.create(notice=cast.notice, order=1, unit=unit("Joint bureau"), name="Joint bureau")
    assert found(cast.notice) == [
        ("Nobody can countersign for Joint bureau: it has no signer.", True),
        ("The title names 3 issuing bodies, but 2 issue it.", False),
    ]
    mended_at = {each.where for each in checks.findings(Notice.objects.get(pk=cast.notice.pk))}
    assert mended_at == {reverse("campaigns:bodies", args=[cast.notice.pk])}
    JointBody.objects.create(notice=cast.notice, order=2, unit=cast.district, name="District office")
    JointBody.objects.filter(pk=body.pk).update(state="accepted")
    assert found(cast.notice) == []


def test_a_character_no_font_has_is_named_with_its_paragraph(cast):
    change(cast.notice, body="一、Purpose\nEverybody takes part \U000f1234.")
    [(words, blocks)] = found(cast.notice)
    assert ("paragraph 2" in words, "U+F1234" in words, blocks) == (True, True, True)


def test_a_broken_picture_is_named_with_its_annex(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    change(cast.notice, body="见附件。")
    file = ContentFile(b"\x89PNG\r\n\x1a\n and then nothing", "map.png")
    NoticeAnnex.objects.create(notice=cast.notice, order=1, title="Map", content="file", file=file, file_name="map.png")
    [(words, blocks)] = found(cast.notice)
    assert ("Annex 1" in words, "map.png" in words, blocks, words.endswith("..")) == (True, True, True, False)


# --- letting pass ------------------------------------------------------------------------------------------


def doubtful(cast):
    change(cast.notice, title="通" * 45, number_wanted=None)
    way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)


def test_what_is_doubtful_goes_out_with_a_remark_which_stays_on_its_way(cast):
    doubtful(cast)
    due = issue.proposed_due(cast.notice)
    with pytest.raises(MoveRefused, match="longer than two lines"):
        issue.order(cast.notice, by=cast.signer, due=due)
    assert (cast.notice.state, DocumentNumber.objects.count()) == ("reviewed", 0)
    [finding] = checks.findings(cast.notice, due)
    checks.wave(cast.notice, [finding], {finding.code: "The name of the fair is long"}, by=cast.signer)
    issue.order(cast.notice, by=cast.signer, due=due)
    shown = text(signed_in(cast.staff).get(cast.notice.get_absolute_url()))
    assert ("Let pass: " in shown, "The name of the fair is long" in shown) == (True, True)
    assert "The name of the fair is long" not in text(signed_in(cast.liaison).get(cast.notice.get_absolute_url()))


def test_what_was_let_pass_does_not_cover_something_else(cast):
    doubtful(cast)
    [finding] = checks.findings(cast.notice)
    checks.wave(cast.notice, [finding], {finding.code: "Long"}, by=cast.signer)
    change(cast.notice, title="知" * 46)
    assert len(checks.open_findings(cast.notice, checks.findings(cast.notice))) == 1


def test_what_blocks_cannot_be_let_pass_and_is_not_signed_either(cast):
    change(cast.notice, body="", number_wanted=None)
    way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    checks.wave_all(cast.notice, "Never mind", by=cast.signer)
    for deed in (issue.sign, lambda row, by: issue.issue(row, by=by, due=issue.proposed_due(row))):
        with pytest.raises(MoveRefused, match="The notice has no text"):
            deed(cast.notice, by=cast.signer)
    assert (Notice.objects.get(pk=cast.notice.pk).state, cast.notice.waved.count()) == ("reviewed", 0)


def test_the_page_asks_for_a_remark_for_each_finding_and_keeps_what_was_typed(cast):
    doubtful(cast)
    client, address = signed_in(cast.signer), reverse("activities:issue", args=[cast.notice.pk])
    late = DUE | {"receipt": "2015-09-12"}  # a Saturday
    with clock.as_of(date(2015, 9, 1)):
        title, saturday = checks.findings(cast.notice, issue.proposed_due(cast.notice)), "off:set:receipt:2015-09-12"
        proposed = press(client, address, form=address, **late)  # the page shows what it finds of these days
        refused = press(client, page_of(proposed), form=address, **{f"remark-{saturday}": "They work then"})
        assert (refused.status_code, text(refused).count("Please write why it may pass.")) == (200, 1)
        assert ("They work then" in text(refused), cast.notice.waved.count()) == (True, 0)
        done = press(client, page_of(refused), form=address, **{f"remark-{title[0].code}": "A long name"})
    assert said(done) == ["The notice is issued."]
    assert dict(cast.notice.waved.values_list("code", "remark")) == {
        saturday: "They work then",
        title[0].code: "A long name",
    }


def test_one_remark_can_serve_for_all(cast):
    doubtful(cast)
    with clock.as_of(date(2015, 9, 1)):
        client, address = signed_in(cast.signer), reverse("activities:issue", args=[cast.notice.pk])
        proposed = press(client, address, form=address, **DUE | {"receipt": "2015-09-12"})
        press(client, page_of(proposed), form=address, **{"remark-all": "Agreed by telephone"})
    assert [row.remark for row in cast.notice.waved.all()] == ["Agreed by telephone"] * 2
    assert Notice.objects.get(pk=cast.notice.pk).state == "issued"


def test_staff_see_the_findings_on_the_page_of_the_draft(cast):
    change(cast.notice, body="见附件。")
    shown = text(signed_in(cast.staff).get(reverse("activities:findings", args=[cast.notice.pk])))
    assert ("1 thing found" in shown, "The text names an annex, but none is attached." in shown) == (True, True)
    hand_out_everything()


@pytest.mark.parametrize("rows", [1, 50])
def test_the_check_takes_the_same_queries_for_any_number_of_rows(cast, rows, django_assert_num_queries):
    first, asks = cast.campaign.activities.first(), "各单位要认真总结质量月活动的开展情况，并于10月15日前报送活动总结。"
    change(cast.notice, body=asks)
    for order in range(rows):
        NoticeAnnex.objects.create(
            notice=cast.notice, order=order + 1, title=f"T{order}", content="file", file=ContentFile(b"x", "x.txt")
        )
        Deliverable.objects.create(activity=first, order=order, title=f"D{order}", due_on=date(2015, 9, 12))
        Slogan.objects.create(campaign=cast.campaign, order=order, text=f"Slogan number {order}")
    row = Notice.objects.select_related("campaign__host").get(pk=cast.notice.pk)
    with django_assert_num_queries(64):
        checks.findings(row)


def test_a_second_notice_of_the_office_is_checked_by_itself(cast):
    second = notice(cast.campaign, 3, cast.notice.addressees.all())
    change(cast.notice, body="")
    assert (len(found(cast.notice)), len(found(second))) == (1, 0)
