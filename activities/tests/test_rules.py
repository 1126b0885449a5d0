"""The whole table of rights over assignments: every state, every role, every predicate and deed."""

from datetime import date

import pytest

from activities.models import Assignment, Demand
from activities.states import FILED, AssignmentState, Kind
from tests.cast import said, signed_in
from tests.pages import NoSuchForm, forge, press
from workflow import clock
from workflow.pages import may

OPEN, SUBMITTED, ACCEPTED, RETURNED, WAIVED, CLOSED = AssignmentState

# What each may do with what the water bureau owes; who is not named may do nothing.
FILES, SEES, REVIEWS = {"view", "file"}, {"view"}, {"view", "review"}
PLAN_RIGHTS = {"staff": REVIEWS, "signer": REVIEWS, "leader": SEES, "liaison": FILES, "head": FILES}
RECEIPT_RIGHTS = {"staff": SEES, "signer": SEES, "leader": SEES, "liaison": FILES, "head": FILES}
RIGHTS = {
    Kind.RECEIPT: RECEIPT_RIGHTS,
    Kind.LIAISON: RECEIPT_RIGHTS,
    Kind.PLAN: PLAN_RIGHTS,
    Kind.SUMMARY: PLAN_RIGHTS,
    Kind.OTHER: PLAN_RIGHTS,
    Kind.ROUND: PLAN_RIGHTS,
    Kind.CASE: PLAN_RIGHTS,
    Kind.SLIP: PLAN_RIGHTS,
    Kind.DELIVERABLE: RECEIPT_RIGHTS,
    Kind.PROGRESS: RECEIPT_RIGHTS,
    Kind.COVERAGE: RECEIPT_RIGHTS,
    Kind.QUESTION: RECEIPT_RIGHTS,
    Kind.DECISION: PLAN_RIGHTS,
}
OWED_BY_ALL = (Kind.RECEIPT, Kind.LIAISON, Kind.PLAN, Kind.SUMMARY)
# The district is a reporting unit here: its own staff and signer have no say in the city's campaign.
DISTRICT_RIGHTS = {"staff": REVIEWS, "signer": REVIEWS, "leader": SEES, "district_liaison": FILES}


def put(assignment, state):
    """Bring it to a state directly; the day is that of filing where there is one."""
    filed_at = clock.now() if state in (*FILED, RETURNED) else None
    Assignment.objects.filter(pk=assignment.pk).update(state=state, submitted_at=filed_at)
    assignment.refresh_from_db()


def rights(cast, assignment):
    """Who may do what, leaving out who may do nothing."""
    deeds = ("view", "file", "review")
    found = {name: {deed for deed in deeds if may(user, deed, assignment)} for name, user in cast.people().items()}
    return {name: each for name, each in found.items() if each}


@pytest.mark.parametrize("state", AssignmentState)
@pytest.mark.parametrize("kind", Kind)
def test_rights_follow_from_role_and_unit_in_every_state(autumn, kind, state):
    assignment = autumn.owed(autumn.water, kind) if kind in OWED_BY_ALL else asked_beside(autumn, kind)
    put(assignment, state)
    assert rights(autumn, assignment) == RIGHTS[kind]


def asked_beside(autumn, kind):
    """Something the notice asks for beside what every notice asks for."""
    demand = Demand.objects.create(notice=autumn.notice, order=1, title="List of names")
    summary = autumn.owed(autumn.water, Kind.SUMMARY)
    values = {name: getattr(summary, name) for name in ("campaign", "notice", "unit", "due_at")}
    return Assignment.objects.create(kind=kind, demand=demand, **values)


def test_an_office_has_no_say_where_it_is_only_a_unit(autumn):
    assert rights(autumn, autumn.owed(autumn.district, Kind.PLAN)) == DISTRICT_RIGHTS


def test_the_rows_people_see_are_those_they_may_view(autumn):
    """The list and the single right give the same answer for everybody and every row."""
    rows = list(Assignment.objects.order_by("pk"))
    for name, user in autumn.people().items():
        listed = list(Assignment.objects.visible_to(user).order_by("pk"))
        assert listed == [row for row in rows if may(user, "view", row)], name
    counts = {name: Assignment.objects.visible_to(user).count() for name, user in autumn.people().items()}
    assert {name: count for name, count in counts.items() if count} == {
        "staff": 12, "signer": 12, "leader": 12,
        "liaison": 4, "head": 4, "neighbour": 4, "district_liaison": 4,
    }  # fmt: skip


