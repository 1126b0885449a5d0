"""Papers as offices send them, set as they stand: head, end, annexes, forms, each read back from PDF and from Word.

All names are invented.
"""

import datetime
import io
import re

import docx
import pytest

from documents.outline import Annex, Attendance, Imprint, Masthead, Paragraph, Span, Table
from documents.paper.pdf import to_pdf
from documents.reading.document.assembly import document_from_text
from documents.tests.ruler import read
from documents.word.write_docx import to_docx

DAY = datetime.date(2023, 8, 9)
END = "望溪县质量强县办公室\n2023年8月9日"


def paper_lines(document):
    """The lines of each page of the PDF, white space aside."""
    return [[re.sub(r"\s", "", line.text) for line in page.lines] for page in read(to_pdf(document))]


def word_lines(document):
    """The paragraphs of the Word file, those of its tables as well."""
    body = docx.Document(io.BytesIO(to_docx(document))).element.body
    texts = ("".join(node.text or "" for node in each.iter() if node.tag.endswith("}t")) for each in paragraphs(body))
    return [re.sub(r"\s", "", text) for text in texts]


def paragraphs(body):
    return [node for node in body.iter() if node.tag.endswith("}p")]


@pytest.mark.parametrize(
    "head",
    [
        "望溪县质量强县办公室关于开展2023年质量月活动的通知\n望质强办〔2023〕7号",
        "望溪县质量强县办公室关于开展2023年质量月活动的通知\n（望质强办〔2023〕7号）",
        "望溪县质量强县办公室\n关于开展2023年质量月活动的通知\n(望质强办[2023]7号)",
        "关于开展2023年质量月活动的通知\n望质强办〔2023〕7号",
    ],
)
def test_a_number_below_the_title_stands_above_it_below_the_issuing_body(head):
    document = document_from_text(f"{head}\n各乡镇人民政府：\n请认真组织。\n{END}")
    assert document.masthead == Masthead(("望溪县质量强县办公室",), suffix="")
    title = document.title.replace("\n", "")
    assert title in {"望溪县质量强县办公室关于开展2023年质量月活动的通知", "关于开展2023年质量月活动的通知"}
    (page,) = read(to_pdf(document))
    number, body = page.find("望质强办〔2023〕7号"), page.find("各乡镇人民政府：")
    assert number.top < page.rules[0][2] < page.find("质量月活动的通知").top < body.top
    assert abs(page.find("质量月活动的通知").size - 22) < 0.3
    assert page.lines[0].text == "望溪县质量强县办公室" and page.lines[0].size > 30
    words = word_lines(document)
    assert words.index("望质强办〔2023〕7号") < next(at for at, text in enumerate(words) if "活动的通知" in text)


def test_a_head_above_the_title_stays_the_head():
    text = "望溪县人民政府文件\n望溪县人民政府关于开展质量月活动的通知\n望政发〔2023〕5号\n各乡镇：\n请组织。\n"
    document = document_from_text(text + "望溪县人民政府\n2023年8月9日")
    assert document.masthead == Masthead(("望溪县人民政府",))
    assert (document.title, document.addressees) == ("望溪县人民政府关于开展质量月活动的通知", ("各乡镇",))


def test_a_title_of_several_lines_and_its_subtitle():
    text = "望溪县2023年质量月\n活动方案\n（征求意见稿）\n为开展好质量月，制定本方案。\n一、目标\n质量提升。"
    document = document_from_text(text)
    assert (document.title, document.subtitle) == ("望溪县2023年质量月\n活动方案", ("（征求意见稿）",))
    assert document.body[0] == Paragraph("为开展好质量月，制定本方案。")
    (page,) = read(to_pdf(document))
    line = page.find("（征求意见稿）")
    assert abs((line.left + line.right) / 2 - 106) < 0.5
    assert page.find("活动方案").top < line.top < page.find("为开展好").top
    assert "（征求意见稿）" in word_lines(document)


def test_a_paper_without_title_keeps_its_first_sentence_in_the_text():
    document = document_from_text("现将九月的工作安排印发，请照此办理。\n一、宣传\n张贴海报。")
    assert (document.title, document.addressees) == ("", ())
    assert document.body[0] == Paragraph("现将九月的工作安排印发，请照此办理。")
    assert document_from_text("各乡镇：\n请组织。").addressees == ("各乡镇",)


def test_an_announcement_with_a_colon_addresses_nobody():
    document = document_from_text("质量月活动情况\n现将有关情况报告如下：\n一、宣传\n张贴海报。")
    assert (document.title, document.addressees) == ("质量月活动情况", ())
    assert document.body[0] == Paragraph("现将有关情况报告如下：")


SIGNED = "关于开展质量月活动的通知\n各乡镇：\n{body}\n{end}"


