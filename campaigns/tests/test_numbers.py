"""Document numbers: never one twice, no gap unexplained, and a register that can be read."""

from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from activities.asking import checks, issue
from campaigns import way
from campaigns.models import DocumentNumber, Notice, NumberSeries
from campaigns.models.number import begin_series
from tests.cast import at_once, issued, make_cast, notice, postgresql, said, signed_in, text
from tests.pages import press
from workflow.models import MoveRefused

CODE = ("深质强", 2015)


def give(by=None):
    return DocumentNumber.objects.give(*CODE, by=by).seq


def take(seq, reason="A letter"):
    return DocumentNumber.objects.take(*CODE, seq, by=None, reason=reason)


def series():
    return NumberSeries.objects.get(org_code=CODE[0], year=CODE[1])


# --- giving ------------------------------------------------------------------------------------------------


def test_numbers_follow_one_another_in_each_code_and_year(db):
    other = DocumentNumber.objects.give("深质强", 2016, by=None).seq
    assert ([give(), give(), give()], other, series().gaps()) == ([1, 2, 3], 1, [])


def test_a_number_used_by_hand_is_jumped_over(db):
    give()
    series_before = series().last
    DocumentNumber.objects.create(org_code=CODE[0], year=CODE[1], seq=2, reason="By hand")
    assert (series_before, give(), series().gaps()) == (1, 3, [])


def test_a_number_chosen_by_a_person_moves_the_register_on_and_leaves_a_gap_that_is_named(db):
    give()
    take(5)
    assert (give(), series().gaps()) == (6, [2, 3, 4])
    take(3)
    assert series().gaps() == [2, 4]


def test_a_slip_of_the_finger_is_no_number_of_a_register_that_has_begun(cast):
    give()
    with translation.override("en"), pytest.raises(MoveRefused, match="203 is more than 200 above the next number, 2"):
        take(203)
    Notice.objects.filter(pk=cast.notice.pk).update(number_wanted=203)
    with translation.override("en"):
        found = [(each.code, each.blocks) for each in checks.findings(Notice.objects.get(pk=cast.notice.pk))]
    assert (found, series().gaps()) == ([("number", True)], [])
    take(202)
    assert (give(), len(series().gaps())) == (203, 200)


def test_a_used_number_is_refused_and_the_database_refuses_it_as_well(db):
    take(5)
    with translation.override("en"), pytest.raises(MoveRefused, match="深质强〔2015〕5号 has been used already"):
        take(5)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentNumber.objects.create(org_code=CODE[0], year=CODE[1], seq=5)


def test_what_is_announced_is_what_is_given(db):
    announced = []
    for seq in (3, 4, 9):
        DocumentNumber.objects.create(org_code=CODE[0], year=CODE[1], seq=seq)
    for _number in range(5):
        announced.append(DocumentNumber.objects.coming(*CODE))
        assert give() == announced[-1]
    assert announced == [1, 2, 5, 6, 7]


def test_a_signature_that_fails_gives_its_number_back(cast):
    way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    Notice.objects.filter(pk=cast.notice.pk).update(number_wanted=None)
    cast.notice.refresh_from_db()

    class Broken(Exception):
        pass

    with pytest.raises(Broken), transaction.atomic():
        way.sign(cast.notice, by=cast.signer)
        raise Broken
    assert (DocumentNumber.objects.count(), DocumentNumber.objects.coming(*CODE)) == (0, 1)


def test_the_first_number_of_all_begins_the_register_whoever_chose_it(db):
    take(17)
    assert (give(), series().gaps(), series().first) == (18, [], 17)


# --- a register that goes on from paper ----------------------------------------------------------------------


def test_a_register_begins_at_a_number_and_those_before_are_no_gaps(cast):
    begin_series(cast.office, *CODE, 17)
    assert (give(), give(), series().gaps()) == (17, 18, [])


def test_a_register_cannot_begin_at_a_used_number_nor_be_taken_from_another_office(cast):
    begin_series(cast.office, *CODE, 17)
    give()
    with translation.override("en"):
        with pytest.raises(MoveRefused, match="17号 has been used already"):
            begin_series(cast.office, *CODE, 17)
        with pytest.raises(MoveRefused, match="kept by another office"):
            begin_series(cast.district, *CODE, 30)


def test_numbers_skipped_by_going_on_higher_are_gaps(cast):
    begin_series(cast.office, *CODE, 17)
    give()
    begin_series(cast.office, *CODE, 20)
    assert (give(), series().gaps()) == (20, [18, 19])


# --- whose register ----------------------------------------------------------------------------------------


def test_nobody_signs_out_of_another_office_s_register(cast):
    begin_series(cast.office, *CODE, 17)
    Notice.objects.filter(pk=cast.district_notice.pk).update(org_code=CODE[0], number_wanted=None)
    row = Notice.objects.get(pk=cast.district_notice.pk)
    way.approve(row, author=cast.district_staff, reviewer=cast.district_signer)
    with translation.override("en"):
        assert [(each.text, each.blocks) for each in checks.findings(row)] == [
            ("深质强〔2015〕 is kept by another office.", True)
        ]
        with pytest.raises(MoveRefused, match="kept by another office"):
            way.sign(row, by=cast.district_signer)
    assert (row.state, DocumentNumber.objects.count(), series().owner) == ("reviewed", 0, cast.office)


@pytest.mark.parametrize(("typed", "kept"), [("0", 1), ("99999", 99_999), ("100000", 1), ("9" * 30, 1), ("-3", 1)])
def test_a_number_nobody_gives_is_refused_beside_its_field(cast, typed, kept):
    address = reverse("campaigns:editor", args=[cast.notice.pk])
    answer = press(signed_in(cast.staff), address, "Save", number_wanted=typed, title="New")
    cast.notice.refresh_from_db()
    assert (cast.notice.number_wanted, cast.notice.title) == (kept, "New")
    wrong = answer.context["form"].errors if answer.status_code == 422 else {}
    assert list(wrong) == ([] if kept == int(typed) else ["number_wanted"])


