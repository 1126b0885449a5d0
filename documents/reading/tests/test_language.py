"""Rules of the language that papers of offices, schools, works and hospitals share."""

import pytest

from documents.reading import draft_json, read

HEAD = "望川县关于开展2024年质量月活动的通知\n各有关单位：\n现将有关事项通知如下。\n"
FOOT = "\n望川县质量强县办\n2024年8月1日"
LIST = "一、活动内容\n"


def paper(body):
    return draft_json(read(HEAD + body + FOOT))


def activities(body):
    return [(a["title"], a["lead_units"], a["assist_units"]) for a in paper(body)["activities"]]


def duties(body):
    return [(d["date"] or d["resolved"], d["item"], d["to"]) for d in paper(body)["deadlines"]]


# --- structure -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (LIST + "（一）科普宣传 1、9月1日，举办科普讲座。由县科协负责。\n2、9月3日，开放实验室。由县一中负责。",
         [("举办科普讲座", ["县科协"]), ("开放实验室", ["县一中"])]),
        (LIST + "（一）安全教育：1.开展应急演练，由保卫处负责；2.举办消防培训，由后勤处负责。",
         [("开展应急演练", ["保卫处"]), ("举办消防培训", ["后勤处"])]),
        ("重点做好以下工作：一是开展“质量进社区”活动；二是举办质量讲座；三是组织质量检查。",
         [("开展“质量进社区”活动", []), ("举办质量讲座", []), ("组织质量检查", [])]),
        ("今年重点抓好三项行动：\n一是组织隐患排查。\n二是开展设备检修。\n三是举办技能比武。",
         [("组织隐患排查", []), ("开展设备检修", []), ("举办技能比武", [])]),
        ("（一）举办启动仪式。9月3日举行，由县甲局负责。\n（二）举办论坛。由县乙局负责。",
         [("举办启动仪式", ["县甲局"]), ("举办论坛", ["县乙局"])]),
        (LIST + "（一）9月3日：举办启动仪式（县甲局）\n（二）9月5日：举办论坛（县乙局）",
         [("举办启动仪式", ["县甲局"]), ("举办论坛", ["县乙局"])]),
        (LIST + "（一）以“人人讲安全”为主题，开展“安全第一课”\n各车间要集中学习，观看警示片，"
         "进一步强化全员的安全红线意识，认真落实责任。",
         [("以“人人讲安全”为主题，开展“安全第一课”", [])]),
        ("序号\n活动名称\n时间\n责任单位\n1\n启动仪式\n9月3日\n县甲局\n2\n质量论坛\n9月5日\n县乙局",
         [("启动仪式", ["县甲局"]), ("质量论坛", ["县乙局"])]),
        ("| 序号 | 活动名称 | 时间 | 责任单位 |\n| --- | --- | --- | --- |\n| 1 | 启动仪式 | 9月3日 | 县甲局 |\n"
         "| 2 | 质量论坛 | 9月5日 | 县乙局、县丙局 |",
         [("启动仪式", ["县甲局"]), ("质量论坛", ["县乙局", "县丙局"])]),
    ],
)  # fmt: skip
def test_how_items_are_listed(body, expected):
    assert [(title, lead) for title, lead, _ in activities(body)] == expected


def test_a_notice_of_one_paragraph():
    text = (
        "石桥镇关于做好2024年安全月工作的通知\n各村（社区），镇直各单位：根据县里部署，现就有关工作通知如下："
        "一、时间安排。6月1日至6月30日。二、主要工作：（一）开展集中宣传。6月6日，由镇应急办负责。"
        "（二）开展隐患排查。由镇消防队牵头，镇派出所配合。三、工作要求。各村于7月3日前将总结报镇应急办。\n"
        "石桥镇人民政府\n2024年5月20日"
    )
    found = draft_json(read(text))
    assert found["addressees"]["list"] == ["各村（社区）", "镇直各单位"]
    assert [(a["title"], a["lead_units"]) for a in found["activities"]] == [
        ("开展集中宣传", ["镇应急办"]),
        ("开展隐患排查", ["镇消防队"]),
    ]
    assert [(d["date"], d["item"], d["to"]) for d in found["deadlines"]] == [("2024-07-03", "总结", ["镇应急办"])]


