"""A pasted notice: what is proposed beside its text, and what confirming makes and undoing takes away."""

from datetime import date
from pathlib import Path

import pytest

from accounts.models import Unit
from accounts.unit_names import Names
from activities.models import Activity, Assignment, Group, Part
from activities.reading import confirm
from activities.reading.propose import propose
from activities.reading.source_pieces import pieces
from campaigns.models import Campaign, Notice
from campaigns.way import approve
from tests.cast import hand_out_everything, issued, said, signed_in, text
from tests.pages import NoSuchForm, forge, press

NOTICES = Path(__file__).resolve().parents[3] / "documents" / "reading" / "tests" / "notices"
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
    saturday = {"remark-off:set:liaison:2016-08-20": "They work then"}
    press(signed_in(cast.signer), f"/notices/{notice.pk}/issue/", "Issue now", **saturday)
    hand_out_everything()
    owed = Assignment.objects.filter(campaign=made).order_by("pk")
    assert [str(each) for each in owed] == [
        "Receipt",
        "Liaison officers",
        "Summary",
        "Activity plan · 举办“质量月”启动仪式",
        "Deliverable · 检查集贸市场计量器具",
        "Activity plan · 开展计量器具检查",
    ]
    answer = press(signed_in(cast.staff), reading.get_absolute_url(), "Undo")
    assert said(answer) == ["The notice has been issued: what was made can no longer be taken away."]
    assert Campaign.objects.filter(pk=made.pk).exists()


def test_everything_that_is_missing_is_named_at_once_and_nothing_is_made(cast):
    poem = propose("床前明月光，疑是地上霜。举头望明月，低头思故乡。", host=cast.office, by=cast.staff)
    campaigns = Campaign.objects.count()
    cast.office.groups.all().delete()
    assert confirm.blockers(poem) == [
        "Please fill in: title.",
        "Please fill in: issuing body.",
        "Please fill in: theme.",
        "No activity belongs to a unit or is led by one, so nobody would be addressed.",
    ]
    with pytest.raises(NoSuchForm):  # the button is disabled
        press(signed_in(cast.staff), poem.get_absolute_url(), "Confirm: make the campaign")
    answer = forge(signed_in(cast.staff), f"/readings/{poem.pk}/confirm/", follow=True)
    assert "Please fill in: title." in said(answer)[0]
    assert (Campaign.objects.count(), poem.proposals.filter(dropped=True).count()) == (campaigns, 0)


WITH_BRACKETS = "市规划和自然资源局（市海洋局、市林业局）"
BRACKETS = NOTICE.replace("此项工作由市质监局负责。", f"（责任单位：{WITH_BRACKETS}、市教育局）")


@pytest.mark.parametrize("is_known", [True, False])
def test_a_unit_with_others_in_brackets_behind_it_is_one_unit(cast, is_known):
    """A bracket parts no names: neither where the unit is in the register nor where it is entered by the notice."""
    if is_known:
        Unit.objects.filter(pk=cast.health.pk).update(full_name=WITH_BRACKETS)
    made = confirm.confirm(propose(BRACKETS, host=cast.office, by=cast.staff), by=cast.staff)
    invited = {unit.official_name for unit in made.notices.get().addressees.all()}
    assert invited == {"市质监局", WITH_BRACKETS, "市教育局"}
    assert (Unit.objects.filter(pk=cast.health.pk, notices__campaign=made).exists()) is is_known


def test_a_bracket_that_is_still_open_parts_nothing_while_a_name_is_typed(cast):
    Unit.objects.filter(pk=cast.health.pk).update(name=WITH_BRACKETS)
    answer = signed_in(cast.staff).get("/units/like/", {"lead": "市教育局、市规划和自然资源局（市海洋局、市林"})
    assert f'value="市教育局、{WITH_BRACKETS}"' in answer.content.decode()


def test_a_name_printed_in_an_issued_notice_stays_that_unit_s(cast):
    """Whoever holds the paper finds the unit by the name on it, also when the office leaves the name out."""
    issued(cast)
    client = signed_in(cast.staff)
    press(client, f"/units/{cast.water.pk}/", "Save", name="Waterworks", without_former="on")
    answer = press(client, "/units/new/", "Save", name="Water bureau")
    assert answer.context["form"].errors == {"name": ["“Water bureau” is another name of Waterworks."]}
    assert Names().found("Water bureau").units == [Unit.objects.get(pk=cast.water.pk)]
