"""The slip on paper: one page, red head, a grade that a printer without colours says too, a Word file with the same."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document as Word

import documents
from activities.models import Grade, Slip
from activities.supervision import slips
from activities.supervision.proposals import Measure, draft_all
from activities.supervision.slip_document import MARKS, set_slip, slip_document
from activities.tasks import set_slip as worker
from documents.errors import DocumentError
from tests.cast import signed_in, text
from tests.pages import opened, press
from workflow import clock


@pytest.fixture
def slip(autumn, media):
    with clock.as_of(date(2015, 9, 8)):
        made, _left = draft_all(autumn.campaign, Measure(days=1), [autumn.water.pk], by=autumn.staff)
        yield slips.issue(made[0], by=autumn.signer)


def test_an_ordinary_slip_is_one_page_and_says_what_by_when_and_who_signed(slip):
    pdf, word, ofd = set_slip(slip)
    assert len(documents.pictures.page_sizes(pdf, 1)) == 1
    assert documents.ofd.from_pdf(pdf, slip_document(slip)) == ofd
    html = re.sub(r"<[^>]+>", "", documents.paper.to_html(slip_document(slip)))
    for words in ("蓝色督办", "●", slip.number, "督办单", slip.unit.official_name, "签收回执", "活动方案：Open day",
                  "请于2015年9月15日前书面回复本督办单。", "签发人：signer", "2015年9月8日"):  # fmt: skip
        assert words in html, words
    found = Word(BytesIO(word))
    text = "\n".join(each.text for each in found.paragraphs)
    assert all(words in text for words in ("● 蓝色督办", "督办单", "（签发人：signer）"))
    assert [cell.text for cell in found.tables[0].rows[1].cells] == ["1", "签收回执", "8月24日", "10", "—"]


def test_each_grade_has_its_own_word_shape_and_colour(slip):
    assert len({mark.shape for mark in MARKS.values()}) == len({mark.colour for mark in MARKS.values()}) == len(Grade)
    for grade, mark in MARKS.items():
        slip.grade = grade
        html = documents.paper.to_html(slip_document(slip))
        assert f'class="mark {mark.colour}">{mark.shape}<b>{mark.text}</b>' in html


def test_a_worker_sets_it_and_both_sides_take_it(slip, autumn):
    worker(slip.paper.pk)
    paper = Slip.objects.for_page().get(pk=slip.pk).paper
    assert paper.state == "ready", paper.reason
    for who in (autumn.liaison, autumn.staff):
        client = signed_in(who)
        starts = {
            name: b"".join(client.get(f"/slips/{slip.pk}/{name}/").streaming_content)[:4] for name in ("pdf", "word")
        }
        assert starts == {"pdf": b"%PDF", "word": b"PK\x03\x04"}


def test_a_character_no_font_prints_is_named_and_it_can_be_set_again(slip, autumn):
    Slip.objects.filter(pk=slip.pk).update(requirement="At once \U000f1234")
    with pytest.raises(DocumentError):
        worker(slip.paper.pk)
    paper = Slip.objects.for_page().get(pk=slip.pk).paper
    assert (paper.state, "U+F1234" in paper.reason) == ("failed", True)
    answer = press(signed_in(autumn.staff), slip.get_absolute_url(), "Try again")
    assert (answer.status_code, Slip.objects.for_page().get(pk=slip.pk).paper.state) == (200, "queued")


def test_whoever_signs_sees_the_pages_before_and_nobody_of_the_unit_does(autumn):
    with clock.as_of(date(2015, 9, 8)):
        made, _left = draft_all(autumn.campaign, Measure(days=1), [autumn.water.pk], by=autumn.staff)
        client, address = signed_in(autumn.signer), reverse("activities:slip-preview", args=[made[0].pk])
        shown = opened(client, address)
        pictures = [str(each["src"]) for each in shown.html.select(".sheaf img")]
        assert len(pictures) == 1
        assert client.get(pictures[0]).content.startswith(b"\x89PNG")
        answers = [signed_in(autumn.liaison).get(each).status_code for each in (address, pictures[0])]
        Slip.objects.update(requirement="At once \U000f1234")
        assert "U+F1234" in text(client.get(address))
    assert answers == [404, 404]
