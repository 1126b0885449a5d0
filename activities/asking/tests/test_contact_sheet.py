"""Whom to call: one page with every unit's liaison officers, for the office."""

import pytest
from django.urls import reverse

from activities.models import Assignment, LiaisonOfficer, LiaisonRegistration
from activities.states import Kind
from tests.cast import filed_registration, issued, make_cast, signed_in, unit
from tests.pages import opened


def sheet(cast, user=None):
    """The rows of the sheet as a person reads them, the unit first."""
    page = opened(signed_in(user or cast.staff), reverse("activities:contacts", args=[cast.campaign.pk]))
    return [" ".join(part.get_text(" ").split()) for part in page.html.select(".contacts tbody")]


def test_units_stand_in_the_order_of_the_register_with_names_and_numbers(autumn):
    filed_registration(autumn.owed(autumn.health, Kind.LIAISON), autumn.neighbour, "Xu Kang", "Bai Min")
    LiaisonOfficer.objects.filter(name="Bai Min").update(phone="0755-8300 0000", email="bai@example.com")
    assert sheet(autumn) == [
        "1 Water bureau Not named yet",
        "2 Health bureau Xu Kang Office 138 0000 0002 Bai Min Office 138 0000 0002 0755-8300 0000 bai@example.com",
        "3 District office Not named yet",
    ]


def test_a_correction_replaces_and_what_was_taken_back_goes(autumn):
    row = autumn.owed(autumn.water, Kind.LIAISON)
    filed_registration(row, autumn.liaison, "Old Name")
    row.refresh_from_db()
    row.withdraw(by=autumn.liaison)
    assert sheet(autumn)[0] == "1 Water bureau Not named yet"
    filed_registration(autumn.owed(autumn.water, Kind.LIAISON), autumn.liaison, "New Name")
    assert sheet(autumn)[0] == "1 Water bureau New Name Office 138 0000 0002"


def test_a_draft_is_not_shown_and_what_does_not_apply_is_no_gap(autumn):
    draft = LiaisonRegistration.draft(autumn.owed(autumn.health, Kind.LIAISON))
    draft.save_draft(by=autumn.neighbour, seen=draft.revision)
    LiaisonOfficer.objects.create(registration=draft, name="Xu Kang", department="Office", mobile="138 0000 0002")
    autumn.owed(autumn.district, Kind.LIAISON).waive(by=autumn.staff, reason="The office itself")
    assert sheet(autumn)[1:] == ["2 Health bureau Not named yet", "3 District office Does not apply"]


def test_before_the_notice_is_issued_the_page_says_what_will_appear(cast):
    page = opened(signed_in(cast.staff), reverse("activities:contacts", args=[cast.campaign.pk]))
    assert "as soon as the notice is issued" in page.html.main.get_text()


@pytest.mark.parametrize("where", ["campaigns:campaign", "activities:receipts"])
def test_the_campaign_and_the_receipts_lead_there(autumn, where):
    about = autumn.notice if where == "activities:receipts" else autumn.campaign
    page = opened(signed_in(autumn.staff), reverse(where, args=[about.pk]))
    assert page.html.select(f'a[href="{reverse("activities:contacts", args=[autumn.campaign.pk])}"]')


@pytest.mark.parametrize("units", [1, 12])
def test_it_costs_the_same_queries_for_any_number_of_units(db, units, django_assert_num_queries):
    cast = make_cast()
    cast.notice.addressees.set([cast.water, *(unit(f"Unit {n}") for n in range(units - 1))])
    cast = issued(cast)
    for row in Assignment.objects.filter(kind=Kind.LIAISON):
        filed_registration(row, cast.staff, "Somebody")
    client, address = signed_in(cast.staff), reverse("activities:contacts", args=[cast.campaign.pk])
    client.get(address)
    with django_assert_num_queries(8):  # one writes that it was seen
        client.get(address)
