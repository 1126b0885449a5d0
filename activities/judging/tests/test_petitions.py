"""More time and “not applicable”: asked by the unit, decided by the office, kept apart in every figure."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from accounts.models import Unit
from activities.behalf.tests.test_links import link_to, visitor
from activities.judging import petitions
from activities.models import Assignment, Petition
from activities.states import AssignmentState, Kind, PetitionState, Standing
from reports.figures import campaign_figures
from tests.cast import PLAN, at_once, filed_plan, issued, log, make_cast, postgresql, said, signed_in, text
from tests.pages import NoSuchForm, forge, opened, page_of, press
from workflow import clock
from workflow.models import MoveRefused, Notification
from workflow.templatetags.clock import deadline

ON = date(2015, 9, 10)


@pytest.fixture
def plan(autumn):
    """The water bureau's plan, due on 31 August and not filed."""
    return autumn.owed(autumn.water, Kind.PLAN)


def asked(autumn, plan, until=ON, kind="extension"):
    day = until if kind == "extension" else None
    return petitions.ask(plan, kind=kind, reason="The hall is closed", by=autumn.liaison, until=day)


def again(plan):
    return Assignment.objects.with_standing().get(pk=plan.pk)


def test_an_extension_counts_apart_from_on_time_and_from_late(autumn, plan):
    assert again(plan).standing == Standing.OVERDUE
    petitions.decide(asked(autumn, plan), grant=True, by=autumn.staff)
    plan = again(plan)
    assert (plan.standing, plan.stands, clock.last_day(plan.last_moment)) == (Standing.DUE, Standing.DUE, ON)
    with clock.as_of(ON):
        filed_plan(plan, autumn.liaison)
    assert (again(plan).standing, again(plan).stands) == (Standing.EXTENDED, Standing.EXTENDED)
    total = campaign_figures(autumn.campaign).total
    assert (total.extended, total.on_time, total.late, total.filed) == (1, 0, 0, 1)


def test_an_extension_ends_by_itself(autumn, plan):
    petitions.decide(asked(autumn, plan), grant=True, by=autumn.staff)
    with clock.as_of(date(2015, 9, 11)):
        assert (again(plan).standing, again(plan).stands) == (Standing.OVERDUE, Standing.OVERDUE)
        assert Assignment.objects.filter(pk=plan.pk).overdue().exists()
        filed_plan(again(plan), autumn.liaison)
        assert (again(plan).standing, again(plan).stands) == (Standing.LATE, Standing.LATE)


def test_what_is_closed_for_filing_opens_until_the_extension_ends(autumn, plan):
    Assignment.objects.filter(pk=plan.pk).update(locked_at=plan.due_at)
    assert again(plan).is_locked
    petitions.decide(asked(autumn, again(plan)), grant=True, by=autumn.staff)
    assert (again(plan).is_locked, again(plan).locked_at) == (False, clock.end_of(ON))


def test_what_does_not_apply_is_in_no_figure_and_can_be_asked_for_again(autumn, plan):
    before = campaign_figures(autumn.campaign).total
    petitions.decide(asked(autumn, plan, kind="waiver"), grant=True, by=autumn.staff)
    total = campaign_figures(autumn.campaign).total
    assert (again(plan).state, total.expected, total.waived) == ("waived", before.expected - 1, 1)
    assert log(again(plan))[-1] == ("open", "waived", autumn.staff, "The hall is closed")
    again(plan).ask_again(by=autumn.staff, reason="It does")
    assert campaign_figures(autumn.campaign).total == before


