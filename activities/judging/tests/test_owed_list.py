"""The list of who owes what: rows, order and counts are those of a slow recount, whatever is chosen, before anybody."""

from datetime import date, datetime, timedelta
from random import Random
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Unit
from activities.judging.list_filter import meant, sifted
from activities.judging.lists import source
from activities.judging.lists.owed import OWED, URGENCY
from activities.judging.lists.source import FOLLOWED, before_office, before_unit
from activities.models import Assignment, Listed
from activities.standings import count
from activities.states import FILED, AssignmentState, Kind, Standing
from campaigns.models import Campaign
from tests.cast import signed_in
from workflow import clock
from workflow.listing import listing
from workflow.listing.followed import SOON, Mark, forget_all
from workflow.listing.listing import Found
from workflow.pages import may

DAY = date(2015, 9, 1)
MOMENTS = st.datetimes(datetime(2015, 8, 25), datetime(2015, 9, 8), timezones=st.just(timezone.get_default_timezone()))
LATER = st.none() | st.integers(0, 6).map(lambda days: timedelta(days=days))
ROWS = st.lists(
    st.tuples(st.sampled_from(AssignmentState), MOMENTS, st.none() | MOMENTS, LATER, LATER, st.booleans()),
    min_size=12,
    max_size=12,
)


def put(rows):
    """Any state and any dates for the twelve assignments there are."""
    found = list(Assignment.objects.order_by("pk"))
    for row, (state, due, filed, grace, extended, volunteered) in zip(found, rows, strict=True):
        row.state, row.due_at, row.submitted_at = state, due, filed or (due if state in FILED else None)
        row.grace_until = None if grace is None else due + grace
        row.extended_until = None if extended is None else due + extended
        row.volunteered = volunteered
    names = ["state", "due_at", "submitted_at", "grace_until", "extended_until", "volunteered"]
    Assignment.objects.bulk_update(found, names)
    return Assignment.objects.select_related("unit")


def sorted_all(rows):
    """Rows the most urgent first, sorted in Python."""
    key = lambda row: (URGENCY.index(row.standing), row.due_at, row.unit.order, row.pk)  # noqa: E731 -- of this sort only
    return [row.pk for row in sorted(rows, key=key)]


def found_by(user, campaign, **chosen):
    """What somebody finds, read anew."""
    forget_all()  # bulk_update writes no line of the log
    oversees = may(user, "oversee", campaign)
    source = before_office(user, campaign, runs=True) if oversees else before_unit(user, Q(campaign=campaign))
    return Found(OWED, source, {name: str(value) for name, value in chosen.items()})


CHOICES = {
    "standing": [*Standing.values, "owed", "filed", "review", "overdue,late", "nonsense"],
    "kind": ["plan", "summary,receipt", "nonsense", "plan,nonsense"],
    "state": ["open", "submitted,returned"],
    "level": ["city", "district", "town,city"],
    "sort": ["office", "department,district"],
    "officer": ["yes", "no"],
    "asked": ["1", "0"],
    "q": ["water", "WATER", "clinic", "neighbour", "2015]1", "%", "（）", "nobody"],
    "group": ["members", "999999999"],
    "unit": ["water", "99999999999999999999"],
}


def drawn(dice):
    """Random rows, and a random filter of none to three parts."""
    moment = lambda: timezone.make_aware(datetime(2015, 8, 25) + timedelta(hours=dice.randrange(14 * 24)))  # noqa: E731
    later = lambda: timedelta(days=dice.randrange(7)) if dice.random() < 0.4 else None  # noqa: E731
    rows = [
        (dice.choice(list(AssignmentState)), moment(), moment() if dice.random() < 0.7 else None, later(), later(),
         dice.random() < 0.3)
        for _ in range(12)
    ]  # fmt: skip
    return rows, {name: dice.choice(CHOICES[name]) for name in dice.sample(sorted(CHOICES), dice.randrange(4))}


@pytest.mark.parametrize("seed", range(8))
def test_rows_order_and_every_count_are_those_of_a_slow_recount(autumn, seed):
    rows, chosen = drawn(Random(seed))
    group = autumn.office.groups.first()
    named = {"members": str(group.pk), "water": str(autumn.water.pk)}
    chosen = {name: named.get(value, value) for name, value in chosen.items()}
    with clock.as_of(DAY):
        put(rows)
        for user in (autumn.staff, autumn.liaison, autumn.stranger):
            seen = Assignment.objects.visible_to(user).filter(campaign=autumn.campaign)
            found = found_by(user, autumn.campaign, **chosen)
            only = found.filter
            slow = list(sifted(seen, only, user).select_related("unit"))
            assert found.number == len(slow)
            assert found.pks() == sorted_all(slow)
            assert [row.pk for row in found.rows()] == found.pks()
            for facet, offers in found.facets():
                for offer in offers:
                    alone = {name: value for name, value in only.items() if name != facet.name}
                    assert offer.number == sifted(seen, alone | {facet.name: offer.value}, user).count(), offer
            if user == autumn.staff:  # a group is the office's, so nobody else is offered it
                kept = {name: value for name, value in meant(chosen).items() if value not in ("999999999",)}
                assert only == kept


