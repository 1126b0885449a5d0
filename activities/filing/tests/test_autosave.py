"""A draft that saves itself: what is valid is kept, what is half-typed hinders nothing, nobody is overwritten."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from activities.behalf import links
from activities.models import Assignment, Demand, LiaisonOfficer, LiaisonRegistration, Material, Photo, Plan
from activities.states import Kind
from reports.models import Summary
from tests.cast import PLAN, filed_plan, issued, log, make_cast, signed_in, text
from tests.pages import Page, autosave, opened, press
from workflow import clock

UNTIL = date(2015, 9, 14)
TYPED = {
    Kind.PLAN: (Plan, {"goal": "Half a thought"}),
    Kind.OTHER: (Material, {"text": "Half a list"}),
    Kind.SUMMARY: (Summary, {"overview": "Half an overview"}),
    Kind.LIAISON: (LiaisonRegistration, {"form-0-name": "Officer One"}),
}


NEEDED_EMPTY = {Kind.LIAISON: {"form-0-name": ""}}
"""What the page fills in already, and submitting needs."""


@pytest.fixture
def cast(db, media):
    found = make_cast()
    Demand.objects.create(notice=found.notice, order=1, title="List of names")
    return issued(found)


def page_of(cast, kind) -> Page:
    """The page of the unit's liaison officer, opened now."""
    return opened(signed_in(cast.liaison), cast.owed(cast.water, kind).get_absolute_url())


def typed(cast, kind, user=None, page=None, **values):
    """What the page (of now, or one opened before) gets as its answer when it sends the form by itself."""
    return autosave(signed_in(user or cast.liaison), page or page_of(cast, kind), **values)


def pressed(cast, kind, action, page=None, **values):
    """The answer to a press on the page of now, or on one opened before."""
    return press(signed_in(cast.liaison), page or page_of(cast, kind), f"action={action}", **values, follow=False)


@pytest.mark.parametrize("kind", TYPED)
def test_every_kind_of_filing_keeps_what_is_half_typed(cast, kind):
    model, values = TYPED[kind]
    answer = typed(cast, kind, **values)
    assert (answer.status_code, answer.json()) == (200, {"seen": 1, "at": f"{clock.now():%H:%M}", "wrong": {}})
    draft = model.objects.get()
    assert (draft.version, draft.revision, draft.saved_by, draft.submitted_at) == (1, 1, cast.liaison, None)
    row = cast.owed(cast.water, kind)
    assert (row.state, log(row)) == ("open", [])
    (word,) = values.values()
    assert word in text(signed_in(cast.head).get(row.get_absolute_url()))


@pytest.mark.parametrize("kind", TYPED)
def test_from_one_saving_to_the_next_and_then_by_hand_there_is_no_clash(cast, kind):
    model, values = TYPED[kind]
    page, (word,) = page_of(cast, kind), values
    first = typed(cast, kind, page=page, **values).json()
    second = typed(cast, kind, page=page, seen=first["seen"], **{word: "More"}).json()
    by_hand = pressed(cast, kind, "save", page, seen=second["seen"], **{word: "Enough"})
    assert (first["seen"], second["seen"], by_hand.status_code, model.objects.get().revision) == (1, 2, 302, 3)


@pytest.mark.parametrize("kind", TYPED)
def test_nothing_new_is_not_written(cast, kind):
    model, values = TYPED[kind]
    page = page_of(cast, kind)
    typed(cast, kind, page=page, **values)
    assert typed(cast, kind, page=page, seen=1, **values).json()["seen"] == 1
    assert model.objects.get().revision == 1


def test_what_is_not_valid_yet_hinders_nothing_else(cast):
    typed(cast, Kind.PLAN, **PLAN | {"budget": "100"})
    wrong = {"starts_on": "2015-09-31", "ends_on": "2014-01-01", "expected_participants": "1000001", "budget": "-1"}
    answer = typed(cast, Kind.PLAN, **PLAN | wrong | {"goal": "A new goal", "place": "x" * 130})
    assert (answer.status_code, answer.json()["seen"]) == (200, 2)
    assert answer.json()["wrong"] == {
        "starts_on": ["Enter a valid date."],
        "ends_on": ["The campaign runs from 1 September 2015 to 30 September 2015."],
        "expected_participants": ["Ensure this value is less than or equal to 1000000."],
        "budget": ["A budget cannot be negative."],
        "place": ["Ensure this value has at most 120 characters (it has 130)."],
    }
    plan = Plan.objects.get()
    assert (plan.goal, plan.place, plan.budget, plan.expected_participants) == (
        "A new goal", "x" * 120, Decimal("100.00"), 300,
    )  # fmt: skip
    assert (str(plan.starts_on), str(plan.ends_on)) == (PLAN["starts_on"], PLAN["ends_on"])