def test_refused_changes_nothing_and_both_sides_are_told(autumn, plan):
    petition = asked(autumn, plan)
    petitions.decide(petition, grant=False, by=autumn.staff, note="Too late")
    assert (again(plan).extended_until, petition.state) == (None, "refused")
    about = Notification.objects.filter(key__startswith="petition").order_by("id")
    told = {(row.person.username, row.message.split(":")[0]) for row in about}
    assert told == {
        ("staff", "%(unit)s asks about %(what)s"), ("signer", "%(unit)s asks about %(what)s"),
        ("liaison", "Refused"), ("head", "Refused"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2015, 8, 31), "The day must come after the present last day"),
        (date(2015, 8, 1), "The day must come after the present last day"),
        (date(2099, 1, 1), "This day is more than a year away."),
    ],
)
def test_a_day_before_the_deadline_is_refused_beside_the_field(autumn, plan, until, words):
    values = {"kind": "extension", "until": until.isoformat(), "reason": "The hall is closed"}
    answer = press(signed_in(autumn.liaison), reverse("activities:ask", args=[plan.pk]), **values)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["until"])
    assert words in text(answer) and "The hall is closed" in text(answer)
    with pytest.raises(MoveRefused):
        asked(autumn, plan, until=until)
    assert not Petition.objects.exists()


def test_one_question_at_a_time_and_none_about_what_is_filed(autumn, plan):
    asked(autumn, plan)
    with translation.override("en"), pytest.raises(MoveRefused, match="Something is asked already"):
        asked(autumn, plan, kind="waiver")
    registration = autumn.owed(autumn.water, Kind.RECEIPT)
    registration.submit(by=autumn.liaison)
    with pytest.raises(MoveRefused):
        asked(autumn, registration)


def test_a_waiver_is_not_granted_for_what_was_filed_meanwhile(autumn, plan):
    petition = asked(autumn, plan, kind="waiver")
    filed_plan(plan, autumn.liaison)
    with pytest.raises(MoveRefused):
        petitions.decide(petition, grant=True, by=autumn.staff)
    petition.refresh_from_db()
    assert (petition.state, again(plan).state) == ("asked", "submitted")


@postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_give_one_decision():
    cast = issued(make_cast())
    petition = petitions.ask(
        cast.owed(cast.water, Kind.PLAN), kind="extension", reason="Rain", by=cast.liaison, until=ON
    )

    def decide(together):
        mine = Petition.objects.select_related("assignment").get(pk=petition.pk)
        together()
        petitions.decide(mine, grant=True, by=cast.staff)
        return "granted"

    ends = at_once(decide, threads=3)
    assert sorted(end if isinstance(end, str) else type(end).__name__ for end in ends) == [
        "MoveRefused", "MoveRefused", "granted",
    ]  # fmt: skip
    assert Notification.objects.filter(key=f"petition-{petition.pk}-granted").count() == 2


# --- in bulk -----------------------------------------------------------------------------------------------


def three(cast):
    """Each unit asks for more time for its plan."""
    plans = Assignment.objects.filter(campaign=cast.campaign, kind=Kind.PLAN).for_list().order_by("unit__order")
    return [petitions.ask(plan, kind="extension", reason="Rain", by=cast.liaison, until=ON) for plan in plans]


def deciding(cast):
    return reverse("activities:petitions", args=[cast.campaign.pk])


def press_decide(cast, rows, decision="grant"):
    """Tick these and press. Returns: the page that says what will happen."""
    ticked = [row.pk for row in rows]
    return press(signed_in(cast.staff), deciding(cast), f"deed={decision}", row=ticked)


def confirm(cast, shown, **typed):
    """Press once more on the page that says what will happen."""
    return press(signed_in(cast.staff), page_of(shown), "sure=1", **typed)


def test_number_and_names_are_shown_before_anything_happens(autumn):
    rows = three(autumn)
    answer = press_decide(autumn, rows[:2])
    shown = text(answer)
    assert "Grant 2 petitions?" in shown
    assert ("Water bureau" in shown, "Health bureau" in shown, "District office" in shown) == (True, True, False)
    assert Petition.objects.waiting().count() == 3
    assert said(confirm(autumn, answer)) == ["2 decided; the units are told."]
    assert set(Petition.objects.waiting()) == {rows[2]}


def test_one_that_was_taken_back_meanwhile_does_not_hold_up_the_others(autumn):
    rows = three(autumn)
    shown = press_decide(autumn, rows)
    petitions.withdraw(rows[0], by=autumn.liaison)
    assert said(confirm(autumn, shown)) == ["2 decided; the units are told."]
    assert Petition.objects.get(pk=rows[0].pk).state == PetitionState.WITHDRAWN


