"""A district hands what it owes to its streets, sees what came back, and answers the city with it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from accounts.models import Role, Unit
from activities.adopting.adopt import Plan as Way
from activities.adopting.adopt import adopt
from activities.handing_down import hand_down as deeds
from activities.models import Assignment, HandedDown, Plan
from activities.states import Kind
from campaigns.models import DocumentNumber, Notice
from campaigns.states import NoticeState
from tests.cast import Cast, filed_plan, issued, person, said, signed_in, text, unit
from tests.pages import press
from workflow import clock
from workflow.models import MoveRefused


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Refusals are read as message ids."""
    with translation.override("en"):
        yield


@pytest.fixture
def below(db: None) -> Cast:
    """The district carries out the city's notice and has issued its own, to two streets."""
    cast = issued()
    other = unit("Other street", kept_by=cast.district)
    cast.district.groups.get().units.add(other)
    made = adopt(cast.notice, cast.district, Way("District carries out", 4), by=cast.district_staff).campaign
    from_above = Notice.objects.get(campaign=made)
    Notice.objects.filter(pk=from_above.pk).update(
        state=NoticeState.ISSUED, issued_at=clock.now(), document_number=number_of(cast)
    )
    return cast


def number_of(cast: Cast) -> int:
    return DocumentNumber.objects.give("区质强", 2015, by=cast.district_signer, owner=cast.district).pk


def plan_above(cast: Cast) -> Assignment:
    return cast.owed(cast.district, Kind.PLAN)


def test_one_press_makes_it_a_task_of_the_own_campaign_with_an_own_day(below: Cast) -> None:
    browser, above = signed_in(below.district_staff), plan_above(below)
    assert "Hand it down" in text(browser.get("/owed-above/"))
    streets = list(Unit.objects.filter(name__contains="treet").values_list("pk", flat=True))
    page = press(
        browser,
        f"/assignments/{above.pk}/hand-down/",
        "Hand it down and tell the units",
        units=[str(pk) for pk in streets],
    )
    made = HandedDown.objects.get()
    assert "Handed down to 2, 0 answered, 0 accepted" in text(page)
    rows = Assignment.objects.filter(activity=made.task)
    assert {(row.unit_id, row.kind, clock.last_day(row.due_at)) for row in rows} == {
        (pk, "plan", deeds.proposed_day(above, 4)) for pk in streets
    }
    assert made.task.carries == above.activity
    assert above.history().last().note == "分办：Street、Other street"  # type: ignore[union-attr]


def handed(cast: Cast) -> HandedDown:
    return deeds.hand_down(plan_above(cast), [cast.street], date(2015, 9, 1), by=cast.district_staff)


def test_the_city_sees_how_many_answered_and_reads_only_what_was_opened(below: Cast) -> None:
    made = handed(below)
    row = Assignment.objects.get(activity=made.task)
    filed_plan(row, below.street_liaison, content="Secret fair on the square")
    row.accept(by=below.district_staff)
    city, address = signed_in(below.staff), f"/assignments/{made.above_id}/handed-to/"
    seen = text(city.get(address))
    assert ("Handed down to 1, 1 answered" in seen, "Secret fair" in seen) == (True, False)
    assert city.get(row.get_absolute_url()).status_code == 404
    press(signed_in(below.district_staff), f"/handed-down/{made.pk}/", "action=open")
    assert "Secret fair" in text(city.get(address))


def test_what_was_accepted_becomes_the_answer_above(below: Cast) -> None:
    made = handed(below)
    browser, address = signed_in(below.district_staff), f"/handed-down/{made.pk}/"
    assert said(press(browser, address, "action=answer")) == ["Nothing of what was handed down is accepted yet."]
    row = Assignment.objects.get(activity=made.task)
    filed_plan(row, below.street_liaison, content="Stalls on the square")
    row.accept(by=below.district_staff)
    press(browser, address, "action=answer")
    draft = Plan.objects.get(assignment=made.above)
    assert (draft.content, draft.submitted_at) == ("Street：Stalls on the square", None)


def test_it_is_handed_down_once_and_only_while_it_is_owed(below: Cast) -> None:
    made = handed(below)
    with pytest.raises(MoveRefused, match="handed down already"):
        handed(below)
    assert signed_in(below.staff).get(f"/handed-down/{made.pk}/").status_code == 404
    summary = below.owed(below.district, Kind.SUMMARY)
    assert deeds.why_not(summary) == "This is not handed down: your own notice asks your units for it."


def test_without_an_own_campaign_or_notice_it_says_what_comes_first(db: None) -> None:
    cast = issued()
    assert deeds.why_not(plan_above(cast)).startswith("Please carry out the notice first")
    adopt(cast.notice, cast.district, Way("District carries out", 4), by=cast.district_staff)
    assert deeds.why_not(plan_above(cast)).startswith("Please issue your own notice first")


def test_the_own_day_lies_before_the_one_above(below: Cast) -> None:
    with pytest.raises(MoveRefused, match="between today and the last day above"):
        deeds.hand_down(plan_above(below), [below.street], date(2016, 1, 1), by=below.district_staff)
    with pytest.raises(MoveRefused, match="at least one unit"):
        deeds.hand_down(plan_above(below), [], date(2015, 9, 1), by=below.district_staff)


def test_only_people_of_the_office_hand_down(below: Cast) -> None:
    above = plan_above(below)
    stranger = person("other_staff", (unit("Other office", kind="office"), Role.STAFF))
    for who in (stranger, below.street_liaison, below.staff):
        assert signed_in(who).get(f"/assignments/{above.pk}/hand-down/").status_code == 404