def test_of_figures_the_valid_ones_are_kept_and_the_others_stay_as_they_were(cast):
    posters, visitors = (f"figure_{each.pk}" for each in cast.campaign.indicators.all())
    typed(cast, Kind.SUMMARY, **{posters: "10", visitors: "20"})
    answer = typed(cast, Kind.SUMMARY, **{posters: "-1", visitors: "25"})
    assert list(answer.json()["wrong"]) == [posters]
    assert list(Summary.objects.get().figures.values_list("indicator__name", "value")) == [
        ("Posters", 10), ("Visitors", 25),
    ]  # fmt: skip


def test_half_typed_liaison_officers_are_kept_row_by_row(cast):
    rows = {"form-0-name": "Officer One", "form-0-mobile": "138", "form-1-name": "Officer Two", "form-1-email": "two@"}
    answer = typed(cast, Kind.LIAISON, **rows)
    assert sorted(answer.json()["wrong"]) == ["form-0-mobile", "form-1-email"]
    assert list(LiaisonOfficer.objects.values_list("name", "mobile", "email")) == [
        ("Officer One", "138", "liaison@example.com"), ("Officer Two", "", "two@"),
    ]  # fmt: skip


def test_a_liaison_list_may_be_saved_half_done_and_only_submitting_asks_for_everything(cast):
    emptied = {"form-0-department": "", "form-0-mobile": ""}
    by_hand = pressed(cast, Kind.LIAISON, "save", **emptied, **{"form-0-name": "Officer One"})
    assert (by_hand.status_code, LiaisonOfficer.objects.get().name) == (302, "Officer One")
    submitted = pressed(cast, Kind.LIAISON, "submit", **{"form-0-name": "Officer One"})
    assert dict(submitted.context["formset"].errors[0]) == {
        "department": ["This field is required."], "mobile": ["This field is required."],
    }  # fmt: skip


def test_a_row_that_was_emptied_is_struck_out(cast):
    page, two = page_of(cast, Kind.LIAISON), {"form-0-name": "Officer One", "form-1-name": "Officer Two"}
    typed(cast, Kind.LIAISON, page=page, **two)
    emptied = dict.fromkeys((f"form-0-{each}" for each in ("name", "department", "mobile", "email")), "")
    typed(cast, Kind.LIAISON, page=page, seen=1, **two | emptied)
    assert [each.name for each in LiaisonOfficer.objects.all()] == ["Officer Two"]


def test_rows_saved_by_themselves_are_not_lost_when_the_same_page_is_saved_by_hand(cast):
    """The page still counts the second row as new although the server knows it by now."""
    page, two = page_of(cast, Kind.LIAISON), {"form-0-name": "Officer One", "form-1-name": "Officer Two"}
    typed(cast, Kind.LIAISON, page=page, **two)
    pressed(cast, Kind.LIAISON, "save", page, seen=1, **two | {"form-0-name": "Officer First"})
    assert [each.name for each in LiaisonOfficer.objects.all()] == ["Officer First", "Officer Two"]


def test_nothing_is_taken_away_by_itself(cast):
    """Striking out and taking away wait for a person who presses a button."""
    photo = Photo.objects.create(
        assignment=cast.owed(cast.water, Kind.OTHER), sha256="0", added_by=cast.liaison, added_at=clock.now()
    )
    answer = typed(cast, Kind.OTHER, text="More", **{f"remove_{photo.pk}": "on", f"caption_{photo.pk}": "The square"})
    assert (answer.status_code, Photo.objects.get().caption) == (200, "The square")
    typed(cast, Kind.LIAISON, **{"form-0-name": "Officer One"})
    typed(cast, Kind.LIAISON, **{"form-0-name": "Officer One!", "form-0-DELETE": "on"})
    assert LiaisonOfficer.objects.get().name == "Officer One!"