# --- who -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "lead", "assist"),
    [
        ("开展检查。由质管部、生产部执行。", ["质管部", "生产部"], []),
        ("食堂评议，由后勤集团及相关院系组织。", ["后勤集团", "相关院系"], []),
        ("举办培训，由人事科安排。", ["人事科"], []),
        ("危房摸底，由后勤保障处部署。", ["后勤保障处"], []),
        ("开展演练。由保卫科负责组织协调，各病区参与。", ["保卫科"], ["各病区"]),
        ("开展普查。各派出机构要牵头组织专家检查。", ["各派出机构"], []),
        ("举办启动仪式。9月3日上午在县体育广场举行。", [], []),
        ("举办咨询。9月3日下午于人民公园开展。", [], []),
        ("举办展览。群众踊跃参与，企业积极配合。", [], []),
        ("开展宣传。在县电视台、微信公众号开设专栏。", [], []),
        ("企业负责人落实安全承诺。", [], []),
        ("各区政府、各镇政府要组织开展自查。", ["各区政府", "各镇政府"], []),
    ],
)
def test_who_does_it(entry, lead, assist):
    [(_, leads, assists)] = activities(f"{LIST}（一）{entry}")
    assert (leads, assists) == (lead, assist)


@pytest.mark.parametrize("second", ["责任单位", "配合单位", "实施部门"])
def test_beside_the_unit_that_leads_the_others_do(second):
    rows = "1\t编制白皮书\t县甲局\t县乙局\t9月20日前\n2\t开展检查\t县丙局\t各镇\t9月底前"
    tasks = paper(f"序号\t工作任务\t牵头单位\t{second}\t完成时限\n{rows}")["tasks"]
    assert [(task["responsible"], task["assisting"]) for task in tasks] == [
        (["县甲局"], ["县乙局"]),
        (["县丙局"], ["各镇"]),
    ]


# --- when ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("科技周定为5月18日至5月25日，开放日定为5月20日。", [("2024-05-18", "2024-05-25")]),
        ("活动时间定于9月1日至30日。", [("2024-09-01", "2024-09-30")]),
        ("今年质量月时间为9月1日－9月30日。", [("2024-09-01", "2024-09-30")]),
        ("开幕式将于9月3日（星期二）上午9:00举行。\n一、活动时间\n9月3日上午9:00—11:00。", []),
    ],
)
def test_the_period_of_a_campaign(body, expected):
    assert [(day["start"], day["end"]) for day in paper(body)["campaign_period"]] == expected


def test_several_days_and_a_place_nobody_names():
    [one, two] = paper(
        LIST + "（一）举办讲座。分别于9月3日、9月5日在东区、西区举行。\n（二）举办培训。9月9日－9月12日，地点自行安排。"
    )["activities"]
    assert [day["start"] for day in one["dates"]] == ["2024-09-03", "2024-09-05"]
    assert ([(day["start"], day["end"]) for day in two["dates"]], two["venue"]) == (
        [("2024-09-09", "2024-09-12")],
        None,
    )


@pytest.mark.parametrize(
    ("when", "day", "known"),
    [
        ("全年", "2024-12-31", "year"),
        ("持续推进", None, "ongoing"),
        ("长期坚持", None, "ongoing"),
        ("每月", None, "recurring"),
        ("每季度末", None, "recurring"),
        ("9月20日前", "2024-09-20", "day"),
    ],
)
def test_when_the_rows_of_a_table_are_due(when, day, known):
    [task, _] = paper(f"序号\t工作任务\t责任单位\t完成时限\n1\t监测质量\t县甲局\t{when}\n2\t开展检查\t县乙局\t9月底前")[
        "tasks"
    ]
    assert (task["deadline"]["text"], task["deadline"]["end"], task["deadline"]["precision"]) == (when, day, known)
    assert task["doubts"] == []


def test_a_row_of_a_schedule_is_proposed_once_with_all_its_days():
    found = paper(
        "日期\t时间\t地点\t活动内容\t参加人员\t组织部门\n"
        "3月、4月\t待定\t自行安排\t安全主题班会\t全体学生\t学生处\n4月8日\t14:00\tB203\t消防讲座；逃生演练\t学生代表\t保卫处、学生处"
    )
    assert found["tasks"] == []
    assert [
        (a["title"], [d["text"] for d in a["dates"]], a["venue"], a["lead_units"]) for a in found["activities"]
    ] == [
        ("安全主题班会", ["3月", "4月"], None, ["学生处"]),
        ("消防讲座；逃生演练", ["4月8日"], "B203", ["保卫处", "学生处"]),
    ]


