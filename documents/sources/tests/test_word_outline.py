"""What a Word file says is read whole, as Word shows it; a damaged file is refused in one line."""

import io
import zipfile
from contextlib import suppress
from dataclasses import replace
from functools import cache
from random import Random

import docx
import pytest
from docx.enum.section import WD_ORIENT
from lxml import etree

from documents.errors import DocumentError
from documents.outline import Annex, Figure, Heading, Masthead, Paragraph, Table
from documents.reading.document.assembly import document_from_blocks
from documents.sources import word_outline
from documents.sources.word_outline import read_docx
from documents.tests import samples
from documents.word.tests.test_write_docx import picture
from documents.word.write_docx import to_docx


def saved(word):
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def written(*lines):
    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    return saved(word)


def changed(data, old, new):
    """Return a Word file with something else in its text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            part = before.read(entry)
            if entry.filename == "word/document.xml":
                assert old.encode() in part
                part = part.replace(old.encode(), new.encode(), 1)
            after.writestr(entry, part)
    return out.getvalue()


def undrawn(blocks):
    """Without the widths that Word was given, where the outline left them to the text."""
    return tuple(replace(block, widths=()) if isinstance(block, Table) else block for block in blocks)


@pytest.mark.parametrize("name", samples.ALL)
def test_a_document_set_as_word_is_the_same_document_when_it_is_read_again(name):
    document = samples.ALL[name]()
    again = document_from_blocks(undrawn(read_docx(to_docx(document))[0]), document.form)
    printed = {"临质强办[2024]第003号": "临质强办〔2024〕3号", "18": "000018", "7": "000007"}
    mast = document.masthead
    suffix = {"minutes": "纪要", "order": "令", "letter": "", "bulletin": ""}.get(document.form, "文件")
    expected = replace(
        document,
        masthead=replace(mast, copy_number=printed.get(mast.copy_number, mast.copy_number), suffix=suffix),
        number="" if document.form == "bulletin" else printed.get(document.number, document.number),
        annexes=tuple(Annex(annex.title.rstrip("。"), annex.body) for annex in document.annexes),
        sealed=True,
    )
    assert again == expected


def test_numbering_that_word_writes_itself_is_read_as_text():
    word = docx.Document()
    for text in ("甲", "乙"):
        word.add_paragraph(text, style="List Number")
    assert read_docx(saved(word))[0] == (Heading(3, "1.", "甲"), Heading(3, "2.", "乙"))


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_word_file_is_refused(data):
    with pytest.raises(DocumentError, match="Word file"):
        read_docx(data)


def test_a_nested_table_becomes_text_of_its_cell():
    word = docx.Document()
    cell = word.add_table(1, 2).cell(0, 0)
    cell.text = "外"
    cell.add_table(1, 1).cell(0, 0).text = "内"
    (table,) = read_docx(saved(word))[0]
    assert table.rows == (("外\n内", ""),)


def test_text_in_a_control_an_insertion_and_a_moved_place_is_read_once():
    control = "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的字</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    tracked = "<w:ins w:id='1' w:author='x'><w:r><w:t>插入</w:t></w:r></w:ins>"
    gone = "<w:moveFrom w:id='2' w:author='x'><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
    data = changed(
        written("甲", "乙"), "<w:t>乙</w:t></w:r></w:p>", f"<w:t>乙</w:t></w:r>{tracked}{gone}</w:p>{control}"
    )
    assert read_docx(data)[0] == (Paragraph("甲"), Paragraph("乙插入"), Paragraph("控件里的字"))


def test_a_text_box_is_read_once_though_the_file_has_it_twice():
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    twice = (
        "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert read_docx(changed(written("甲"), "<w:t>甲</w:t>", f"<w:t>甲</w:t>{twice}"))[0] == (
        Paragraph("甲"),
        Paragraph("框内"),
    )


def test_the_boxes_and_ticks_of_a_form_are_read():
    box = (
        "<w:t>选</w:t><w:sym w:font='Wingdings 2' w:char='00A3'/><w:t>是</w:t><w:sym w:font='Wingdings' w:char='F0FE'/>"
    )
    assert read_docx(changed(written("甲"), "<w:t>甲</w:t>", box))[0] == (Paragraph("选□是☑"),)


def test_a_file_that_begins_with_a_table_or_a_picture_keeps_it():
    word = docx.Document()
    word.add_table(1, 2).cell(0, 0).text = "甲"
    word.add_paragraph("附件")
    word.add_picture(io.BytesIO(picture()))
    word.add_paragraph("说明。")
    document = document_from_blocks(read_docx(saved(word))[0])
    assert document.title == ""
    assert document.body == (Table(rows=(("甲", ""),)),)
    assert document.annexes == (Annex("", (Figure("图片1"), Paragraph("说明。")), noted=False),)


def test_a_table_above_the_number_stays_in_the_text():
    word = docx.Document()
    word.add_table(1, 2).cell(0, 0).text = "甲"
    for line in ("某市局文件", "某〔2024〕1号", "关于开展活动的通知", "各单位：", "请做好准备。"):
        word.add_paragraph(line)
    document = document_from_blocks(read_docx(saved(word))[0])
    assert document.masthead == Masthead(("某市局",))
    assert document.body == (Table(rows=(("甲", ""),)), Paragraph("请做好准备。"))


@pytest.mark.parametrize(
    "properties",
    ["<w:numPr><w:ilvl w:val='x'/><w:numId w:val='1'/></w:numPr>", "<w:numPr><w:ilvl/><w:numId w:val='1'/></w:numPr>"],
)
def test_a_file_of_broken_settings_is_refused(properties):
    with pytest.raises(DocumentError, match="no Word file"):
        read_docx(changed(written("甲"), "<w:p>", f"<w:p><w:pPr>{properties}</w:pPr>"))


def test_a_file_with_a_damaged_part_is_refused():
    data = bytearray(to_docx(samples.letter()))
    start = data.index(b"word/document.xml") + len("word/document.xml")
    data[start : start + 400] = bytes(400)
    with pytest.raises(DocumentError, match="no Word file"):
        read_docx(bytes(data))


def test_a_fault_of_our_own_is_not_taken_for_a_damaged_file(monkeypatch):
    monkeypatch.setattr(word_outline, "_cell_text", lambda cell: cell.text.nothing)
    with pytest.raises(AttributeError, match="nothing"):
        read_docx(to_docx(samples.notice()))


PARTS = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/_rels/document.xml.rels")


def gnawed(data, choose):
    """Return a Word file from whose parts elements and attributes went, or hold something else."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            part = before.read(entry)
            if entry.filename in PARTS:
                root = etree.fromstring(part)
                for _ in range(3):
                    gnaw(root, choose)
                part = etree.tostring(root)
            after.writestr(entry, part)
    return out.getvalue()


