"""What units hand in is set sensibly, or refused with the place named."""

import datetime
import io
import itertools
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from documents.errors import GlyphError, ImageError
from documents.layout.glyph_check import missing_glyphs
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
from documents.paper.pdf import to_html, to_pdf
from documents.tests import samples
from documents.tests.ruler import read

pytestmark = pytest.mark.usefixtures("no_warnings")


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
        assert sum(len(page.get_images()) for page in opened.pages) >= 1


def test_a_photo_whose_name_no_font_can_print_is_set_all_the_same():
    document = sheet(Figure("\U00020000.png"), Paragraph("\U00020000"))
    with pikepdf.open(io.BytesIO(to_pdf(document, {"\U00020000.png": png()}, substitute=True))) as pdf:
        assert len(pdf.pages[0].get_images()) == 1


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
