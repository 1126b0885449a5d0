"""Units are known by the form of their names, lists of them are cut without cutting a name."""

import pytest

from documents.reading.phrases.unit_roles import read_roles, settle
from documents.reading.phrases.units import KnownUnit, Register, UnitFound, is_unit, split_list
from documents.reading.structure.lines import flow, split


def names(text):
    whole = flow(text, split(text))
    return [whole.value(start, end) for start, end in split_list(whole)]


@pytest.mark.parametrize(
    "text",
    [
        "市质量强市办",
        "福田区",
        "云岭镇",
        "各镇街",
        "各成员单位",
        "市委宣传部",
        "团市委",
        "深圳商报",
        "各县（市、区）市场监管局",
        "广电集团",
        "第三分公司",
        "感染管理科",
    ],
)
def test_names_of_units(text):
    assert is_unit(text.replace("（", "(").replace("）", ")"))


@pytest.mark.parametrize(
    "text",
    [
        "组织开展活动的部门",
        "引导企业",
        "“质量月”活动办",
        "提高产品质量",
        "9月份",
        "各单位要高度重视、企业",
        "为全市企业",
        "科普大篷车下乡",
        "拟于9月9日赴你省",
        "第三届运动会办",
    ],
)
def test_what_is_no_unit(text):
    assert not is_unit(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市教育局、市卫生和人口计生委，市市场和质量监管委", ["市教育局", "市卫生和人口计生委", "市市场和质量监管委"]),
        ("市委宣传部和市质量强市办", ["市委宣传部", "市质量强市办"]),
        ("宣传部及各镇街、部门", ["宣传部", "各镇街", "部门"]),
        ("各镇街、部门和相关单位", ["各镇街", "部门和相关单位"]),
        ("市教育局等五部门", ["市教育局"]),
        ("各县（市、区）市场监管局、总工会", ["各县（市、区）市场监管局", "总工会"]),
        ("标准技术研究院和某某股份有限公司", ["标准技术研究院", "某某股份有限公司"]),
    ],
)
def test_lists_of_units(text, expected):
    assert names(text) == expected


def roles(text, owner=None, known=()):
    found = read_roles(flow(text, split(text)), Register(known))
    settled = settle(found.units, [owner] if owner else [])
    return [u.name for u in settled if u.role == "lead"], [u.name for u in settled if u.role == "assist"]


@pytest.mark.parametrize(
    ("text", "lead", "assist"),
    [
        ("此项工作由市甲办、乙区政府共同承办，各成员单位参与。", ["市甲办", "乙区政府"], ["各成员单位"]),
        ("此项工作由市宣传部牵头，市甲办，广电集团、报业集团承办。", ["市宣传部"], ["市甲办", "广电集团", "报业集团"]),
        ("制作短片（广播电视台负责，宣传部、甲办协助）。", ["广播电视台"], ["宣传部", "甲办"]),
        ("评选标兵。（市甲局、市乙局）", ["市甲局", "市乙局"], []),
        ("颁奖大会。（省甲办会同省乙厅，9月上旬）", ["省甲办"], ["省乙厅"]),
        ("论坛。（省甲局、省乙委，9月22日，丙市）", ["省甲局", "省乙委"], []),
        ("论坛。（9月22日，省甲局、省乙委）", ["省甲局", "省乙委"], []),
        ("教育实践。（省甲厅；各市乙局配合）", ["省甲厅"], ["各市乙局"]),
        ("责任单位：市甲局  配合单位：市乙局、市丙委", ["市甲局"], ["市乙局", "市丙委"]),
        ("牵头单位：市甲局，参加单位：市乙局", ["市甲局"], ["市乙局"]),
        ("省甲局会同乙丙四省（市）丁局于8月底举行发布会。", ["省甲局"], ["乙丙四省（市）丁局"]),
        ("省甲委、省乙局联合开展宣传活动。", ["省甲委", "省乙局"], []),
        ("由市甲局主办、市乙学校承办。", ["市甲局"], ["市乙学校"]),
        ("由省甲局牵头负责，各市乙局具体实施。", ["省甲局"], ["各市乙局"]),
        ("市甲局负责开展培训。", ["市甲局"], []),
        ("引导企业积极参与，推动各部门配合。", [], []),
        ("9月2日，省委宣传部组织召开启动会。", ["省委宣传部"], []),
    ],
)
def test_who_leads_and_who_assists(text, lead, assist):
    assert roles(text) == (lead, assist)


def test_the_unit_that_heads_an_entry_leads_and_partners_assist():
    owner = UnitFound("甲区", (0, 2), "lead")
    assert roles("联合市乙局及丙市丁协会，举办展览会。", owner) == (["甲区"], ["市乙局", "丙市丁协会"])
    assert roles("联合新闻媒体向社会征集口号。", owner) == (["甲区"], [])


def test_known_units_are_found_by_alias_and_need_no_form():
    known = [KnownUnit("u7", "松山湖高新区管委会", ("松山湖",)), KnownUnit("u8", "市质量强市办", ("强市办",))]
    found = read_roles(flow("由松山湖牵头，强市办协助。", split("由松山湖牵头，强市办协助。")), Register(known))
    assert [(unit.name, unit.key) for unit in found.units] == [("松山湖", "u7"), ("强市办", "u8")]