# --- the pages ---------------------------------------------------------------------------------------------


def page(who, **more):
    return signed_in(who).get(reverse("campaigns:series", args=[series().pk]), more)


def test_the_register_shows_each_number_with_its_notice_or_its_reason(autumn):
    take(2, "A letter to the province")
    shown = text(page(autumn.staff))
    expected = ["Notice of City month", "A letter to the province", "The next number is 3."]
    assert [words for words in expected if words not in shown] == []


def test_a_number_of_a_withdrawn_notice_carries_the_reason(cast):
    way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    issue.sign(cast.notice, by=cast.signer)
    issue.withdraw(cast.notice, by=cast.signer, reason="Written twice")
    shown = text(page(cast.staff))
    assert ("Written twice" in shown, "Withdrawn" in shown, series().gaps()) == (True, True, [])


def test_a_number_of_another_office_tells_nothing_of_its_notice(autumn):
    """Before registers had owners two offices could number under one code."""
    way.approve(autumn.district_notice, author=autumn.district_staff, reviewer=autumn.district_signer)
    issue.sign(autumn.district_notice, by=autumn.district_signer)
    DocumentNumber.objects.filter(notice=autumn.district_notice).update(org_code=CODE[0])
    shown = text(page(autumn.staff))
    assert ("a notice of another office" in shown, "Notice of District month" in shown) == (True, False)


def test_gaps_are_named_in_spans_and_explained_by_a_form(autumn):
    take(9)
    assert "7 numbers are not explained" in text(page(autumn.staff))
    assert "2–8" in text(page(autumn.staff))
    client, address = signed_in(autumn.staff), reverse("campaigns:series", args=[series().pk])
    done = press(client, address, seq=2, until=7, reason="Letters on paper")
    assert (said(done), series().gaps()) == (["It is recorded."], [8])
    again = press(client, address, seq=7, until=8, reason="More letters")
    assert (again.status_code, series().gaps()) == (422, [8])
    assert "More letters" in text(again)


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"seq": "", "reason": "x"}, ["seq"]),
        ({"seq": 0, "reason": "x"}, ["seq"]),
        ({"seq": 5, "until": 3, "reason": "x"}, ["until"]),
        ({"seq": 5, "until": 900, "reason": "x"}, ["until"]),
        ({"seq": 5, "reason": ""}, ["reason"]),
        ({"seq": 1, "reason": "x"}, ["seq"]),
    ],
)
def test_a_wrong_explanation_is_told_beside_its_field(autumn, sent, wrong):
    before = DocumentNumber.objects.count()
    response = press(signed_in(autumn.staff), reverse("campaigns:series", args=[series().pk]), **sent)
    assert (response.status_code, list(response.context["form"].errors)) == (422, wrong)
    assert DocumentNumber.objects.count() == before


def test_an_office_begins_its_register_on_the_page(cast):
    typed = {"org_code": "深质强", "year": 2015, "first": 17}
    response = press(signed_in(cast.staff), reverse("campaigns:numbers"), **typed)
    assert (said(response), give()) == (["The next number will be 17."], 17)
    owner = {"owner": cast.office.pk}
    foreign = press(signed_in(cast.district_staff), reverse("campaigns:numbers"), **typed, forged=owner)
    assert (foreign.status_code, list(foreign.context["form"].errors)) == (422, ["owner"])


def test_each_office_sees_its_own_registers(autumn):
    begin_series(autumn.district, "区质强", 2015, 1)
    found = {
        who: [str(row) for row in signed_in(autumn.people()[who]).get(reverse("campaigns:numbers")).context["page"]]
        for who in ("staff", "leader", "district_signer")
    }
    city, district = ["深质强〔2015〕"], ["区质强〔2015〕"]
    assert found == {"staff": city, "leader": city, "district_signer": district}


@pytest.mark.parametrize("rows", [1, 50])
def test_the_register_takes_the_same_queries_for_any_number_of_rows(db, rows, django_assert_num_queries):
    cast = issued()
    for number in range(1, rows):
        row = notice(cast.campaign, 50 + number, [cast.water])
        Notice.objects.filter(pk=row.pk).update(document_number=take(50 + number, ""))
    client, address = signed_in(cast.staff), reverse("campaigns:series", args=[series().pk])
    client.get(address)
    with django_assert_num_queries(11):
        client.get(address)


# --- many at the same moment ---------------------------------------------------------------------------------


@postgresql
@pytest.mark.django_db(transaction=True)
def test_of_200_signatures_by_four_signers_at_once_each_has_a_number_of_its_own_and_none_is_missing():
    cast = make_cast()
    rows = [notice(cast.campaign, 1, [cast.water]) for _number in range(200)]
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(number_wanted=None, state="reviewed")
    shares = iter([rows[start::4] for start in range(4)])

    def sign(together):
        share = next(shares)
        together()
        return [sign_one(row.pk, cast.signer) for row in share]

    with mock.patch("workflow.queue.ask"):
        ends = at_once(sign, threads=4)
    numbers = [number for end in ends for number in end]
    assert sorted(numbers) == list(range(1, 201))
    assert (series().gaps(), series().last, DocumentNumber.objects.count()) == ([], 200, 200)


def sign_one(pk, signer):
    """One signature, freshly read as by a request of its own."""
    row = Notice.objects.select_related("campaign__host").get(pk=pk)
    way.sign(row, by=signer)
    return row.document_number.seq
