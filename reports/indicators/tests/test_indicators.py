"""Indicators over years: defined, reported, approved, returned, corrected; how they stand; the chart; Excel."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Comparator
from activities.units.merge import merge
from campaigns.models import RollUp
from reports.approximate import Near
from reports.indicators import values as deed
from reports.indicators.chart import chart
from reports.indicators.standing import Actual, Stands, courses, meets
from reports.indicators.values import Reported
from reports.models import Target, TargetValue, ValueState
from tests.cast import log, signed_in, text
from tests.excel import edited, fetched, written, wrong
from tests.pages import forge, opened, press
from workflow import clock
from workflow.models import MoveRefused, Notification

TYPED = {
    "name": "产品质量监督抽查合格率", "measure": "%", "comparator": "at_least", "target_value": "95",
    "target_year": "2015",
    "base_value": "90", "base_year": "2010", "rollup": "sum", "who": "Water bureau", "counts": "按批次",
    "source": "市统计局",
}  # fmt: skip


def defined(cast, **typed):
    answer = press(signed_in(cast.staff), reverse("reports:new-indicator"), "Save the indicator", **{**TYPED, **typed})
    assert answer.status_code == 200, text(answer)
    return Target.objects.latest("pk")


def reported(target, unit, year, value, by, **more):
    return deed.report(target, unit, Reported(year, Decimal(value), **more), by=by)


def counted(cast, target, unit, year, value, **more):
    return deed.approve(reported(target, unit, year, value, cast.liaison, **more), by=cast.staff)


def stands(target, today=2015):
    (found,) = courses([target], today)
    return found


def told(person, words):
    return [row.text for row in Notification.objects.filter(person=person) if words in row.text]


# --- defined -----------------------------------------------------------------------------------------------------


def test_the_office_defines_one_and_responsible_units_see_it(autumn):
    target = defined(autumn)
    assert (target.host, list(target.units.all()), target.sign) == (autumn.office, [autumn.water], "≥")
    address = target.get_absolute_url()
    seen = {
        name: signed_in(getattr(autumn, name)).get(address).status_code
        for name in ("staff", "leader", "liaison", "neighbour", "district_staff")
    }
    assert seen == {"staff": 200, "leader": 200, "liaison": 200, "neighbour": 404, "district_staff": 404}


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("target_year", "2010", "The target year comes after the base year."),
        ("base_value", "", "give both or neither"),
        ("who", "", "Which unit is responsible?"),
        ("who", "Nobody at all", "Nobody at all"),
        ("target_value", "many", "Enter a number."),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(autumn, field, value, why):
    answer = press(signed_in(autumn.staff), reverse("reports:new-indicator"), "Save the indicator",
                   **{**TYPED, field: value})  # fmt: skip
    assert (answer.status_code, why in text(answer), Target.objects.count()) == (422, True, 0)


def test_two_of_one_name_and_two_staff_at_once(autumn):
    target = defined(autumn)
    answer = press(signed_in(autumn.staff), reverse("reports:new-indicator"), "Save the indicator", **TYPED)
    assert "There is an indicator of this name already." in text(answer)
    address = reverse("reports:edit-indicator", args=[target.pk])
    page = opened(signed_in(autumn.signer), address)
    press(signed_in(autumn.staff), address, "Save the indicator", source="市场监管局")
    answer = press(signed_in(autumn.signer), page, "Save the indicator", target_value="96")
    target.refresh_from_db()
    assert (answer.status_code, target.source, target.target_value) == (409, "市场监管局", Decimal(95))


# --- reported and judged -----------------------------------------------------------------------------------------


def test_only_what_is_approved_counts_and_a_correction_replaces_it(autumn, media):
    target = defined(autumn)
    client, office = signed_in(autumn.liaison), signed_in(autumn.staff)
    evidence = SimpleUploadedFile("来源.txt", "抽查结果".encode(), "text/plain")
    press(client, target.get_absolute_url(), "Report it", year="2014", number="93.5%", evidence=[evidence])
    row = TargetValue.objects.get()
    assert (row.value, row.state, stands(target).actual) == (Decimal("93.5"), ValueState.REPORTED, {})
    assert len(told(autumn.staff, "A value waits for you")) == 1
    kept = b"".join(office.get(reverse("reports:value-evidence", args=[row.pk])).streaming_content)
    assert kept.decode() == "抽查结果"
    press(office, target.get_absolute_url(), "Approve")
    assert stands(target).actual[2014].shown == "93.5"
    assert len(told(autumn.liaison, "Your value was approved")) == 1
    press(client, reverse("reports:report-value", args=[target.pk]), "Report it", year="2014", number="94")
    assert stands(target).actual[2014].shown == "93.5"  # goes on counting until the correction is approved
    press(office, target.get_absolute_url(), "Approve")
    assert stands(target).actual[2014].shown == "94"
    row.refresh_from_db()
    assert row.state == ValueState.REPLACED
    assert [(to, by) for _from, to, by, _note in log(row)] == [
        (ValueState.REPORTED, autumn.liaison), (ValueState.APPROVED, autumn.staff),
        (ValueState.REPLACED, autumn.staff),
    ]  # fmt: skip


def test_a_returned_value_says_why_and_is_reported_anew(autumn):
    target = defined(autumn)
    reported(target, autumn.water, 2014, "9.35", autumn.liaison)
    press(signed_in(autumn.staff), target.get_absolute_url(), "Return it", reason="小数点有误")
    assert len(told(autumn.liaison, "小数点有误")) == 1
    assert "小数点有误" in text(signed_in(autumn.liaison).get(target.get_absolute_url()))
    press(signed_in(autumn.liaison), target.get_absolute_url(), "Report it", year="2014", number="93.5")
    assert [row.state for row in TargetValue.objects.order_by("pk")] == [ValueState.RETURNED, ValueState.REPORTED]


def test_a_second_value_of_a_year_waits_for_the_first_and_can_be_taken_back(autumn):
    target = defined(autumn)
    row = reported(target, autumn.water, 2014, "93", autumn.liaison)
    answer = press(signed_in(autumn.liaison), target.get_absolute_url(), "Report it", year="2014", number="94")
    assert (answer.status_code, TargetValue.objects.count()) == (409, 1)
    press(signed_in(autumn.liaison), target.get_absolute_url(), "Take it back")
    row.refresh_from_db()
    assert row.state == ValueState.TAKEN_BACK
    with pytest.raises(MoveRefused):
        deed.approve(row, by=autumn.staff)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"year": "2016", "number": "94"}, "This year is still to come."),
        ({"year": "2009", "number": "94"}, "This year lies before the base year."),
        ({"year": "2014", "number": "很多"}, "Please write a number in figures"),
        ({"year": "2014", "number": "9" * 39}, "Please write a number in figures"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(autumn, typed, why):
    target = defined(autumn)
    answer = press(signed_in(autumn.liaison), target.get_absolute_url(), "Report it", **typed)
    assert (answer.status_code, why in text(answer), TargetValue.objects.count()) == (422, True, 0)


def test_a_share_is_reported_as_part_and_whole_and_never_of_nothing(autumn):
    target = defined(autumn, rollup="ratio", who="Water bureau、Health bureau")
    client = signed_in(autumn.liaison)
    answer = press(client, target.get_absolute_url(), "Report it", year="2014", part="0", whole="0")
    assert "A share of nothing is none" in text(answer)
    answer = press(client, target.get_absolute_url(), "Report it", year="2014", part="9", whole="8")
    assert "A part is not larger than the whole." in text(answer)
    press(client, target.get_absolute_url(), "Report it", year="2014", part="90", whole="100")
    deed.approve(TargetValue.objects.get(), by=autumn.staff)
    found = stands(target)
    assert (found.actual[2014].value, found.actual[2014].units, found.stands) == (Decimal(90), 1, Stands.NOTHING)
    whole = Reported(2014, Decimal(99), part=Decimal(297), whole=Decimal(300))
    deed.approve(deed.report(target, autumn.health, whole, by=autumn.neighbour), by=autumn.staff)
    found = stands(target)
    assert (found.actual[2014].value, found.stands) == (Decimal("96.75"), Stands.REACHED)  # 387 of 400


def test_nobody_reports_for_a_unit_that_is_not_responsible(autumn):
    target = defined(autumn)
    with pytest.raises(MoveRefused):
        reported(target, autumn.health, 2014, "93", autumn.neighbour)
    address = reverse("reports:report-value", args=[target.pk])
    answer = forge(signed_in(autumn.liaison), address, {"unit": autumn.health.pk, "year": "2014", "number": "93"})
    assert (answer.status_code, TargetValue.objects.count()) == (422, 0)


def test_a_merged_unit_is_spoken_for_by_its_successor_and_nothing_counts_twice(autumn):
    target = defined(autumn)
    counted(autumn, target, autumn.water, 2013, "92")
    merge(autumn.water, autumn.street, by=autumn.admin, on=clock.today())
    client = signed_in(autumn.street_liaison)
    assert "(now Street)" in text(client.get(target.get_absolute_url()))
    press(client, target.get_absolute_url(), "Report it", year="2014", number="93")
    row = TargetValue.objects.get(year=2014)
    deed.approve(row, by=autumn.staff)
    assert row.unit == autumn.water  # in its place
    assert {year: each.shown for year, each in stands(target).actual.items()} == {2013: "92", 2014: "93"}
    assert len(told(autumn.street_liaison, "Your value was approved")) == 1


# --- how it stands -----------------------------------------------------------------------------------------------


def test_what_is_about_right_stays_so_in_every_sum(autumn):
    target = defined(autumn, measure="场", who="Water bureau、Health bureau")
    client = signed_in(autumn.liaison)
    press(client, target.get_absolute_url(), "Report it", year="2014", number="1,000余场")
    deed.approve(TargetValue.objects.get(), by=autumn.staff)
    counted(autumn, target, autumn.health, 2014, "200")
    assert stands(target).actual[2014].shown == "1,200余"
    assert "1,200余" in text(client.get(target.get_absolute_url()))


@pytest.mark.parametrize(
    ("comparator", "value", "near", "fits"),
    [
        (Comparator.AT_LEAST, 95, Near.EXACT, True), (Comparator.AT_LEAST, 95, Near.OVER, True),
        (Comparator.AT_LEAST, 95, Near.ABOUT, False), (Comparator.AT_LEAST, 95, Near.UNDER, False),
        (Comparator.AT_LEAST, 96, Near.ABOUT, True), (Comparator.AT_LEAST, 94, Near.EXACT, False),
        (Comparator.AT_MOST, 95, Near.UNDER, True), (Comparator.AT_MOST, 95, Near.OVER, False),
        (Comparator.AT_MOST, 94, Near.EXACT, True), (Comparator.EXACTLY, 95, Near.EXACT, True),
        (Comparator.EXACTLY, 95, Near.ABOUT, False), (Comparator.EXACTLY, 96, Near.EXACT, False),
    ],
)  # fmt: skip
def test_what_meets_a_target(comparator, value, near, fits):
    assert meets(Actual(2015, Decimal(value), near, 1, 1), comparator, Decimal(95)) == fits


def test_it_is_on_course_behind_reached_or_missed_and_missing_years_are_gaps(autumn):
    target = defined(autumn)
    assert stands(target).stands == Stands.NOTHING
    counted(autumn, target, autumn.water, 2012, "92.5")
    assert (stands(target).planned(2012), stands(target).stands) == (Decimal(92), Stands.ON_COURSE)
    counted(autumn, target, autumn.water, 2014, "93")
    found = stands(target)
    assert (found.stands, found.years) == (Stands.BEHIND, (2010, 2011, 2012, 2013, 2014, 2015))
    assert [year for year, _planned, actual in found.rows if actual] == [2012, 2014]
    assert stands(target, today=2016).stands == Stands.MISSED
    counted(autumn, target, autumn.water, 2015, "95.2")
    assert stands(target).stands == Stands.REACHED


@pytest.mark.parametrize(
    ("rollup", "value"), [(RollUp.SUM, "30"), (RollUp.MEAN, "15"), (RollUp.LAST, "20"), (RollUp.DISTINCT, "2")]
)
def test_values_of_several_units_are_put_together_as_defined(autumn, rollup, value):
    target = defined(autumn, rollup=rollup.value, who="Water bureau、Health bureau")
    counted(autumn, target, autumn.water, 2014, "10")
    counted(autumn, target, autumn.health, 2014, "20")
    assert stands(target).actual[2014].shown == value


# --- chart, list, Excel ------------------------------------------------------------------------------------------


def test_the_chart_is_bare_shapes_with_a_name_and_its_table_beside_it(autumn):
    target = defined(autumn, name="合格率 <b>&")
    assert chart(stands(target)) != ""  # the way to the target alone
    counted(autumn, target, autumn.water, 2012, "92.5")
    counted(autumn, target, autumn.water, 2014, "93", about="约93")
    page = opened(signed_in(autumn.liaison), target.get_absolute_url()).html
    (picture,) = page.select("svg.chart")
    assert picture["role"] == "img" and "约93" in picture["aria-label"] and "合格率 <b>&" in picture["aria-label"]
    assert not picture.select("style, script, [style], [onclick]")
    assert {"2010", "2015", "target", "actual"} <= {each.text for each in picture.select("text")}
    assert len(picture.select("circle")) == 2
    cells = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in page.select("#course tbody tr")
    ]
    assert ["2014", "94", "约93", "1 of 1"] in cells and ["2013", "93", "nothing approved", ""] in cells
    drawn = signed_in(autumn.leader).get(reverse("reports:indicator-chart", args=[target.pk]))
    assert ElementTree.fromstring(drawn.content).tag.endswith("svg")


@pytest.mark.parametrize("value", ["0", "95", "-3.5", "99999999999"])
def test_a_chart_is_drawn_of_any_value(autumn, value):
    target = defined(autumn, base_value="", base_year="", target_value=value)
    counted(autumn, target, autumn.water, 2014, value)
    counted(autumn, target, autumn.water, 2015, value)
    assert ElementTree.fromstring(chart(stands(target))) is not None


def test_the_list_says_how_each_stands_and_asks_as_much_with_three_as_with_one(autumn):
    client = signed_in(autumn.staff)
    address = reverse("reports:indicators")
    assert "appear here" in text(client.get(address))
    counted(autumn, defined(autumn), autumn.water, 2014, "96")

    def asked():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    before = asked()
    for number in (1, 2):
        counted(autumn, defined(autumn, name=f"指标{number}"), autumn.water, 2014, "91")
    assert asked() == before
    assert "指标1" not in text(client.get(f"{address}?stands=reached"))
    assert "指标1" in text(client.get(f"{address}?stands=behind"))


def test_indicators_go_out_as_excel_and_come_in_again(autumn):
    target = defined(autumn)
    counted(autumn, target, autumn.water, 2014, "93.5")
    office, address = signed_in(autumn.staff), reverse("reports:indicators-excel")
    grid = fetched(office, address)["Indicators over years"]
    assert grid[1][1:14] == [
        "产品质量监督抽查合格率", "%", "at least", 95, 2015, 90, 2010, "sum", "Water bureau", "市统计局", "按批次",
        "93.5 (2014)", "Behind the course",
    ]  # fmt: skip

    def edit(rows):
        rows[1][4] = 96
        rows.append(["", "新指标", "家", "at most", 5, 2020, "", "", "sum", "Health bureau", "", "", "", ""])

    edited(office, address, edit)
    assert wrong() == {}
    written(office)
    target.refresh_from_db()
    added = Target.objects.get(name="新指标")
    assert (target.target_value, added.comparator, list(added.units.all())) == (96, Comparator.AT_MOST, [autumn.health])

    def spoil(rows):
        rows[1][6] = ""

    edited(office, address, spoil)
    assert any("give both or neither" in " ".join(map(str, found)) for found in wrong().values())


def test_the_office_of_another_city_sees_nothing_of_it(autumn):
    defined(autumn)
    assert "产品质量监督抽查合格率" not in text(signed_in(autumn.district_staff).get(reverse("reports:indicators")))
