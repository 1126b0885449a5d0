"""The office sees what changed since it returned a version; nobody else's page is the slower for it."""

import pytest
from django.utils import translation

from activities.filing.changes_since_return import changes
from activities.models import Filing, Plan
from activities.states import Kind
from reports.models import Summary
from tests.cast import filed, filed_plan, filed_summary, signed_in, text
from workflow.compare import Piece

CORRECTION = {"goal": "A better goal", "budget": "9000", "starts_on": "2015-09-07"}


def returned(assignment, cast):
    assignment.refresh_from_db()
    assignment.send_back(by=cast.staff, reason="Please correct")


def filed_again(model, assignment, by, **values):
    """The next version with these values changed."""
    filing = model.draft(assignment)
    for name, value in values.items():
        setattr(filing, name, value)
    return model.objects.get(pk=filed(filing, by).pk)


@pytest.fixture
def plan(autumn):
    """The second version of a plan."""
    row = autumn.owed(autumn.water, Kind.PLAN)
    filed_plan(row, autumn.liaison, goal="A good goal", budget="8000", safety="Wardens <b>at</b> the gate")
    returned(row, autumn)
    return filed_again(Plan, row, autumn.liaison, **CORRECTION)


def test_each_changed_field_with_what_went_and_what_came(plan):
    with translation.override("en"):
        found = [(each.label, each.pieces) for each in changes(plan)]
    assert found == [
        ("goal", [Piece("same", "A "), Piece("removed", "good"), Piece("added", "better"), Piece("same", " goal")]),
        ("first day", [Piece("added", "7 September 2015")]),
        ("budget (yuan)", [Piece("removed", "8,000.00"), Piece("added", "9,000.00")]),
    ]


def test_it_works_for_any_kind_by_its_own_fields(autumn):
    row = autumn.owed(autumn.water, Kind.SUMMARY)
    filed_summary(row, autumn.liaison, 1, 2, overview="共发放1,200份。", effect="好")
    returned(row, autumn)
    second = filed_again(Summary, row, autumn.liaison, overview="共发放1,250份。", problems="经费不足")
    with translation.override("en"):
        found = {each.label: [f"{piece.kind}: {piece.text}" for piece in each.pieces] for each in changes(second)}
    assert found == {
        "overview": ["same: 共发放", "removed: 1,200", "added: 1,250", "same: 份。"],
        "problems met": ["added: 经费不足"],
    }


def test_every_kind_of_filing_can_be_compared():
    kinds = Filing.__subclasses__()
    assert len(kinds) > 3
    assert [kind for kind in kinds if changes(kind(version=2), since=kind(version=1))] == []


def test_drafts_and_withdrawn_versions_in_between_are_passed_over(plan, autumn):
    returned(plan.assignment, autumn)
    third = Plan.draft(plan.assignment)
    third.goal = "The best goal"
    third.save_draft(by=autumn.liaison, seen=third.revision)
    assert [each.pieces for each in changes(third)] == [
        [Piece("removed", "A better"), Piece("added", "The best"), Piece("same", " goal")]
    ]


def test_the_reviewer_sees_it_on_the_page_and_the_unit_and_the_leader_do_not(plan, autumn):
    address = plan.assignment.get_absolute_url()
    for user, seen in ((autumn.staff, True), (autumn.signer, True), (autumn.leader, False), (autumn.liaison, False)):
        shown = text(signed_in(user).get(address))
        assert ("What changed since version 1" in shown) == seen, user
    page = signed_in(autumn.staff).get(address).content.decode()
    assert '<del><span class="visually-hidden">removed: </span>good<' in page
    assert '<ins><span class="visually-hidden">added: </span>better<' in page


def test_what_was_typed_is_text_and_never_markup(plan, autumn):
    returned(plan.assignment, autumn)
    second = filed_again(Plan, plan.assignment, autumn.liaison, safety="Wardens <i>at</i> the gate")
    page = signed_in(autumn.staff).get(second.assignment.get_absolute_url()).content.decode()
    assert ("&lt;" in page, "<i>at" in page, "<b>at" in page) == (True, False, False)


def test_a_first_version_costs_no_query(autumn, django_assert_num_queries):
    row = autumn.owed(autumn.water, Kind.PLAN)
    first = filed_plan(row, autumn.liaison)
    with django_assert_num_queries(0):
        assert changes(first) == []
    assert "What changed since" not in text(signed_in(autumn.staff).get(row.get_absolute_url()))