# --- what is owed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("请于8月16日前将《登记表》，于9月30日前将《总结报告》，报县科技局。",
         [("2024-08-16", "《登记表》", ["县科技局"]), ("2024-09-30", "《总结报告》", ["县科技局"])]),
        ("各镇于8月15日前确定1名联络员（附件1），每周五17:00前报送进展表。上述材料统一报送县质量办和县质量协会。",
         [("2024-08-15", "联络员（附件1）", ["县质量办", "县质量协会"]), ([], "进展表", ["县质量办", "县质量协会"])]),
        ("请各科室于8月15日前指定1名联系人报质管科。", [("2024-08-15", "联系人", ["质管科"])]),
        ("请将参展情况于8月25日前发送至我局科技科电子邮箱。", [("2024-08-25", "参展情况", ["我局科技科"])]),
        ("请将回执于8月20日12:00前报送或传真至厅安全处。", [("2024-08-20", "回执", ["厅安全处"])]),
        ("请于8月26日前报送活动方案至县质量办。", [("2024-08-26", "活动方案", ["县质量办"])]),
        ("活动结束后形成书面总结，连同影像资料，于10月9日前报送组委会办公室。",
         [("2024-10-09", "书面总结，连同影像资料", ["组委会办公室"])]),
        ("活动结束请各校上报开展情况报告，送县科协科普部。", [([], "开展情况报告", ["县科协科普部"])]),
        ("现向社会征集安全标语，征集时间截至2024年9月5日。", [("2024-09-05", "安全标语", [])]),
        ("作品提交截止时间：9月20日。", [("2024-09-20", "作品", [])]),
        ("请各单位于8.25前将方案报县质量办，国庆节前报送总结至县质量办。",
         [("2024-08-25", "方案", ["县质量办"]), (["2024-09-30"], "总结", ["县质量办"])]),
        ("请于本周五前报送名单至县质量办。", [(["2024-08-02"], "名单", ["县质量办"])]),
        ("请于本月底前将报名表报送质量部。", [(["2024-08-31"], "报名表", ["质量部"])]),
        ("请于8月30日前填写《自查表》并报送县应急局。", [("2024-08-30", "《自查表》", ["县应急局"])]),
    ],
)  # fmt: skip
def test_what_is_owed_by_when_and_to_whom(body, expected):
    assert duties(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "（二）投稿截止日：8月24日", "中秋节前后要加强检查。", "9月20日前完成整改。", "各镇要落实专人负责。",
    ],
)  # fmt: skip
def test_what_is_no_activity_and_no_duty_of_another_kind(body):
    found = paper("现征集质量月口号。\n一、要求\n（一）每条口号不超过20个字。\n" + body)
    assert found["activities"] == []
    assert found["targets"] == []
    assert [d["date"] for d in found["deadlines"]] == (["2024-08-24"] if "投稿" in body else [])


def test_a_term_in_working_days_skips_the_holidays_of_the_office():
    holidays = {f"2024-10-0{day}" for day in range(1, 8)}
    draft = read(
        f"{HEAD}一、活动时间\n9月1日至9月30日。\n二、要求\n活动结束后3个工作日内将总结报县质量办。{FOOT}",
        is_working_day=lambda day: day.weekday() < 5 and str(day) not in holidays,
    )
    assert [[str(day) for day in duty.resolved] for duty in draft.deadlines] == [["2024-10-10"]]


# --- forms, slogans ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        ("课题名称\t\n申报单位\t\t负责人\t\n起止时间\t\t经费预算\t\n主要内容\t（限200字）",
         ["课题名称", "申报单位", "负责人", "起止时间", "经费预算", "主要内容"]),
        ("姓名：　　　　性别：　　　　年龄：\n单位：　　　　　　职务：",
         ["姓名", "性别", "年龄", "单位", "职务"]),
    ],
)  # fmt: skip
def test_a_form_of_labels_and_blanks_is_one_form(rows, fields):
    text = f"{HEAD}请认真组织。\n附件：项目申报表{FOOT}\n附件\n项目申报表\n{rows}"
    [form] = draft_json(read(text))["forms"]
    assert (form["title"], form["fields"]) == ("项目申报表", fields)


@pytest.mark.parametrize(
    ("text", "theme", "slogans"),
    [
        ("2024年安全月活动主题\n人人讲安全 个个会应急\n2024年安全月宣传标语\n1.安全是效益\n2.守住底线 共筑平安",
         "人人讲安全 个个会应急", ["安全是效益", "守住底线 共筑平安"]),
        ("科技周宣传口号\n崇尚科学 反对迷信\n科技改变生活 创新引领未来\n弘扬科学家精神",
         None, ["崇尚科学 反对迷信", "科技改变生活 创新引领未来", "弘扬科学家精神"]),
        (HEAD + "悬挂“质量是生命线”“人人都是质量官”等横幅。", None, ["质量是生命线", "人人都是质量官"]),
        (HEAD + "围绕“人人重视质量”主题开展活动。", "人人重视质量", []),
        (HEAD + "紧扣“质量强县你我同行”这一主题开展活动。", "质量强县你我同行", []),
    ],
)  # fmt: skip
def test_theme_and_slogans(text, theme, slogans):
    found = draft_json(read(text))
    assert (found["theme"] and found["theme"]["text"], [each["text"] for each in found["slogans"]]) == (theme, slogans)
