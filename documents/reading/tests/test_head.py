"""The frame of a paper: number, title, red head, addressees, who signs it and when, and what kind it is."""

import pytest

from documents.reading import draft_json, read


def head(text):
    return draft_json(read(text))


def addressees(line):
    found = head(f"望川县关于做好质量工作的通知\n{line}\n现将有关事项通知如下。\n望川县市场监管局\n2022年8月9日")[
        "addressees"
    ]
    return found["list"] if found else None


@pytest.mark.parametrize(
    "printed",
    [
        "（望教科〔2022〕9号）",
        "𬱖教科〔2022〕9号",
        "㙍教科〔2022〕9号",
        "［望教科〔2022〕9号］",
        "望教科[2022]9号",
        "(望教科(2022)9号)",
        "【望教科〔2022〕9号】",
    ],
)
def test_a_number_below_the_title_in_brackets_or_without(printed):
    found = head(f"望川县教育局关于开展科技周的通知\n{printed}\n各学校：\n现通知如下。")
    assert "教科" in found["doc_number"]["text"]
    assert found["addressees"]["list"] == ["各学校"]
    assert found["unplaced"] == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("院属各单位：", ["院属各单位"]),
        ("厂属各单位、各车间：", ["厂属各单位", "各车间"]),
        ("学校各部门，各年级组：", ["学校各部门", "各年级组"]),
        ("辖区各企业、各社区居委会：", ["辖区各企业", "各社区居委会"]),
        ("公司各部门、各分厂，全体员工：", ["公司各部门", "各分厂", "全体员工"]),
        ("尊敬的各会员单位：", ["各会员单位"]),
        ("广大消费者朋友们：", ["广大消费者朋友们"]),
        ("各市、州农业农村局：", ["各市、州农业农村局"]),
        ("各省、自治区、直辖市科技厅（局），新疆生产建设兵团科技局：",
         ["各省、自治区、直辖市科技厅（局）", "新疆生产建设兵团科技局"]),
        ("各勘察、设计、施工企业，各镇人民政府：", ["各勘察、设计、施工企业", "各镇人民政府"]),
        ("各县（市、区）人民政府、市直各部门：", ["各县（市、区）人民政府", "市直各部门"]),
        ("各镇党委、人民政府，县委各部门，各人民团体：", ["各镇党委", "人民政府", "县委各部门", "各人民团体"]),
        ("各镇、街道办事处：", ["各镇", "街道办事处"]),
    ],
)  # fmt: skip
def test_addressees_of_any_body(line, expected):
    assert addressees(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "为进一步落实安全责任，推动各项工作，现就有关要求通知如下：",
        "根据上级部署，结合我厂实际，经研究决定如下：",
        "经研究，现将有关事项安排如下：",
        "活动时间：",
    ],
)
def test_a_sentence_that_opens_a_paper_is_no_addressee(line):
    assert addressees(line) is None


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("关于加强在建工程质量管理的\n通知", "关于加强在建工程质量管理的通知"),
        ("关于举办\n科技周活动的\n通　知", "关于举办科技周活动的通　知"),
        ("望川县第一中学\n2022年质量月活动\n方案", "望川县第一中学2022年质量月活动方案"),
        ("望川县农业农村局2022年“安全月”工作总结", "望川县农业农村局2022年“安全月”工作总结"),
        ("质量工作简报", "质量工作简报"),
        ("倡议书", "倡议书"),
        ("望川县质量协会诚信经营承诺书", "望川县质量协会诚信经营承诺书"),
    ],
)
def test_titles_broken_before_their_kind_and_of_every_kind(above, title):
    assert head(f"{above}\n各单位：\n现将有关情况说明如下。\n望川县教育局\n2022年8月9日")["title"] == title


