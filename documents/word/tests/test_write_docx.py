"""The same document as Word: the same text, grid and faces, and lines that end where those of the PDF do."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn
from PIL import Image

from documents.layout import fonts
from documents.outline import Document, Figure, Heading, ListBlock, Paragraph, Span, Table, from_text
from documents.paper.pdf import to_pdf
from documents.reading.document.assembly import document_from_text
from documents.sources.word_outline import read_docx
from documents.tests import samples
from documents.tests.ruler import read
from documents.word.write_docx import to_docx

NOTICES = sorted((Path(__file__).resolve().parents[3].parent / "shared" / "notices").glob("*.txt"))
LINES = {"sample": 21}  # its longest page
TABLES_OVER_PAGES = {"dongguan-2013"}
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def opened(document, files=None):
    return docx.Document(io.BytesIO(to_docx(document, files)))


def xml_of(document, part="word/document.xml", files=None):
    with zipfile.ZipFile(io.BytesIO(to_docx(document, files))) as archive:
        return archive.read(part).decode()


@pytest.mark.parametrize("name", samples.ALL)
def test_every_form_opens_and_carries_all_its_text(name):
    document = samples.ALL[name]()
    word = opened(document)
    text = "".join(node.text or "" for node in word.element.body.iter(qn("w:t")))
    for block in document.body:
        assert (block.number + block.text if isinstance(block, Heading) else block.text) in text
    if document.imprint and document.imprint.issuer:
        assert document.imprint.issuer in text


def test_every_run_names_its_chinese_face_and_no_theme_font_is_left():
    with zipfile.ZipFile(io.BytesIO(to_docx(samples.notice()))) as archive:
        whole = archive.read("word/document.xml").decode() + archive.read("word/styles.xml").decode()
    assert "Theme=" not in re.sub(r"<w:(?:color|shd)[^>]*>", "", whole)
    runs = re.findall(r"<w:r>.*?</w:r>", whole, re.S)
    assert runs
    assert all('w:eastAsia="' in run and 'w:ascii="' in run and 'w:hAnsi="' in run and 'w:cs="' in run for run in runs)
    faces = set(re.findall(r'w:eastAsia="([^"]+)"', "".join(runs)))
    assert {"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"} <= faces


def test_page_grid_margins_and_mirrored_footers():
    word = opened(samples.notice())
    section = word.sections[-1]
    paper = (section.page_width, section.page_height)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    millimetres = [round(value.mm, 1) for value in (*paper, *margins)]
    assert millimetres == [210, 297, 37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert word.settings.element.find(qn("w:mirrorMargins")) is not None
    assert word.settings.element.find(qn("w:evenAndOddHeaders")) is not None
    with zipfile.ZipFile(io.BytesIO(to_docx(samples.notice()))) as archive:
        footers = [archive.read(name).decode() for name in sorted(archive.namelist()) if "footer" in name]
    assert [re.search(r'w:jc w:val="(\w+)"', footer).group(1) for footer in footers] == ["right", "left"]
    for footer in footers:  # a field in full, since some programs show nothing of a w:fldSimple
        marks = re.findall(r'w:fldCharType="(\w+)"|<w:instrText[^>]*>( PAGE )<', footer)
        assert marks == [("begin", ""), ("", " PAGE "), ("separate", ""), ("end", "")]


def test_headings_carry_word_styles_and_their_numbering_as_text():
    word = opened(Document(form="sheet", body=from_text("一、总体要求\n（一）主题\n正文。")))
    styled = [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs if paragraph.text]
    assert styled == [("Heading 1", "一、总体要求"), ("Heading 2", "（一）主题"), ("Normal", "正文。")]
    assert "w:numPr" not in xml_of(samples.notice())


def test_a_table_repeats_its_head_and_keeps_its_spans():
    table = Table(
        head=(("单位", "活动", ""),),
        rows=(("甲", "乙", "丙"), ("", "丁", "戊")),
        spans=(Span(0, 1, columns=2), Span(1, 0, rows=2)),
    )
    xml = xml_of(Document(form="sheet", body=(table,)))
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count('<w:gridSpan w:val="2"/>') == 1
    assert (xml.count('w:vMerge w:val="restart"'), xml.count('w:vMerge w:val="continue"')) == (1, 1)


def test_what_a_user_types_is_never_a_field_or_markup():
    nasty = 'HYPERLINK "http://example.com" </w:t><w:fldSimple w:instr="DATE"/> { PAGE } &amp; \x0b\ud800'
    document = Document(form="sheet", title=nasty, body=(Paragraph(nasty), Table(rows=((nasty,),))))
    word = opened(document)
    fields = (word.element.body.iter(qn(f"w:{name}")) for name in ("fldSimple", "fldChar", "instrText"))
    assert [each for found in fields for each in found] == []
    assert nasty[:-2].replace("\x0b", "") in "".join(paragraph.text for paragraph in word.paragraphs[1:]).replace(
        "\n", ""
    )


def test_a_word_file_names_its_title_who_issued_it_and_its_language():
    known = opened(samples.notice()).core_properties
    assert (known.title, known.author, known.language) == (samples.notice().title, samples.OFFICE, "zh-CN")


def test_the_same_document_gives_the_same_bytes():
    assert to_docx(samples.notice()) == to_docx(samples.notice())


def picture():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "PNG")
    return out.getvalue()


def test_a_word_file_read_again_is_the_same_outline():
    table = Table(head=(("单位", "件数"),), rows=(("甲局", "1"), ("", "2")), spans=(Span(1, 0, rows=2),))
    body = (
        *from_text("一、总体要求\n（一）主题。质量强国。\n正文内容。"),
        ListBlock(("横幅", "标语")),
        table,
        Figure("图.png"),
    )
    blocks, files = read_docx(to_docx(Document(form="sheet", body=body), {"图.png": picture()}))
    assert blocks == (*body[:4], table, Figure("图片1"))
    assert list(files) == ["图片1"]


def without_page_numbers(pages):
    return [line for page in pages for line in page.lines if not re.fullmatch("—[0-9]+—", line.text)]


def text_of(lines):
    return "".join(line.text for line in lines)


def printed_alike():
    """Yield what is set as PDF and as Word and must break its lines alike: the sample, and the five notices if here."""
    notice = samples.notice()  # six digits of the copy number differ in width between the two
    yield "sample", replace(notice, masthead=replace(notice.masthead, copy_number=""))
    for path in NOTICES:
        yield path.stem, document_from_text(path.read_text(encoding="utf-8", errors="replace"))


def by_libreoffice(folder, names):
    """Convert Word files of a folder to PDF, nothing switched off in LibreOffice."""
    fonts.configure()
    command = [OFFICE, f"-env:UserInstallation={(folder / 'home').as_uri()}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", folder, *(folder / f"{name}.docx" for name in names)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
    assert "rror" not in done.stdout + done.stderr.replace("javaldx", "")
    return {name: (folder / f"{name}.pdf").read_bytes() for name in names}


@pytest.fixture(scope="module")
def by_office(tmp_path_factory):
    """Return name -> (pages of our PDF, pages of the PDF that LibreOffice makes of our Word file, as it is)."""
    folder = tmp_path_factory.mktemp("office")
    documents = dict(printed_alike())
    for name, document in documents.items():
        (folder / f"{name}.docx").write_bytes(to_docx(document))
    printed = by_libreoffice(folder, documents)
    return {
        name: (read(to_pdf(document, substitute=True)), read(printed[name])) for name, document in documents.items()
    }


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not here")
@pytest.mark.slow
@pytest.mark.parametrize("name", ["sample", *(path.stem for path in NOTICES)])
def test_libreoffice_prints_the_same_text_and_lines_22_a_page(by_office, name):
    """The Word file is converted as it is: nothing is switched off in LibreOffice."""
    ours, printed = by_office[name]
    set_here, set_there = without_page_numbers(ours), without_page_numbers(printed)
    full = [line.text for line in set_here if len(line.text) >= 24 and line.size > 15]  # a row of cells is no line
    there = {line.text for line in set_there}
    assert sum(line in there for line in full) / len(full) >= 0.9
    assert max(sum(1 for line in page.lines if abs(line.size - 16) < 0.3) for page in printed) == LINES.get(name, 22)
    if name in TABLES_OVER_PAGES:  # on another page, their head is repeated elsewhere
        set_here, set_there = ([line for line in lines if line.size > 15] for lines in (set_here, set_there))
    assert text_of(set_there) == text_of(set_here)


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not here")
@pytest.mark.slow
def test_heads_stand_in_word_where_they_stand_in_the_pdf(tmp_path):
    """Issuing bodies, number and title within a millimetre, and as many lines on the first page."""
    documents = {name: make() for name, make in samples.ALL.items()}
    for name, document in documents.items():
        (tmp_path / f"{name}.docx").write_bytes(to_docx(document))
    printed = by_libreoffice(tmp_path, documents)
    for name, document in documents.items():
        ours, theirs = read(to_pdf(document))[0], read(printed[name])[0]
        assert len(theirs.body()) == len(ours.body()), name
        number = {"bulletin": "第3期", "minutes": "〔2024〕2号", "order": "第5号"}.get(name, "〔2024〕3号")
        for text in (document.masthead.bodies[0][:9], number, document.title[:9]):
            assert theirs.find(text).top == pytest.approx(ours.find(text).top, abs=1), (name, text)


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not here")
@pytest.mark.slow
def test_a_table_does_not_run_into_the_imprint(tmp_path):
    for count in (19, 20, 21):
        rows = tuple((str(number), "甲") for number in range(count))
        document = Document(form="sheet", title="表", body=(Table(rows=rows),), imprint=samples.notice().imprint)
        (tmp_path / f"{count}.docx").write_bytes(to_docx(document))
    for name, pdf in by_libreoffice(tmp_path, (19, 20, 21)).items():
        page = read(pdf)[0]
        last = max(line.bottom for line in page.lines if line.text == f"{name - 1}甲")
        assert all(line.top > last for line in page.lines if "抄送" in line.text), name


def sealed():
    """Yield documents of one body, of five and of none with a name, and the images of their seals."""
    five = tuple(f"临江市第{number}局" for number in "一二三四五")
    yield "one", replace(samples.notice(), annexes=(), seals=("0",))
    yield "five", replace(samples.joint(), signature=five, seals=tuple("01234"))
    yield "nameless", replace(samples.notice(), annexes=(), signature=(), seals=("0",))


def seals_of(pdf):
    """Return page, left edge, top and width of every picture, in mm."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return sorted(
            (number, *(image[key] * 25.4 / 72 for key in ("x0", "top", "width")))
            for number, page in enumerate(opened.pages)
            for image in page.images
        )


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not here")
@pytest.mark.slow
def test_seals_asked_for_stand_in_word_where_they_stand_in_the_pdf(tmp_path):
    documents, files = dict(sealed()), dict.fromkeys("01234", picture())
    for name, document in documents.items():
        (tmp_path / f"{name}.docx").write_bytes(to_docx(document, files, seals=True))
    printed = by_libreoffice(tmp_path, documents)
    for name, document in documents.items():
        here, there = seals_of(to_pdf(document, files)), seals_of(printed[name])
        assert len(here) == len(there) == len(document.seals)
        for ours, theirs in zip(here, there, strict=True):
            assert theirs == pytest.approx(ours, abs=0.5)


