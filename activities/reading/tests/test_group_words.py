"""各区人民政府, 各镇街, 市各有关部门: the group of that kind and level, else a question, never everybody."""

import pytest

from accounts.models import Role, Unit, UnitGroup
from accounts.naming import names_in
from activities.models import Group, Part
from activities.reading import confirm
from activities.reading.propose import propose
from activities.reading.questions import WHO
from activities.reading.unit_names import Register
from tests.cast import person, signed_in, text
from tests.pages import press

NOTICE = """望江市质量强市工作领导小组办公室关于开展2016年“质量月”活动的通知
望质强办〔2016〕8号
{salutation}：
现就开展2016年“质量月”活动有关事项通知如下：
一、活动主题
提升供给质量，建设质量强国。
二、活动安排
（一）开展质量进社区。9月1日，在市民广场举行启动仪式。此项工作由{lead}负责，市水务局协助。
（二）开展计量器具检查。9月中旬，检查集贸市场计量器具不少于200台。此项工作由市水务局负责，各成员单位参与。
三、工作要求
请各单位于10月12日前将活动总结报送市质量强市办。
望江市质量强市工作领导小组办公室
2016年8月15日
"""


@pytest.fixture
def office(db):
    """An office of a city and whom it may address: three districts, two towns, three departments, an enterprise."""
    city = Unit.objects.create(name="望江市", kind="government", level="city")
    found = Unit.objects.create(name="市质强办", kind="office", level="city", parent=city)
    made = {"parent": city, "kept_by": found}
    for order, (name, kind, level) in enumerate(
        [
            ("东区", "district", "district"), ("西区", "district", "district"), 
            ("高新区管委会", "district", "city"),
            ("河口镇", "town", "town"), ("桥头街道", "town", "town"), ("市水务局", "department", "city"),
            ("市质监局", "department", "city"), ("市教育局", "department", "city"),
            ("望江钢铁公司", "enterprise", "city"),
            ("东区市场监管局", "department", "district"),
        ]
    ):  # fmt: skip
        Unit.objects.create(name=name, kind=kind, level=level, order=order, **made)
    group = UnitGroup.objects.create(owner=found, name="成员单位")
    group.units.set(Unit.objects.filter(kind="department", level="city"))
    return found


@pytest.fixture
def staff(office):
    return person("staff", (office, Role.STAFF))


def meant(office, word):
    found = Register(office).one(word).meant
    return None if found is None else sorted(unit.name for unit in confirm.meant_by(Register(office).one(word)))


DISTRICTS = ["东区", "西区", "高新区管委会"]
DEPARTMENTS = ["市教育局", "市水务局", "市质监局"]
TOWNS = ["桥头街道", "河口镇"]


@pytest.mark.parametrize(
    ("word", "units"),
    [
        ("各区政府", DISTRICTS), ("各区人民政府", DISTRICTS), ("各县（市、区）政府", DISTRICTS), ("各区县", DISTRICTS),
        ("各区县人民政府", DISTRICTS), ("各功能区管委会", DISTRICTS),
        ("各镇街", TOWNS), ("各乡镇人民政府", TOWNS), ("各街道办事处", TOWNS), ("各乡镇（街道）", TOWNS),
        ("街道办事处", TOWNS), ("各县、市、区人民政府", DISTRICTS), ("各委、办、厅、局", DEPARTMENTS),
        ("市各有关部门", DEPARTMENTS), ("市直各单位", DEPARTMENTS), ("各部门", DEPARTMENTS), ("各委办局", DEPARTMENTS),
        ("有关部门", DEPARTMENTS), ("区直各部门", ["东区市场监管局"]),
        ("各县（市、区）市场监管局", ["东区市场监管局"]),
        ("各企业", ["望江钢铁公司"]), ("各有关企业", ["望江钢铁公司"]), ("全市各重点企业", ["望江钢铁公司"]),
        ("各成员单位", DEPARTMENTS), ("市质量强市工作领导小组各成员单位", DEPARTMENTS),
        ("各行业协会", []), ("各学校", []), ("省直各部门", []),
        ("市水务局", None), ("联谊会筹备处", None),
    ],
)  # fmt: skip
def test_a_word_for_many_means_the_units_of_that_kind_and_level(office, word, units):
    assert meant(office, word) == units


def test_a_bracket_parts_no_name():
    assert names_in("各县（市、区）政府，市规划和自然资源局（市海洋局、市林业局）、市水务局") == [
        "各县（市、区）政府",
        "市规划和自然资源局（市海洋局、市林业局）",
        "市水务局",
    ]


def test_a_group_of_the_office_comes_before_the_kind(office):
    UnitGroup.objects.create(owner=office, name="各区").units.add(Unit.objects.get(name="东区"))
    assert (meant(office, "各区"), meant(office, "各区人民政府")) == (["东区"], DISTRICTS)


def addressed(staff, office, salutation, lead):
    reading = propose(NOTICE.format(salutation=salutation, lead=lead), host=office, by=staff)
    campaign = confirm.confirm(reading, by=staff)
    return reading, campaign, sorted(unit.name for unit in campaign.notices.get().addressees.all())


def test_each_district_government_leads_and_nobody_else_is_asked(staff, office):
    reading, campaign, found = addressed(staff, office, "各区人民政府", "各区政府")
    leads = [sorted(unit.name for unit in each.with_part(Part.LEAD)) for each in campaign.activities.all()]
    assert leads == [DISTRICTS, ["市水务局"]]
    assert found == sorted([*DISTRICTS, "市水务局"])
    assert [row.doubts for row in reading.proposals.filter(group=Group.ACTIVITY)] == [[], []]
    assert not Unit.objects.filter(name__startswith="各").exists()


def test_the_salutation_is_addressed_kind_by_kind(staff, office):
    _reading, _campaign, found = addressed(staff, office, "各区人民政府，各镇街，市各有关部门", "市质监局")
    assert found == sorted([*DISTRICTS, *TOWNS, *DEPARTMENTS])


def test_nobody_known_is_a_question_and_never_everybody(staff, office):
    reading = propose(NOTICE.format(salutation="各行业协会", lead="各学校"), host=office, by=staff)
    first = reading.proposals.filter(group=Group.ACTIVITY).first()
    assert (first.doubts, reading.proposals.get(field="salutation").doubts) == ([WHO], [WHO])
    shown = text(signed_in(staff).get(reading.get_absolute_url()))
    assert ("各学校 ?" in shown, "各行业协会 ?" in shown) == (True, True)
    campaign = confirm.confirm(reading, by=staff)
    assert [unit.name for unit in campaign.activities.first().with_part(Part.LEAD)] == []
    assert [unit.name for unit in campaign.notices.get().addressees.all()] == ["市水务局"]


def test_the_question_is_answered_by_naming_them(staff, office):
    reading = propose(NOTICE.format(salutation="各区人民政府", lead="各学校"), host=office, by=staff)
    row = reading.proposals.filter(group=Group.ACTIVITY).first()
    client = signed_in(staff)
    press(client, f"/proposals/{row.pk}/", lead="各中学")
    row.refresh_from_db()
    assert (row.is_doubtful, row.values["lead"]) == (True, "各中学")
    press(client, f"/proposals/{row.pk}/", lead="各镇街")
    row.refresh_from_db()
    assert row.is_doubtful is False