def test_a_red_head_on_two_lines_is_one_name():
    found = head(
        "望川县推进农产品质量\n安全工作领导小组文件\n望农质〔2022〕3号\n关于开展检查的通知\n各镇：\n现通知如下。"
    )
    assert found["issuers"] == ["望川县推进农产品质量安全工作领导小组"]
    assert found["title"] == "关于开展检查的通知"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("望川县教育局 中共望川县委宣传部", ["望川县教育局", "中共望川县委宣传部"]),
        ("望川县教育局　　望川县科学技术局\n望川县总工会", ["望川县教育局", "望川县科学技术局", "望川县总工会"]),
        ("保卫处", ["保卫处"]),
        ("教务处　学生处", ["教务处", "学生处"]),
        ("望川县第一中学", ["望川县第一中学"]),
        ("北山钢铁厂", ["北山钢铁厂"]),
        ("北山机械集团有限公司（盖章）", ["北山机械集团有限公司"]),
    ],
)
def test_who_signs(names, expected):
    text = f"关于开展活动的通知\n各单位：\n请认真组织。\n附件：1.活动方案（终稿）.docx\n{names}\n2022年8月9日"
    assert head(text)["issuers"] == expected
    assert [each["title"] for each in head(text)["attachments"]] == ["活动方案（终稿）.docx"]


@pytest.mark.parametrize(
    ("above", "title", "issuers"),
    [
        ("望川县农业农村局\n望川县文化广电旅游局\n", "望川县农业农村局望川县文化广电旅游局关于开展活动的通知", 0),
        ("望川县农业农村局文件\n望川县文化广电旅游局\n望农〔2022〕1号\n", "关于开展活动的通知", 2),
        ("望川县农业农村局\n\t\t文件\n望川县文化广电旅游局\n望农〔2022〕1号\n", "关于开展活动的通知", 2),
        ("望川县农业农村局 望川县文化广电旅游局\t文件\n望农〔2022〕1号\n", "关于开展活动的通知", 2),
        ("望川县农业农村局\n\n望川县文化广电旅游局\n\n", "关于开展活动的通知", 0),
    ],
)
def test_bodies_in_rows_are_a_joint_red_head_or_open_the_title(above, title, issuers):
    found = head(f"{above}关于开展活动的通知\n各单位：\n现通知如下。")
    assert found["title"] == title
    assert not issuers or found["issuers"] == ["望川县农业农村局", "望川县文化广电旅游局"]


def test_minutes_are_numbered_without_a_code_and_dated_where_they_are_printed():
    found = head(
        "梅川镇人民政府\n专题会议纪要\n〔2024〕8号\n安全生产工作专题会议纪要\n5月24日，镇长主持召开专题会议。\n会议议定：\n"
        "一、举办宣传教育活动。由镇教育办负责，6月7日前完成。\n二、开展用电检查。由镇建设办负责，6月底前完成。\n"
        "梅川镇党政综合办公室\n2024年5月27日印发"
    )
    assert (found["title"], found["doc_number"]["text"]) == ("安全生产工作专题会议纪要", "〔2024〕8号")
    assert (found["issuers"], found["issue_date"]["start"]) == (["梅川镇人民政府"], "2024-05-27")
    assert [activity["title"] for activity in found["activities"]] == ["举办宣传教育活动", "开展用电检查"]


def test_a_place_under_its_heading_signs_nothing():
    head_lines = "关于召开会议的通知\n各单位：\n现通知如下。\n"
    text = f"{head_lines}一、时间\n9月8日。\n二、地点\n县会展中心\n望川县教育局\n2022年8月9日"
    assert head(text)["issuers"] == ["望川县教育局"]


@pytest.mark.parametrize(
    "day", ["二〇二二年八月九日", "二○二二年八月九日", "二OO二年八月九日", "二零二二年八月九日", "2022年8月9日"]
)
def test_the_day_of_issue_in_every_writing(day):
    found = head(f"关于开展活动的通知\n各单位：\n请认真组织。\n望川县教育局\n{day}")
    assert found["issue_date"]["start"] in ("2022-08-09", "2002-08-09")
    assert found["year"] == int(found["issue_date"]["start"][:4])