@pytest.mark.parametrize("sort", ["due", "-due", "unit", "-unit", "filed", "-filed", "nonsense"])
def test_a_list_is_sorted_by_what_was_pressed(autumn, sort):
    autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    found = found_by(autumn.staff, autumn.campaign, sort=sort)
    keys = {
        "due": lambda row: (row.due_at, row.unit.order, row.pk),
        "unit": lambda row: (row.unit.order, row.unit_id, row.due_at, row.pk),
        "filed": lambda row: (-(row.submitted_at.timestamp() if row.submitted_at else 0), -row.pk),
    }
    rows = list(Assignment.objects.select_related("unit"))
    name = sort.removeprefix("-")
    if name in keys:
        assert found.pks() == [row.pk for row in sorted(rows, key=keys[name], reverse=sort.startswith("-"))]
    else:
        assert found.pks() == sorted_all(rows)


def test_a_deed_is_in_the_list_at_once_and_nothing_else_is_read_again(autumn, django_assert_num_queries):
    with clock.as_of(DAY):
        before = before_office(autumn.staff, autumn.campaign, runs=True).sheet
        if connection.vendor == "sqlite":  # on PostgreSQL others may be writing, in other databases as well
            with django_assert_num_queries(1):
                assert before_office(autumn.staff, autumn.campaign, runs=True).sheet is before
        autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
        again = autumn.owed(autumn.water, Kind.SUMMARY)
        again.pk = again.demand_id = None
        again.volunteered, again.kind, again.state = True, Kind.PROGRESS, AssignmentState.OPEN
        Assignment.objects.bulk_create([again])
        after = before_office(autumn.staff, autumn.campaign, runs=True).sheet
        assert after is not before and (len(before), len(after)) == (12, 13)
        forget_all()
        anew = before_office(autumn.staff, autumn.campaign, runs=True).sheet
        for name in anew.masks:
            bits = [{value: mask for value, mask in each.masks[name].items() if mask} for each in (after, anew)]
            assert bits[0] == bits[1]
        for order in anew.shape.orders:
            assert after.part(after.all, order, range(99)) == anew.part(anew.all, order, range(99))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, day=st.dates(date(2015, 8, 20), date(2015, 9, 20)))
def test_a_plain_row_a_model_and_the_counts_say_the_same_at_any_moment(autumn, rows, day):
    """The columns the database keeps are right in the same statement that changes a row, whatever day is asked for."""
    every = put(rows)
    with clock.as_of(day):
        now, models = clock.now(), {row.pk: row for row in every}
        listed = Assignment.objects.listed()
        assert {row.pk: row.standing_at(now) for row in listed} == {pk: row.standing for pk, row in models.items()}
        assert {row.pk: row.last_at for row in listed} == {pk: row.last_moment for pk, row in models.items()}
        assert {row.pk: (str(row), row.unit, row.falls_due) for row in listed} == {
            pk: (str(row), str(row.unit), row.falls_due) for pk, row in models.items()
        }
        begun = {pk for pk, row in models.items() if row.volunteered and row.state == AssignmentState.OPEN}
        found = count(autumn.campaign.pk)
        for standing in Standing:
            standing_so = [pk for pk, row in models.items() if row.standing == standing and pk not in begun]
            assert found.number(lambda share, s=standing: share.standing == s) == len(standing_so)


@pytest.mark.parametrize("asked", ["9", "1000000000", "99999999999999999999", "0", "-1", "x", None])
def test_a_page_that_does_not_exist_is_the_nearest_that_does(autumn, monkeypatch, asked):
    monkeypatch.setattr(listing, "PAGE", 5)
    last = 3 if asked and asked not in ("x",) else 1
    page = found_by(autumn.staff, autumn.campaign).page(asked)
    assert (page.number, len(page.object_list)) == (last, 2 if last == 3 else 5)


def test_words_find_units_by_any_name_and_activities_by_their_title(autumn):
    autumn.health.aliases = ["Medical board"]
    autumn.health.save()

    def found(words):
        return sorted({row.unit for row in found_by(autumn.staff, autumn.campaign, q=words).rows()})

    assert found("medical") == found("ＭＥＤＩＣＡＬ") == ["Health bureau"]
    assert found("clinic") == ["District office", "Health bureau"]
    assert (found("%"), found("nobody"), found("x" * 10_000)) == ([], [], [])


@pytest.mark.parametrize("number", ["〔2015〕1号", "[2015]1号", "(2015)1", "（2015）1号", "［2015］ 1 号", "【2015】1"])
def test_a_document_number_is_found_whichever_brackets_are_typed(autumn, number):
    assert found_by(autumn.staff, autumn.campaign, q=number).number == 12


