"""Reading a notice into a campaign: propose, review, confirm, undo."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Unit, UnitGroup
from activities.models import (
    Activity,
    Appearance,
    Assignment,
    Deliverable,
    Group,
    Part,
    Proposal,
    Reading,
    Round,
)
from activities.reading import change, confirm
from activities.reading.propose import propose
from activities.reading.source import pieces
from activities.reading.units import Register, like, names
from campaigns.models import Campaign, DocumentNumber, Notice
from campaigns.way import approve
from tests.cast import hand_out_everything, said, signed_in, text

NOTICES = Path(__file__).resolve().parents[2] / "documents" / "reading" / "tests" / "notices"
DONGGUAN = Path(__file__).resolve().parents[3] / "shared" / "notices" / "dongguan-2013.txt"
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
    assert (poster["lead"], poster["assist"], poster["due_on"], poster["remark"]) == (
        "市文化局",
        "市水务局",
        "2016-09-10",
        "不少于100张",
    )
    made = confirm.confirm(reading, by=cast.staff)
    contest = made.activities.get(title="举办质量知识竞赛")
    assert [unit.name for unit in contest.leads] == ["市教育局"]
    assert (contest.due_on, contest.ends_on) == (date(2016, 9, 20), None)


def test_what_a_task_asks_for_becomes_deliverables_and_what_is_only_to_be_done_is_reported_as_done(cast):
    made = confirm.confirm(propose(TABLE, host=cast.office, by=cast.staff), by=cast.staff)
    asked = made.activities.get(title="制作宣传海报").deliverables.get()
    assert (asked.target, asked.comparator, asked.measure, asked.due_on) == (100, "at_least", "张", date(2016, 9, 10))
    contest = made.activities.get(title="举办质量知识竞赛").deliverables.get()
    assert (contest.title, contest.target, contest.due_on) == ("举办质量知识竞赛", None, date(2016, 9, 20))


SERIES = TABLE.replace(
    "2\t举办质量知识竞赛\t9月20日前\t市教育局\t市质监局\t",
    """2\t播放质量公益短片\t9月20日前\t市文化局\t\t时长约30秒；集中于9月5日至9日、9月20日至25日两个重点时段播放。
3\t撰写质量报告\t9月25日前\t市教育局\t\t9月15日前完成第1稿，9月25日前完成第2稿。
4\t组织集中采访活动\t9月30日前\t市文化局\t各单位\t共2期""",
).replace(
    "四、工作要求",
    """四、时间安排