def test_more_than_can_be_decided_in_one_go_follow_when_these_are(autumn, monkeypatch):
    monkeypatch.setattr("activities.judging.views.petitions.AT_ONCE", 2)
    rows = three(autumn)
    monkeypatch.setattr("workflow.listing.listing.PAGE", 1)
    client = signed_in(autumn.staff)
    assert "3 waiting" in text(client.get(deciding(autumn)))
    shown = press(client, deciding(autumn), "deed=grant", all="1")
    assert "The 2 that wait longest are shown; the others follow when these are decided." in text(shown)
    assert [row.pk for row in shown.context["rows"]] == [row.pk for row in rows[:2]]
    confirm(autumn, shown)
    assert set(Petition.objects.waiting()) == {rows[2]}


def test_all_of_a_filter_is_refused_with_one_reason_and_what_is_decided_is_left_out(autumn, monkeypatch):
    rows = three(autumn)
    district = Unit.objects.filter(pk=rows[2].assignment.unit_id)
    district.update(level="district")
    petitions.decide(rows[0], grant=True, by=autumn.staff, note="Yes")
    monkeypatch.setattr("workflow.listing.listing.PAGE", 1)
    where = deciding(autumn)
    shown = press(signed_in(autumn.staff), f"{where}?level=city", "deed=refuse", all="1")
    assert "1 was decided or taken back already and is left out." in text(shown)
    assert [row.pk for row in shown.context["rows"]] == [rows[1].pk]
    done = confirm(autumn, shown, note="Too late")
    assert (done.redirect_chain, said(done)) == ([(f"{where}?level=city", 302)], ["1 decided; the unit is told."])
    assert [(row.pk, row.state) for row in Petition.objects.order_by("pk")] == [
        (rows[0].pk, "granted"), (rows[1].pk, "refused"), (rows[2].pk, "asked"),
    ]  # fmt: skip


def test_what_waits_longest_comes_first_and_every_part_narrows(autumn):
    rows = three(autumn)
    petitions.decide(rows[0], grant=False, by=autumn.staff, note="Because of the weather")
    receipt = autumn.owed(autumn.water, Kind.RECEIPT)
    waiver = petitions.ask(receipt, kind="waiver", reason="No such office\nhere", by=autumn.liaison)
    client = signed_in(autumn.staff)

    def found(query):
        return [row.pk for row in client.get(f"{deciding(autumn)}?{query}").context["shown"].page]

    waits = [rows[1].pk, rows[2].pk, waiver.pk]
    assert found("") == [*waits, rows[0].pk]
    assert {query: sorted(found(query)) for query in (
        "state=asked", "state=refused", "kind=waiver", "what=plan", "q=water", "q=no+such", "standing=due",
        "q=〔2015〕1", "group=" + str(autumn.office.groups.get().pk),
    )} == {
        "state=asked": waits, "state=refused": [rows[0].pk], "kind=waiver": [waiver.pk],
        "what=plan": [row.pk for row in rows], "q=water": [rows[0].pk, waiver.pk], "q=no+such": [waiver.pk],
        "standing=due": [], "q=〔2015〕1": [row.pk for row in (*rows, waiver)],
        "group=" + str(autumn.office.groups.get().pk): sorted(found("unit=" + ",".join(
            str(each.pk) for each in autumn.office.groups.get().units.all()))),
    }  # fmt: skip
    assert found("sort=-unit")[-1] in (rows[0].pk, waiver.pk)
    facets = client.get(deciding(autumn)).context["shown"].found.facets()
    counts = {facet.name: {offer.value: offer.number for offer in offers} for facet, offers in facets}
    assert (counts["state"], counts["kind"], counts["what"]) == (
        {"asked": 3, "refused": 1}, {"extension": 3, "waiver": 1}, {"receipt": 1, "plan": 3},
    )  # fmt: skip


def test_the_petitions_go_out_as_excel_as_they_are_narrowed(autumn):
    rows = three(autumn)
    petitions.decide(rows[0], grant=True, by=autumn.staff, note="Yes")
    answer = signed_in(autumn.leader).get(f"{deciding(autumn)}?state=granted&excel=1")
    head, *lines = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    shown = dict(zip(head, lines[0], strict=True))
    assert (len(lines), shown["Unit"], shown["What is asked for"], shown["State"]) == (
        1, "Water bureau", "Extension until 10 September 2015", "Granted",
    )  # fmt: skip
    assert signed_in(autumn.liaison).get(f"{deciding(autumn)}?excel=1").status_code == 403