def gnaw(root, choose):
    element = choose(list(root.iter())[1:] or [root])
    if element.attrib and choose((True, False)):
        name = choose(sorted(element.attrib))
        element.set(name, choose(("x", "", "-1", "99999999999"))) if choose((True, False)) else element.attrib.pop(name)
    elif element.getparent() is not None:
        element.getparent().remove(element)


@pytest.mark.parametrize("seed", range(150))
def test_a_file_that_lost_any_of_its_xml_is_read_or_refused(seed):
    with suppress(DocumentError):
        read_docx(gnawed(rich(), Random(seed).choice))


@cache
def rich():
    """A Word file with numbering, tables, pictures and a letterhead of its own."""
    word = docx.Document(io.BytesIO(to_docx(samples.letter())))
    for style in ("List Number", "List Bullet", "Heading 1"):
        word.add_paragraph("甲", style=style)
    word.add_picture(io.BytesIO(picture()))
    table = word.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "乙"
    return saved(word)


def test_a_form_keeps_the_widths_it_was_drawn_with_and_a_turned_page_stays_turned():
    word = docx.Document()
    form = word.add_table(2, 4)
    for row, labels in zip(form.rows, (("单位", "", "电话", ""), ("姓名", "", "职务", "")), strict=True):
        for cell, label in zip(row.cells, labels, strict=True):
            cell.text = label
    word.add_section().orientation = WD_ORIENT.LANDSCAPE
    word.add_table(1, 2).cell(0, 0).text = "甲"
    upright, turned = read_docx(saved(word))[0]
    assert isinstance(upright, Table)
    assert isinstance(turned, Table)
    assert (len(upright.head), len(set(upright.widths)), len(upright.widths)) == (0, 1, 4)
    assert (upright.landscape, turned.landscape) == (None, True)


@pytest.mark.parametrize(
    ("merged", "heads"),
    [([], 1), ([((0, 0), (0, 2))], 2), ([((0, 0), (1, 0))], 2), ([((0, 0), (4, 0))], 0)],
)
def test_a_cell_that_reaches_down_from_the_head_belongs_to_it_or_there_is_no_head(merged, heads):
    """Else the rows below would begin a column too far to the left."""
    word = docx.Document()
    table = word.add_table(5, 3)
    for number, row in enumerate(table.rows):
        for cell, text in zip(row.cells, "甲乙丙", strict=True):
            cell.text = f"{text}{number}"
    for first, last in merged:
        for cell in {table.cell(*last), *table.rows[last[0]].cells[first[1] + 1 : last[1] + 1]}:
            cell.text = ""
        table.cell(*first).merge(table.cell(*last))
    (found,) = read_docx(saved(word))[0]
    assert isinstance(found, Table)
    assert (len(found.head), len(found.rows)) == (heads, 5 - heads)