# --- the deeds by their addresses -------------------------------------------------------------------------

OFFICE, UNIT = {"staff", "signer"}, {"liaison", "head"}
SEEING = OFFICE | UNIT | {"leader"}
DEEDS = {
    "withdraw": (UNIT, {SUBMITTED: OPEN}),
    "accept": (OFFICE, {SUBMITTED: ACCEPTED}),
    "return": (OFFICE, {SUBMITTED: RETURNED, ACCEPTED: RETURNED}),
}
REFUSED = ("stands at", "Nothing was changed")


def sent(client, plan, deed, follow):
    """Press the button where the page has it; else send what it would."""
    address, typed = f"/assignments/{plan.pk}/{deed}/", {"reason": "No budget"} if deed == "return" else {}
    try:
        return press(client, plan.get_absolute_url(), form=address, **typed, follow=follow)
    except NoSuchForm:
        return forge(client, address, {"reason": "No budget"}, follow=follow)


@pytest.mark.parametrize("state", AssignmentState)
@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_by_every_person_in_every_state(autumn, deed, state, settings):
    """Who does not see it gets 404, who may not do it 403, and out of its moment it is refused in words."""
    settings.TODAY = date(2015, 8, 25)  # before the last day: later nobody takes back what was filed in time
    doers, leads = DEEDS[deed]
    plan = autumn.owed(autumn.water, Kind.PLAN)
    for name, user in autumn.people().items():
        put(plan, state)
        response = sent(signed_in(user), plan, deed, follow=name in doers)
        after = Assignment.objects.get(pk=plan.pk).state
        if name in doers:
            assert (name, response.status_code, after) == (name, 200, leads.get(state, state))
            refused = all(words in " ".join(said(response)) for words in REFUSED)
            assert (name, refused) == (name, state not in leads)
        else:
            assert (name, response.status_code, after) == (name, 403 if name in SEEING else 404, state)


@pytest.mark.parametrize("kind", [Kind.RECEIPT, Kind.LIAISON])
@pytest.mark.parametrize("deed", ["accept", "return"])
def test_what_needs_no_review_is_neither_accepted_nor_returned(autumn, kind, deed):
    row = autumn.owed(autumn.water, kind)
    put(row, SUBMITTED)
    response = forge(signed_in(autumn.staff), f"/assignments/{row.pk}/{deed}/", {"reason": "No budget"})
    row.refresh_from_db()
    assert (response.status_code, row.state) == (403, "submitted")


# --- buttons say why ---------------------------------------------------------------------------------------


def buttons(response):
    """Label, usable or not, and why not."""
    deeds = response.context["buttons"]
    return {action.deed: action.why for action in deeds}


@pytest.mark.parametrize(
    ("state", "withdraw"),
    [
        (OPEN, "Nothing has been filed that could be withdrawn."),
        (SUBMITTED, ""),
        (ACCEPTED, "The office has accepted it. Ask the office to return it if it must change."),
        (RETURNED, "Nothing has been filed that could be withdrawn."),
        (WAIVED, "It does not apply to your unit."),
    ],
)
def test_the_unit_s_button_says_why_it_cannot_be_used(autumn, state, withdraw, settings):
    settings.TODAY = date(2015, 8, 25)
    plan = autumn.owed(autumn.water, Kind.PLAN)
    put(plan, state)
    asks = {"ask-return": ""} if state == ACCEPTED else {}
    assert buttons(signed_in(autumn.liaison).get(f"/assignments/{plan.pk}/plan/")) == {"withdraw": withdraw, **asks}


@pytest.mark.parametrize(
    ("state", "accept", "send_back"),
    [
        (OPEN, "The unit has not filed it yet.", "The unit has not filed it yet."),
        (SUBMITTED, "", ""),
        (ACCEPTED, "It is accepted already.", ""),
        (RETURNED, *["It was returned; the unit has not filed again yet."] * 2),
        (WAIVED, *["It does not apply to this unit."] * 2),
    ],
)
def test_the_office_s_buttons_say_why_they_cannot_be_used(autumn, state, accept, send_back):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    put(plan, state)
    found = buttons(signed_in(autumn.staff).get(f"/assignments/{plan.pk}/plan/"))
    assert found == {"accept": accept, "return": send_back}


def test_a_leader_reads_and_has_no_buttons(autumn):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    assert buttons(signed_in(autumn.leader).get(f"/assignments/{plan.pk}/plan/")) == {}