def test_who_may_not_decide_ticks_nothing(autumn):
    three(autumn)
    page = page_of(signed_in(autumn.leader).get(deciding(autumn)))
    assert (page.html.select('[name="row"]'), page.html.select('[name="deed"]')) == ([], [])


def test_refusing_needs_a_word_to_the_units(autumn):
    rows = three(autumn)
    answer = confirm(autumn, press_decide(autumn, rows, "refuse"))
    wrong = {"note": ["Please say why: the unit will read it."]}
    assert (answer.status_code, answer.context["form"].errors) == (422, wrong)
    assert [row.pk for row in answer.context["rows"]] == [row.pk for row in rows]
    assert Petition.objects.waiting().count() == 3


def test_the_office_grants_another_day_than_asked_for_and_both_are_shown(autumn, plan):
    petition = asked(autumn, plan, until=date(2015, 9, 30))
    shown = press_decide(autumn, [petition])
    assert said(confirm(autumn, shown, until="2015-09-05")) == ["1 decided; the unit is told."]
    petition.refresh_from_db()
    assert (petition.until, petition.granted_until) == (date(2015, 9, 30), date(2015, 9, 5))
    assert clock.last_day(again(plan).last_moment) == date(2015, 9, 5)
    told = autumn.liaison.notifications.get(key=f"petition-{petition.pk}-granted")
    assert (told.message.split(":")[0], "9月5日" in told.values["day"]) == ("Granted, but until %(day)s", True)
    for reader, address in ((autumn.liaison, plan.get_absolute_url()), (autumn.staff, deciding(autumn))):
        page = text(signed_in(reader).get(address))
        assert ("until 30 September 2015" in page, "granted until 5 September 2015" in page) == (True, True)


def test_another_day_before_somebodys_deadline_names_the_unit_and_decides_nothing(autumn):
    rows = three(autumn)
    late = rows[1].assignment
    Assignment.objects.filter(pk=late.pk).update(due_at=clock.end_of(date(2015, 9, 7)))
    answer = confirm(autumn, press_decide(autumn, rows), until="2015-09-06", note="Two days")
    wrong = answer.context["form"].errors
    assert (answer.status_code, list(wrong), len(wrong["until"])) == (422, ["until"], 1)
    assert wrong["until"][0].startswith(f"{late.unit}: The day must come after the present last day")
    assert ('value="2015-09-06"' in answer.content.decode(), "Two days" in text(answer)) == (True, True)
    assert Petition.objects.waiting().count() == 3


def test_another_day_is_checked_again_when_it_is_written(autumn, plan):
    petition = asked(autumn, plan)
    with pytest.raises(MoveRefused):
        petitions.decide(petition, grant=True, by=autumn.staff, until=date(2015, 8, 30))
    petition.refresh_from_db()
    assert (petition.state, petition.granted_until, again(plan).extended_until) == ("asked", None, None)


def test_a_waiver_has_no_day(autumn, plan):
    petition = asked(autumn, plan, kind="waiver")
    shown = press_decide(autumn, [petition])
    assert "until" not in shown.context["form"].fields
    confirm(autumn, shown, forged={"until": "2015-09-05"})
    petition.refresh_from_db()
    assert (petition.state, petition.granted_until, again(plan).state) == ("granted", None, "waived")


@pytest.mark.parametrize("rows", [1, 2])
def test_the_list_asks_the_same_number_of_questions(autumn, rows, django_assert_num_queries):
    for petition in three(autumn)[rows:]:
        petitions.withdraw(petition, by=autumn.liaison)
    page = signed_in(autumn.leader)
    with django_assert_num_queries(12):
        page.get(reverse("activities:petitions", args=[autumn.campaign.pk]))


# --- grace and closing -------------------------------------------------------------------------------------


def set_terms(cast, **values):
    address = reverse("activities:terms", args=[cast.campaign.pk])
    return press(signed_in(cast.staff), f"{address}?kind=plan", **values)


