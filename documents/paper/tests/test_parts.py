"""Head, signature, seals, annexes and imprint: where they stand, and that none is lost."""

import io
import itertools
import re
from dataclasses import replace

import docx
import pdfplumber
import pytest
from PIL import Image

from documents.layout.signatures import SEAL, closing
from documents.outline import Annex, Document, Imprint, Masthead, Paragraph, Table, from_text
from documents.paper.pdf import to_pdf
from documents.paper.tests.test_pdf import text_of
from documents.tests import samples
from documents.tests.ruler import read
from documents.word.write_docx import to_docx

pytestmark = pytest.mark.usefixtures("no_warnings")


def test_the_signature_never_stands_alone():
    for count in range(9, 26):
        body = tuple(Paragraph(f"第{number}段内容。") for number in range(count))
        document = Document(title="通知", body=body, signature=(samples.SHORT,), date=samples.DAY)
        pages = read(to_pdf(document))
        signed = next(page for page in pages if any(line.text == samples.SHORT for line in page.lines))
        assert any("段内容" in line.text for line in signed.lines), count


def seal(mode):
    out = io.BytesIO()
    Image.new(mode, (300, 300), "red").save(out, "PNG")
    return out.getvalue()


def seals_of(pdf):
    """Return (left, right, top, bottom) of every image in mm and the page they stand on."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        page = next(page for page in opened.pages if page.images)
        return page.page_number, [
            [image[key] * 25.4 / 72 for key in ("x0", "x1", "top", "bottom")] for image in page.images
        ]


def test_a_seal_stands_over_name_and_date_its_top_within_a_line_of_the_text():
    pdf = to_pdf(replace(samples.notice(), seals=("seal",)), {"seal": seal("RGBA")})
    number, [(left, right, top, bottom)] = seals_of(pdf)
    page = read(pdf)[number - 1]
    date = next(line for line in page.lines if line.text == "2024年8月28日")
    name = page.lines[page.lines.index(date) - 1]
    above = page.lines[page.lines.index(name) - 1]
    assert abs((left + right) / 2 - (date.left + date.right) / 2) < 0.5
    assert abs(right - left - 42) < 0.1
    assert 0 <= top - above.bottom < 10.45
    assert top < name.top and date.bottom < bottom
    assert (name.top + date.bottom) / 2 > (top + bottom) / 2


@pytest.mark.parametrize("count", [2, 5, 7, 9, 11])
def test_text_begins_on_page_1_however_many_bodies_issue(count):
    bodies = tuple(f"临江市第{number}管理局" for number in range(count))
    document = replace(samples.joint(), masthead=Masthead(bodies), signature=bodies)
    (first, *_) = read(to_pdf(document))
    assert first.find("为深入贯彻落实").top < 262
    assert first.find("临质强办〔2024〕3号").top < first.rules[0][2] < first.find("关于联合开展").top


def test_signatures_of_a_joint_document_stand_in_columns_and_their_seals_apart():
    names = ("临江市教育局", "临江市人民政府国有资产监督管理委员会", "临江市总工会", "临江市住房和城乡建设局", "甲局")
    found = closing(replace(samples.joint(), signature=names, seals=tuple("01234")))
    lefts = [round(place.left, 3) for place in found.seals]
    assert lefts[3:] == lefts[1:3]
    assert all(right - left > SEAL for left, right in itertools.pairwise(lefts[:3]))
    assert lefts[2] + SEAL <= 156 * 72 / 25.4


@pytest.mark.parametrize("count", [2, 3, 4, 7])
def test_every_body_of_a_joint_document_has_its_own_seal(count):
    bodies = tuple(f"临江市第{number}局" for number in range(count))
    names = tuple(f"seal {number}" for number in range(count))
    document = replace(samples.joint(), signature=bodies, seals=names, masthead=Masthead(bodies))
    pdf = to_pdf(document, {name: seal("RGB") for name in names})
    number, places = seals_of(pdf)
    page = read(pdf)[number - 1]
    tops = sorted({round(place[2], 1) for place in places})
    assert len(places) == count
    assert [sum(round(place[2], 1) == top for place in places) for top in tops] == [3] * (count // 3) + [
        count % 3
    ] * bool(count % 3)
    for body, (left, right, top, bottom) in zip(bodies, places, strict=True):
        line = page.find(body)
        chars = [
            char for char in line.chars if char["x0"] * 25.4 / 72 > left - 9 and char["x1"] * 25.4 / 72 < right + 9
        ]
        assert abs((chars[0]["x0"] + chars[-1]["x1"]) / 2 * 25.4 / 72 - (left + right) / 2) < 0.6
        assert top < line.top and line.bottom < bottom
    for one in places:
        overlapping = [other for other in places if other != one and other[0] < one[1] and one[0] < other[1]]
        assert all(other[3] <= one[2] + 0.1 or one[3] <= other[2] + 0.1 for other in overlapping)


def test_the_imprint_stands_on_the_last_page_only():
    pages = read(to_pdf(samples.notice()))
    assert [any("抄送：" in line.text for line in page.lines) for page in pages] == [False] * (len(pages) - 1) + [True]


def test_copies_to_names_with_numbers_run_on_in_one_paragraph():
    names = tuple(f"临江市第{number}人民医院" for number in range(1, 21))
    pages = read(to_pdf(replace(samples.plain_notice(), imprint=Imprint(names, samples.OFFICE, samples.DAY))))
    (first, *others) = [line for line in pages[-1].lines if "人民医院" in line.text]
    assert first.text.startswith("抄送：临江市第1人民医院，")
    assert all(line.right > 165 for line in (first, *others[:-1]))


@pytest.mark.parametrize("form", ["document", "letter", "joint"])
def test_addressees_that_leave_no_room_for_text_on_page_1_stand_in_the_imprint(form):
    names = tuple(f"第{number}街道办事处" for number in range(1, 61))
    document = replace(samples.ALL[form](), addressees=names)
    pages = read(to_pdf(document))
    assert pages[0].find("为深入贯彻落实").top < 262
    assert not any("街道" in line.text for page in pages[:-1] for line in page.lines)
    assert pages[-1].find("主送：第1街道办事处，").top < pages[-1].find("抄送：").top
    assert pages[-1].find("第60街道办事处。").top < pages[-1].find("抄送：").top
    word = [paragraph.text for paragraph in docx.Document(io.BytesIO(to_docx(document))).paragraphs]
    assert sum("街道" in line for line in word) == 1
    some = read(to_pdf(replace(document, addressees=names[:9])))
    assert some[0].find("第1街道办事处，").top < some[0].find("为深入贯彻落实").top < 262


def test_a_long_annex_note_is_divided_and_the_signature_stands_below_a_part_of_it():
    annexes = tuple(Annex(f"第{number}个附件") for number in range(1, 13))
    pages = read(to_pdf(replace(samples.notice(), annexes=annexes)))
    noted = [[line.text for line in page.lines if "个附件" in line.text] for page in pages]
    assert sum(map(len, noted)) == 12
    assert len([found for found in noted if found]) == 2
    assert 2 <= len(noted[-1]) < 12
    assert any(line.text == samples.SHORT for line in pages[-1].lines)


def test_title_and_lines_of_an_annex_stand_on_the_turned_pages_of_its_table():
    table = Table(rows=(("甲",),), landscape=True)
    body = (Paragraph("填报单位："), table, Paragraph("说明。"))
    document = replace(samples.notice(), annexes=(Annex("汇总表", body),))
    pages = read(to_pdf(document))
    assert [round(page.width) for page in pages[-3:]] == [210, 297, 210]
    words = [line.text.strip() for line in pages[-2].lines if len(line.chars) > 1]
    assert words[:4] == ["附件", "汇总表", "填报单位：", "说明。"]
    sections = re.findall("w:orient|汇总表|说明。", docx.Document(io.BytesIO(to_docx(document))).element.xml)
    assert sections[-3:] == ["汇总表", "说明。", "w:orient"]


def test_a_page_of_imprint_alone_bears_no_number():
    alone = 0
    for count in range(1, 24):
        body = tuple(Paragraph(f"第{number}段。") for number in range(count))
        pages = read(to_pdf(Document(form="sheet", body=body, imprint=samples.notice().imprint)))
        numbered = [any(line.text == f"—{number}—" for line in page.lines) for number, page in enumerate(pages, 1)]
        if any("段" in line.text for line in pages[-1].lines):
            assert all(numbered)
        else:
            alone += 1
            assert numbered == [True] * (len(pages) - 1) + [False]
    assert 0 < alone < 5


def test_a_letter_bears_no_number_on_its_first_page():
    pages = read(to_pdf(samples.letter()))
    assert [any(line.text == f"—{number}—" for line in page.lines) for number, page in enumerate(pages, 1)][:2] == [
        False,
        True,
    ]


@pytest.mark.parametrize("form", ["document", "letter", "bulletin", "sheet"])
def test_a_number_is_printed_even_without_an_issuing_body(form):
    document = Document(form=form, number="临质强办[2024]3号", title="通知", body=(Paragraph("正文。"),))
    assert "临质强办〔2024〕3号" in text_of(read(to_pdf(document)))
    assert "临质强办〔2024〕3号" in [
        paragraph.text for paragraph in docx.Document(io.BytesIO(to_docx(document))).paragraphs
    ]


def bulletin(**more):
    return replace(samples.bulletin(), **more)


@pytest.mark.parametrize(
    ("document", "printed"),
    [
        (bulletin(masthead=Masthead(("某市简报",)), number="某〔2024〕1号"), ["某〔2024〕1号"]),
        (bulletin(imprint=Imprint(("甲局",)), signature=("乙局", "丙局")), ["乙局丙局", "2024年8月28日"]),
        (bulletin(imprint=Imprint((), "丁局"), signature=()), ["丁局2024年8月28日", "丁局"]),
        (bulletin(signature=tuple(f"临江市{name}管理局" for name in "市教文体卫")), ["临江市卫管理局2024年8月28日"]),
        (replace(samples.minutes(), number="", masthead=Masthead(("某会议",), issue="第3期")), ["第3期"]),
    ],
)
def test_number_issue_and_offices_of_a_bulletin_and_of_minutes_are_printed(document, printed):
    lines = [line.text for page in read(to_pdf(document)) for line in page.lines]
    assert [text for text in printed if not any(text in line for line in lines)] == []
    word = [paragraph.text for paragraph in docx.Document(io.BytesIO(to_docx(document))).paragraphs]
    assert [text for text in printed if not any(text in re.sub(r"\s", "", line) for line in word)] == []


def test_an_annex_without_text_is_named_and_not_printed():
    document = replace(samples.notice(), annexes=(Annex("名单"),))
    text = text_of(read(to_pdf(document)))
    assert text.count("附件") == 1
    assert from_text("附件") == (Paragraph("附件"),)


def test_long_names_of_joint_signatures_break_between_words():
    names = ("临江市经济和信息化委员会", "临江市住房和城乡建设局", "临江市人民政府国有资产监督管理委员会")
    pages = read(to_pdf(replace(samples.joint(), signature=names, masthead=Masthead(names))))
    rows = [line.text for page in pages for line in page.lines if line.size < 17]
    assert rows[-8:-6] == ["信息化委员会城乡建设局人民政府国有资产", "监督管理委员会"]
