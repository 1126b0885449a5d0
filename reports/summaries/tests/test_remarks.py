"""Remarks on passages: made by who judges, read by the unit in their place once it was returned."""

import pytest
from django.urls import reverse

from activities.states import Kind
from reports.models import PassageRemark, Summary
from tests.cast import filed_summary, said, signed_in, text
from tests.pages import forge, opened, press

WORDS = "Which ten people were these?"


class Desk:
    """The office and the unit at the summary of the water bureau."""

    def __init__(self, cast):
        self.cast = cast
        filed_summary(self.row, cast.liaison, 1, 2, overview="Ten people", practice="A tour", effect="Good")
        self.office, self.unit = signed_in(cast.staff), signed_in(cast.liaison)

    @property
    def row(self):
        return self.cast.owed(self.cast.water, Kind.SUMMARY)

    @property
    def address(self):
        return self.row.get_absolute_url()

    def remark(self, client=None, key="overview", **values):
        return press(client or self.office, self.address, "Keep the remark", form=f"form:has([value={key}])",
                     **{"text": WORDS} | values)  # fmt: skip

    def shown(self, client):
        return text(client.get(self.address))

    def send_back(self):
        return press(self.office, self.address, "Return with the remarks")


@pytest.fixture
def desk(autumn):
    return Desk(autumn)


def test_the_unit_reads_a_remark_beside_its_section_once_it_is_returned(desk):
    assert said(desk.remark(quote="Ten")) == ["Kept. The unit reads it when you return the summary."]
    assert (WORDS in desk.shown(desk.office), WORDS in desk.shown(desk.unit)) == (True, False)
    desk.send_back()
    assert (desk.row.state, desk.row.return_reason) == (
        "returned", "Please correct it by the remarks (1) beside the sections.",
    )  # fmt: skip
    page = desk.unit.get(desk.address).content.decode()
    section = page[page.index('id="section-overview"') : page.index('id="section-practice"')]
    assert (WORDS in section, "<q>Ten</q>" in section, "not changed since" in section) == (True, True, True)


def test_who_judges_the_next_version_sees_what_became_of_each_remark(desk):
    desk.remark()
    desk.remark(key="practice", text="When?")
    desk.send_back()
    press(desk.unit, desk.address, "action=submit", overview="Ten people of the works")
    page = desk.shown(desk.office)
    assert page.count("on version 1") == 2
    assert ("· changed since" in page.replace("<strong>", ""), page.count("not changed since")) == (True, 1)
    assert "What changed since version 1" in page


def test_a_remark_can_be_taken_back_until_the_unit_has_read_it(desk):
    desk.remark()
    page = opened(desk.office, desk.address)
    press(desk.office, page, "Take the remark back")
    assert PassageRemark.objects.count() == 0
    desk.remark()
    page = opened(desk.office, desk.address)
    desk.send_back()
    assert said(press(desk.office, page, "Take the remark back")) == ["The unit has read this remark already."]
    assert PassageRemark.objects.count() == 1


def test_without_words_or_with_too_many_nothing_is_kept(desk):
    response = desk.remark(text=" ")
    assert (len(said(response)), PassageRemark.objects.count()) == (1, 0)
    desk.remark(text="长" * 501)
    assert PassageRemark.objects.count() == 0


def test_only_what_is_filed_is_remarked_on_and_only_in_sections_there_are(desk):
    address = reverse("reports:remark", args=[desk.row.pk])
    forge(desk.office, address, {"key": "nonsense", "text": "x"})
    desk.row.send_back(by=desk.cast.staff, reason="Again")
    forge(desk.office, address, {"key": "overview", "text": "x"})
    assert PassageRemark.objects.count() == 0


def test_a_leader_and_other_units_read_no_remarks(desk):
    desk.remark()
    desk.send_back()
    assert WORDS not in desk.shown(signed_in(desk.cast.leader))
    assert signed_in(desk.cast.neighbour).get(desk.address).status_code == 404


def test_what_it_said_stays_with_the_version_it_was_said_of(desk):
    desk.remark()
    assert Summary.objects.get().remarks.get().by == desk.cast.staff
