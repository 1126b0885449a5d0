"""Minutes on paper: the red head of the standard, what was decided, who was there; a Word file with the same."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from docx import Document as Word

import documents
from activities.meetings import minutes
from activities.meetings.minutes_document import minutes_document, set_minutes
from activities.models import Meeting, Minutes
from activities.tasks import set_minutes as worker
from documents.errors import DocumentError
from tests.cast import signed_in, text
from tests.pages import opened, press
from workflow import clock


@pytest.fixture
def draft(autumn, media):
    """Minutes of a meeting of yesterday with one decision, on 9 September."""
    with clock.as_of(date(2015, 9, 9)):
        now = timezone.localtime(clock.now())
        meeting = Meeting.objects.create(
            campaign=autumn.campaign, series="全市质量工作联席会议", title="第一次会议", state="held", place="市民中心",
            starts_at=now, ends_at=now + timedelta(hours=1), chair="王主任", convened_at=now,
        )  # fmt: skip
        meeting.invitations.create(unit=autumn.water, presence="present", person="安良")
        meeting.invitations.create(unit=autumn.health, presence="excused")
        meeting.decisions.create(order=1, text="印发活动手册", unit=autumn.water, due_on=date(2015, 9, 30))
        body = "会议情况如下：\n一、通报情况\n会议听取了汇报。"
        yield minutes.save(meeting, {"issue": "第1期", "body": body}, by=autumn.staff)


def words_of(row):
    return re.sub(r"<[^>]+>", "", documents.paper.to_html(minutes_document(row)))


def test_minutes_have_their_own_head_the_decisions_and_three_lines_of_names(draft):
    html = words_of(draft)
    for words in (
        "全市质量工作联席会议纪要", "第1期", "会议听取了汇报。", "二、", "议定事项",
        "印发活动手册。（责任单位：Water bureau；完成时限：2015年9月30日）", "出席", "王主任（主持）、Water bureau安良",
        "请假", "Health bureau", "2015年9月9日",
    ):  # fmt: skip
        assert words in html, words
    pdf, word = set_minutes(draft)
    assert len(documents.pictures.page_sizes(pdf, 1)) == 2  # the names and the imprint follow on the back
    found = "\n".join(each.text for each in Word(BytesIO(word)).paragraphs)
    assert all(words in found for words in ("会议听取了汇报。", "印发活动手册。", "王主任（主持）、Water bureau安良"))


def test_a_later_version_says_on_its_first_line_what_is_different(draft, autumn):
    minutes.circulate(draft, by=autumn.staff)
    second = minutes.save(draft.meeting, {"body": "会议。", "changes": "更正完成时限"}, by=autumn.staff)
    assert "本纪要为第2版，印发后前一版停止使用。与前一版不同之处：更正完成时限。" in words_of(second)


def test_what_went_round_stays_as_it_stood_then(draft, autumn):
    minutes.circulate(draft, by=autumn.staff)
    draft.meeting.invitations.filter(unit=autumn.health).update(presence="present")
    draft.refresh_from_db()
    assert "请假" in words_of(Minutes.objects.get(pk=draft.pk))


def test_whoever_circulates_sees_the_pages_and_a_worker_sets_them_for_everybody(draft, autumn):
    staff = signed_in(autumn.staff)
    pages = opened(staff, f"/minutes/{draft.pk}/preview/").html.select(".sheaf img")
    assert staff.get(str(pages[0]["src"])).content.startswith(b"\x89PNG")
    assert signed_in(autumn.liaison).get(f"/minutes/{draft.pk}/preview/").status_code == 404
    minutes.circulate(draft, by=autumn.staff)
    worker(draft.paper.pk)
    for who in (autumn.staff, autumn.liaison):
        client = signed_in(who)
        starts = {
            name: b"".join(client.get(f"/minutes/{draft.pk}/{name}/").streaming_content)[:4] for name in ("pdf", "word")
        }
        assert starts == {"pdf": b"%PDF", "word": b"PK\x03\x04"}
    assert "Open the PDF" in text(signed_in(autumn.liaison).get(draft.get_absolute_url()))


def test_a_character_no_font_prints_is_named_and_it_can_be_set_again(draft, autumn):
    Minutes.objects.filter(pk=draft.pk).update(body="会议 \U000f1234")
    assert "U+F1234" in text(signed_in(autumn.staff).get(f"/minutes/{draft.pk}/preview/"))
    draft.refresh_from_db()
    minutes.circulate(draft, by=autumn.staff)
    with pytest.raises(DocumentError):
        worker(draft.paper.pk)
    draft.paper.refresh_from_db()
    assert (draft.paper.state, "U+F1234" in draft.paper.reason) == ("failed", True)
    press(signed_in(autumn.staff), draft.get_absolute_url(), "Try again")
    draft.paper.refresh_from_db()
    assert draft.paper.state == "queued"