第一期：2016年9月12日，采访市教育局、市质监局。
第二期：2016年9月19日，采访市水务局、市文化局。
五、工作要求
（零）各受访单位应做好准备，提前1周与市质量强市办进行联系，明确采访要求，完成采访材料。""",
)


def test_windows_drafts_and_rounds_of_a_table_become_rows(cast):
    made = confirm.confirm(propose(SERIES, host=cast.office, by=cast.staff), by=cast.staff)
    clip = made.activities.get(title="播放质量公益短片").deliverables.get()
    spans = [(each.starts_on.day, each.ends_on.day) for each in clip.windows.all()]
    assert (clip.target, clip.due_on, spans) == (None, date(2016, 9, 25), [(5, 9), (20, 25)])
    drafts = made.activities.get(title="撰写质量报告").deliverables.all()
    assert [(each.title, each.due_on.day) for each in drafts] == [("完成第1稿", 15), ("完成第2稿", 25)]
    interviews = made.activities.get(title="组织集中采访活动")
    assert [(each.title, each.on.day, each.prepare_by.day) for each in interviews.rounds.all()] == [
        ("第一期", 12, 5), ("第二期", 19, 12),
    ]  # fmt: skip
    guests = [[one.unit.name for one in each.appearances.all()] for each in interviews.rounds.all()]
    assert guests == [["市教育局", "市质监局"], ["市水务局", "市文化局"]]


def test_a_task_that_is_dropped_takes_what_it_asks_for_with_it_and_one_that_is_merged_hands_it_over(cast):
    reading = propose(TABLE, host=cast.office, by=cast.staff)
    contest = reading.proposals.get(group=Group.ACTIVITY, values__title="举办质量知识竞赛")
    poster = reading.proposals.get(group=Group.ACTIVITY, values__title="制作宣传海报")
    assert change.merge(contest) == poster
    made = confirm.confirm(reading, by=cast.staff)
    assert made.activities.get(title="制作宣传海报").deliverables.count() == 2
    confirm.undo(Reading.objects.get(), by=cast.staff)
    poster.refresh_from_db()
    poster.write(poster.revision, dropped=True)
    assert Deliverable.objects.count() == 0
    made = confirm.confirm(Reading.objects.get(), by=cast.staff)
    assert Deliverable.objects.count() == 0


def test_a_deliverable_and_a_round_are_corrected_in_place(cast):
    reading = propose(SERIES, host=cast.office, by=cast.staff)
    poster = next(row for row in rows(reading, Group.DELIVERABLE) if row.values["target"] == 100)
    page = signed_in(cast.staff)
    typed = {**poster.values, "target": "150", "windows": "2016-09-01 – 2016-09-05", "seen": "0"}
    wrong = page.post(f"/proposals/{poster.pk}/", {**typed, "windows": "soon"})
    assert wrong.context["form"].errors == {"windows": ["This is no window: soon"]}
    page.post(f"/proposals/{poster.pk}/", typed)
    first = rows(reading, Group.ROUND)[0]
    page.post(f"/proposals/{first.pk}/", {**first.values, "units": "市教育局", "seen": "0"})
    made = confirm.confirm(Reading.objects.get(), by=cast.staff)
    asked = made.activities.get(title="制作宣传海报").deliverables.get()
    assert (asked.target, asked.windows.get().ends_on) == (150, date(2016, 9, 5))
    one = made.activities.get(title="组织集中采访活动").rounds.get(title="第一期")
    assert [each.unit.name for each in one.appearances.all()] == ["市教育局"]


def test_a_group_of_the_office_is_responsible_as_a_group(cast):
    group = UnitGroup.objects.create(owner=cast.office, name="各镇街")
    group.units.set([cast.health, cast.district])
    text_of = TABLE.replace("市文化局", "各镇街")
    made = confirm.confirm(propose(text_of, host=cast.office, by=cast.staff), by=cast.staff)
    poster = made.activities.get(title="制作宣传海报")
    assert [str(each) for each in poster.leads] == ["各镇街"]
    addressed = set(made.notices.get().addressees.all())
    assert {cast.health, cast.district} <= addressed
    assert (list(made.groups.all()), set(made.taking_part())) == ([group], addressed)


def test_naming_the_liaison_officers_is_asked_once_in_the_system_s_own_form(cast, reading):
    made = confirm.confirm(reading, by=cast.staff)
    assert (made.registration_due_on, made.notices.get().demands.count()) == (date(2016, 8, 20), 0)


def test_a_notice_that_names_no_theme_is_confirmed_when_somebody_says_so(cast):
    reading = propose(NOTICE.replace("提升供给质量，建设质量强国。", ""), host=cast.office, by=cast.staff)
    theme = field(reading, "theme")
    if not theme.values["text"]:
        assert "Please fill in: theme." in confirm.blockers(reading)
    theme.write(theme.revision, dropped=True)
    assert confirm.confirm(Reading.objects.get(), by=cast.staff).theme == ""


@pytest.mark.skipif(not DONGGUAN.exists(), reason="the notice is not beside the project")
def test_dongguan_read_and_confirmed_has_its_tasks_numbers_windows_and_rounds(cast):
    reading = propose(DONGGUAN.read_text(encoding="utf-8"), host=cast.office, by=cast.staff)
    reading.proposals.filter(field="theme").update(dropped=True)
    made = confirm.confirm(Reading.objects.get(), by=cast.staff)
    numbered = [row for row in made.activities.all() if row.number]
    assert (len(numbered), made.registration_due_on) == (15, date(2013, 11, 11))
    counted = Deliverable.objects.filter(target__isnull=False)
    assert list(counted.values_list("target", "measure", "comparator")) == [
        (2, "份", "exactly"), (10, "条", "exactly"), (5, "条", "exactly"), (10, "期", "exactly"),
        (100, "张", "at_least"), (10, "条", "at_least"),
    ]  # fmt: skip
    assert Deliverable.objects.filter(windows__isnull=False).distinct().count() == 4
    rounds = list(Round.objects.all())
    assert (len(rounds), Appearance.objects.count(), str(rounds[0].prepare_by)) == (10, 20, "2013-11-11")
    assert {row.activity.number for row in rounds} == {"7"}
    assert [(row.on - row.prepare_by).days for row in rounds[1:]] == [7] * 9


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
            "receipt": "2016-08-19",
            "liaison": "2016-08-25",
            "plan": "2016-08-31",
            "summary": "2016-10-12",
        },
    )
    hand_out_everything()
    owed = Assignment.objects.filter(campaign=made).order_by("pk")
    assert [str(each) for each in owed] == [
        "Receipt",
        "Liaison officers",
        "Summary",
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


def test_a_group_of_the_office_is_no_new_unit_on_the_review_page(cast):
    UnitGroup.objects.create(owner=cast.office, name="部门")
    many = [register.named("部门")[0].is_everybody for register in (Register(cast.office), Register(cast.district))]
    assert many == [True, False]


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
        with django_assert_num_queries(9):
            answer = page.get(f"/readings/{reading.pk}/")
        assert str(reading) in text(answer)
