"""Papers that call to one event, and lists that end before what is said to everybody."""

from documents.reading import draft_json, read


def events(text):
    found = draft_json(read(text))
    return [
        (
            each["title"],
            [day["start"] for day in each["dates"]],
            each["venue"],
            each["lead_units"],
            each["assist_units"],
        )
        for each in found["activities"]
    ]


def test_the_sentence_behind_the_one_that_sets_the_day_says_who():
    text = (
        "关于开展“安全宣传咨询日”活动的通知\n各村（居）委会：\n定于2025年6月16日上午8:30在梅川镇中心广场开展“安全宣传咨询日”活动。"
        "活动由镇应急管理站牵头，派出所、卫生院配合，每村组织群众30人参加。请各单位于6月12日前将名单报镇应急管理站。\n"
        "梅川镇人民政府\n2025年6月9日"
    )
    expected = ("开展“安全宣传咨询日”活动", ["2025-06-16"], "梅川镇中心广场", ["镇应急管理站"], ["派出所", "卫生院"])
    assert events(text) == [expected]


def test_an_invitation_whose_title_is_its_kind_alone():
    text = (
        "邀 请 函\n尊敬的北山瓷业有限公司：\n为搭建平台，兹定于2023年10月20日至22日在市会展中心举办陶瓷质量品牌展览会。"
        "本次展览会由市商务局、市质量局主办，市陶瓷协会承办。诚邀贵公司参展。\n市陶瓷协会\n2023年9月4日"
    )
    [found] = events(text)
    assert found[0] == "陶瓷质量品牌展览会"
    assert found[3:] == (["市商务局", "市质量局"], ["市陶瓷协会"])


def test_hosts_under_headings_of_their_own():
    text = (
        "关于召开成果交流会的通知\n各会员单位：\n现通知如下。\n一、会议时间和地点\n会议时间：2024年6月27日。\n会议地点：天竺酒店\n"
        "二、主办单位\n市质量协会、市总工会\n三、承办单位\n北山电机集团有限公司\n市质量协会\n2024年5月30日"
    )
    [found] = events(text)
    assert (found[0], found[3], found[4]) == ("召开成果交流会", ["市质量协会", "市总工会"], ["北山电机集团有限公司"])


def test_what_is_said_to_everybody_behind_a_list_is_none_of_its_last_entry():
    text = (
        "关于开展质量月活动的通知\n各科室：\n医院决定开展质量月活动，具体安排如下：\n1.病历评比。由质控办牵头，病案室配合，9月20日前完成。\n"
        "2.用药讲堂。药学部主办，信息科协办，9月18日开讲。\n请各科室将小结于9月29日前发至质控办邮箱zk@example.com。\n"
        "北山医院\n2024年8月30日"
    )
    assert [(title, leads) for title, _, _, leads, _ in events(text)] == [
        ("病历评比", ["质控办"]),
        ("用药讲堂", ["药学部"]),
    ]


def test_the_steps_of_a_call_are_no_activities():
    text = (
        "关于征集质量案例的通知\n各单位：\n现面向全市征集质量案例。\n一、工作安排\n（一）申报。各单位于7月31日前将申报表报市质量协会。\n"
        "（二）评审。8月，协会组织专家评审。\n（三）发布。案例在10月14日活动现场发布。\n市质量协会\n2025年6月9日"
    )
    assert events(text) == []
    assert [duty["item"] for duty in draft_json(read(text))["deadlines"]] == ["申报表"]


def test_an_entry_whose_name_ends_like_a_unit_is_no_unit():
    text = (
        "关于举办科技周的通知\n各单位：\n现通知如下。\n一、主要活动\n1.科普大篷车下乡\n时间：5月下旬\n责任单位：县科协\n"
        "2.科普报告会\n时间：5月23日\n责任单位：县教育局\n县科协\n2023年5月11日"
    )
    assert [(title, leads) for title, _, _, leads, _ in events(text)] == [
        ("科普大篷车下乡", ["县科协"]),
        ("科普报告会", ["县教育局"]),
    ]


def test_units_behind_the_last_of_several_items_by_their_label_are_of_all():
    text = (
        "关于开展安全月活动的通知\n各单位：\n现通知如下。\n一、主要工作\n（一）强化车辆安全。①开展充电站检查，6月14日前完成；"
        "②开展安全锤排查。责任部门：机务部；配合部门：各分公司。\n北山公交公司\n2024年5月22日"
    )
    assert [(leads, others) for _, _, _, leads, others in events(text)] == [(["机务部"], ["各分公司"])] * 2