def test_who_types_while_a_colleague_saved_is_told_and_overwrites_nothing(cast):
    page = page_of(cast, Kind.PLAN)
    typed(cast, Kind.PLAN, page=page, goal="What the liaison officer wrote")
    answer = typed(cast, Kind.PLAN, user=cast.head, page=page, goal="What the head wrote")
    assert (answer.status_code, answer.json()) == (409, {
        "why": "liaison saved this meanwhile. Your own text is kept below: compare, then save again to replace it.",
        "mine": False, "seen": 1,
    })  # fmt: skip
    assert Plan.objects.get().goal == "What the liaison officer wrote"


def test_a_page_knows_its_own_saving_whose_answer_was_lost(cast):
    page = page_of(cast, Kind.PLAN)
    typed(cast, Kind.PLAN, page=page, goal="First")
    answer = typed(cast, Kind.PLAN, page=page, goal="First and second")
    assert (answer.status_code, answer.json()["mine"], answer.json()["seen"]) == (409, True, 1)


def test_what_is_filed_or_closed_is_not_written_any_more(cast):
    page, other = page_of(cast, Kind.PLAN), page_of(cast, Kind.OTHER)
    filed_plan(cast.owed(cast.water, Kind.PLAN), cast.liaison)
    answer = typed(cast, Kind.PLAN, page=page, goal="Too late", seen=1)
    assert (answer.status_code, [each.goal for each in Plan.objects.all()]) == (409, ["A goal"])
    assert "Filed" in answer.json()["why"]
    long_ago = clock.end_of(clock.today().replace(year=2014))
    Assignment.objects.update(due_at=long_ago, locked_at=long_ago)
    assert "closed for filing" in typed(cast, Kind.OTHER, page=other, text="Too late").json()["why"]
    assert not Material.objects.exists()


@pytest.mark.parametrize("total", ["", "-1", "1000", "many"])
def test_rows_whose_count_was_tampered_with_change_nothing(cast, total):
    typed(cast, Kind.LIAISON, **{"form-0-name": "Officer One"})
    answer = typed(cast, Kind.LIAISON, **{"form-0-name": "Two"}, forged={"form-TOTAL_FORMS": total})
    assert (answer.status_code, LiaisonOfficer.objects.get().name) == (200 if total == "-1" else 422, "Officer One")


@pytest.mark.parametrize("kind", TYPED)
def test_only_the_unit_saves_and_a_lost_session_is_led_to_the_sign_in_page(cast, kind):
    model, values = TYPED[kind]
    page = page_of(cast, kind)
    for user, status in ((cast.staff, 403), (cast.leader, 403), (cast.neighbour, 404), (cast.stranger, 404)):
        assert typed(cast, kind, user=user, page=page, **values).status_code == status
    lost = autosave(Client(), page, **values)
    assert (lost.status_code, lost["Location"]) == (302, f"/sign-in/?next={page.address}")
    assert not model.objects.exists()


@pytest.mark.parametrize("kind", TYPED)
def test_the_form_says_whose_it_is_and_whether_what_it_shows_is_saved(cast, kind):
    address = cast.owed(cast.water, kind).get_absolute_url()
    client = signed_in(cast.liaison)
    marks = f'data-draft="{cast.liaison.pk}"'

    def marked(response):
        page = response.content.decode()
        return (marks in page, "data-typed" in page, "data-clashed" in page)

    assert marked(client.get(address)) == (True, False, False)
    refused = press(client, address, "action=submit", **NEEDED_EMPTY.get(kind, {}))
    assert (refused.status_code, marked(refused)) == (422, (True, True, False))
    clash = press(client, address, "action=save", **TYPED[kind][1], forged={"seen": 7})
    assert (clash.status_code, marked(clash)) == (409, (True, True, True))


def test_visitors_by_different_links_keep_their_text_apart_in_one_browser(cast):
    row, marks = cast.owed(cast.water, Kind.PLAN), []
    for _each in range(2):
        link, secret = links.make(cast.campaign, cast.water, [row], person="王五", until=UNTIL, uses=1, by=cast.staff)
        client = Client()
        client.get(f"/link/{secret}/")
        mark = f'data-draft="{link.pk} by link"'
        assert mark in client.get(row.get_absolute_url()).content.decode()
        assert f'data-draft-leave="{link.pk} by link"' in client.get("/link/").content.decode()
        marks.append(mark)
    assert len(set(marks)) == 2
