"""The annexes a text names against those printed, and activities counted in text, data and annex."""

import pytest
from django.utils import translation

from activities.asking import annex_check, checks
from activities.models import Activity
from campaigns.models import Notice, NoticeAnnex
from documents.block_json import as_json
from documents.outline import Paragraph, Table, from_text
from tests.cast import activity


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def found(row):
    """What the check says of the annexes, what blocks first."""
    every = checks.findings(Notice.objects.get(pk=row.pk))
    return [(each.text, each.blocks) for each in every if each.code.startswith(("annex", "count"))]


def words(row):
    return [text for text, _blocks in found(row)]


def change(row, **values):
    Notice.objects.filter(pk=row.pk).update(**values)
    row.refresh_from_db()


def handed_in(notice, title, *blocks):
    order = notice.annexes.count() + 1
    return notice.annexes.create(order=order, title=title, content="handed_in", blocks=as_json(blocks))


FORM = Table((("姓名", "职务"),), (("", ""),))


@pytest.mark.parametrize(
    ("body", "titles", "expected"),
    [
        ("见附件。", [], ["The text names an annex, but none is attached."]),
        ("见附件2。", ["方案"], ["The text names annex 2, which is not attached."]),
        ("见附件。", ["方案"], []),
        ("见附件1和附件2。", ["方案", "口号"], []),
        ("见附件1-3。", ["方案", "口号", "表"], []),
        ("见附件1至2。", ["方案", "口号", "表"], ["Annex 3 (表) is attached, but the text does not name it."]),
        ("按照《方案》和《口号》执行。", ["方案", "口号"], []),
        ("附件2015年的内容", ["方案"], []),
        ("没有提到。", ["方案"], ["Annex 1 (方案) is attached, but the text does not name it."]),
    ],
)
def test_annexes_named_and_attached_agree(cast, body, titles, expected):
    change(cast.notice, body=body)
    for order, title in enumerate(titles, 1):
        NoticeAnnex.objects.create(notice=cast.notice, order=order, title=title, content="text", text="甲")
    assert found(cast.notice) == [(words, False) for words in expected]


def test_an_annex_without_its_text_or_file_blocks(cast):
    change(cast.notice, body="见附件1和附件2。")
    NoticeAnnex.objects.create(notice=cast.notice, order=1, title="表", content="text", text="甲\t乙")
    empty = NoticeAnnex.objects.create(notice=cast.notice, order=2, title="图", content="text")
    assert found(cast.notice) == [("Annex 2 (图) is empty.", True)]
    empty.text = "丙"
    empty.save()
    assert found(cast.notice) == []


def test_an_annex_named_far_down_in_a_long_text_is_named(cast):
    """The text used to be compared by its first 120 characters."""
    change(cast.notice, body="各单位要加强领导，落实责任。" * 40 + "各单位填写《联络员登记表》。")
    handed_in(cast.notice, "联络员登记表", FORM)
    assert found(cast.notice) == []


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("附件：1.活动安排表\n2.登记表", []),
        ("附件：1.活动安排表", ["Annexes by the list in the text: 1; belonging to the notice: 2."]),
        (
            "附件：1.登记表\n　　　2.活动安排表",
            [
                "Annex 1 is “登记表” in the list of the text, “活动安排表” where it is printed.",
                "Annex 2 is “活动安排表” in the list of the text, “登记表” where it is printed.",
            ],
        ),
        (
            "附件：\n1.活动安排表\n2.联络员登记表\n\n市质强办",
            ["Annex 2 is “联络员登记表” in the list of the text, “登记表” where it is printed."],
        ),
    ],
)
def test_a_list_in_the_text_agrees_in_number_names_and_order(cast, listed, expected):
    change(cast.notice, body=f"见附件1和附件2。\n{listed}")
    for title in ("活动安排表", "登记表"):
        handed_in(cast.notice, title, FORM)
    assert words(cast.notice) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("于8月25日前报送联络员登记表（附件2），活动见活动安排表（见附件1）。", []),
        ("各单位填写《统计表》（附件2），联络员名单见附件1、附件3。",
         ["The text calls annex 2 what is annex 3 (活动统计表); 2 is 联络员登记表."]),
        ("请于会后报送有关材料（附件2），见附件1和附件3。", []),
    ],
)  # fmt: skip
def test_a_number_by_which_the_text_means_another_annex(cast, body, expected):
    change(cast.notice, body=body)
    for title in ("活动安排表", "联络员登记表", "活动统计表"):
        handed_in(cast.notice, title, FORM)
    assert [each for each in words(cast.notice) if "calls" in each] == expected


def test_annexes_of_which_only_the_name_is_printed_are_named(cast):
    change(cast.notice, body="见附件1至3。")
    handed_in(cast.notice, "活动安排表", FORM)
    for order, title in ((2, "登记表"), (3, "统计表")):
        NoticeAnnex.objects.create(notice=cast.notice, order=order, title=title, content="apart")
    expected = "Of 2 annexes only the names are printed, they are sent separately: 2.登记表、3.统计表."
    assert found(cast.notice) == [(expected, False)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("全市共安排18项活动。", [18]),
        ("共十八项重点活动，其中全市性活动6项。", [18]),
        ("全市各部门组织开展18项主题活动，每个单位至少开展2项活动。", [18]),
        ("各单位举办不少于3场宣传活动，开展一项活动。", []),
        ("发放资料500份，9月1日至30日开展活动。", []),
        ("安排12项活动；另有6项活动由各区组织。", [12, 6]),
    ],
)
def test_the_number_of_activities_a_text_speaks_of(text, numbers):
    assert annex_check.said_numbers(text) == numbers


def test_activities_are_counted_in_text_data_and_annex(cast):
    """Two in the data; three in the text; the annex has one that the data lacks, and lacks one."""
    change(cast.notice, body="共安排3项活动，见附件。")
    rows = (("1", "Open day of the waterworks", "9月1日"), ("2", "Fair", "9月2日"), ("3", "Parade", "9月3日"))
    row = handed_in(cast.notice, "安排", Table((("序号", "活动名称", "时间"),), rows))
    assert words(cast.notice) == [
        "The text speaks of 3 activities; the system has 2.",
        "Annex 1 lists 3 activities; the system has 2. Only in the annex: Fair、Parade. "
        "Only in the system: Clinic on the square.",
    ]
    change(cast.notice, body="共安排2项活动，见附件。")
    row.blocks = as_json((Table((("序号", "活动名称", "时间"),), (rows[0], ("2", "Clinic on the square", ""))),))
    row.save()
    assert words(cast.notice) == []


def test_a_list_of_headings_is_counted_too_and_a_form_is_no_list(cast):
    change(cast.notice, body="见附件1和附件2。")
    handed_in(cast.notice, "统计表", Paragraph("填报单位："), Table((("活动名称", "人数"),), (("", ""), ("", ""))))
    ours = "一、市级活动\n（一）Open day of the waterworks。9月1日。\n（二）Fair。\n"
    handed_in(cast.notice, "安排", *from_text(f"{ours}二、各区活动\n（一）Clinic on the square。"))
    assert words(cast.notice) == ["Annex 2 lists 3 activities; the system has 2. Only in the annex: Fair."]
    activity(cast.campaign, "Fair", [cast.water])
    assert words(cast.notice) == []
    Activity.objects.all().delete()
    assert words(cast.notice) == []


def test_what_is_set_from_data_needs_no_count(cast):
    change(cast.notice, body="见附件。")
    NoticeAnnex.objects.create(notice=cast.notice, order=1, title="安排", content="activities")
    assert words(cast.notice) == []