def test_a_form_of_one_label_a_row():
    text = "关于报送案例的通知\n各单位：\n请填写附件。\n市质量协会\n2025年6月9日\n附件\n案例申报表\n"
    text += "案例名称\t\n申报单位\t\n联系人\t\n手机\t\n"
    [form] = draft_json(read(text))["forms"]
    assert form["fields"] == ["案例名称", "申报单位", "联系人", "手机"]


def test_slogans_that_the_page_broke_are_whole():
    text = (
        "关于开展质量月活动的通知\n各单位：\n请按附件宣传。\n县质量办\n2024年8月1日\n附件\n质量月宣传口号\n1.牢固树立质量第一的意识，\n"
        "坚定实施质量强县战略\n— 3 —\n2.人人关心质量\n3.让质量成为我们共同的\n追求和自觉的行动\n"
    )
    assert [slogan["text"] for slogan in draft_json(read(text))["slogans"]] == [
        "牢固树立质量第一的意识，坚定实施质量强县战略",
        "人人关心质量",
        "让质量成为我们共同的追求和自觉的行动",
    ]


NOTICE = "关于开展计量日活动的通知\n各单位：\n现通知如下。\n{}\n市计量局\n2025年4月28日"


def test_entries_with_a_title_and_no_number():
    body = (
        "一、活动内容\n计量实验室开放\n5月19日至23日，向社会开放实验室。\n责任单位：市计量院\n集贸市场计量惠民\n5月20日前，对市场电子秤免费检定。\n"
        "牵头单位：市计量科\n配合单位：各街道办\n二、工作要求\n各单位要高度重视，认真组织实施。"
    )
    held = [(title, leads, others) for title, _, _, leads, others in events(NOTICE.format(body))]
    assert held == [("计量实验室开放", ["市计量院"], []), ("集贸市场计量惠民", ["市计量科"], ["各街道办"])]


def test_a_line_of_units_ends_where_the_names_end():
    body = (
        "一、活动内容\n1.节水节电巡查\n时间：5月13日\n责任单位：后勤保障处、学生工作部、保卫处\n对“长明灯”现象进行登记曝光。\n"
        "2.节能讲座\n时间：5月14日\n责任单位：学生工作部"
    )
    assert [leads for _, _, _, leads, _ in events(NOTICE.format(body))] == [
        ["后勤保障处", "学生工作部", "保卫处"],
        ["学生工作部"],
    ]


def test_whoever_is_asked_to_organise_does_it():
    body = (
        "一、组织学生参加开幕式。5月25日上午举行开幕式，请县教育局组织学生300名参加。\n"
        "二、开放观测站。请县气象局5月27日至29日组织开放。\n请于5月13日前将名单报市计量局。"
    )
    assert [(when, leads) for _, when, _, leads, _ in events(NOTICE.format(body))] == [
        (["2025-05-25"], ["县教育局"]),
        (["2025-05-27"], ["县气象局"]),
    ]


def test_rows_one_cell_a_line_with_an_empty_and_a_broken_cell():
    rows = ["序号", "重点任务", "牵头单位", "配合单位", "完成时限", "1", "开展专项整治", "建设局", "6月30日前"]
    rows += ["2", "开展隐患内部报告奖励机制建设，建立机制企业不少", "于50家", "经发局", "总工会", "7月31日前"]
    rows += ["3", "推进“一线三排”", "园区办", "各单位", "长期坚持"]
    found = draft_json(read(NOTICE.format("附件：任务分工表") + "\n附件\n任务分工表\n" + "\n".join(rows)))["tasks"]
    assert [(task["title"], task["responsible"], task["assisting"]) for task in found] == [
        ("开展专项整治", ["建设局"], []),
        ("开展隐患内部报告奖励机制建设，建立机制企业不少于50家", ["经发局"], ["总工会"]),
        ("推进“一线三排”", ["园区办"], ["各单位"]),
    ]


def test_slogans_behind_the_signature_are_no_plan():
    found = draft_json(
        read(NOTICE.format("请认真组织。") + "\n参考标语：\n（1）第一次就把事情做对\n（2）精准计量，诚信交货")
    )
    assert [slogan["text"] for slogan in found["slogans"]] == ["第一次就把事情做对", "精准计量，诚信交货"]
    assert found["doc_type"] == "notice"
