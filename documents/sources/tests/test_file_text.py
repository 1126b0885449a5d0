"""Every way in gives the same text, and what cannot be read is refused with a reason a person can act on."""

import io
import zipfile

import pikepdf
import pytest
import weasyprint
from PIL import Image

from documents.reading import read
from documents.sources.file_text import MAX_BYTES, Refused, pasted, text_of
from documents.sources.libreoffice import office_path

from . import files

NOTICE = "望川县关于开展“质量月”活动的通知\n一、活动主题\n质量第一。\n"


def reason(data: bytes, name: str = "notice") -> str:
    with pytest.raises(Refused) as refused:
        text_of(name, data)
    assert str(refused.value)
    return refused.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_file_in_any_usual_encoding(encoding):
    assert text_of("通知.txt", NOTICE.encode(encoding)).text == NOTICE


def test_line_ends_of_windows_and_of_old_macs():
    assert text_of("a.txt", NOTICE.replace("\n", "\r\n").encode()).text == NOTICE
    assert pasted(NOTICE.replace("\n", "\r")).text == NOTICE


def test_the_numbers_that_word_generates_are_in_the_text():
    body = "".join(
        files.paragraph(text, depth)
        for text, depth in [
            ("活动内容", 0), ("宣传活动", 1), ("发布会", 2), ("首场", 3), ("次场", 3), ("论坛", 2), ("提升活动", 1),
            ("讲座", 2), ("工作要求", 0),
        ]
    )  # fmt: skip
    assert text_of("a.docx", files.docx(body)).text.split("\n") == [
        "一、活动内容", "（一）宣传活动", "1.发布会", "①首场", "②次场", "2.论坛", "（二）提升活动",
        "1.讲座", "二、工作要求",
    ]  # fmt: skip


def test_table_rows_merged_cells_text_boxes_and_page_headers():
    rows = files.table(
        files.cell("序号") + files.cell("事项") + files.cell("责任单位"),
        files.cell("1") + files.cell("甲") + files.cell("市教育局", "restart"),
        files.cell("2") + files.cell("乙") + files.cell("", "continue"),
        files.cell("合计两项", span=3),
    )
    header = f"<w:hdr {files.W}>{files.paragraph('望川县人民政府文件')}</w:hdr>"
    body = files.paragraph("通知") + files.text_box("盒中文字") + rows
    data = files.docx(body, **{"word__header1.xml": header})
    assert text_of("a.docx", data).text.split("\n") == [
        "望川县人民政府文件", "通知", "盒中文字", "序号\t事项\t责任单位", "1\t甲\t市教育局",
        "2\t乙\t市教育局", "合计两项",
    ]  # fmt: skip


def test_deleted_text_and_field_codes_are_left_out():
    deleted = "<w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del>"
    body = f"<w:p>{deleted}<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>新</w:t></w:r></w:p>"
    assert text_of("a.docx", files.docx(body)).text == "新"


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://x/{kind}" Target="http://example.com/a" TargetMode="External"/>'
    "</Relationships>"
)


def test_plain_links_are_noted_and_not_followed():
    parts = {"word__" + "_rels/document.xml.rels": RELATIONS.format(kind="hyperlink")}
    source = text_of("a.docx", files.docx(files.paragraph("通知"), **parts))
    assert source.notes == ("Links to other places in the document were not followed.",)


@pytest.mark.parametrize("kind", ["attachedTemplate", "oleObject", "frame"])
def test_parts_drawn_in_from_elsewhere_are_refused(kind):
    parts = {"word__" + "_rels/document.xml.rels": RELATIONS.format(kind=kind)}
    assert reason(files.docx(files.paragraph("通知"), **parts)) == "external"


def test_macros_are_refused_whatever_the_file_is_called():
    assert reason(files.docx(files.paragraph("通知"), **{"word__vbaProject.bin": "x"}), "a.docx") == "macros"


