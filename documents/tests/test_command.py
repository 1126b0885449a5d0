"""python manage.py set_document: a text or Word file becomes an official document, or one line says why not."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from documents.assembly import document_from_text
from documents.outline import Annex, Heading, Imprint, Paragraph
from documents.tests import samples
from documents.tests.paper import read
from documents.word import to_docx

TEXT = """\
临江市质量强市工作领导小组办公室文件

临质强办〔2024〕3号

关于开展2024年“质量月”活动的通知

各县（区）人民政府，各有关单位：

　　现将有关事项通知如下。
一、活动主题
以质取胜。
附件：1.活动安排表
2.联络员登记表
临江市质量强市工作领导小组办公室
二〇二四年八月二十八日
（联系人：李某某）
附件1
活动安排表
一、启动仪式
抄送：市委办公室，市政府办公室。
临江市质量强市工作领导小组办公室　2024年8月28日印发
"""


def test_a_bare_text_is_put_together():
    document = document_from_text(TEXT)
    assert document.masthead.bodies == (samples.OFFICE,)
    assert document.number == "临质强办〔2024〕3号"
    assert document.title == "关于开展2024年“质量月”活动的通知"
    assert document.addressees == ("各县（区）人民政府", "各有关单位")
    assert document.body == (
        Paragraph("现将有关事项通知如下。"),
        Heading(1, "一、", "活动主题"),
        Paragraph("以质取胜。"),
    )
    assert document.signature == (samples.OFFICE,)
    assert document.date == samples.DAY
    assert document.notes == ("联系人：李某某",)
    assert document.annexes == (Annex("活动安排表", (Heading(1, "一、", "启动仪式"),)), Annex("联络员登记表"))
    assert document.imprint == Imprint(("市委办公室", "市政府办公室"), samples.OFFICE, samples.DAY)


@pytest.mark.parametrize("text", ["", "\n \n", "质", "：", "附件", "2024年1月1日", "〔2024〕1号", "一、"])
def test_a_text_of_almost_nothing_is_put_together(text):
    document_from_text(text)


@pytest.mark.parametrize("form", ["document", "letter", "minutes", "bulletin"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_file_becomes_a_pdf(tmp_path, form, encoding):
    source, target = tmp_path / "a.txt", tmp_path / "a.pdf"
    source.write_bytes(TEXT.encode(encoding))
    said = io.StringIO()
    call_command("set_document", source, form=form, to=target, stdout=said)
    text = "".join(line.text for page in read(target.read_bytes()) for line in page.lines)
    assert "以质取胜。" in text
    assert str(target) in said.getvalue()


def test_a_word_file_becomes_a_pdf_and_a_text_a_word_file(tmp_path):
    (tmp_path / "a.docx").write_bytes(to_docx(samples.plain_notice()))
    call_command("set_document", tmp_path / "a.docx", to=tmp_path / "a.pdf", stdout=io.StringIO())
    assert read((tmp_path / "a.pdf").read_bytes())[0].find("临质强办〔2024〕3号")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    call_command("set_document", tmp_path / "b.txt", to=tmp_path / "b.docx", stdout=io.StringIO())
    assert (tmp_path / "b.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("name", "content", "target", "said"),
    [
        ("gone.txt", None, "a.pdf", "No such file"),
        ("a.txt", b"x", "a.html", r"must end in \.pdf or \.docx"),
        ("a.docx", b"no zip", "a.pdf", "no Word file"),
        ("a.txt", "\U00020000".encode(), "a.pdf", r"U\+20000"),
        ("a.txt", b"x", "gone/a.pdf", "No such file"),
    ],
)
def test_what_cannot_be_set_is_said_in_one_line(tmp_path, name, content, target, said):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match=said) as caught:
        call_command("set_document", tmp_path / name, to=tmp_path / target, stdout=io.StringIO())
    assert "\n" not in str(caught.value)


def test_offices_named_side_by_side_without_a_date_are_the_signature():
    names = ("临江市市场监督管理局", "临江市教育局", "共青团临江市委")
    text = "关于开展活动的通知\n各县区：\n请做好准备。\n附件：口号。\n"
    text += f"{names[0]}    {names[1]}\n{names[2]}\n附件：\n口号\n质量第一"
    document = document_from_text(text)
    assert document.signature == names
    assert [annex.title for annex in document.annexes] == ["口号"]
    assert [block.text for block in document.body] == ["请做好准备。"]


def test_a_list_of_offices_at_the_end_of_a_text_stays_text():
    document = document_from_text("名单\n各单位：\n责任单位如下：\n临江市教育局\n临江市总工会")
    assert document.signature == ()
    assert [block.text for block in document.body] == ["责任单位如下：", "临江市教育局", "临江市总工会"]
