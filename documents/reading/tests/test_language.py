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
        (LIST + "（一）专题培训：9月3日14:30，阶梯教室，组织单位：设备处；\n"
         "（二）安全巡查：9月6日，检查组由保卫处、后勤处组成；\n"
         "（三）应急演练：9月9日，各学院自行组织。",
         [("专题培训", ["设备处"]), ("安全巡查", ["保卫处", "后勤处"]), ("应急演练", ["各学院"])]),
        ("1 活动主题\n质量第一\n2 活动安排\n2.1 成果发布（9月12日）\n责任部门：运检部；配合部门：各供电所\n"
         "2.2 专项检查（9月18日）\n责任部门：安质部\n3 工作要求\n认真落实。",
         [("成果发布", ["运检部"]), ("专项检查", ["安质部"])]),
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
        ("机关演练。机关由安环部组织，经费由财务部落实。", ["安环部", "财务部"], []),
        ("县文旅局、县商务局在中心广场联合举办启动仪式。", ["县文旅局", "县商务局"], []),
        ("节前检查。各科室于9月9日前完成自查，保卫科于9月10日组织抽查。", ["各科室"], ["保卫科"]),
        ("流动科技馆进乡镇（9月6日）。承办：县科协，协办：各乡镇政府。", ["县科协"], ["各乡镇政府"]),
        ("总务处牵头，保卫科配合，9月6日前完成设施检查。", ["总务处"], ["保卫科"]),
        ("团委负责组织志愿服务队。", ["团委"], []),
        ("线上答题，由宣传科负责实施，技术处提供支持。", ["宣传科"], ["技术处"]),
        ("各隶属海关至少举办1场讲座。", ["各隶属海关"], []),
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


def test_units_behind_the_last_of_several_items_are_of_all():
    found = activities(LIST + "1.加强宣传。①利用广播播放知识；②悬挂横幅5条；③发放传单。（镇宣传办、各村居）")
    assert [lead for _, lead, _ in found] == [["镇宣传办", "各村居"]] * 3


def test_what_a_call_wants_is_no_activity():
    body = "一、征集内容\n（一）案例名称；\n（二）主要做法。\n二、作品要求\n（一）内容真实。\n（二）篇幅适当。"
    assert activities(body) == []
    kept = activities("一、活动内容及要求\n1、安全讲堂。由安环部组织。\n2、应急演练。由保卫部负责。")
    assert [(title, lead) for title, lead, _ in kept] == [("安全讲堂", ["安环部"]), ("应急演练", ["保卫部"])]


def test_a_column_of_people_names_no_unit():
    [task, _] = paper(
        "序号\t重点工作\t责任领导\t牵头科室\t配合科室\t完成时间\n1\t制作展板\t分管副局长\t质量科\t办公室\t9月5日前\n"
        "2\t抽查产品\t分管副局长\t监督科\t综合执法队\t9月底前"
    )["tasks"]
    assert (task["responsible"], task["assisting"]) == (["质量科"], ["办公室"])


@pytest.mark.parametrize("second", ["责任单位", "配合单位", "实施部门"])
def test_beside_the_unit_that_leads_the_others_do(second):
    rows = "1\t编制白皮书\t县甲局\t县乙局\t9月20日前\n2\t开展检查\t县丙局\t各镇\t9月底前"
    tasks = paper(f"序号\t工作任务\t牵头单位\t{second}\t完成时限\n{rows}")["tasks"]
    assert [(task["responsible"], task["assisting"]) for task in tasks] == [
        (["县甲局"], ["县乙局"]),
        (["县丙局"], ["各镇"]),
    ]


# --- when ----------------------------------------------------------------------------------------------------


def test_minutes_say_who_does_what_and_what_was_agreed_is_nobodys_task():
    text = (
        "望川县质量强县工作领导小组会议纪要\n2024年8月6日，县长主持召开会议。\n会议议定：\n"
        "一是由县市场监管局牵头，8月20日前印发方案。\n二是由县财政局负责，保障工作经费。"
    )
    found = draft_json(read(text))["activities"]
    assert [(a["title"], a["lead_units"], [d["end"] for d in a["dates"]]) for a in found] == [
        ("印发方案", ["县市场监管局"], ["2024-08-20"]),
        ("保障工作经费", ["县财政局"], []),
    ]
    text = "校长办公会议纪要\n议定如下事项：\n一、同意教务处的方案，活动于5月6日举行。\n二、团委负责组织服务队。"
    assert [a["title"] for a in draft_json(read(text))["activities"]] == ["组织服务队"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("科技周定为5月18日至5月25日，开放日定为5月20日。", [("2024-05-18", "2024-05-25")]),
        ("自8月9日起至8月15日，在全县开展宣传周活动。", [("2024-08-09", "2024-08-15")]),
        (
            "一、活动时间\n6月1日至6月30日，分两个阶段：\n（一）动员阶段（6月1日至5日）\n部署。\n（二）实施阶段（6月6日至30日）\n落实。",
            [("2024-06-01", "2024-06-30")],
        ),
        ("一、科普讲座\n时间：9月16日—20日\n地点：各学校\n主办单位：县科协", []),
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


@pytest.mark.parametrize(
    "sentence",
    [
        "定于11月8日（周五）下午2:30在镇政府三楼会议室召开工作例会，请各单位准时参加，并于11月7日前将书面汇报材料发送至镇食安办邮箱。",
        "经研究，拟于11月8日在镇政府三楼会议室召开工作例会。请各单位于11月7日前将书面汇报材料报镇食安办。",
    ],
)
def test_the_one_event_a_notice_without_headings_calls_to(sentence):
    found = draft_json(read(f"关于召开食品安全工作例会的通知\n各单位：\n{sentence}\n石桥镇食安办\n2024年11月5日"))
    assert [(a["title"], a["dates"][0]["start"], a["venue"]) for a in found["activities"]] == [
        ("召开食品安全工作例会", "2024-11-08", "镇政府三楼会议室")
    ]
    assert [(d["item"], d["to"]) for d in found["deadlines"]] == [("书面汇报材料", ["镇食安办"])]


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
        ("请在9月25日前、10月20日前分别将典型案例和工作总结报县质量办（电话：88112233）。",
         [("2024-09-25", "典型案例", ["县质量办"]), ("2024-10-20", "工作总结", ["县质量办"])]),
        ("各校于宣传周结束后一周内报送总结材料至县科协。", [([], "总结材料", ["县科协"])]),
        ("请于10月9日前报送总结（电子版同时发至zl@example.com）至县质量办。", [("2024-10-09", "总结", ["县质量办"])]),
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
