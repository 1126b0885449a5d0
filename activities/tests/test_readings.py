"""Reading a notice into a campaign: propose, review, confirm, undo."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Unit
from activities.models import Activity, Assignment, Group, Part, Proposal, Reading
from activities.reading import change, confirm
from activities.reading.propose import propose
from activities.reading.source import pieces
from activities.reading.units import Register, like, names
from campaigns.models import Campaign, DocumentNumber, Notice
from campaigns.way import approve
from tests.cast import hand_out_everything, said, signed_in, text

NOTICES = Path(__file__).resolve().parents[2] / "documents" / "reading" / "tests" / "notices"
NOTICE = """望江市质量强市工作领导小组办公室关于开展2016年“质量月”活动的通知
望质强办〔2016〕8号
市质量强市工作领导小组各成员单位：
现就开展2016年“质量月”活动有关事项通知如下：
一、活动主题
提升供给质量，建设质量强国。
二、活动安排
（一）举办“质量月”启动仪式。9月1日，在市民广场举行启动仪式。此项工作由市质监局负责，市水务局协助，各成员单位参与。
（二）开展计量器具检查。9月中旬，检查集贸市场计量器具不少于200台。此项工作由市质监局负责。
三、工作要求
（一）高度重视。各单位要加强领导。
（二）及时报送。请各单位于8月20日前将联络人员名单报送市质量强市办，于10月12日前将活动总结报送市质量强市办。
望江市质量强市工作领导小组办公室
2016年8月15日
"""


@pytest.fixture
def reading(cast):
    Unit.objects.filter(pk=cast.water.pk).update(aliases=["市水务局"])
    return propose(NOTICE, host=cast.office, by=cast.staff)


def rows(reading, group):
    return list(reading.proposals.filter(group=group))


def field(reading, name):
    return reading.proposals.get(field=name)


def test_every_row_stands_beside_the_sentence_it_came_from(reading):
    assert field(reading, "theme").values == {"text": "提升供给质量，建设质量强国"}
    assert field(reading, "number").values == {"text": "望质强办〔2016〕8号"}
    first, second = rows(reading, Group.ACTIVITY)
    assert first.values["title"] == "举办“质量月”启动仪式"
    assert (first.values["starts_on"], first.values["place"]) == ("2016-09-01", "市民广场")
    assert (first.values["lead"], first.values["participate"]) == ("市质监局", "各成员单位")
    assert "9月中旬" in reading.text[second.start : second.end]
    assert [row.values["due_on"] for row in rows(reading, Group.DEADLINE)] == [
        "2016-08-20",
        "2016-10-12",
    ]


TABLE = NOTICE.replace(
    "三、工作要求",
    """三、任务分工
