"""The figures of summaries as Excel: they are kept in drafts, a unit's by the unit, an office's by the office."""

import pytest
from django.urls import reverse

from activities.states import AssignmentState, Kind
from reports.models import Summary
from tests.cast import Cast, filed_summary, signed_in
from tests.excel import Grid, edited, fetched, newest, row_of, written, wrong
from tests.pages import press

SHEET = "Figures of the summaries"


@pytest.fixture
def address(autumn: Cast) -> str:
    return reverse("reports:summary-figures", args=[autumn.campaign.pk])


def set_first(name: str, value: object):
    """Write into the first figure of a unit."""

    def edit(grid: Grid) -> None:
        row_of(grid, name)[3] = value

    return edit


def kept(cast: Cast, unit=None) -> list[tuple[int, dict[str, int], bool]]:
    """The versions of a summary: number, figures, whether submitted."""
    rows = Summary.objects.filter(assignment=cast.owed(unit or cast.water, Kind.SUMMARY)).order_by("version")
    return [
        (row.version, {each.indicator.name: each.value for each in row.figures.all()}, row.submitted_at is not None)
        for row in rows
    ]


def test_a_unit_fills_in_its_own_figures_and_nothing_is_submitted(autumn: Cast, address: str) -> None:
    own, first = signed_in(autumn.liaison), autumn.campaign.indicators.first()
    assert [row[1] for row in fetched(own, address)[SHEET][1:]] == ["Water bureau"]
    edited(own, address)
    assert (newest().report["unchanged"], newest().report["changed"]) == (1, 0)
    edited(own, address, set_first("Water bureau", "１２０"))
    assert (wrong(), kept(autumn)) == ({}, [])
    assert "It is submitted on the page" in written(own).content.decode()
    assert kept(autumn) == [(1, {first.name: 120}, False)]
    assert autumn.owed(autumn.water, Kind.SUMMARY).state == AssignmentState.OPEN
    page = reverse("reports:summary", args=[autumn.owed(autumn.water, Kind.SUMMARY).pk])
    press(own, page, "action=save", overview="Typed on the page")
    assert row_of(fetched(own, address)[SHEET], "Water bureau")[3] == 120
    edited(own, address, set_first("Water bureau", None))
    written(own)
    assert [row.overview for row in Summary.objects.all()] == ["Typed on the page"]
    assert kept(autumn) == [(1, {}, False)]


def test_what_is_no_number_stands_beside_its_cell_and_nothing_is_written(autumn: Cast, address: str) -> None:
    own, first = signed_in(autumn.liaison), autumn.campaign.indicators.first()
    edited(own, address, set_first("Water bureau", "about a hundred"))
    assert wrong() == {
        (2, first.label): ("about a hundred", "Please write a whole number in figures, for example 120.")
    }
    edited(own, address, set_first("Water bureau", "99999999999"))
    assert list(wrong()) == [(2, first.label)]
    assert kept(autumn) == []


def test_the_office_fills_in_for_units_but_not_over_their_drafts(autumn: Cast, address: str) -> None:
    """It reads what was submitted; the draft of a unit it neither reads nor replaces."""
    office, own, first = signed_in(autumn.staff), signed_in(autumn.liaison), autumn.campaign.indicators.first()
    edited(own, address, set_first("Water bureau", 7))
    written(own)
    assert row_of(fetched(office, address)[SHEET], "Water bureau")[3] == ""
    edited(office, address, set_first("Water bureau", 9))
    assert ["has begun a draft of its own" in why for _cell, why in wrong().values()] == [True]
    edited(office, address, set_first("Health bureau", 9))
    written(office)
    assert (kept(autumn), kept(autumn, autumn.health)) == (
        [(1, {first.name: 7}, False)],
        [(1, {first.name: 9}, False)],
    )
    assert row_of(fetched(office, address)[SHEET], "Health bureau")[3] == 9


def test_what_is_filed_stands_in_the_list_and_is_not_changed_by_it(autumn: Cast, address: str) -> None:
    row = autumn.owed(autumn.water, Kind.SUMMARY)
    filed_summary(row, autumn.liaison, 120, 30, overview="An overview", practice="Done", effect="Much")
    office = signed_in(autumn.staff)
    assert row_of(fetched(office, address)[SHEET], "Water bureau")[3:5] == [120, 30]
    edited(office, address)
    assert newest().report["changed"] == 0
    edited(office, address, set_first("Water bureau", 121))
    assert len(wrong()) == 1
    names = [each.name for each in autumn.campaign.indicators.all()]
    assert kept(autumn) == [(1, dict(zip(names, (120, 30), strict=True)), True)]
