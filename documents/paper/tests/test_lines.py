"""Lines break and fill as Chinese does."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.outline import Document, Paragraph, from_text
from documents.paper.inline_html import line as set_line
from documents.paper.pdf import to_pdf
from documents.reading.document.assembly import document_from_text
from documents.tests import samples
from documents.tests.ruler import read

NOTICES = sorted((Path(__file__).resolve().parents[3].parent / "shared" / "notices").glob("*.txt"))
NEVER_FIRST = set("、，。；：？！）》〉」』”’％℃,.;:?!)%")
NEVER_LAST = set("（《〈「『“‘(")
MOST_SHORT = 3 * 25.4 / 72  # mm: three points


def inner_lines(pages):
    """Yield (line, distance of its end from the right edge in mm) for lines whose paragraph goes on below them.

    A line is not meant where nothing more fits: a number or an address that cannot be parted begins the line below.
    """
    for number, page in enumerate(pages):
        left = 28.0 if number % 2 == 0 else 26.0
        body = [line for line in page.lines if abs(line.size - 16) < 0.3 and 30 < line.top < 262]
        for line, below in itertools.pairwise(body):
            goes_on = abs(below.left - left) < 0.7 and 9 < below.top - line.top < 11
            whole = whole_width(below.text)
            goes_on = goes_on and not (whole and whole > left + 156 - line.right)
            if goes_on and line.left < left + 12.5 and line.text[-1] != "：" and line.chars[0]["text"] != "附":
                yield line, left + 156 - line.right


def whole_width(text):
    """The width in mm of the number or address a line begins with, and of the sign that stays with it; else 0."""
    found = re.match(r"[!-~]{6,}", text)
    sign = found and text[found.end() : found.end() + 1] in NEVER_FIRST
    return (len(found[0]) / 2 + bool(sign)) * 16 * 25.4 / 72 if found else 0


def wrong_edges(pages):
    """Return the lines that begin or end with a character that must not stand there."""
    lines = [line for page in pages for line in page.lines if abs(line.size - 16) < 0.3]
    return [line.text for line in lines if line.text[0] in NEVER_FIRST - set(".") or line.text[-1] in NEVER_LAST]


@pytest.mark.skipif(not NOTICES, reason="the five notices are not here")
@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_a_real_notice_has_no_ragged_line_and_no_misplaced_sign(path):
    document = document_from_text(path.read_text(encoding="utf-8", errors="replace"))
    pages = read(to_pdf(document, substitute=True))
    short = [(line.text, round(gap, 2)) for line, gap in inner_lines(pages) if gap > MOST_SHORT]
    assert short == []
    assert wrong_edges(pages) == []
    assert sum(1 for _ in inner_lines(pages)) > 20


def test_our_own_notice_fills_its_lines():
    pages = read(to_pdf(samples.notice()))
    gaps = [gap for line, gap in inner_lines(pages) if len(line.text) > 9]  # not the marks of the head
    assert max(gaps) < MOST_SHORT
    assert len(gaps) > 12


def test_dates_document_numbers_and_dashes_stay_on_one_line():
    text = "".join(
        f"{'质' * n}于2015年9月1日发布临质强办〔2024〕13号文件——质量……共1,234.5万元，约85%，" for n in range(1, 40)
    )
    lines = [line.text for page in read(to_pdf(Document(form="sheet", body=from_text(text)))) for line in page.lines]
    whole = "".join(line for line in lines if not re.fullmatch("—[0-9]+—", line))
    assert whole == text
    for piece in ("2015年9月1日", "〔2024〕13号", "——", "……", "1,234.5万元", "85%"):
        assert sum(line.count(piece) for line in lines) == 39, piece


def test_a_day_of_the_month_stays_whole_and_a_bracket_may_follow_a_quotation():
    text = "".join(f"{'质' * n}，9月15日和“质量月”（全年）" for n in range(1, 40))
    lines = [line.text for page in read(to_pdf(Document(form="sheet", body=from_text(text)))) for line in page.lines]
    assert sum(line.count("9月15日") for line in lines) == 39
    assert any(line.endswith("月”") for line in lines)


def test_an_address_of_a_mailbox_breaks_behind_its_signs_and_nowhere_else():
    text = "".join(f"{'质' * n}邮箱：contact3@example.com。" for n in range(1, 40))
    lines = [line.text for page in read(to_pdf(Document(form="sheet", body=from_text(text)))) for line in page.lines]
    whole = "".join(line for line in lines if not re.fullmatch("—[0-9]+—", line))
    assert whole == text
    ends = {found[0] for line in lines if (found := re.search("[a-z0-9@.]+$", line))}
    assert ends == {"contact3@"}


@pytest.mark.parametrize(
    "text",
    ["а" * 700, "a" * 700, "“”" * 400, "5％" * 200, "ー" * 100, "，" * 300, "é" * 1300, "１" * 300, "word" * 300],
)
def test_what_has_no_place_to_break_stays_inside_the_type_area(text):
    pages = read(to_pdf(Document(form="sheet", body=(Paragraph("甲乙丙丁" + text),))))
    assert "".join(line.text for page in pages for line in page.body()) == "甲乙丙丁" + text
    assert max(line.right for page in pages for line in page.body()) < 184.3


def test_a_standard_keeps_to_one_line_whatever_its_solidus_is():
    text = "".join(f"{'质' * n}实施GB／T19004和GB/T19001标准，" for n in range(1, 40))
    lines = [line.text for page in read(to_pdf(Document(form="sheet", body=from_text(text)))) for line in page.lines]
    assert [sum(line.count(name) for line in lines) for name in ("GB／T19004", "GB/T19001")] == [39, 39]


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet="质量月强国，。、“”（）《》——……2024年LED 9%", min_size=100, max_size=300))
def test_no_sign_stands_where_it_must_not(text):
    tame = re.sub(r"[，。、”）》%]{2,}|[“（《]{2,}", "质", text)
    tame = re.sub(r"[“（《]+(?=[，。、”）》% ])|[“（《]+$", "质", tame)  # nobody writes a blank behind an opening quote
    tame = re.sub(r"(?<=[—… ])[，。、”）》%]", "质", tame).strip("，。、”）》% ")
    pages = read(to_pdf(Document(form="sheet", body=(Paragraph(tame),))))
    first = pages[0].lines[0].text[0]
    assert [edge for edge in wrong_edges(pages) if edge[0] != first] == []


def test_no_line_begins_with_the_mark_of_a_source():
    held = '<span class="nb">{}<sup class="source">[3]</sup></span>'
    assert set_line("承担任务的单位［3］。") == "承担任务的单" + held.format("位") + "。"
    assert set_line("共26个［3］") == "共" + held.format('<span class="nb">26个</span>')
    assert set_line("［3］甲") == '<sup class="source">[3]</sup>甲'