def test_filings_are_found_by_any_name_of_the_unit_and_by_the_receipt_number(autumn):
    receipts = {}
    for where, who in ((autumn.water, autumn.liaison), (autumn.health, autumn.neighbour)):
        receipts[where] = autumn.owed(where, Kind.RECEIPT)
        receipts[where].submit(by=who)
    Unit.objects.filter(pk=autumn.health.pk).update(aliases=["卫生局"])

    def found(who, page="activities:filings", **sought):
        client, of = signed_in(who), [] if page == "activities:own-filings" else [autumn.campaign.pk]
        return [row.unit for row in client.get(reverse(page, args=of), sought).context["shown"].page]

    assert found(autumn.staff) == ["Health bureau", "Water bureau"]
    number = f"2015-{receipts[autumn.health].pk:06}"
    for sought in ({"q": "卫 生"}, {"unit": autumn.health.pk}, {"q": number}):
        assert found(autumn.staff, **sought) == ["Health bureau"], sought
        assert found(autumn.liaison, **sought) == [] == found(autumn.liaison, "activities:own-filings", **sought) or (
            "unit" in sought  # a unit that is not theirs means nothing to them, and is left out
        )
    assert found(autumn.liaison) == found(autumn.liaison, "activities:own-filings") == ["Water bureau"]
    assert (found(autumn.staff, kind="plan"), found(autumn.stranger, "activities:own-filings")) == ([], [])


def test_a_unit_finds_what_it_filed_in_other_years_each_with_its_receipt_number(autumn):
    autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    old = Assignment.objects.get(unit=autumn.water, kind=Kind.SUMMARY)
    Campaign.objects.filter(pk=autumn.district_campaign.pk).update(year=2014)
    Assignment.objects.filter(pk=old.pk).update(
        campaign=autumn.district_campaign, state="accepted", submitted_at=old.due_at
    )
    shown = signed_in(autumn.head).get("/filed/").context["shown"]
    assert [row.number[:5] for row in shown.page] == ["2014-", "2015-"]
    campaigns = next(offers for facet, offers in shown.found.facets() if facet.name == "campaign")
    assert [offer.number for offer in campaigns] == [1, 1]
    only = signed_in(autumn.head).get("/filed/", {"campaign": autumn.district_campaign.pk}).context["shown"]
    assert [row.pk for row in only.page] == [old.pk]


def test_a_plain_row_names_who_filed_as_the_model_does(autumn):
    receipt = autumn.owed(autumn.water, Kind.RECEIPT)
    receipt.submit(by=autumn.staff, filed_for="An Liang", filed_note="by telephone")
    (row,) = Assignment.objects.filter(pk=receipt.pk).listed()
    assert isinstance(row, Listed)
    with translation.override("zh-hans"):
        assert row.filed_by == autumn.owed(autumn.water, Kind.RECEIPT).filed_by == "staff，代An Liang填报"


@pytest.mark.parametrize(("oldest", "seen"), [(5, True), (9, False)])
def test_what_somebody_was_still_writing_when_a_list_was_made_is_in_it_within_seconds(
    autumn, monkeypatch, oldest, seen
):
    monkeypatch.setattr(FOLLOWED, "marked", lambda: Mark(9999, 9999, oldest, 9))
    forget_all()
    autumn_list = lambda: before_office(autumn.staff, autumn.campaign, runs=True).sheet  # noqa: E731 -- of this test only
    count_of = lambda: autumn_list().having("state", "waived").bit_count()  # noqa: E731 -- of this test only
    assert count_of() == 0
    autumn.campaign.assignments.update(state="waived")  # their lines are further back than is read again
    assert count_of() == 0
    FOLLOWED.sheets[autumn.campaign.pk].made_at -= SOON + 1
    assert bool(count_of()) is seen
    forget_all()


def test_a_remark_that_changes_nothing_in_the_list_costs_no_new_one(autumn):
    forget_all()
    plan = autumn.owed(autumn.water, Kind.PLAN)
    sheets = []
    for step in (
        lambda: None,
        lambda: plan.remark("Seen", by=autumn.staff),
        lambda: plan.waive(by=autumn.staff, reason="x"),
    ):
        step()
        sheets.append(before_office(autumn.staff, autumn.campaign, runs=True).sheet)
    assert (sheets[0] is sheets[1], sheets[1] is sheets[2]) == (True, False)
    assert sheets[2].having("state", "waived").bit_count() == 1


def test_which_photos_somebody_should_look_at_is_kept_for_that_person_alone(autumn, monkeypatch):
    kept = {}
    monkeypatch.setattr(source, "held", lambda name, compute: kept.setdefault(name, compute()))
    likenesses = SimpleNamespace(objects=SimpleNamespace(to_look_at=lambda user: [user.pk]))
    monkeypatch.setattr(source, "Likeness", likenesses)
    for person in (autumn.staff, autumn.signer):
        assert before_office(person, autumn.campaign, runs=True).alike() == {person.pk}
