"""The annexes of a notice that was handed in: each keeps every cell, in its order, until it is printed."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as WordFile
from PIL import Image

import documents
from activities.models import Group, Reading
from activities.printing.notice_document import notice_document, notice_paper
from activities.reading import confirm, handed_in
from activities.reading.propose import propose
from campaigns.models import NoticeAnnex
from documents.outline import Figure, Span, Table, to_text
from tests.cast import signed_in, text
from tests.pages import press
from tests.september import text_of

HEAD = [
    "望江市质量强市工作领导小组办公室关于开展2016年“质量月”活动的通知",
    "各成员单位：",
    "现就开展2016年“质量月”活动有关事项通知如下：",
    "一、活动主题",
    "提升供给质量，建设质量强国。",
    "二、活动安排",
    "活动共3项，详见附件1。各单位于8月25日前报送登记表（附件2）。",
    "附件：1.2016年“质量月”活动安排表",
    "2.2016年“质量月”活动联络员登记表",
    "3.2016年“质量月”活动情况统计表",
    "望江市质量强市工作领导小组办公室",
    "2016年8月15日",
]
LIST = [
    ["序号", "活动名称", "活动内容", "时间", "牵头单位", "配合单位"],
    ["1", "启动仪式", "发布质量状况", "9月1日", "市质监局", "市水务局"],
    ["2", "质量讲堂", "为企业讲解质量管理方法", "9月6日", "市工信局", "各区政府"],
    ["3", "计量检查", "检查集贸市场计量器具", "9月中旬", "市质监局", ""],
]
FORM = [["单位名称", "", "联系电话", ""], ["联络员", "", "职务", ""], ["备注", "", "", ""]]
FIGURES = [["指标", "单位", "数量"], ["张贴海报", "张", ""], ["参加人数", "人", ""]]


def word(*annexes, head=HEAD):
    """A notice as a clerk types it in Word: its text, then each annex with its title and what is in it."""
    file = WordFile()
    for line in head:
        file.add_paragraph(line)
    for number, (title, *parts) in enumerate(annexes, 1):
        file.add_page_break()
        file.add_paragraph(f"附件{number}")
        file.add_paragraph(title)
        for part in parts:
            add(file, part)
    data = BytesIO()
    file.save(data)
    return data.getvalue()


def add(file, part):
    """A paragraph, a picture, or a table with its cells; the last row of a form is merged."""
    if isinstance(part, str):
        file.add_paragraph(part)
    elif isinstance(part, bytes):
        file.add_picture(BytesIO(part))
    else:
        table = file.add_table(len(part), len(part[0]), style="Table Grid")
        for cells, row in zip(part, table.rows, strict=True):
            for value, cell in zip(cells, row.cells, strict=True):
                cell.text = value
        if part is FORM:
            table.cell(2, 1).merge(table.cell(2, 3))


THREE = (
    ("2016年“质量月”活动安排表", LIST),
    ("2016年“质量月”活动联络员登记表", "填报单位（盖章）：", FORM),
    ("2016年“质量月”活动情况统计表", FIGURES, "填表人：　　　　电话："),
)


def handed_over(cast, data, name="通知.docx"):
    """Hand a file in on the page. Returns: its reading."""
    press(signed_in(cast.staff), "/readings/", "Begin reading", file=SimpleUploadedFile(name, data))
    return Reading.objects.get()


def made(cast, data):
    """The notice of a file that was handed in and confirmed."""
    return confirm.confirm(handed_over(cast, data), by=cast.staff).notices.get()


def printed(notice):
    return notice_document(notice).annexes


def test_what_was_handed_in_is_printed_as_it_was_handed_in(cast, media):
    """Six columns stay six, the column of contents is there, 牵头 stays 牵头, the forms are forms."""
    listed, form, figures = printed(made(cast, word(*THREE)))
    assert listed.body == (Table((tuple(LIST[0]),), tuple(map(tuple, LIST[1:]))),)
    assert to_text(form.body[:1]) == "填报单位（盖章）："
    assert replace(form.body[1], widths=()) == Table((), tuple(map(tuple, FORM)), (Span(2, 1, 1, 3),))
    assert replace(figures.body[0], widths=()) == Table((tuple(FIGURES[0]),), tuple(map(tuple, FIGURES[1:])))
    assert to_text(figures.body[1:]).startswith("填表人：")
    assert [each.title for each in (listed, form, figures)] == [title for title, *_parts in THREE]


def test_the_page_says_which_annex_is_as_handed_in_and_which_is_set_from_data(cast, media):
    notice = made(cast, word(*THREE))
    client, page = signed_in(cast.staff), f"/notices/{notice.pk}/annexes/"
    shown = text(client.get(page))
    assert (shown.count("As it was handed in"), shown.count("1 table · 4 rows")) == (6, 1)
    press(client, page, "From the system: the list of activities")
    listed, form, _figures = printed(notice)
    assert to_text(listed.body) != to_text(printed_as_handed_in(notice, 1))
    assert to_text(form.body) == to_text(printed_as_handed_in(notice, 2))
    assert "Handed in, but not printed: 1 table · 4 rows" in " ".join(text(client.get(page)).split())
    press(client, page, "As it was handed in")
    assert printed(notice)[0].body == printed_as_handed_in(notice, 1)


def printed_as_handed_in(notice, order):
    return notice.annexes.get(order=order).handed_in


def test_only_what_the_office_chose_is_set_from_data_whatever_its_title(cast, media):
    """“活动情况统计表” is no second list of activities; what nobody handed in is a question."""
    reading = handed_over(cast, word(THREE[0]))
    rows = list(reading.proposals.filter(group=Group.ATTACHMENT))
    assert [row.values["content"] for row in rows] == ["handed_in", "apart", "apart"]
    assert [row.doubts for row in rows] == [[], [handed_in.LACKING], [handed_in.LACKING]]
    client = signed_in(cast.staff)
    press(client, f"/proposals/{rows[2].pk}/", "Save", content="activities")
    notice = confirm.confirm(Reading.objects.get(), by=cast.staff).notices.get()
    assert list(notice.annexes.values_list("content", flat=True)) == ["handed_in", "apart", "activities"]
    assert [bool(each.body) for each in printed(notice)] == [True, False, True]


def test_an_annex_the_text_does_not_name_is_kept_and_asked_about(cast, media):
    reading = handed_over(cast, word(*THREE, ("评分标准", [["项目", "分值", "说明"], ["组织", "10", "有方案"]])))
    *_named, last = reading.proposals.filter(group=Group.ATTACHMENT)
    assert (last.values["text"], last.doubts) == ("评分标准", [handed_in.NOT_NAMED])
    notice = confirm.confirm(reading, by=cast.staff).notices.get()
    assert printed(notice)[3].body == (Table((("项目", "分值", "说明"),), (("组织", "10", "有方案"),)),)
    assert "评分标准" not in notice.body


def test_a_title_that_differs_from_the_one_named_is_printed_on_its_page_and_asked_about(cast, media):
    reading = handed_over(cast, word(("全市“质量月”重点活动一览表", LIST), *THREE[1:]))
    first = reading.proposals.filter(group=Group.ATTACHMENT)[0]
    assert first.doubts == [handed_in.OTHER_TITLE]
    listed = printed(confirm.confirm(reading, by=cast.staff).notices.get())[0]
    assert (listed.title, listed.heading) == ("2016年“质量月”活动安排表", "全市“质量月”重点活动一览表")


def test_annexes_in_another_order_than_named_find_their_names_and_are_asked_about(cast, media):
    reading = handed_over(cast, word(THREE[0], THREE[2], THREE[1]))
    rows = list(reading.proposals.filter(group=Group.ATTACHMENT))
    assert [row.doubts for row in rows] == [[], [handed_in.OTHER_PLACE], [handed_in.OTHER_PLACE]]
    found = printed(confirm.confirm(reading, by=cast.staff).notices.get())
    assert ["填报单位" in to_text(each.body) for each in found] == [False, True, False]


def test_a_list_of_annexes_on_one_line_names_each_of_them(cast, media):
    line = f"附件：1.{THREE[0][0]}　2.{THREE[1][0]}；3.{THREE[2][0]}"
    reading = handed_over(cast, word(*THREE, head=[*HEAD[:7], line, *HEAD[10:]]))
    rows = reading.proposals.filter(group=Group.ATTACHMENT)
    assert [(row.values["text"], row.values["part"], row.doubts) for row in rows] == [
        (title, place, []) for place, (title, *_parts) in enumerate(THREE)
    ]


def test_a_picture_in_an_annex_is_printed_with_it(cast, media):
    data = BytesIO()
    Image.new("RGB", (60, 40), "red").save(data, "PNG")
    notice = made(cast, word(THREE[0], (THREE[1][0], data.getvalue(), "使用说明"), THREE[2]))
    document, files, spoilt = notice_paper(notice)
    assert (document.annexes[1].body[0], list(files), spoilt) == (Figure("2-图片1"), ["2-图片1"], [])


def test_a_pasted_notice_keeps_its_annexes_too(cast):
    lines = [*HEAD, "附件1", THREE[0][0], *("\t".join(row) for row in LIST), "附件2", THREE[1][0], "填报单位（盖章）："]
    notice = confirm.confirm(propose("\n".join(lines), host=cast.office, by=cast.staff), by=cast.staff).notices.get()
    assert printed(notice)[0].body == (Table((tuple(LIST[0]),), tuple(map(tuple, LIST[1:]))),)
    assert list(NoticeAnnex.objects.values_list("content", flat=True)) == ["handed_in", "handed_in", "apart"]


def test_the_plan_behind_the_signature_is_not_lost(cast):
    plan = ["2016年质量月活动方案", "一、活动主题", "提升供给质量，建设质量强国。", "二、活动安排",
            "（一）启动仪式。9月1日举行。由市质监局负责。"]  # fmt: skip
    lines = [*HEAD[:2], "现将《2016年质量月活动方案》印发给你们，请认真组织实施。", *HEAD[10:], *plan]
    notice = confirm.confirm(propose("\n".join(lines), host=cast.office, by=cast.staff), by=cast.staff).notices.get()
    assert to_text(printed(notice)[0].body).split("\n") == plan[1:]


def test_a_plan_that_the_notice_issues_is_no_annex_on_its_page_and_its_annexes_are_counted_without_it(cast):
    plan = ["2016年质量月活动方案", "一、活动主题", "提升供给质量，建设质量强国。"]
    form = ["附件", "联络员登记表", "填报单位（盖章）：", "联络员姓名和联系电话："]
    told = "现将《2016年质量月活动方案》印发给你们，请认真组织实施。"
    lines = [*HEAD[:2], told, "附件：联络员登记表", *HEAD[10:], *plan, *form]
    notice = confirm.confirm(propose("\n".join(lines), host=cast.office, by=cast.staff), by=cast.staff).notices.get()
    pages = text_of(documents.paper.to_pdf(notice_document(notice)))
    assert [page[:12] for page in pages[1:]] == [plan[0][:12], "附件联络员登记表填报单位"]
    assert [(row.label, row.title) for row in notice.numbered_annexes()] == [
        ("Issued with the notice", plan[0]), ("Annex 1", "联络员登记表"),
    ]  # fmt: skip
    assert pages[0].count("附件") == 1
    row, client = notice.annexes.get(issued=True), signed_in(cast.staff)
    press(client, reverse("campaigns:annex", args=[row.pk]), "Save", issued=None)
    assert [(each.number, each.title) for each in notice.numbered_annexes()] == [(1, "联络员登记表"), (2, plan[0])]


@pytest.mark.parametrize(
    ("used", "kept"), [("牵头单位", "牵头单位"), ("主办单位", "主办单位"), ("责任部门", "责任部门")]
)
def test_who_leads_is_called_as_the_notice_calls_it_also_from_data(cast, used, kept):
    told = [f"（{number}）举办{name}。9月{day}日举行。（{used}：市质监局；协办单位：市水务局）"
            for number, name, day in (("一", "启动仪式", 1), ("二", "质量讲堂", 6))]  # fmt: skip
    reading = propose("\n".join([*HEAD[:6], *told, *HEAD[10:]]), host=cast.office, by=cast.staff)
    first = confirm.confirm(reading, by=cast.staff).activities.first()
    assert first.words == {"lead": kept, "assist": "协办单位"}
