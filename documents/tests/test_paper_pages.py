"""How papers look on their pages: read back from the PDF, and from what LibreOffice prints of the Word file."""

import datetime
import io
import itertools
import re

import docx
import pytest

from documents.layout import fonts
from documents.layout.clauses import clauses_of
from documents.outline import Annex, Document, Masthead, Paragraph, Table, from_text
from documents.paper.pdf import to_pdf
from documents.tests.ruler import read
from documents.word.tests.test_write_docx import OFFICE, by_libreoffice
from documents.word.write_docx import to_docx

DAY = datetime.date(2023, 8, 9)
OFFICE_NAME = "望溪县人民政府"
TEXT = "经研究，决定表扬质量月先进集体，请受表扬的集体再接再厉。"

needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not here")


def texts(page):
    return [re.sub(r"\s", "", line.text) for line in page.lines]


def short(text, *, annexes=1, title="表扬质量月先进集体", addressees=("各乡镇人民政府",), signature=(OFFICE_NAME,)):
    """A short notice with a red head."""
    return Document(
        masthead=Masthead((OFFICE_NAME,)),
        number="望政发〔2023〕5号",
        title=f"{OFFICE_NAME}关于{title}的通知",
        addressees=addressees,
        body=from_text(text),
        annexes=tuple(Annex(f"第{number}批集体名单") for number in range(1, annexes + 1)),
        signature=signature,
        date=DAY,
    )


MANY = ("各乡镇人民政府", *["县政府各有关工作部门"] * 6)
SHORT = [
    short(text, annexes=annexes, title=title, addressees=addressees)
    for text, annexes, title, addressees in itertools.product(
        (TEXT[:14] + "。", TEXT, TEXT + TEXT[:13] + "。", TEXT * 3),
        (0, 1, 2, 5),
        ("表扬质量月先进集体", "表扬质量强县建设先进典型与质量月先进集体和个人及有关单位"),
        (("各乡镇人民政府",), MANY),
    )
]


def test_page_1_of_a_short_notice_with_a_red_head_always_shows_its_text():
    for document in SHORT:
        first, *others = read(to_pdf(document))
        assert any(line.startswith("经研究，决定") for line in texts(first)), document.title
        if others:
            assert any("。" in line or "名单" in line for line in texts(others[-1])), "the signature alone"


def test_one_line_too_many_stands_closer_and_the_seal_keeps_its_place():
    (page,) = read(to_pdf(short(TEXT)))
    note, date = page.find("附件：第1批"), page.find("2023年8月9日")
    assert date.bottom < 37 + 225
    name = [line for line in page.lines if line.text == OFFICE_NAME][-1]
    assert 14 < name.top - note.bottom < 25  # between one empty line and two
    assert abs((name.left + name.right) / 2 - (date.left + date.right) / 2) < 0.5


@needs_office
def test_the_word_file_of_a_short_notice_has_the_pages_of_its_pdf(tmp_path):
    chosen = dict(enumerate(SHORT[::5]))
    for number, document in chosen.items():
        (tmp_path / f"{number}.docx").write_bytes(to_docx(document))
    printed = by_libreoffice(tmp_path, [str(number) for number in chosen])
    for number, document in chosen.items():
        pages = read(printed[str(number)])
        assert any(line.startswith("经研究，决定") for line in texts(pages[0])), document.title
        assert len(pages) == len(read(to_pdf(document))), document.title
        assert [any(f"—{at}—" == line for line in texts(page)) for at, page in enumerate(pages, 1)] == [True] * len(
            pages
        )


def in_hei(text):
    """Whether each line of a text begins in Hei."""
    family = fonts.faces()["hei"].family.replace(" ", "")
    (page, *_) = read(to_pdf(Document(form="sheet", body=from_text(text))))
    found = [line.chars[0]["fontname"].partition("+")[2].replace("-", "") for line in page.lines[:-1]]
    return [name.startswith(family.replace("-", "")) for name in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、加强宣传，营造氛围；\n二、组织观摩，学习先进；\n三、做好总结。请于十月报送。", "none"),
        ("一、各单位要张贴海报。\n二、各单位要播放广告。\n三、做好总结。请于十月报送。", "none"),
        ("一、加强宣传。要张贴海报。\n二、组织观摩。要学习先进。\n三、做好总结。", "all"),
        ("一、活动主题\n质量兴县。\n二、活动时间\n九月。", "all"),
    ],
)
def test_the_items_of_a_list_are_set_alike(text, expected):
    found = in_hei(text)
    items = [
        face for face, line in zip(found, text.split("\n"), strict=True) if line[0] in "一二三四" and line[1] == "、"
    ]
    assert set(items) == ({True} if expected == "all" else {False})


def test_lists_below_different_headings_are_judged_apart():
    blocks = from_text(
        "一、任务\n（一）加强宣传；\n（二）组织观摩。\n二、要求\n（一）高度重视。要落实。\n（二）务求实效。要节俭。"
    )
    assert clauses_of(blocks) == {1, 2}


ADDRESS = (
    "请登录望溪县质量月活动平台查看有关通知（https://zly.example.com/2023/notice/list?page=12）并按时填报有关材料。"
)