@pytest.mark.parametrize(
    ("body", "end", "signature", "last"),
    [
        ("请张贴标语。\n质量兴县\n人人有责", END, ("望溪县质量强县办公室",), "人人有责"),
        ("参加单位如下：\n望溪县教育局\n望溪县水务局", END, ("望溪县质量强县办公室",), "望溪县水务局"),
        ("请组织。", f"望溪县总工会 {END}", ("望溪县总工会", "望溪县质量强县办公室"), "请组织。"),
        (
            "请组织。",
            f"望溪县总工会　　共青团望溪县委\n{END}",
            ("望溪县总工会", "共青团望溪县委", "望溪县质量强县办公室"),
            "请组织。",
        ),
        ("请组织。", "望溪县质量强县办公室　2023年8月9日", ("望溪县质量强县办公室",), "请组织。"),
        ("请组织。\n请于9月报送。", "望溪铸造\n2023年8月9日", ("望溪铸造",), "请于9月报送。"),
    ],
)
def test_only_names_of_bodies_sign(body, end, signature, last):
    document = document_from_text(SIGNED.format(body=body, end=end))
    assert (document.signature, document.date) == (signature, DAY)
    assert document.body[-1] == Paragraph(last)


def test_names_in_the_text_above_the_annex_note_do_not_sign():
    body = "责任单位：\n望溪县教育局\n附件：名单"
    document = document_from_text(SIGNED.format(body=body, end=END))
    assert document.signature == ("望溪县质量强县办公室",)
    assert document.body[-1] == Paragraph("望溪县教育局")
    assert document.annexes == (Annex("名单"),)


def test_joint_names_of_one_line_stand_in_a_row_with_the_date_below_the_last():
    document = document_from_text(SIGNED.format(body="请组织。", end="望溪县教育局 望溪县水务局\n二OO六年九月一日"))
    (page,) = read(to_pdf(document))
    row = page.find("望溪县教育局望溪县水务局")
    date = page.find("2006年9月1日")
    assert date.top > row.bottom and date.left > (row.left + row.right) / 2
    cells = [text for text in word_lines(document) if text in {"望溪县教育局", "望溪县水务局"}]
    assert cells == ["望溪县教育局", "望溪县水务局"]


@pytest.mark.parametrize("zero", ["〇", "○", "O", "零", "Ｏ", "0"])
def test_a_year_with_any_zero_is_a_date(zero):
    day = f"二{zero}{zero}四年十月八日" if zero != "0" else "2004年10月8日"
    document = document_from_text(SIGNED.format(body="请组织。", end=f"望溪县科协\n{day}"))
    assert (document.signature, document.date) == (("望溪县科协",), datetime.date(2004, 10, 8))


NOTED = "附件：1.登记表\n2.汇总表\n"


def test_an_annex_of_a_title_only_has_its_page():
    text = SIGNED.format(body=f"请填报。\n{NOTED.strip()}", end=f"{END}\n附件1\n登记表\n附件2\n汇总表")
    document = document_from_text(text)
    assert document.annexes == (Annex("登记表", bare=True), Annex("汇总表", bare=True))
    pages = paper_lines(document)
    assert [page[:2] for page in pages[1:]] == [["附件1", "登记表"], ["附件2", "汇总表"]]
    assert [text for text in word_lines(document) if text][-4:] == ["附件1", "登记表", "附件2", "汇总表"]


def test_an_annex_that_is_only_named_has_none():
    document = document_from_text(SIGNED.format(body=f"请填报。\n{NOTED.strip()}", end=END))
    assert document.annexes == (Annex("登记表"), Annex("汇总表"))
    assert len(paper_lines(document)) == 1


def test_a_plan_issued_with_its_notice_is_no_annex():
    text = "望溪县水务局关于印发工程质量月方案的通知\n各水管所：\n现将方案印发给你们。\n望溪县水务局\n2023年8月9日\n"
    document = document_from_text(
        text + "望溪县工程质量月方案\n（2023年8月）\n为提升质量，制定本方案。\n附件1\n任务表\n见系统。"
    )
    plan, annex = document.annexes
    assert (plan.title, plan.subtitle, plan.noted, plan.marked) == (
        "望溪县工程质量月方案",
        ("（2023年8月）",),
        False,
        False,
    )
    assert (annex.title, annex.noted, annex.marked) == ("任务表", False, True)
    pages = paper_lines(document)
    assert not any("附件" in line for line in pages[0])
    assert pages[1][:2] == ["望溪县工程质量月方案", "（2023年8月）"]
    assert pages[2][:2] == ["附件", "任务表"]
    assert [text for text in word_lines(document) if "附件" in text] == ["附件"]


def test_annexes_without_a_note_have_none_invented():
    document = document_from_text(
        SIGNED.format(body="请组织。", end=f"{END}\n附件1：标语\n质量兴县\n附件2：名单\n（一）甲")
    )
    assert [(annex.title, annex.noted) for annex in document.annexes] == [("标语", False), ("名单", False)]
    assert not any("附件" in line for line in paper_lines(document)[0])


