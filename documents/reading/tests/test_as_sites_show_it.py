"""Notices as web sites, schools and associations publish them: headings, labels and addresses where nobody expects."""

from documents.reading import read
from documents.reading.structure.lines import split

HEAD = "关于开展2024年节水宣传周活动的通知\n各科室、各站所：\n现将有关事项通知如下。\n"
FOOT = "\n河东县水务局\n2024年3月1日\n"


def activities(text):
    return [
        (each.title.value, [unit.name for unit in each.units if unit.role == "lead"], [day.text for day in each.dates])
        for each in read(text).activities
    ]


def duties(text):
    return [(each.text, each.item, [unit.name for unit in each.to]) for each in read(text).deadlines]


def test_a_heading_that_lost_its_number_is_a_chapter():
    text = (
        "一、宣传主题\n主题为“滴水成河”。\n二、时间\n2024年3月22日至28日。\n活动安排\n"
        "（一）举办节水知识展（牵头部门：水资源科）\n在大厅布展。\n（二）召开用水户座谈会（牵头部门：供水站）\n3月25日召开。\n"
    )
    assert activities(HEAD + text + FOOT) == [
        ("举办节水知识展", ["水资源科"], []),
        ("召开用水户座谈会", ["供水站"], ["3月25日"]),
    ]


def test_numbers_on_lines_of_their_own_are_those_of_the_headings_below():
    text = (
        "2024年节水宣传周活动口号征集\n即日起公开征集节水宣传周活动口号。\n"
        "一\n参加对象\n不限。\n二\n投稿办法\n"
        "（一）邮箱：a@example.com。\n（二）投稿截止日：2024年3月10日\n"
    )
    draft = read(text)
    assert (draft.title.value, draft.doc_type) == ("2024年节水宣传周活动口号征集", "call")
    assert duties(text) == [("2024年3月10日", "节水宣传周活动口号", [])]


def test_a_unit_with_its_day_heads_what_it_does_on_that_day():
    text = (
        "一、主题日安排\n（一）县水务局（3月22日）\n1．举办节水器具展。\n2．开展用水咨询活动。\n"
        "（二）县教育局（3月25日）\n组织开展节水小课堂活动，请家长参加。\n"
    )
    assert activities(HEAD + text + FOOT) == [
        ("举办节水器具展", ["县水务局"], ["3月22日"]),
        ("开展用水咨询活动", ["县水务局"], ["3月22日"]),
        ("组织开展节水小课堂活动", ["县教育局"], ["3月25日"]),
    ]


def test_a_label_said_twice_and_forms_of_one_activity_divide_nothing():
    text = (
        "一、活动内容\n（一）节水知识问答\n1．活动时间：3月22日。\n2．主办单位：主办单位：县水务局。\n"
        "（二）节水课堂\n1．线上：组织职工收看公开课。\n责任单位：水资源科。\n2．线下：请讲师到站所授课。\n责任单位：供水站。\n"
    )
    assert activities(HEAD + text + FOOT) == [
        ("节水知识问答", ["县水务局"], ["3月22日"]),
        ("节水课堂", ["水资源科", "供水站"], []),
    ]


def test_days_with_a_dash_begin_the_entries_of_a_paper_without_numbers():
    text = (
        "3月22日——启动日，各站所组织职工签名，悬挂横幅。\n3月23日-27日——排查周，供水站开展管网漏损排查。\n"
        "3月29日前，各站所将活动小结报局办公室。\n"
    )
    draft = HEAD + text + FOOT
    assert activities(draft) == [("启动日", ["各站所"], ["3月22日"]), ("排查周", ["供水站"], ["3月23日-27日"])]
    assert duties(draft) == [("3月29日前", "活动小结", ["局办公室"])]


def test_many_hosts_of_one_bracket_are_all_read():
    hosts = "县水务局、县教育局、县卫健局、团县委、县文旅局、共青团中央"
    text = (
        f"一、活动安排\n（一）启动仪式\n3月22日上午举行启动仪式。（{hosts}主办，县供水公司承办，县传媒公司执行承办）\n"
        "（二）节水展\n3月25日举办节水展。（县水务局主办）\n"
    )
    opened = read(HEAD + text + FOOT).activities[0]
    assert [unit.name for unit in opened.units if unit.role == "lead"] == hosts.split("、")
    assert [unit.name for unit in opened.units if unit.role == "assist"] == ["县供水公司", "县传媒公司"]


def test_what_is_filled_in_is_what_the_next_sentence_wants_and_a_site_is_no_part_of_it():
    text = (
        "一、需要经费的单位须填报《经费申请表》。请于2024年3月5日前报送。\n"
        "二、各站所于3月30日前将活动总结（含图片、视频）在县科普网站提交。\n"
        "三、3月31日前，请申请先进的单位将事迹材料同步发送至局办公室。\n"
    )
    assert duties(HEAD + text + FOOT) == [
        ("2024年3月5日前", "《经费申请表》", []),
        ("3月30日前", "活动总结（含图片、视频）", []),
        ("3月31日前", "事迹材料", ["局办公室"]),
    ]


