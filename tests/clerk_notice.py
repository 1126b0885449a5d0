"""A notice as a clerk types it in Word: three pages of text, 18 activities in a table, two forms, no number yet.

Everything in it is made up. ``cells`` says what has to stand on the paper.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Pt

OFFICE = "望江市质量强市工作领导小组办公室"
TITLE = f"{OFFICE}关于开展2016年“质量月”活动的通知"
THEME = "提升供给质量，建设质量强国"
TABLE = "2016年“质量月”活动安排表"
REGISTRATION = "2016年“质量月”活动联络员登记表"
STATISTICS = "2016年“质量月”活动情况统计表"
REASONS = (
    "各单位要充分认识开展“质量月”活动的重要意义，把活动与本单位的日常工作结合起来，与企业和群众的实际需要结合起来，"
    "做到有部署、有落实、有检查、有总结，不走过场，不增加企业和群众的负担。要安排专人负责，保证必要的经费和场地，"
    "对参加人数较多的活动要事先制定安全预案，做好现场秩序维护和应急准备，确保活动安全有序。"
)
BODY = [
    "为深入贯彻质量发展纲要，进一步提高全社会的质量意识，根据上级统一部署，决定于2016年9月在全市组织开展“质量月”活动。"
    "现将有关事项通知如下：",
    "一、活动主题",
    f"{THEME}。",
    "二、活动时间",
    "2016年9月1日至9月30日。",
    "三、活动安排",
    "全市共安排18项活动，各项活动的内容、时间和牵头单位见附件1。" + REASONS,
    "四、工作要求",
    "（一）加强领导。" + REASONS,
    "（二）广泛宣传。" + REASONS + "每个单位至少报送2篇工作动态。",
    "（三）及时报送。请各单位于8月25日前报送活动方案，于8月22日前报送联络员登记表（附件2），于10月14日前报送活动总结和"
    "活动情况统计表（附件3）。",
]
LEADS = ("市质监局", "市教育局", "市工信局", "市住建局", "市水务局", "市卫计局")
WHAT = (
    "启动仪式", "质量讲堂", "计量器具检查", "实验室开放日", "消费品质量体验", "质量知识竞赛", "工地质量观摩",
    "特种设备安全宣传", "品牌故事征集", "标准化培训", "食品安全进校园", "供水水质开放日", "质量标杆交流",
    "检验检测咨询服务", "质量承诺签名", "打假专项行动", "质量论坛", "优秀班组评选",
)  # fmt: skip
HEAD = ["序号", "活动名称", "活动内容", "活动时间", "牵头单位", "配合单位"]
ROWS = [
    [
        str(number),
        f"“质量月”{what}",
        f"围绕“{what}”组织企业和群众参加，第{number}组材料由牵头单位统一准备，参加人数不少于50人。",
        f"9月{number + 5}日",
        LEADS[number % 6],
        f"{LEADS[(number + 1) % 6]}、{LEADS[(number + 2) % 6]}",
    ]
    for number, what in enumerate(WHAT, 1)
]
FORM = [
    ["单位名称", "", "通信地址", ""],
    ["分管负责人", "", "办公电话", ""],
    ["联络员姓名", "", "职务", ""],
    ["移动电话", "", "电子邮箱", ""],
    ["备注", "", "", ""],
]
FIGURES = [
    ["类别", "统计指标", "计量单位", "数量", "备注"],
    ["宣传", "举办活动场次", "场", "", ""],
    ["", "参加活动人数", "人次", "", ""],
    ["", "张贴宣传海报", "张", "", ""],
    ["执法", "检查企业户数", "家", "", ""],
    ["", "整改质量问题", "个", "", ""],
    ["服务", "培训质量人员", "人次", "", ""],
]


def cells() -> dict[str, list[str]]:
    """What each annex holds, cell by cell, by the title of the annex."""
    return {
        TABLE: [cell for row in [HEAD, *ROWS] for cell in row],
        REGISTRATION: ["填报单位（盖章）：", *(cell for row in FORM for cell in row if cell)],
        STATISTICS: [*(cell for row in FIGURES for cell in row if cell), "填表人：", "填报日期："],
    }


def clerk_notice() -> bytes:
    """The file."""
    file = Document()
    file.styles["Normal"].font.size = Pt(16)
    for line in (OFFICE, "望质强办〔2016〕　号", TITLE, "各成员单位：", *BODY):
        file.add_paragraph(line)
    for line in (f"附件：1.{TABLE}", f"2.{REGISTRATION}", f"3.{STATISTICS}", OFFICE, "2016年8月10日"):
        file.add_paragraph(line)
    _turn(file)
    _annex(file, 1, TABLE)
    _table(file, [HEAD, *ROWS])
    _turn(file)
    _annex(file, 2, REGISTRATION)
    file.add_paragraph("填报单位（盖章）：")
    form = _table(file, FORM)
    form.cell(4, 1).merge(form.cell(4, 3))
    file.add_page_break()
    _annex(file, 3, STATISTICS)
    figures = _table(file, FIGURES)
    figures.cell(1, 0).merge(figures.cell(3, 0))
    figures.cell(4, 0).merge(figures.cell(5, 0))
    file.add_paragraph("填表人：　　　　　　填报日期：　　年　月　日")
    data = BytesIO()
    file.save(data)
    return data.getvalue()


def _turn(file: Any) -> None:
    """The pages from here on lie across, or stand upright again."""
    section = file.add_section()
    was_upright = section.orientation == WD_ORIENT.PORTRAIT
    section.orientation = WD_ORIENT.LANDSCAPE if was_upright else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = section.page_height, section.page_width


def _annex(file: Any, number: int, title: str) -> None:
    file.add_paragraph(f"附件{number}")
    file.add_paragraph(title)


def _table(file: Any, rows: list[list[str]]) -> Any:
    table = file.add_table(len(rows), len(rows[0]), style="Table Grid")
    for values, row in zip(rows, table.rows, strict=True):
        for value, cell in zip(values, row.cells, strict=True):
            cell.text = value
    return table
