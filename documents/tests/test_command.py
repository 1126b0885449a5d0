"""python manage.py set_document: a text or Word file becomes an official document, or one line says why not."""

import datetime
import io

import docx
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from documents.outline import Annex, Attendance, Heading, HouseStyle, Imprint, Masthead, Paragraph, to_text
from documents.reading.document.assembly import document_from_blocks, document_from_text
from documents.sources.word_outline import read_docx
from documents.tests.ruler import read
from documents.word.write_docx import to_docx

from . import samples

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


@pytest.mark.parametrize("wrong", [{"archive": True}, {"tagged": True}])
def test_what_only_a_pdf_can_be_is_refused_of_word(tmp_path, wrong):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(CommandError, match="for PDF only"):
        call_command("set_document", tmp_path / "a.txt", to=tmp_path / "a.docx", **wrong)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-16"),
        "标\x00题\n各单\x1b位：\n正\x07文。\ud800".encode("utf-8", "surrogatepass"),
        TEXT.encode("utf-16-be").replace(b"", b"\xfe\xff", 1),
        TEXT.replace("以质取胜", "以质\ud800取胜").encode("utf-8", "surrogatepass"),
    ],
    ids=["utf-16", "a short one", "utf-16-be", "a lone surrogate"],
)
def test_a_text_file_of_another_encoding_or_slightly_damaged_is_read(tmp_path, data):
    (tmp_path / "a.txt").write_bytes(data)
    call_command("set_document", tmp_path / "a.txt", to=tmp_path / "a.docx", stdout=io.StringIO(), stderr=io.StringIO())
    blocks, _ = read_docx((tmp_path / "a.docx").read_bytes())
    assert document_from_blocks(blocks).title in {"关于开展2024年“质量月”活动的通知", "标题"}


@pytest.mark.parametrize(("name", "substitute"), [("a.pdf", True), ("a.docx", True), ("a.docx", False)])
def test_what_needs_an_eye_is_said(tmp_path, name, substitute):
    (tmp_path / "a.txt").write_bytes("通知\n各单位：\n好。\n".encode() + "\U00020000乙".encode() + b"\xff\n")
    said = io.StringIO()
    call_command(
        "set_document", tmp_path / "a.txt", to=tmp_path / name, substitute=substitute, stdout=io.StringIO(), stderr=said
    )
    lines = said.getvalue().splitlines()
    assert lines[0] == "Paragraph 2: the file is damaged there; “\ufffd” stands for what was lost."
    assert [line for line in lines[1:] if "U+20000" in line] == ([] if substitute else lines[1:])
    assert len(lines) == (1 if substitute else 2)


@pytest.mark.parametrize(
    ("name", "content", "target", "said"),
    [
        ("gone.txt", None, "a.pdf", "No such file"),
        ("a.txt", b"x", "a.html", r"must end in \.pdf, \.docx or \.ofd"),
        ("a.docx", b"no zip", "a.pdf", "no Word file"),
        ("a.txt", "\U00020000".encode(), "a.pdf", r"U\+20000"),
        ("a.txt", b"x", "gone/a.pdf", "No such file"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "a.docx", "neither text nor a Word file"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(500), "a.pdf", "neither text nor a Word file"),
    ],
)
def test_what_cannot_be_set_is_said_in_one_line(tmp_path, name, content, target, said):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match=said) as caught:
        call_command("set_document", tmp_path / name, to=tmp_path / target, stdout=io.StringIO())
    assert "\n" not in str(caught.value)


HEAD = "某〔2024〕1号\n关于开展活动的通知\n各单位：\n请做好准备。"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("000018\n机密★1年\n特急\n某市局文件", Masthead(("某市局",), "文件", "000018", "机密", "1年", "特急")),
        ("某市局文件\n签发人：张某某　王　某", Masthead(("某市局",), signers=("张某某", "王某"))),
        ("某" * 40 + "局文件", Masthead(("某" * 40 + "局",))),
        ("甲局\n乙局文件", Masthead(("甲局", "乙局"))),
    ],
)
def test_flags_signers_and_long_names_above_the_number_are_of_the_head(lines, expected):
    document = document_from_text(f"{lines}\n{HEAD}")
    assert (document.masthead, document.number) == (expected, "某〔2024〕1号")
    assert (document.title, document.body) == ("关于开展活动的通知", (Paragraph("请做好准备。"),))