def test_a_long_address_leaves_no_gaps_in_its_line():
    for shift in range(20):
        page, *_ = read(to_pdf(Document(form="sheet", body=(Paragraph("质" * shift + ADDRESS),))))
        for line in page.lines[:-1]:
            gaps = [b["x0"] - a["x1"] for a, b in itertools.pairwise(line.chars) if a["text"] > "\u3000" < b["text"]]
            assert max(gaps, default=0) < 4, (shift, line.text)


def test_what_has_to_stay_whole_leaves_a_ragged_line_rather_than_gaps():
    text = "质量月活动办公室联系邮箱已经开通请各单位报送" + "zhiliangyue.office2023@example.com" + "联系。"
    page, *_ = read(to_pdf(Document(form="sheet", body=(Paragraph(text),))))
    for line in page.lines[:-1]:
        gaps = [b["x0"] - a["x1"] for a, b in itertools.pairwise(line.chars) if a["text"] > "\u3000" < b["text"]]
        assert max(gaps, default=0) < 4.1, line.text


@needs_office
def test_a_long_address_leaves_no_gaps_in_word(tmp_path):
    for shift in range(0, 20, 3):
        document = Document(form="sheet", body=(Paragraph("质" * shift + ADDRESS),))
        (tmp_path / f"{shift}.docx").write_bytes(to_docx(document))
    for pdf in by_libreoffice(tmp_path, [str(shift) for shift in range(0, 20, 3)]).values():
        for line in read(pdf)[0].lines[:-1]:
            gaps = [b["x0"] - a["x1"] for a, b in itertools.pairwise(line.chars) if a["text"] > "\u3000" < b["text"]]
            assert max(gaps, default=0) < 4, line.text


FORM = Table(
    rows=(
        ("项目名称", "", "", ""),
        ("承办单位", "", "协办单位", ""),
        ("活动内容", "（方式、对象）", "", ""),
    )
)


def test_a_form_has_wide_empty_cells_and_room_for_a_text():
    (form,) = from_text("项目名称\t\n承办单位\t\t协办单位\t\n活动内容\t（方式、对象）")
    assert form.rows == FORM.rows
    (page,) = read(to_pdf(Document(form="sheet", body=(form,))))
    left, right = page.find("承办单位协办单位").chars[0], page.find("承办单位协办单位").chars[4]
    assert (right["x0"] - left["x0"]) * 25.4 / 72 > 70
    first, second, third = (page.find(label) for label in ("项目名称", "承办单位", "活动内容"))
    assert second.top - first.top > 9 and third.top - second.top > 18
    assert first.font == second.font  # no row is a head
    hint = page.find("活动内容（方式、对象）").chars
    assert hint[4]["x0"] - hint[3]["x1"] < 30  # the text of a wide cell begins at its left


@needs_office
def test_a_form_in_word_is_one_table_with_wide_empty_cells(tmp_path):
    (form,) = from_text("项目名称\t\n承办单位\t\t协办单位\t\n活动内容\t（方式、对象）")
    (tmp_path / "form.docx").write_bytes(to_docx(Document(form="sheet", body=(form,))))
    (page,) = read(by_libreoffice(tmp_path, ["form"])["form"])
    row = page.find("承办单位协办单位")
    assert (row.chars[4]["x0"] - row.chars[0]["x0"]) * 25.4 / 72 > 70
    assert page.find("活动内容").top - row.top > 18


def test_three_joint_names_too_long_for_a_row_of_three_stand_two_and_one():
    names = ("望溪县科学技术局", "中共望溪县委宣传部", "望溪县科学技术协会")
    (page,) = read(to_pdf(Document(title="通知", body=(Paragraph("请组织。"),), signature=names, date=DAY)))
    assert page.find("望溪县科学技术局中共望溪县委宣传部").top < page.find("望溪县科学技术协会").top
    assert page.find("2023年8月9日").top > page.find("望溪县科学技术协会").bottom


def test_chapters_and_sections_of_rules_stand_in_the_middle_and_articles_begin_in_hei():
    text = (
        "第一章　总则\n第一条　为规范质量奖管理，制定本办法。\n"
        "第二章 评审\n第一节 申报\n第二条 每两年评审一次。\n第三条规定的奖项。"
    )
    document = Document(form="sheet", body=from_text(text))
    assert in_hei(text) == [True, True, True, True, True, False]
    (page,) = read(to_pdf(document))
    for title in ("第一章总则", "第二章评审", "第一节申报"):
        line = page.find(title)
        assert abs((line.left + line.right) / 2 - 106) < 0.5
    article = page.find("第一条为规范")
    assert not article.chars[4]["fontname"].endswith(article.chars[0]["fontname"].partition("+")[2])
    root = docx.Document(io.BytesIO(to_docx(document)))
    runs = [[run.font.name for run in paragraph.runs if run.text.strip()] for paragraph in root.paragraphs]
    assert [faces[0] for faces in runs] == ["黑体"] * 5 + ["仿宋_GB2312"]
    assert runs[1][1] == "仿宋_GB2312"
