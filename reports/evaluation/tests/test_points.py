"""Points equal those of a slow script that knows nothing of the product, over random autumns, to the last digit."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.judging import petitions
from activities.models import Assignment
from activities.states import Kind, PetitionKind
from reports.evaluation import deeds
from reports.evaluation.sheets import sheet_of, sheets_of
from reports.models import Combine
from tests.cast import filed_summary

CENT = Decimal("0.01")


def of(scheme, unit):
    return next(each for each in sheets_of(scheme) if each.unit == unit)


def half_up(number):
    return Decimal(number).quantize(CENT, ROUND_HALF_UP)


def by_script(scheme, unit, marks, bonus):
    """One unit's total, read row by row with long division."""
    rows = [each for each in Assignment.objects.filter(campaign=scheme.campaign, unit=unit) if not each.volunteered]
    owed = [each for each in rows if each.standing not in ("waived", "closed", "due")]
    in_time = [each for each in owed if each.standing in ("on_time", "extended")]
    judged = [each for each in rows if each.state in ("accepted", "returned")]
    right = [each for each in judged if "returned" not in each.history().values_list("to_state", flat=True)]
    summaries = [each for each in owed if each.kind == Kind.SUMMARY]
    parts = [
        (40, len(in_time), len(owed)),
        (10, sum(each in in_time for each in summaries), len(summaries)),
        (20, len(right), len(judged)),
    ]
    points, concerned = Decimal(0), Decimal(0)
    for weight, part, whole in parts:
        if whole:
            points, concerned = points + half_up(Decimal(weight) * part / whole), concerned + weight
    if marks:
        ordered = sorted(marks)
        middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
        mean = sum(marks, Decimal(0)) / len(marks)
        points += half_up(middle if scheme.combine == Combine.MEDIAN else mean)
    concerned += 30
    if concerned != 100:
        points = half_up(points * 100 / concerned)
    added = min(sum(each for each in bonus if each > 0), Decimal(5))
    off = min(-sum(each for each in bonus if each < 0), Decimal(5))
    return max(points + added - off, Decimal(0))


DEEDS = st.lists(st.sampled_from(["file", "late", "return", "accept", "waive"]), max_size=6)
MARKS = st.lists(st.decimals(0, 30, places=2), max_size=2)
BONUS = st.lists(st.decimals(-4, 4, places=2).filter(bool), max_size=3)


@given(st.lists(DEEDS, min_size=2, max_size=2), MARKS, BONUS, st.sampled_from(list(Combine)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_over_random_autumns(autumn, published, histories, marks, bonus, combine):
    with transaction.atomic():  # a history is undone after each example
        published.combine = combine
        published.save()
        tell(autumn, published, histories, marks, bonus)
        for unit in (autumn.water, autumn.health):
            mine = (marks, bonus) if unit == autumn.water else ([], [])
            assert of(published, unit).total == by_script(published, unit, *mine)
        transaction.set_rollback(True)


def tell(cast, scheme, histories, marks, bonus):
    """One autumn: what each unit's summary went through, what assessors gave, what was added."""
    for unit, by, history in ((cast.water, cast.liaison, histories[0]), (cast.health, cast.neighbour, histories[1])):
        for deed in history:
            happen(cast, cast.owed(unit, Kind.SUMMARY), by, deed)
    row = scheme.criteria.get(name="what came of it")
    for by, given_points in zip((cast.staff, cast.leader), marks, strict=False):
        deeds.mark(row, cast.water, by=by, points=given_points, reason="so")
    receipt = cast.owed(cast.water, Kind.RECEIPT)
    receipt.submit(by=cast.liaison)
    for number, each in enumerate(bonus):
        deeds.adjust(scheme, cast.water, by=cast.staff, points=each, reason=f"so {number}", evidence=receipt)


def happen(cast, assignment, by, deed):
    """One deed, where it is possible."""
    if deed in ("file", "late") and assignment.is_owed and not assignment.is_locked:
        filed_summary(assignment, by)
    elif deed == "return" and assignment.can_move("returned"):
        assignment.send_back(by=cast.staff, reason="so")
    elif deed == "accept" and assignment.can_move("accepted"):
        assignment.accept(by=cast.staff)
    elif deed == "waive" and assignment.can_move("waived"):
        assignment.move("waived", by=cast.staff)


def test_what_does_not_concern_a_unit_costs_it_nothing(autumn, judged):
    sheet = of(judged, autumn.water)
    assert [line.concerns for line in sheet.lines] == [True, False, False, True]  # not due, none judged
    assert sheet.total == half_up(Decimal("22.5") * 100 / 70)


def test_units_with_the_same_total_share_their_place_and_the_next_is_left_out(autumn, judged):
    deeds.mark(
        judged.criteria.get(name="what came of it"), autumn.health, by=autumn.staff, points=Decimal(0), reason="so"
    )
    assert {each.unit.name: each.place for each in sheets_of(judged)} == {
        "Water bureau": 1, "District office": 1, "Health bureau": 3,
    }  # fmt: skip


def test_what_a_unit_asked_to_be_returned_is_no_fault_of_it(autumn, judged):
    owed = autumn.owed(autumn.water, Kind.SUMMARY)
    filed_summary(owed, autumn.liaison)
    owed.accept(by=autumn.staff)
    asked = petitions.ask(owed, kind=PetitionKind.RETURN, reason="a figure is wrong", by=autumn.liaison)
    petitions.decide(asked, grant=True, by=autumn.staff)
    waits = of(judged, autumn.water).lines[2]
    assert not waits.concerns
    filed_summary(autumn.owed(autumn.water, Kind.SUMMARY), autumn.liaison)
    owed = autumn.owed(autumn.water, Kind.SUMMARY)
    owed.accept(by=autumn.staff)
    assert (of(judged, autumn.water).lines[2].part, sheet_of(judged, autumn.water).lines[2].part) == ((1, 1), (1, 1))
    owed.send_back(by=autumn.staff, reason="a second page is missing")
    assert of(judged, autumn.water).lines[2].part == (0, 1)


def test_one_sheet_reads_nothing_of_the_others(autumn, judged, django_assert_num_queries):
    sheet_of(judged, autumn.water)  # kinds of rows are looked up once in a process
    for unit in (autumn.water, autumn.health):
        with django_assert_num_queries(7):
            found = sheet_of(judged, unit)
        assert replace(found, place=of(judged, unit).place) == of(judged, unit)


def test_a_withdrawn_fact_takes_its_points_along(autumn, judged):
    before = of(judged, autumn.water).total
    filed_summary(autumn.owed(autumn.water, Kind.SUMMARY), autumn.liaison)
    evidence = autumn.owed(autumn.water, Kind.SUMMARY)
    deeds.adjust(judged, autumn.water, by=autumn.staff, points=Decimal(3), reason="so", evidence=evidence)
    assert of(judged, autumn.water).added == 3
    evidence.withdraw(by=autumn.liaison)
    sheet = of(judged, autumn.water)
    assert (sheet.added, sheet.total) == (0, before)
    assert judged.adjustments.count() == 1  # it stays, and counts again with the next filing