def test_within_the_grace_it_counts_as_on_time_and_after_the_closing_nothing_is_taken(autumn, plan):
    answer = set_terms(autumn, grace_until="2015-09-03", locked_on="2015-09-05")
    assert said(answer) == ["The days are set for “Activity plan”."]
    assert (again(plan).standing, again(plan).stands) == (Standing.DUE, Standing.DUE)
    with clock.as_of(date(2015, 9, 3)):
        filed_plan(again(plan), autumn.liaison)
    assert (again(plan).standing, again(plan).stands) == (Standing.ON_TIME, Standing.ON_TIME)
    other = autumn.owed(autumn.health, Kind.PLAN)
    with clock.as_of(date(2015, 9, 6)):
        assert other.is_locked
        with translation.override("en"), pytest.raises(MoveRefused, match="closed for filing"):
            filed_plan(other, autumn.neighbour)
        form = reverse("activities:open-again", args=[other.pk])
        page, values = other.get_absolute_url(), {"until": "2015-09-08", "note": "After a call"}
        press(signed_in(autumn.staff), page, "Open it again", form=form, **values)
        filed_plan(autumn.owed(autumn.health, Kind.PLAN), autumn.neighbour)
    assert autumn.owed(autumn.health, Kind.PLAN).standing == Standing.LATE
    assert [line[3] for line in log(other)] == ["设定宽限期和截止报送日期", "After a call", ""]


def fields(answer, form):
    """What stands in the fields of a form that sends to this address, by name."""
    found = page_of(answer).html.select(f'form[action="{form}"] :is(input, textarea)')
    return {each["name"]: each.get("value", each.get_text().strip()) for each in found if each.get("type") != "hidden"}


@pytest.mark.parametrize(
    ("until", "why"),
    [
        ("2015-09-04", "It is open for filing, or the day is past."),
        ("", "Please give the last day on which it can be filed."),
    ],
)
def test_opening_again_with_a_wrong_day_keeps_day_and_reason_until_it_is_done(autumn, plan, until, why):
    set_terms(autumn, locked_on="2015-09-05")
    client, form = signed_in(autumn.staff), reverse("activities:open-again", args=[plan.pk])
    with clock.as_of(date(2015, 9, 6)):
        answer = press(client, plan.get_absolute_url(), form=form, until=until, note="来电说明，附件过大")
        assert said(answer) == [why]
        assert fields(answer, form) == {"until": until, "note": "来电说明，附件过大"}
        press(client, page_of(answer), form=form, until="2015-09-08")
        assert log(plan)[-1][3] == "来电说明，附件过大"
        assert "来电说明，附件过大" not in text(signed_in(autumn.staff).get("/"))


@pytest.mark.parametrize(
    ("values", "field"),
    [({"grace_until": "2015-09-08", "locked_on": "2015-09-05"}, "locked_on"), ({"grace_until": "soon"}, "grace_until")],
)
def test_days_that_contradict_are_said_beside_the_field(autumn, values, field):
    assert list(set_terms(autumn, **values).context["form"].errors) == [field]


def test_no_day_before_the_deadline(autumn, plan):
    assert said(set_terms(autumn, locked_on="2015-08-01")) == ["Neither day may come before the deadline."]
    assert again(plan).locked_at is None


def test_an_extended_day_is_the_one_lists_and_links_show(autumn, plan):
    petitions.decide(asked(autumn, plan), grant=True, by=autumn.staff)
    _link, secret = link_to(autumn, plan)
    by_link, listed = visitor(secret), signed_in(autumn.liaison)
    listing = f"/campaigns/{autumn.campaign.pk}/assignments/?kind=plan"
    pages = [listed.get("/"), listed.get(listing), signed_in(autumn.staff).get(listing), by_link.get("/link/")]
    told = [("10 September 24:00" in text(page), "31 August 24:00" in text(page)) for page in pages]
    assert told[0] == told[1] == told[3] == (True, False)
    assert told[2] == (True, True)  # the other units' day stays


