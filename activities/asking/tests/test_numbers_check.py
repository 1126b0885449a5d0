"""The numbers the paper demands are asked in data, of whom it names; what units send is counted by itself."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import UnitGroup
from activities.asking import checks, issue
from activities.models import Activity, Assignment, Deliverable, Demand, Progress
from campaigns import way
from campaigns.models import Notice
from tests.cast import filed, said, signed_in, text
from tests.pages import press
from workflow import clock

ON = date(2015, 8, 10)
SUMMARY = "各单位要认真总结质量月活动的开展情况，并于10月15日前报送活动总结。"
NEWS = "每个单位至少报送2篇工作动态。"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"), clock.as_of(ON):
        yield


def write(row, *lines):
    Notice.objects.filter(pk=row.pk).update(body="\n".join([*lines, SUMMARY]))


def found(row):
    """What the check says, each with what its buttons offer; what it weighs is looked at in activities/burden."""
    rows = checks.findings(Notice.objects.get(pk=row.pk))
    return [(each.text, [mend.label for mend in each.mends]) for each in rows if not each.code.startswith("burden:")]


def mended(cast, button):
    return press(signed_in(cast.staff), reverse("activities:findings", args=[cast.notice.pk]), button)


def issued(cast):
    """The notice went out. Returns: it."""
    way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    issue.issue(cast.notice, by=cast.signer, due=issue.proposed_due(cast.notice))


def test_two_reports_of_each_unit_are_asked_by_one_press_and_counted_as_they_come(cast):
    write(cast.notice, NEWS)
    assert found(cast.notice) == [
        ("The text says “每个单位至少报送2篇工作动态”; the system asks nobody for it.", ["Ask for 2篇 by 30 September"])
    ]
    assert said(mended(cast, "Ask for 2篇 by 30 September")) == ["Mended."]
    assert found(cast.notice) == []
    issued(cast)
    owed = Assignment.objects.get(unit=cast.water, kind="other")
    assert Assignment.objects.filter(kind="other").count() == 3
    clinic = Activity.objects.get(title="Clinic on the square")
    client = signed_in(cast.liaison)
    for number in (0, 1):
        page = text(client.get(owed.get_absolute_url()))
        assert ("At least 2篇 are asked for." in page, f"{number}篇 sent so far." in page) == (True, True)
        begun = press(client, owed.get_absolute_url(), "Send one")
        sent = begun.context["assignment"]
        Assignment.objects.filter(pk=sent.pk).update(activity=clinic)
        report = Progress.draft(Assignment.objects.get(pk=sent.pk))
        report.narrative = "Done"
        filed(report, cast.liaison)
    owed.refresh_from_db()
    assert (owed.state, owed.submitted_by) == ("submitted", cast.liaison)


def test_a_report_taken_back_is_missing_again(cast):
    Demand.objects.create(notice=cast.notice, order=1, title="工作动态", target=1, measure="篇", counts="progress")
    write(cast.notice, NEWS.replace("2篇", "1篇"))
    issued(cast)
    owed = Assignment.objects.get(unit=cast.water, kind="other")
    client = signed_in(cast.liaison)
    sent = press(client, owed.get_absolute_url(), "Send one").context["assignment"]
    filed(Progress.draft(sent), cast.liaison)
    owed.refresh_from_db()
    assert owed.state == "submitted"
    press(client, sent.get_absolute_url(), "Withdraw")
    owed.refresh_from_db()
    assert (owed.state, owed.submitted_at) == ("open", None)


def test_another_number_in_data_becomes_the_texts(cast):
    Demand.objects.create(notice=cast.notice, order=1, title="工作动态", due_on=date(2015, 9, 30))
    write(cast.notice, NEWS)
    [(words, offers)] = found(cast.notice)
    assert ("another number" in words, offers) == (True, ["Ask for 2篇"])
    mended(cast, "Ask for 2篇")
    row = Demand.objects.get()
    assert (row.target, row.measure, row.counts, found(cast.notice)) == (2, "篇", "progress", [])


def test_a_number_of_an_activity_is_asked_of_those_who_lead_it_beside_the_plan(cast):
    Activity.objects.filter(title="Clinic on the square").update(description="举办培训班，参加人数不少于50人。")
    write(cast.notice, "举办培训班，参加人数不少于50人。")
    [(words, offers)] = found(cast.notice)
    assert "“参加人数不少于50人” of “Clinic on the square”" in words
    mended(cast, offers[0])
    assert list(Deliverable.objects.values_list("title", "target", "measure")) == [("参加人数", 50, "人")]
    assert found(cast.notice) == []
    issued(cast)
    owed = Assignment.objects.filter(activity__title="Clinic on the square", unit=cast.health)
    assert sorted(owed.values_list("kind", flat=True)) == ["deliverable", "plan"]


def test_numbers_that_ask_for_no_things_are_listed_in_one_line(cast):
    write(cast.notice, "产品抽查合格率达到95%以上，确保质量安全。视频时长不少于5分钟。")
    assert found(cast.notice) == [
        ("The text names numbers that are asked of nobody: “产品抽查合格率达到95%以上”.", []),
    ]


def test_what_the_text_asks_of_the_districts_is_asked_of_the_districts_only(cast):
    UnitGroup.objects.create(owner=cast.office, name="各区").units.add(cast.district)
    Demand.objects.create(
        notice=cast.notice, order=1, title="典型案例", due_on=date(2015, 9, 25), target=1, measure="个", counts="case"
    )
    write(cast.notice, "每区推荐1至2个典型案例，于9月25日前报市质强办。")
    assert found(cast.notice) == [
        ("The text asks 各区 for “典型案例”; the system asks 3 units.", ["Ask 各区 only: 1 unit"])
    ]
    mended(cast, "Ask 各区 only: 1 unit")
    assert found(cast.notice) == []
    issued(cast)
    assert [row.unit for row in Assignment.objects.filter(kind="other")] == [cast.district]