def test_name_and_date_at_the_end_of_a_bulletin_are_printed():
    document = document_from_text(
        f"望溪县质量月活动总结\n县政府：\n现将情况报告如下：\n开展活动6场。\n{END}", "bulletin"
    )
    (page,) = paper_lines(document)
    assert page[-3:-1] == ["望溪县质量强县办公室", "2023年8月9日"]
    assert word_lines(document)[-2:] == ["望溪县质量强县办公室", "2023年8月9日"]


MINUTES = """望溪县质量强县领导小组会议纪要
〔2023〕2号
望溪县质量强县办公室　　2023年8月9日
8月8日，副县长召开会议，研究质量月活动。
一、关于经费。会议同意安排经费。
出席：县市场监管局甲某、县财政局乙某、县教育局丙某、县住房和城乡建设局丁某、县农业农村局戊某、县水务局己某。
请假：县商务局庚某。
发：各乡镇人民政府，县直各部门。
"""


def test_minutes_have_office_and_day_below_the_head_who_attended_and_to_whom_they_go():
    document = document_from_text(MINUTES, "minutes")
    assert (document.title, document.signature, document.date) == ("", ("望溪县质量强县办公室",), DAY)
    assert document.attendance[1] == Attendance("请假", "县商务局庚某。")
    assert document.imprint == Imprint(others=(("发", "各乡镇人民政府，县直各部门"),))
    (page,) = read(to_pdf(document))
    office = page.find("望溪县质量强县办公室2023年8月9日")
    assert page.find("〔2023〕2号").top < office.top < page.rules[0][2] < page.find("8月8日，").top - 10
    first = page.find("出席：")
    over = page.lines[page.lines.index(first) + 1]
    assert abs(over.left - first.chars[3]["x0"] * 25.4 / 72) < 0.3
    assert page.find("发：各乡镇人民政府，县直各部门。").top > 240
    words = word_lines(document)
    assert "望溪县质量强县办公室2023年8月9日" in words and "发：各乡镇人民政府，县直各部门。" in words


FORM = "项目名称\t\n承办单位\t\t协办单位\t\n活动地点\t\t活动时间\t\n参加人数\t\n活动内容\t（方式、对象）"


def test_a_form_of_label_pairs_is_one_table_with_room_to_write():
    text = SIGNED.format(body="请填报。\n附件：申报表", end=f"{END}\n附件\n申报表\n{FORM}")
    (annex,) = document_from_text(text).annexes
    (table,) = annex.body
    assert (table.head, len(table.rows), table.columns) == ((), 5, 4)
    assert table.spans == (Span(0, 1, 1, 3), Span(3, 1, 1, 3), Span(4, 1, 1, 3))


def test_a_table_drawn_with_bars_is_a_table():
    text = SIGNED.format(body="安排如下。\n| 项目 | 金额 |\n|---|:--:|\n| 海报 | 3 |\n| 合计 |  |\n请执行。", end=END)
    document = document_from_text(text)
    assert document.body[1] == Table(head=(("项目", "金额"),), rows=(("海报", "3"), ("合计", "")))
    assert not any("|" in line for page in paper_lines(document) for line in page)
    assert not any("|" in line for line in word_lines(document))
    assert document_from_text("标语\n各乡镇：\n| 质量 | 兴县 |").body == (Paragraph("| 质量 | 兴县 |"),)


def test_empty_rows_of_a_table_are_there_to_be_filled_in():
    text = SIGNED.format(body="请填报。\n附件：登记表", end=f"{END}\n附件\n登记表\n单位\t姓名\t电话\n\t\t\n\t\t")
    (annex,) = document_from_text(text).annexes
    assert annex.body == (Table(head=(("单位", "姓名", "电话"),), rows=(("", "", ""),) * 2),)


def test_what_a_web_page_puts_below_the_title_is_left_out():
    text = "关于开展质量月活动的通知\n发布时间：2023-08-09\n来源：望溪县政府网\n各乡镇：\n请组织。\n" + END
    document = document_from_text(text)
    assert (document.title, document.addressees) == ("关于开展质量月活动的通知", ("各乡镇",))
    assert document.body == (Paragraph("请组织。"),)


def test_a_note_on_one_line_names_each_annex():
    text = SIGNED.format(
        body="请填报。\n附件：1.登记表；2. 2023年汇总表", end=f"{END}\n附件1：\n登记表\n甲\n附件2：\n2023年汇总表\n乙"
    )
    document = document_from_text(text)
    assert [annex.title for annex in document.annexes] == ["登记表", "2023年汇总表"]
    assert [page[:2] for page in paper_lines(document)[1:]] == [["附件1", "登记表"], ["附件2", "2023年汇总表"]]


def test_who_kept_the_minutes_ends_the_attendance():
    document = document_from_text(MINUTES.replace("发：", "记录：县质强办辛某。\n发："), "minutes")
    assert [entry.label for entry in document.attendance] == ["出席", "请假", "记录"]