def test_addresses_between_name_and_number_part_no_contact():
    text = (
        "请于3月5日前报名。\n联系方式：\n县水务局水资源科\n联 系 人：王某某\n联系电话：0511-6660001\n"
        "县科普活动中心\n联 系 人：李某某\n"
        "通信地址：河东县城关镇水塔路11号\n邮政编码：212300\n联系电话：0511-6660002\n电子邮箱：b@example.com\n"
    )
    contacts = [(each.unit, each.name, each.phones, each.emails) for each in read(HEAD + text + FOOT).contacts]
    assert contacts == [
        ("县水务局水资源科", "王某某", ("0511-6660001",), ()),
        ("县科普活动中心", "李某某", ("0511-6660002",), ("b@example.com",)),
    ]


def test_the_title_of_what_is_reported_is_no_event_and_offices_of_a_title_are_several():
    title = "河东县水务局 河东县教育局 关于报送2024年全国节水周活动项目的通知\n"
    text = "各镇：\n2024年全国节水周活动将于3月22日至28日开展，请各镇于3月10日前将活动项目报送县水务局。\n"
    draft = read(title + text)
    assert [each.value for each in draft.issuers] == ["河东县水务局", "河东县教育局"]
    assert (draft.activities, [day.text for day in draft.period]) == ((), ["3月22日至28日"])


def test_what_is_paid_is_nothing_to_be_reached():
    text = "一、活动要求\n每个项目资助经费不超过5000元，且补助不超过总支出的50%。举办讲座不少于3场。\n"
    assert [(each.value, each.unit) for each in read(HEAD + text + FOOT).targets] == [(3.0, "场")]


def test_a_chapter_of_days_without_numbers_lists_what_is_held_on_them():
    text = (
        "一、活动安排\n3月22日，举办节水器具展。\n3月23日—25日，开展管网漏损排查。\n"
        "3月26日，县水务局联合县教育局开展节水课堂活动。\n"
    )
    assert activities(HEAD + text + FOOT) == [
        ("举办节水器具展", [], ["3月22日"]),
        ("开展管网漏损排查", [], ["3月23日—25日"]),
        ("开展节水课堂活动", ["县水务局"], ["3月26日"]),
    ]


def test_the_fields_of_a_site_address_nobody_and_number_nobody():
    text = (
        "相关解读：\n相关文件：\n• 索 引 号：ND08128-3000-2024-00015\n各科室、各站所：\n"
        "现将《河东县2024年节水周活动方案》印发给你们，请认真执行。\n"
        "河东县水务局\n2024年3月1日\n河东县2024年节水周活动方案\n一、活动主题\n滴水成河\n二、活动内容\n（一）举办节水展\n牵头部门：水资源科\n"
    )
    draft = read(text)
    assert [each.value for each in draft.addressees] == ["各科室", "各站所"]
    assert (draft.contacts, draft.title.value) == ((), "河东县2024年节水周活动方案")


def test_associations_are_addressed_and_their_offices_answer():
    text = (
        "关于举办2024年节水故事演讲比赛的通知\n各省、自治区、直辖市质协，各会员单位：\n现将有关事项通知如下。\n一、联系方式\n"
        "河东质协科普活动推进部\n联系人：王某某 0511-66600001\n"
    )
    draft = read(text)
    assert [each.value for each in draft.addressees] == ["各省、自治区、直辖市质协", "各会员单位"]
    assert [(each.unit, each.name) for each in draft.contacts] == [("河东质协科普活动推进部", "王某某")]


def test_who_and_when_before_the_comma_are_no_title_nor_is_the_paper_it_follows():
    text = (
        "一、活动内容\n1．县教育局于3月26日下午，举行全县节水教育日启动仪式。\n"
        "2．各学校要按照《关于开展节水专题教育活动的通知》（学发〔2024〕9号）要求，利用校园网开展节水教育。\n"
    )
    assert activities(HEAD + text + FOOT) == [
        ("举行全县节水教育日启动仪式", ["县教育局"], ["3月26日"]),
        ("开展节水教育", ["各学校"], []),
    ]


def test_what_an_office_does_itself_by_a_day_is_owed_by_nobody():
    text = (
        "一、请各站所于6月9日前上报申请书（电子版）。局办公室于6月23日前完成评估并确定上报县政府名单。"
        "各站所将上报材料（方案、证明等，纸质一式三份）按要求加盖公章，于6月30日前报局办公室。\n"
    )
    assert duties(HEAD + text + FOOT) == [
        ("6月9日前", "申请书（电子版）", []),
        ("6月30日前", "上报材料（方案、证明等，纸质一式三份）", ["局办公室"]),
    ]


def test_a_development_bureau_is_addressed_and_a_period_needs_no_colon():
    text = (
        "关于开展2024年节水月活动的通知\n各县（市）水务局、高新区经发局：\n"
        "一、活动时间2024年3月—4月。\n二、活动要求\n高度重视。\n"
    )
    draft = read(text)
    assert [each.value for each in draft.addressees] == ["各县（市）水务局", "高新区经发局"]
    assert [day.text for day in draft.period] == ["2024年3月—4月"]


def test_of_numbers_that_stand_below_each_other_only_the_last_takes_the_heading_and_nothing_is_lost():
    text = "2024年节水口号征集\n一\n二\n参加对象\n不限。\n三\n投稿办法\n"
    assert [line.text for line in split(text)][1:] == ["一", "二 参加对象", "不限。", "三 投稿办法"]