def test_within_the_grace_nothing_is_said_to_be_past(autumn, plan):
    Assignment.objects.filter(pk=plan.pk).update(grace_until=clock.end_of(date(2015, 9, 3)))
    page = text(signed_in(autumn.liaison).get(f"/campaigns/{autumn.campaign.pk}/assignments/?kind=plan"))
    assert ("in 2 days" in page, "1 day overdue" in page) == (True, False)


# --- “please return it” --------------------------------------------------------------------------------------


def filed_and_past(autumn, settings):
    """A plan filed on 25 August, due on the 31st; now it is 5 September and the office has not judged it yet."""
    plan = filed_in_time(autumn, settings)
    settings.TODAY = date(2015, 9, 5)
    return plan


def filed_in_time(autumn, settings):
    settings.TODAY = date(2015, 8, 25)
    plan = autumn.owed(autumn.water, Kind.PLAN)
    filed_plan(plan, autumn.liaison)
    return again(plan)


def test_after_the_last_day_what_was_filed_in_time_is_not_taken_back_by_one_press(autumn, settings):
    plan = filed_and_past(autumn, settings)
    page = opened(signed_in(autumn.liaison), f"/assignments/{plan.pk}/plan/")
    assert "The deadline is past: taken back, it would be late for good." in page.html.get_text()
    with pytest.raises(NoSuchForm):
        press(signed_in(autumn.liaison), page, "Withdraw")
    response = forge(signed_in(autumn.liaison), f"/assignments/{plan.pk}/withdraw/", follow=True)  # an old page
    plan.refresh_from_db()
    assert (plan.standing, said(response)[0][:23]) == (Standing.ON_TIME, "The deadline is past: t")


def test_before_the_last_day_it_says_until_when_it_must_be_filed_again(autumn, settings):
    plan = filed_in_time(autumn, settings)
    page = opened(signed_in(autumn.liaison), f"/assignments/{plan.pk}/plan/")
    last = deadline(plan.last_moment)
    assert f"It is owed again then. File it by {last}, or it counts as late." in page.html.get_text()
    press(signed_in(autumn.liaison), page, "Withdraw")
    plan.refresh_from_db()
    assert plan.state == AssignmentState.OPEN


def test_the_office_returns_it_when_the_unit_asks_and_the_first_day_stays(autumn, settings):
    plan = filed_and_past(autumn, settings)
    first = plan.submitted_at
    asked = press(
        signed_in(autumn.liaison), f"/assignments/{plan.pk}/plan/", "Ask the office to return it",
        reason="The budget is wrong.",
    )  # fmt: skip
    assert said(asked) == ["The office has your question. You will be told what it decides."]
    petition = Petition.objects.get()
    assert (petition.kind, petition.state, petition.reason) == ("return", "asked", "The budget is wrong.")
    petitions.decide(petition, grant=True, by=autumn.staff)
    plan.refresh_from_db()
    assert (plan.state, plan.submitted_at, plan.return_reason) == (
        AssignmentState.RETURNED, first, "The budget is wrong.",
    )  # fmt: skip
    press(signed_in(autumn.liaison), f"/assignments/{plan.pk}/plan/", "action=submit", **PLAN)
    plan.refresh_from_db()
    assert (plan.state, plan.standing) == (AssignmentState.SUBMITTED, Standing.ON_TIME)


def test_a_return_is_asked_for_with_a_reason_and_once(autumn, settings):
    plan = filed_and_past(autumn, settings)
    address, client = f"/assignments/{plan.pk}/plan/", signed_in(autumn.liaison)
    old = opened(client, address)
    without = press(client, old, "Ask the office to return it", reason="")
    assert said(without) == ["Please say in at most 1,000 characters what you want to correct."]
    press(client, old, "Ask the office to return it", reason="One")
    again = press(client, old, "Ask the office to return it", reason="Two")
    assert said(again) == ["Something is asked already and waits for the office."]
    assert [row.reason for row in Petition.objects.all()] == ["One"]


def test_what_was_never_filed_cannot_be_asked_back(autumn):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    response = forge(signed_in(autumn.liaison), f"/assignments/{plan.pk}/ask-return/", {"reason": "x"}, follow=True)
    assert said(response) == ["Nothing has been filed that could be returned."]