def test_seals_stay_out_of_word_unless_asked_for():
    document, files = replace(samples.notice(), seals=("0",)), {"0": picture()}
    assert "<w:drawing" not in xml_of(document, files=files)
    with zipfile.ZipFile(io.BytesIO(to_docx(document, files))) as archive:
        assert [name for name in archive.namelist() if "media" in name] == []


def test_what_libreoffice_needs_is_no_text_and_word_does_not_read_it():
    xml = xml_of(Document(form="sheet", body=(Paragraph("2024年9月1日，共LED灯300盏。"),)))
    texts = re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml)
    assert texts == ["2024", "年", "9", "月", "1", "日，共", "LED", "灯", "300", "盏。"]
    hidden = re.findall(r"<w:r><w:rPr>[^/]*/><w:vanish/>.*?</w:r>", xml)
    assert len(hidden) == 9
    assert all('<mc:Choice Requires="w15"/><mc:Fallback><w:sym ' in run and "<w:t" not in run for run in hidden)
    word = opened(Document(form="sheet", body=(Paragraph("2024年9月1日"),)))
    assert word.paragraphs[0].text == "2024年9月1日"


def test_punctuation_does_not_hang_beyond_the_type_area():
    """Said once, in the defaults: no to Word, and the opposite word to LibreOffice, which takes it for its opposite."""
    styles = xml_of(samples.notice(), "word/styles.xml")
    assert re.search(
        '<w:pPrDefault><w:pPr><mc:AlternateContent><mc:Choice Requires="w15"><w:overflowPunct w:val="0"/></mc:Choice>'
        '<mc:Fallback><w:overflowPunct w:val="1"/></mc:Fallback></mc:AlternateContent>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:pPrDefault>',
        styles,
    )
    assert "overflowPunct" not in xml_of(samples.notice())


def test_settings_stand_in_the_order_of_the_schema():
    settings = xml_of(samples.notice(), "word/settings.xml")
    order = ["w:zoom", "w:mirrorMargins", "w:defaultTabStop", "w:evenAndOddHeaders", "w:characterSpacingControl"]
    places = [settings.index(f"<{name}") for name in order]
    assert places == sorted(places)
    assert re.search('w:name="compatibilityMode"[^>]*w:val="15"', settings)


def test_rows_of_joint_signatures_are_tables_of_their_own():
    names = tuple(f"临江市第{number}局" for number in "一二三四五")
    tables_here = opened(replace(samples.joint(), signature=names)).tables
    rows = [[cell.text for cell in row.cells] for table in tables_here for row in table.rows][-2:]
    assert rows == [list(names[:3]), list(names[3:])]
    xml = xml_of(replace(samples.joint(), signature=names))
    assert "</w:tbl><w:tbl>" not in xml
