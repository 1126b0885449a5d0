"""What units hand in is set sensibly, or refused with the place named."""

import datetime
import io
import itertools
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import docx
import pdfplumber
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from documents.closing import SEAL, closing
from documents.errors import GlyphError, ImageError
from documents.glyphs import missing_glyphs
from documents.outline import (
    Annex,
    Document,
    Figure,
    Heading,
    Imprint,
    ListBlock,
    Masthead,
    Paragraph,
    Span,
    Table,
    from_text,
)
from documents.setting import to_html, to_pdf
from documents.tests import samples
from documents.tests.paper import read
from documents.word import to_docx


@pytest.fixture(autouse=True)
def silence(caplog):
    """Nothing that is set here may make WeasyPrint warn."""
    caplog.set_level(logging.WARNING, logger="weasyprint")
    yield
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


def sheet(*blocks, **more):
    return Document(form="sheet", body=blocks, **more)


def text_of(pages):
    return "".join(line.text for page in pages for line in page.lines)


def png(width=40, height=30):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


def test_an_empty_document_is_an_empty_page():
    assert len(read(to_pdf(Document()))) == 1


def test_one_character_is_set():
    assert text_of(read(to_pdf(sheet(Paragraph("质"))))) == "质—1—"


def test_a_title_of_200_characters_is_broken_into_lines_that_fit():
    title = "关于深入开展质量强市工作的通知" * 14
    pages = read(to_pdf(sheet(title=title[:200])))
    lines = [line for line in pages[0].lines if abs(line.size - 22) < 0.3]
    assert "".join(line.text for line in lines) == title[:200]
    assert all(line.left >= 28 and line.right <= 184.3 for line in lines)


@pytest.mark.slow
def test_a_paragraph_of_100000_characters_is_set_whole():
    text = ("质量是生命，" * 16_667)[:100_000]
    document = pypdfium2.PdfDocument(to_pdf(sheet(Paragraph(text))))
    lines = [document[index].get_textpage().get_text_range().split() for index in range(len(document))]
    assert "".join(line for page in lines for line in page[:-3]) == text  # the last three are — 1 —
    assert max(len(page) for page in lines) == 22 + 3


def test_a_table_of_40_columns_stands_on_turned_pages():
    head = tuple(f"列{n}" for n in range(40))
    rows = tuple(tuple(str(n * m) for n in range(40)) for m in range(30))
    pages = read(to_pdf(sheet(Paragraph("前"), Table(head=(head,), rows=rows), Paragraph("后"))))
    assert [round(page.width) for page in pages] == [210, 297, 210]
    assert "1131" in text_of(pages)
    cells = [char for line in pages[1].lines for char in line.chars if char["size"] < 7]
    assert all(char["x0"] * 25.4 / 72 >= 35 and char["x1"] * 25.4 / 72 <= 261 for char in cells)


def test_the_number_of_a_turned_page_stands_where_it_stands_on_the_others():
    table = Table(rows=(("甲",),), landscape=True)
    with pikepdf.open(io.BytesIO(to_pdf(sheet(table, Paragraph("后"), table)))) as pdf:
        found = [pdf.pages[index].Contents[2].read_bytes().decode() for index in (0, 2)]
        sizes = [[float(value) for value in page.mediabox] for page in pdf.pages]
    assert [size[2] > size[3] for size in sizes] == [True, False, True]
    for content in found:  # turned clockwise, 7 mm outside the type area, one character from its outer edge
        matrix = content.split("rg ")[-1].split("g ")[-1]
        a, b, c, d, x, y = (float(value) for value in matrix.split(" Tm")[0].split()[-6:])
        assert (a, b, c, d) == (0, -1, 1, 0)
        assert 74 < x < 81
        assert 100 < y < 160


def test_a_row_higher_than_a_page_goes_on():
    tall = "质量强国" * 900
    pages = read(to_pdf(sheet(Table(head=(("项目", "内容"),), rows=(("一", tall), ("二", "短"))))))
    assert len(pages) > 1
    assert text_of(pages).count("质量强国") + 0 >= 880
    assert all(any("项目" in line.text for line in page.lines) for page in pages)


def test_a_cell_over_rows_and_columns_is_one_cell():
    table = Table(
        head=(("单位", "活动", ""), ("", "名称", "件数")),
        rows=(("甲局", "宣传", "1"), ("", "培训", "2")),
        spans=(Span(0, 0, rows=2), Span(0, 1, columns=2), Span(2, 0, rows=2)),
    )
    html = to_html(sheet(table))
    assert html.count("<th") - html.count("<thead") == 4
    assert html.count("<td") == 5
    assert 'rowspan="2">单位' in html
    assert 'colspan="2">活动' in html