@pytest.mark.parametrize(
    ("title", "signed", "due"),
    [
        ("关于印发农产品质量规划（2021—2025年）的通知", "2022年11月26日", "2022-12-10"),
        ("关于印发“十二五”规划（2011-2015年）的通知", "2012年11月2日", "2012-12-10"),
        ("关于报送2022年度总结的通知", "2022年12月1日", "2022-12-10"),
        ("关于做好2023年质量月准备的通知", "2022年11月3日", "2022-12-10"),
        ("关于报送2021年质量工作情况的通知", "2022年12月3日", "2022-12-10"),
    ],
)
def test_the_year_of_a_day_is_that_of_the_paper_and_not_of_a_range_in_its_title(title, signed, due):
    found = head(f"{title}\n各镇：\n请各镇于12月10日前将意见报县质量办。\n望川县教育局\n{signed}")
    assert [each["date"] for each in found["deadlines"]] == [due]


def test_marks_without_a_shape_hide_no_day():
    found = head(
        "关于开展活动的通知\n各单位：\n请于9\u200b月\u200b26\u2060日前将回执报县质量办。\n县质量办\n2022\u200d年8月9日"
    )
    assert [(each["text"], each["date"]) for each in found["deadlines"]] == [("9月26日前", "2022-09-26")]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("望川县质量月活动总结", "summary"),
        ("关于申请活动经费的请示", "request"),
        ("关于质量状况的报告", "report"),
        ("质量工作简报", "bulletin"),
        ("县质量工作领导小组会议纪要", "minutes"),
        ("质量诚信倡议书", "initiative"),
        ("关于征集质量月口号的公告", "call"),
        ("关于协助开展调查的函", "letter"),
        ("2022年质量强县重点任务分工表", "division"),
        ("邀请函", "invitation"),
        ("2022年质量月活动方案", "plan"),
        ("关于开展质量月活动的通知", "notice"),
    ],
)
def test_kinds_of_paper(title, kind):
    assert head(f"{title}\n各单位：\n现将有关情况说明如下。\n望川县教育局\n2022年8月9日")["doc_type"] == kind


def test_what_tells_gives_nobody_anything_to_do():
    body = "一、活动开展情况\n（一）举办启动仪式。9月1日，由县教育局牵头举办。\n（二）开展检查。9月5日由县农业局负责。"
    told = head(f"望川县质量月活动总结\n县质量办：\n现将情况报告如下：\n{body}\n望川县教育局\n2022年10月9日")
    assert (told["activities"], told["deadlines"], told["unplaced"]) == ([], [], [])
    asked = head(f"关于开展质量月活动的通知\n各单位：\n现通知如下：\n{body}\n望川县教育局\n2022年8月9日")
    assert len(asked["activities"]) == 2


def test_a_bulletin_knows_its_editor_and_its_day():
    found = head("质量月工作简报\n第3期\n望川县质量强县办　2022年9月20日\n9月3日，我县举行启动仪式。")
    assert (found["issuers"], found["issue_date"]["start"]) == (["望川县质量强县办"], "2022-09-20")


def test_lines_of_a_portal_are_put_aside():
    found = head(
        "来源：望川县教育局\n发布时间：2022-08-30\n字号：大 中 小\n关于举办科技周的通知\n各学校：\n现通知如下。"
    )
    assert (found["title"], found["unplaced"]) == ("关于举办科技周的通知", [])


@pytest.mark.parametrize(
    "signed",
    [
        "望川县教育局\n2024年8月1日",
        "望川县教育局　　2024年8月1日",
        "望川县教育局\n2024.8.1",
        "望川县教育局\n2024-08-01",
        "望川县教育局（盖章）\n二〇二四年八月一日",
        "特此通知。\n望川县教育局\n2024年8月1日\n（此件公开发布）\n望川县教育局办公室　2024年8月1日印发",
    ],
)
def test_who_signs_and_when_however_it_is_set(signed):
    found = head(f"关于开展活动的通知\n各单位：\n请认真组织。\n{signed}")
    assert (found["issuers"], found["issue_date"]["start"]) == (["望川县教育局"], "2024-08-01")


def test_a_title_that_a_portal_prints_above_its_fields_and_once_more_below_them():
    title = "关于开展2024年“质量月”活动的通知"
    found = head(
        f"标题：{title}\n文号：望教〔2024〕1号\n发布机构：望川县教育局\n{title}\n各镇、县直各部门：\n请认真组织。"
    )
    assert (found["title"], found["addressees"]["list"]) == (title, ["各镇", "县直各部门"])
