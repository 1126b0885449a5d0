"""The pages of a reading: hand in, correct in place, split and merge; who may; what is told beside the field."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Unit, UnitGroup
from accounts.unit_names import names_in
from activities.models import Group, Part, Proposal, Reading
from activities.reading import confirm, split_and_merge
from activities.reading.group_words import Meant
from activities.reading.propose import propose
from activities.reading.tests.test_readings import NOTICE, NOTICES, rows
from activities.reading.tests.test_readings import reading as reading
from activities.reading.unit_names import Register, like
from campaigns.models import Campaign, DocumentNumber
from tests.cast import said, signed_in, text, unit
from tests.pages import forge, opened, page_of, press


def test_the_same_notice_twice_leads_to_the_first_reading(cast, reading):
    page = signed_in(cast.staff)
    spaced = NOTICE.replace("\n", "\n\n　")
    answer = press(page, "/readings/", "Begin reading", text=spaced)
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
    answer = press(page, "/readings/", "Begin reading", file=SimpleUploadedFile("notice.docx", data))
    assert answer.status_code == 422
    assert told in answer.context["form"].errors["file"][0]
    assert Reading.objects.count() == 0


HOUR = "An hour is printed: please see that it is the right one."
TABLE = """三、任务安排
序号\t事项\t责任单位\t完成时限
1\t"张贴
海报"\t市质监局\t9月5日
2\t横幅\t市水务局\t9月6日
三、工作要求"""


def test_a_cell_of_a_pasted_table_that_had_a_line_break_stays_one_cell(cast, reading):
    """Excel puts such a cell into quotation marks on the clipboard."""
    reading.delete()
    pasted = NOTICE.replace("三、工作要求", TABLE)
    press(signed_in(cast.staff), "/readings/", "Begin reading", text=pasted)
    read = Reading.objects.get()
    assert "1\t张贴 海报\t市质监局\t9月5日\n2\t横幅" in read.text
    tasks = [row.values for row in rows(read, Group.ACTIVITY)][-2:]
    assert [(each["title"], each["lead"]) for each in tasks] == [("张贴 海报", "市质监局"), ("横幅", "市水务局")]


@pytest.mark.parametrize(
    ("by", "day", "doubts"),
    [
        ("8月20日12:00前", "2016-08-20", 1), ("8月20日上午10时前", "2016-08-20", 1), ("8月20日0时前", "2016-08-19", 0),
        ("8月20日24时前", "2016-08-20", 0), ("8月20日前", "2016-08-20", 0),
    ],
)  # fmt: skip
def test_an_hour_before_the_end_of_a_day_is_doubtful_on_the_page(cast, reading, by, day, doubts):
    reading.delete()
    answer = press(signed_in(cast.staff), "/readings/", "Begin reading", text=NOTICE.replace("8月20日前", by))
    row = rows(Reading.objects.get(), Group.DEADLINE)[0]
    shown = page_of(answer).html.select_one(f"#p-{row.pk}").get_text()
    assert (row.values["due_on"], shown.count(HOUR)) == (day, doubts)


def test_correcting_in_place_keeps_what_was_typed_and_tells_the_slower_of_two(cast, reading):
    row = rows(reading, Group.ACTIVITY)[0]
    client, address = signed_in(cast.staff), f"/proposals/{row.pk}/"
    page = opened(client, address)
    assert press(client, page, form=address, place="体育馆", ends_on="2016-08-01").status_code == 422
    press(client, page, form=address, place="体育馆")
    row.refresh_from_db()
    assert (row.values["place"], row.checked, row.values["number"]) == ("体育馆", True, "（一）")
    slower = press(client, page, form=address, place="图书馆")
    assert slower.status_code == 409
    assert 'value="图书馆"' in slower.content.decode()
    row.refresh_from_db()
    assert row.values["place"] == "体育馆"


def test_not_an_activity_is_left_out_and_can_be_kept_after_all(cast, reading):
    first, second = rows(reading, Group.ACTIVITY)
    client, page = signed_in(cast.staff), reading.get_absolute_url()
    press(client, page, "mark=drop", form=f"/proposals/{first.pk}/mark/")
    press(client, page, "mark=drop", form=f"/proposals/{second.pk}/mark/")
    press(client, page, "mark=keep", form=f"/proposals/{second.pk}/mark/")
    made = confirm.confirm(Reading.objects.get(), by=cast.staff)
    assert [activity.title for activity in made.activities.all()] == [second.values["title"]]


def test_splitting_and_merging_activities(reading):
    first = rows(reading, Group.ACTIVITY)[0]
    parts = split_and_merge.sentences(first)
    second = split_and_merge.split(first, 1)
    first.refresh_from_db()
    assert (first.values["description"], second.values["description"]) == (parts[0], "".join(parts[1:]))
    assert [row.pk for row in rows(reading, Group.ACTIVITY)[:2]] == [first.pk, second.pk]
    assert split_and_merge.split(first, 5) is None
    merged = split_and_merge.merge(second)
    assert merged == first
    merged.refresh_from_db()
    assert merged.values["description"] == "".join(parts)
    assert len(rows(reading, Group.ACTIVITY)) == 2
    assert split_and_merge.merge(merged) is None


def test_two_characters_of_a_name_offer_the_known_units(cast):
    Unit.objects.filter(pk=cast.water.pk).update(name="市水务局", full_name="望江市水务局", aliases=["水利部门"])
    assert [unit.name for unit in like("水利")] == ["市水务局"]
    assert like("水") == []
    answer = signed_in(cast.staff).get("/units/like/", {"assist": "市教育局、水务"})
    assert 'value="市教育局、市水务局"' in answer.content.decode()


def test_names_are_taken_as_people_write_them(cast):
    assert names_in(" 市教育局，市水务局、市教育局；") == ["市教育局", "市水务局"]
    found = Register().named("Water bureau、各区、新单位")
    assert [(each.name, each.unit, each.meant) for each in found] == [
        ("Water bureau", cast.water, None),
        ("各区", None, Meant()),
        ("新单位", None, None),
    ]


def test_a_name_of_a_merged_unit_means_its_successor_and_one_of_several_is_marked(cast, reading):
    unit("Old bureau", merged_into=cast.water)
    Unit.objects.filter(pk__in=[cast.water.pk, cast.health.pk]).update(aliases=["The bureau"])
    before = Unit.objects.count()
    assert Register().unit("old  Bureau", cast.office) == (cast.water, False)
    assert Unit.objects.count() == before
    words = "“The bureau” is the name of several units: Water bureau、Health bureau."
    assert [each.doubt for each in Register().named("The bureau、Old bureau")] == [words, ""]
    row = rows(reading, Group.ACTIVITY)[0]
    Proposal.objects.filter(pk=row.pk).update(values=row.values | {"assist": "The bureau"})
    assert f'title="{words}"' in signed_in(cast.staff).get(reading.get_absolute_url()).content.decode()


def test_a_new_unit_is_known_at_once_and_stands_at_the_end(cast):
    register = Register()
    made = register.unit("市园林局", cast.office)
    assert made == (Unit.objects.last(), True)
    assert register.unit(" 市园林局", cast.office) == (made[0], False)


def test_a_group_of_the_office_is_no_new_unit_on_the_review_page(cast):
    UnitGroup.objects.create(owner=cast.office, name="部门")
    group = UnitGroup.objects.get(name="部门")
    meant = [register.named("部门")[0].meant for register in (Register(cast.office), Register(cast.district))]
    assert [each.group for each in meant] == [group, None]


def test_nobody_but_the_office_sees_or_changes_a_reading(cast, reading):
    row = rows(reading, Group.ACTIVITY)[0]
    for person in (cast.leader, cast.liaison, cast.district_staff, cast.stranger):
        page = signed_in(person)
        assert page.get(f"/readings/{reading.pk}/").status_code == 404
        assert page.get(f"/proposals/{row.pk}/").status_code == 404
        assert forge(page, f"/readings/{reading.pk}/confirm/").status_code == 404
    assert signed_in(cast.liaison).get("/readings/").status_code == 403
    assert Campaign.objects.filter(readings=reading).count() == 0


def test_a_confirmed_reading_is_not_changed_any_more(cast, reading):
    row = rows(reading, Group.ACTIVITY)[0]
    page = opened(signed_in(cast.staff), reading.get_absolute_url())
    confirm.confirm(reading, by=cast.staff)
    answer = press(signed_in(cast.staff), page, "mark=drop", form=f"/proposals/{row.pk}/mark/")
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
    for each in (short, long):
        with django_assert_num_queries(9):
            answer = page.get(f"/readings/{each.pk}/")
        assert str(each) in text(answer)


@pytest.mark.parametrize(
    ("printed", "code", "year"),
    [
        ("望质强办〔2016〕  号", "望质强办", 2016), ("〔2016〕 号", "深质强", 2016),
        ("望质强办〔2016〕XX号", "望质强办", 2016), ("望质强办[2016]__号", "望质强办", 2016), ("", "深质强", 2016),
    ],
)  # fmt: skip
def test_a_draft_without_a_number_is_confirmed_and_the_number_is_given_at_signing(cast, printed, code, year):
    lines = [line for line in NOTICE.replace("望质强办〔2016〕8号", printed).splitlines() if line.strip()]
    draft = propose("\n".join(lines), host=cast.office, by=cast.staff)
    assert confirm.blockers(draft) == []
    notice = confirm.confirm(draft, by=cast.staff).notices.get()
    assert (notice.org_code, notice.year, notice.number_wanted) == (code, year, None)
    assert notice.addressees.count() == 1


def test_what_is_no_number_at_all_is_still_told(cast, reading):
    row = reading.proposals.get(field="number")
    row.write(0, values={"text": "第八号文"})
    assert "must look like" in confirm.blockers(reading)[0]


def test_an_error_goes_away_with_the_answer_that_mends_it(cast, reading):
    row = reading.proposals.get(field="number")
    row.write(0, values={"text": "第八号文"})
    client = signed_in(cast.staff, headers={"HX-Request": "true"})
    answer = press(client, f"/proposals/{row.pk}/", form="form", text="第九号文")
    assert "must look like" in text(answer)
    answer = press(client, f"/proposals/{row.pk}/", form="form", text="望质强办〔2016〕 号")
    shown = text(answer)
    assert ('id="confirm" hx-swap-oob="true"' in shown, "must look like" in shown) == (True, False)
    assert "disabled" not in shown


def test_what_was_missed_is_added_on_the_review_page(cast, reading):
    client = signed_in(cast.staff)
    page = f"/readings/{reading.pk}/"
    added = press(
        client, f"{page}add/?what=activity", title="举办质量知识竞赛", lead="市质监局", starts_on="2016-09-20"
    )
    assert "举办质量知识竞赛" in text(added)
    press(client, f"{page}add/?what=deadline", item="报送活动方案", due_on="2016-08-25")
    press(client, f"{page}add/?what=slogan", text="质量第一")
    press(client, f"{page}add/?what=attachment", text="活动统计表")
    press(client, f"{page}add/?what=spirit_slogan", text="人人重视质量")
    task = reading.proposals.get(values__title="举办质量知识竞赛")
    press(
        client, f"{page}add/?what=deliverable", title="参赛队", target=12, measure="支", of=task.pk, due_on="2016-09-19"
    )
    press(client, f"{page}add/?what=round", title="第一场", on="2016-09-20", units="市质监局")
    made = confirm.confirm(Reading.objects.get(pk=reading.pk), by=cast.staff)
    last = made.activities.get(title="举办质量知识竞赛")
    assert [unit.name for unit in last.with_part(Part.LEAD)] == ["市质监局"]
    assert [(each.title, each.target) for each in last.deliverables.all()] == [("参赛队", 12)]
    assert [(each.title, str(each.due_on)) for each in made.notices.get().demands.all()] == [
        ("报送活动方案", "2016-08-25")
    ]
    assert [each.text for each in made.slogans.all()] == ["质量第一"]
    assert [each.title for each in made.notices.get().annexes.all()] == ["活动统计表"]
    assert made.spirit_slogan == "人人重视质量"


def test_a_single_thing_is_added_once_and_what_is_unknown_not_at_all(cast, reading):
    client = signed_in(cast.staff)
    page = f"/readings/{reading.pk}/"
    press(client, f"{page}add/?what=spirit_slogan", text="人人重视质量")
    number = reading.proposals.count()
    for what in ("spirit_slogan", "nonsense", "theme", ""):
        assert client.get(f"{page}add/", {"what": what}).headers["Location"] == page
    assert reading.proposals.count() == number


def test_the_rest_is_right_by_one_press(cast):
    reading = propose((NOTICES / "brackets-2021.txt").read_text(), host=cast.office, by=cast.staff)
    doubtful = [row for row in reading.proposals.all() if row.is_doubtful]
    assert len(doubtful) > 1
    shown = press(signed_in(cast.staff), f"/readings/{reading.pk}/", "The rest is right")
    assert [row for row in reading.proposals.all() if row.is_doubtful] == []
    assert "The rest is right" not in text(shown)
    assert reading.state == "open"


def test_a_period_that_was_dropped_is_asked_for_and_nothing_breaks(cast, reading):
    press(
        signed_in(cast.staff),
        f"/readings/{reading.pk}/",
        "mark=drop",
        form=f"#p-{reading.proposals.get(field='period').pk} form",
    )
    assert confirm.blockers(reading) == ["Please fill in: period."]