def test_spans_that_reach_beyond_the_table_are_cut():
    table = Table(rows=(("甲", "乙"),), spans=(Span(0, 0, rows=9, columns=9), Span(7, 7)))
    assert "甲" in text_of(read(to_pdf(sheet(table))))


@pytest.mark.parametrize("table", [Table(), Table(head=((),)), Table(rows=(("甲",), ("乙", "丙", "丁")))])
def test_an_empty_or_ragged_table_is_set(table):
    assert to_pdf(sheet(table)).startswith(b"%PDF")


def test_control_characters_surrogates_and_turned_text_are_dropped():
    text = "甲\x00乙\x1b\ud800丙\u202e丁\u2066戊\ufeff"
    assert text_of(read(to_pdf(sheet(Paragraph(text))))) == "甲乙丙丁戊—1—"
    assert text_of(read(to_pdf(sheet(Table(head=((text,),), rows=((text,),)))))) == "甲乙丙丁戊" * 2 + "—1—"


def test_a_rare_character_is_found_before_printing_and_named_with_its_paragraph():
    document = sheet(Paragraph("好"), Table(rows=(("甲",), ("\U00020000乙",))))
    (missing,) = missing_glyphs(document)
    assert (missing.char, missing.place) == ("\U00020000", "paragraph 2 (row 2 of the table)")
    with pytest.raises(GlyphError, match=r"U\+20000.*paragraph 2 \(row 2"):
        to_pdf(document)
    assert "〓乙" in text_of(read(to_pdf(document, substitute=True)))


def test_a_character_that_fangsong_lacks_is_printed_in_another_face_on_the_same_grid():
    pages = read(to_pdf(sheet(Paragraph("场地面积300㎡，" * 20))))
    body = pages[0].body()
    pitches = {round((below.top - above.top) * 72 / 25.4, 1) for above, below in itertools.pairwise(body)}
    assert pitches == {29.6}


def test_a_missing_image_is_named():
    with pytest.raises(ImageError, match="会场"):
        to_pdf(sheet(Figure("会场.jpg")))


def test_images_with_any_name_are_set():
    names = ("a b.png", "../a.png", "会场.png", "a%20b", "http://example.com/a.png", "named:x", "#")
    pdf = to_pdf(sheet(*(Figure(name, caption=name) for name in names)), dict.fromkeys(names, png()))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert sum(len(page.images) for page in opened.pages) >= 1


@pytest.mark.parametrize("size", [(1, 4000), (4000, 1)])
def test_a_picture_of_any_shape_stays_inside_the_type_area(size):
    pages = read(to_pdf(sheet(Figure("a", "图")), {"a": png(*size)}))
    assert len(pages) == 1


@pytest.mark.parametrize("heading", ["一、目标", "（一）服务目标。", "1.强化安全监管。"])
def test_no_heading_ends_a_page_whether_it_has_a_full_stop_or_not(heading):
    for count in range(19, 24):
        body = from_text("\n".join([*["内容。"] * count, heading, "实现目标。"]))
        ends = [page.body()[-1].text for page in read(to_pdf(sheet(*body)))]
        assert heading not in ends, count


def test_numbered_sentences_fill_the_page_as_text_does():
    body = from_text("\n".join(["内容。"] * 21 + ["（一）负责宣传。", "（二）负责培训。"]))
    first, second = read(to_pdf(sheet(*body)))
    assert [first.body()[-1].text, second.body()[0].text] == ["（一）负责宣传。", "（二）负责培训。"]


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


def test_a_long_annex_note_is_divided_and_the_signature_stands_below_a_part_of_it():
    annexes = tuple(Annex(f"第{number}个附件") for number in range(1, 13))
    pages = read(to_pdf(replace(samples.notice(), annexes=annexes)))
    noted = [[line.text for line in page.lines if "个附件" in line.text] for page in pages]
    assert sum(map(len, noted)) == 12
    assert len([found for found in noted if found]) == 2
    assert 2 <= len(noted[-1]) < 12
    assert any(line.text == samples.SHORT for line in pages[-1].lines)