序号\t事项\t完成时限\t责任单位\t协助单位\t备注
1\t制作宣传海报\t9月10日前\t市文化局\t市水务局\t不少于100张
2\t举办质量知识竞赛\t9月20日前\t市教育局\t市质监局\t
四、工作要求""",
)


def test_the_rows_of_a_task_table_are_activities_with_their_units_and_last_days(cast):
    reading = propose(TABLE, host=cast.office, by=cast.staff)
    found = {row.values["title"]: row.values for row in rows(reading, Group.ACTIVITY)}
    poster = found["制作宣传海报"]
    assert (poster["lead"], poster["assist"], poster["ends_on"], poster["description"]) == (
        "市文化局",
        "市水务局",
        "2016-09-10",
        "不少于100张",
    )
    made = confirm.confirm(reading, by=cast.staff)
    assert [unit.name for unit in made.activities.get(title="举办质量知识竞赛").leads] == ["市教育局"]


def test_what_becomes_no_row_is_still_listed(cast):
    reading = propose((NOTICES / "policy-2018.txt").read_text(), host=cast.office, by=cast.staff)
    listed = rows(reading, Group.ALSO)
    assert [row.start for row in listed if not row.values["text"]] == []
    assert len(listed) > 5
    page = text(signed_in(cast.staff).get(reading.get_absolute_url()))
    assert [row.values["text"] for row in listed[:5] if row.values["text"][:30] not in page] == []


def test_the_pieces_of_the_source_are_the_source(reading):
    found = pieces(reading.text, list(reading.proposals.all()))
    assert "".join(piece.text for piece in found) == reading.text
    begun = [pk for piece in found for pk in piece.begins]
    assert sorted(begun) == sorted(row.pk for row in reading.proposals.all() if row.end > row.start)


def test_confirming_makes_the_campaign_and_undoing_takes_away_exactly_that(cast, reading):
    before = (set(Unit.objects.all()), set(Campaign.objects.all()), set(Notice.objects.all()), Activity.objects.count())
    made = confirm.confirm(reading, by=cast.staff)
    notice = made.notices.get()
    assert (made.title, made.theme, str(made.summary_due_on)) == (
        "2016年“质量月”活动",
        "提升供给质量，建设质量强国",
        "2016-10-12",
    )
    assert (notice.number, notice.state) == ("望质强办〔2016〕号", "draft")
    assert [unit.name for unit in notice.addressees.all()] == ["市质监局"]
    first = made.activities.first()
    assert [unit.name for unit in first.with_part(Part.PARTICIPATE)] == ["市质监局"]
    assert [unit.name for unit in first.with_part(Part.ASSIST)] == ["Water bureau"]
    reading.refresh_from_db()
    confirm.undo(reading, by=cast.staff)
    after = (set(Unit.objects.all()), set(Campaign.objects.all()), set(Notice.objects.all()), Activity.objects.count())
    assert after == before
    assert reading.state == "open"


def test_a_group_named_in_the_salutation_is_addressed(cast, reading):
    cast.office.groups.update(name="成员单位")
    notice = confirm.confirm(reading, by=cast.staff).notices.get()
    assert set(notice.addressees.all()) == {cast.water, cast.health, cast.district, Unit.objects.get(name="市质监局")}


def test_where_no_unit_is_named_it_goes_to_the_office_s_groups(cast, reading):
    for row in rows(reading, Group.ACTIVITY):
        row.write(0, values={**row.values, "lead": "", "owner": ""})
    assert confirm.blockers(reading) == []
    notice = confirm.confirm(reading, by=cast.staff).notices.get()
    assert set(notice.addressees.all()) == {cast.water, cast.health, cast.district}


def test_issuing_asks_each_unit_for_everything_the_notice_named_and_then_undoing_is_refused(cast, reading, settings):
    settings.TODAY = date(2016, 8, 16)
    made = confirm.confirm(reading, by=cast.staff)
    notice = made.notices.get()
    approve(notice, author=cast.staff, reviewer=cast.signer)
    page = signed_in(cast.signer)
    page.post(
        f"/notices/{notice.pk}/issue/",
        {
            "receipt": "2016-08-20",
            "liaison": "2016-08-25",
            "plan": "2016-08-31",
            "summary": "2016-10-12",
            f"demand_{notice.demands.get().pk}": "2016-08-20",
        },
    )
    hand_out_everything()
    owed = Assignment.objects.filter(campaign=made).order_by("pk")
    assert [str(each) for each in owed] == [
        "Receipt",
        "Liaison officers",
        "Summary",
        "Other material · 联络人员名单",
        "Activity plan · 举办“质量月”启动仪式",
        "Activity plan · 开展计量器具检查",
    ]
    answer = signed_in(cast.staff).post(f"/readings/{reading.pk}/undo/", follow=True)
    assert said(answer) == ["The notice has been issued: what was made can no longer be taken away."]
    assert Campaign.objects.filter(pk=made.pk).exists()


def test_everything_that_is_missing_is_named_at_once_and_nothing_is_made(cast):
    poem = propose("床前明月光，疑是地上霜。举头望明月，低头思故乡。", host=cast.office, by=cast.staff)
    campaigns = Campaign.objects.count()
    cast.office.groups.all().delete()
    assert len(confirm.blockers(poem)) == 5
    answer = signed_in(cast.staff).post(f"/readings/{poem.pk}/confirm/", follow=True)
    assert "Please fill in: title." in said(answer)[0]
    assert (Campaign.objects.count(), poem.proposals.filter(dropped=True).count()) == (campaigns, 0)


def test_the_same_notice_twice_leads_to_the_first_reading(cast, reading):
    page = signed_in(cast.staff)
    spaced = NOTICE.replace("\n", "\n\n　")
    answer = page.post("/readings/", {"text": spaced, "host": cast.office.pk}, follow=True)
    assert said(answer) == ["This notice was read already, by staff."]
    assert Reading.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty, or holds no text."),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "This is a picture."),
        (b"PK\x03\x04 not really a document", "The file is damaged and cannot be opened."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(cast, data, told):
    page = signed_in(cast.staff)
    answer = page.post("/readings/", {"file": SimpleUploadedFile("notice.docx", data), "host": cast.office.pk})
    assert answer.status_code == 422
    assert told in answer.context["form"].errors["file"][0]
    assert Reading.objects.count() == 0


def test_correcting_in_place_keeps_what_was_typed_and_tells_the_slower_of_two(cast, reading):
    row = rows(reading, Group.ACTIVITY)[0]
    page, typed = signed_in(cast.staff), {**form_of(row), "place": "体育馆", "seen": "0"}
    assert page.post(f"/proposals/{row.pk}/", {**typed, "ends_on": "2016-08-01"}).status_code == 422
    page.post(f"/proposals/{row.pk}/", typed)
    row.refresh_from_db()
    assert (row.values["place"], row.checked, row.values["number"]) == ("体育馆", True, "（一）")
    slower = page.post(f"/proposals/{row.pk}/", {**typed, "place": "图书馆"})
    assert slower.status_code == 409
    assert 'value="图书馆"' in slower.content.decode()
    row.refresh_from_db()
    assert row.values["place"] == "体育馆"


def form_of(row):
    names = ("title", "scope", "owner", "starts_on", "ends_on", "date_text", "place", "description", *Part.values)
    return {name: row.values.get(name, "") for name in names}


def test_not_an_activity_is_left_out_and_can_be_kept_after_all(cast, reading):
    first, second = rows(reading, Group.ACTIVITY)
    page = signed_in(cast.staff)
    page.post(f"/proposals/{first.pk}/mark/", {"mark": "drop"})
    page.post(f"/proposals/{second.pk}/mark/", {"mark": "drop"})
    page.post(f"/proposals/{second.pk}/mark/", {"mark": "keep"})
    made = confirm.confirm(Reading.objects.get(), by=cast.staff)
    assert [activity.title for activity in made.activities.all()] == [second.values["title"]]


def test_splitting_and_merging_activities(reading):
    first = rows(reading, Group.ACTIVITY)[0]
    parts = change.sentences(first)
    second = change.split(first, 1)
    first.refresh_from_db()
    assert (first.values["description"], second.values["description"]) == (parts[0], "".join(parts[1:]))
    assert [row.pk for row in rows(reading, Group.ACTIVITY)[:2]] == [first.pk, second.pk]
    assert change.split(first, 5) is None
    merged = change.merge(second)
    assert merged == first
    merged.refresh_from_db()
    assert merged.values["description"] == "".join(parts)
    assert len(rows(reading, Group.ACTIVITY)) == 2
    assert change.merge(merged) is None


def test_two_characters_of_a_name_offer_the_known_units(cast):
    Unit.objects.filter(pk=cast.water.pk).update(name="市水务局", full_name="望江市水务局", aliases=["水利部门"])
    assert [unit.name for unit in like("水利")] == ["市水务局"]
    assert like("水") == []
    answer = signed_in(cast.staff).get("/units/like/", {"assist": "市教育局、水务"})
    assert 'value="市教育局、市水务局"' in answer.content.decode()


def test_names_are_taken_as_people_write_them(cast):
    assert names(" 市教育局，市水务局、市教育局；") == ["市教育局", "市水务局"]
    found = Register().named("Water bureau、各区、新单位")
    assert [(each.name, each.unit, each.is_everybody) for each in found] == [
        ("Water bureau", cast.water, False),
        ("各区", None, True),
        ("新单位", None, False),
    ]


def test_nobody_but_the_office_sees_or_changes_a_reading(cast, reading):
    row = rows(reading, Group.ACTIVITY)[0]
    for person in (cast.leader, cast.liaison, cast.district_staff, cast.stranger):
        page = signed_in(person)
        assert page.get(f"/readings/{reading.pk}/").status_code == 404
        assert page.get(f"/proposals/{row.pk}/").status_code == 404
        assert page.post(f"/readings/{reading.pk}/confirm/").status_code == 404
    assert signed_in(cast.liaison).get("/readings/").status_code == 403
    assert Campaign.objects.filter(readings=reading).count() == 0


def test_a_confirmed_reading_is_not_changed_any_more(cast, reading):
    confirm.confirm(reading, by=cast.staff)
    row = rows(reading, Group.ACTIVITY)[0]
    answer = signed_in(cast.staff).post(f"/proposals/{row.pk}/mark/", {"mark": "drop"}, follow=True)
    assert said(answer) == ["Somebody was faster: it stands at “Confirmed” (staff). Nothing was changed."]
    row.refresh_from_db()
    assert not row.dropped


def test_a_document_number_in_use_is_told_before_anything_is_made(cast, reading):
    DocumentNumber.objects.take("望质强办", 2016, 8, by=cast.staff, reason="A letter")
    assert confirm.blockers(reading) == ["The document number 望质强办〔2016〕8号 is used already."]


def test_the_review_page_asks_the_database_the_same_number_of_times_whatever_the_length(
    cast, django_assert_num_queries
):
    short = propose(NOTICE, host=cast.office, by=cast.staff)
    long = propose((NOTICES / "brackets-2021.txt").read_text(), host=cast.office, by=cast.staff)
    assert Proposal.objects.filter(reading=long).count() > Proposal.objects.filter(reading=short).count()
    page = signed_in(cast.staff)
    for reading in (short, long):
        with django_assert_num_queries(8):
            answer = page.get(f"/readings/{reading.pk}/")
        assert str(reading) in text(answer)