def test_a_bulletin_has_its_masthead_issue_office_and_day():
    text = "某市质量月简报\n（第3期）\n某市质量强市办公室　　2024年9月5日\n活动启动\n9月2日，活动启动。"
    document = document_from_text(text, "bulletin")
    assert document.masthead == Masthead(("某市质量月简报",), suffix="", issue="第3期")
    assert (document.signature, document.date) == (("某市质量强市办公室",), datetime.date(2024, 9, 5))
    assert (document.title, document.body) == ("活动启动", (Paragraph("9月2日，活动启动。"),))


def test_minutes_name_who_attended_and_an_order_has_its_number():
    text = "某会议纪要\n〔2024〕2号\n研究部署活动\n会议指出。\n出席：张某某、王某某\n请假人员：陈某某"
    document = document_from_text(text, "minutes")
    assert (document.masthead.bodies, document.number) == (("某会议",), "〔2024〕2号")
    assert document.attendance == (Attendance("出席", "张某某、王某某"), Attendance("请假人员", "陈某某"))
    order = document_from_text("某市人民政府令\n第5号\n现公布本办法。\n市长　张某某\n2024年1月2日", "order")
    assert (order.masthead, order.number) == (Masthead(("某市人民政府",), suffix="令"), "第5号")
    assert (order.body, order.signature) == ((Paragraph("现公布本办法。"),), ("市长　张某某",))


def test_a_date_within_the_text_is_no_end_of_it():
    document = document_from_text("通知\n各单位：\n一、时间\n2024年9月1日\n二、地点\n会议室。\n某市局\n2024年8月1日")
    assert (document.date, document.signature) == (datetime.date(2024, 8, 1), ("某市局",))
    assert document.body[1] == Paragraph("2024年9月1日")
    assert document.annexes == ()


@pytest.mark.parametrize("day", ["2024年2月31日", "0000年1月1日", "2024年13月1日"])
def test_a_day_that_does_not_exist_stays_text(day):
    document = document_from_text(f"通知\n各单位：\n请做好准备。\n某市局　{day}印发")
    assert document.imprint is None
    assert document.body[-1] == Paragraph(f"某市局　{day}印发")


def test_a_line_broken_in_the_middle_of_a_sentence_runs_on():
    text = "通知\n各县区，\n各有关单位：\n加强党委、\n政府的\n意识。\n（一）分工、\n（二）要求"
    document = document_from_text(text)
    assert document.addressees == ("各县区", "各有关单位")
    assert document.body == (
        Paragraph("加强党委、政府的意识。"),
        Heading(2, "（一）", "分工、"),
        Heading(2, "（二）", "要求"),
    )


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


def test_hidden_words_of_a_word_file_are_not_printed_and_that_is_said(tmp_path):
    word = docx.Document()
    word.add_paragraph("关于开展活动的通知")
    line = word.add_paragraph("质量强国。")
    line.add_run("（内部掌握）").font.hidden = True
    word.save(str(tmp_path / "a.docx"))
    said = io.StringIO()
    call_command(
        "set_document", tmp_path / "a.docx", to=tmp_path / "b.docx", form="letter", stdout=io.StringIO(), stderr=said
    )
    assert "（内部掌握）" not in to_text(read_docx((tmp_path / "b.docx").read_bytes())[0])
    assert said.getvalue().splitlines() == [
        "Hidden words in 1 paragraph were left out, as Word leaves them out in print (beside “质量强国。”)."
    ]


@pytest.mark.parametrize(("said", "pages"), [({}, 1), ({"imprint": "even"}, 2)])
def test_the_command_follows_the_style_of_the_house(tmp_path, settings, said, pages):
    (tmp_path / "a.txt").write_text(
        "通知\n各单位：\n请准备。\n某市局\n2024年8月1日\n某市局　2024年8月2日印发", encoding="utf-8"
    )
    call_command("set_document", tmp_path / "a.txt", to=tmp_path / "a.pdf", stdout=io.StringIO(), **said)
    assert len(read((tmp_path / "a.pdf").read_bytes())) == pages
    settings.HOUSE_STYLE = HouseStyle(imprint="even")
    call_command("set_document", tmp_path / "a.txt", to=tmp_path / "b.pdf", stdout=io.StringIO())
    assert len(read((tmp_path / "b.pdf").read_bytes())) == 2