def test_an_entity_bomb_and_a_zip_bomb_are_refused():
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document/>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bomb)
    assert reason(buffer.getvalue()) == "damaged"
    assert reason(files.docx("", **{"word__media__a.bin": "0" * 30_000_000})) == "bomb"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\x00", "empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "image"),
        (b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0" + b"\x00" * 50, "image"),
        (b"RIFF\x24\0\0\0WEBPVP8 " + b"\x00" * 50, "image"),
        (b"\0\0\0\x20ftypheic" + b"\x00" * 50, "image"),
        (b"RIFF\x24\0\0\0WAVEfmt " + b"\x00\x01" * 50, "binary"),
        (b"PK\x03\x04 this is no archive", "damaged"),
        (b"%PDF-1.7 and nothing more", "damaged"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"0" * (MAX_BYTES + 1), "too-big"),
    ],
)
def test_what_is_no_notice_is_refused_with_its_reason(data, code):
    assert reason(data) == code


@pytest.mark.parametrize("text", ["BMW 质量月通知", "RIFF 和 GIF8 都可以", "附件以 %PDF-1.7 开头"])
def test_a_text_that_speaks_of_files_is_a_text(text):
    assert (text_of("a.txt", text.encode()).kind, text_of("a.txt", text.encode()).text) == ("text", text)


def test_half_a_word_file_is_damaged():
    data = files.docx(files.paragraph("通知" * 500))
    assert reason(data[: len(data) // 2]) == "damaged"


@pytest.mark.parametrize("stream", ["Workbook", "Book", "PowerPoint Document"])
def test_an_old_spreadsheet_or_presentation_is_told_apart(stream):
    name = f"{stream}\0".encode("utf-16-le")
    assert reason(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + name) == "spreadsheet"


def test_a_spreadsheet_is_told_apart():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<a/>")
    assert reason(buffer.getvalue()) == "spreadsheet"


def pdf_of(html: str) -> bytes:
    return weasyprint.HTML(
        string=f"<style>table{{border-collapse:collapse}}td{{border:1px solid}}</style>{html}"
    ).write_pdf()


def test_a_pdf_with_text_and_a_table():
    cells = [
        ("序号", "事项", "完成时限", "责任单位"),
        ("1", "制作短片", "11.20", "市教育局"),
        ("2", "印制海报", "11.15", "市卫健局"),
    ]
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in cells)
    text = text_of("a.pdf", pdf_of(f"<p>望川县关于开展2013年活动的通知</p><table>{rows}</table><p>特此通知。</p>")).text
    assert text.split("\n") == [
        "望川县关于开展2013年活动的通知", *("\t".join(row) for row in cells), "特此通知。",
    ]  # fmt: skip
    assert [task.title.value for task in read(text).tasks] == ["制作短片", "印制海报"]


def picture() -> Image.Image:
    return Image.new("L", (600, 800), 255)


def test_a_scan_is_told_apart():
    buffer = io.BytesIO()
    picture().save(buffer, "PDF")
    assert reason(buffer.getvalue()) == "scan"


def test_a_protected_pdf_and_one_of_201_pages():
    pdf, buffer = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert reason(buffer.getvalue()) == "encrypted"
    long, buffer = pikepdf.new(), io.BytesIO()
    for _ in range(201):
        long.add_blank_page()
    long.save(buffer)
    assert reason(buffer.getvalue()) == "too-long"


@pytest.mark.skipif(office_path() is None, reason="LibreOffice is not installed")
def test_an_old_word_file_goes_through_libreoffice():
    rtf = "{\\rtf1\\ansi " + "".join(f"\\u{ord(char)}?" for char in "质量月活动的通知") + "\\par}"
    assert text_of("a.doc", rtf.encode()).text.strip() == "质量月活动的通知"


def test_without_libreoffice_an_old_word_file_says_what_to_do(monkeypatch):
    monkeypatch.setattr("documents.sources.libreoffice.shutil.which", lambda name: None)
    assert reason(bytes.fromhex("D0CF11E0A1B11AE1") + b"\x00" * 600) == "no-office"