def test_the_title_of_an_annex_stands_on_the_turned_page_of_its_table():
    table = Table(rows=(("甲",),), landscape=True)
    document = replace(samples.notice(), annexes=(Annex("汇总表", (table, Paragraph("说明。"))),))
    pages = read(to_pdf(document))
    assert [round(page.width) for page in pages[-3:]] == [210, 297, 210]
    assert [line.text for line in pages[-2].lines if len(line.chars) > 1][:2] == ["附件", "汇总表"]
    sections = re.findall("w:orient|汇总表|说明。", docx.Document(io.BytesIO(to_docx(document))).element.xml)
    assert sections[-3:] == ["汇总表", "w:orient", "说明。"]


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


def test_the_same_document_gives_the_same_bytes():
    assert to_pdf(samples.notice()) == to_pdf(samples.notice())


@pytest.mark.slow
def test_documents_set_in_threads_are_the_same():
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(to_pdf, [samples.letter()] * 8))) == 1


def test_bookmarks_title_and_language():
    with pikepdf.open(io.BytesIO(to_pdf(samples.notice()))) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert str(pdf.docinfo["/Title"]) == samples.notice().title
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
            children = [item.title for item in outline.root[0].children]
    assert titles == [samples.notice().title, "附件1 2024年“质量月”重点活动安排表"]
    assert children == ["一、活动主题", "二、重点活动", "三、工作要求"]


def test_fonts_are_embedded_as_subsets():
    with pikepdf.open(io.BytesIO(to_pdf(samples.notice()))) as pdf:
        fonts = [font for page in pdf.pages for font in page.obj.Resources.Font.values()]
        names = {str(font.BaseFont) for font in fonts}
        assert all("+" in name for name in names)
        assert all("/FontDescriptor" in font.DescendantFonts[0] for font in fonts)
    assert len(to_pdf(samples.notice())) < 900_000


@pytest.mark.parametrize(("variant", "part"), [("pdf/a-2u", "2"), ("pdf/ua-1", "1")])
def test_an_archive_or_accessible_pdf_on_request(variant, part):
    with pikepdf.open(io.BytesIO(to_pdf(samples.plain_notice(), variant=variant))) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
        name = "pdfaid" if variant.startswith("pdf/a") else "pdfuaid"
        assert f"{name}:part" in xmp and part in xmp
        assert b"cmyk" not in b"".join(page.Contents[1].read_bytes() for page in pdf.pages).lower()
        assert ("/StructTreeRoot" in pdf.Root) == (variant == "pdf/ua-1" or "/StructTreeRoot" in pdf.Root)


def test_a_tagged_pdf_has_a_tree_and_its_page_numbers_are_artefacts():
    with pikepdf.open(io.BytesIO(to_pdf(samples.plain_notice(), tags=True))) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.MarkInfo.Marked
        assert b"/Artifact BMC" in pdf.pages[0].Contents[2].read_bytes()


def test_a_letter_bears_no_number_on_its_first_page():
    pages = read(to_pdf(samples.letter()))
    assert [any(line.text == f"—{number}—" for line in page.lines) for number, page in enumerate(pages, 1)][:2] == [
        False,
        True,
    ]


WORDS = st.text(alphabet="质量月一二（）()1.、①•\t<&>\"' \u3000\u200bé😀𠀀\u202e", max_size=40)
BLOCKS = st.one_of(
    st.builds(Paragraph, WORDS),
    st.builds(Heading, st.integers(1, 4), st.sampled_from(("一、", "")), WORDS),
    st.builds(ListBlock, st.lists(WORDS, max_size=3).map(tuple), st.booleans()),
    st.builds(
        Table,
        head=st.lists(st.lists(WORDS, max_size=3).map(tuple), max_size=2).map(tuple),
        rows=st.lists(st.lists(WORDS, max_size=4).map(tuple), max_size=3).map(tuple),
        spans=st.lists(st.builds(Span, *[st.integers(0, 4)] * 2, *[st.integers(1, 3)] * 2), max_size=2).map(tuple),
    ),
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(BLOCKS, max_size=5),
    WORDS,
    st.sampled_from(("document", "letter", "order", "minutes", "bulletin", "sheet")),
)
@pytest.mark.slow
def test_any_outline_is_set(blocks, words, form):
    document = Document(
        form=form,
        masthead=Masthead((words or "局",), copy_number=words, urgency=words, signers=(words,)),
        number=words,
        title=words,
        addressees=(words,),
        body=tuple(blocks),
        annexes=(Annex(words, tuple(blocks)),),
        signature=(words,),
        date=datetime.date(2024, 1, 2),
        notes=(words,),
        imprint=Imprint((words,), words, None),
    )
    assert to_pdf(document, substitute=True).startswith(b"%PDF")


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
