"""Reports in numbers as Excel: what is filled in is one report, and never counted twice."""

from django.urls import reverse
from django.utils import timezone

from activities.models import Assignment, Entry
from activities.states import Kind
from tests.cast import Cast, activity, issued, signed_in
from tests.excel import Grid, edited, fetched, handed_in, newest, row_of, written, wrong


def owed(cast: Cast) -> Assignment:
    """A hundred posters of the water bureau."""
    task = activity(cast.campaign, "Posters", [cast.water])
    asked = task.deliverables.create(order=1, title="Put up", target=100)
    row: Assignment = cast.notice.assignments.create(
        campaign=cast.campaign, unit=cast.water, kind=Kind.DELIVERABLE, activity=task, deliverable=asked,
        due_at=timezone.now(),
    )  # fmt: skip
    return row


def test_a_unit_reports_and_the_office_for_it(cast: Cast) -> None:
    issued(cast)
    row, address = owed(cast), reverse("activities:figures-excel", args=[cast.campaign.pk])
    own = signed_in(cast.liaison)

    def forty(grid: Grid) -> None:
        row_of(grid, "Put up")[6:8] = ["４０", "2015年8月31日"]

    edited(own, address)
    assert (newest().report["unchanged"], newest().report["changed"]) == (1, 0)
    sheets = fetched(own, address)
    forty(sheets["Reports in numbers"])
    handed_in(own, address, sheets)
    assert wrong() == {}
    written(own)
    assert [(each.count, each.on.isoformat(), each.by) for each in row.entries.all()] == [
        (40, "2015-08-31", cast.liaison)
    ]
    handed_in(own, address, sheets)
    assert "came in already" in wrong()[2, "How many more"][1]
    assert fetched(own, address)["Reports in numbers"][1][5] == 40

    def much(grid: Grid) -> None:
        row_of(grid, "Put up")[6] = "5000"

    office = signed_in(cast.staff)
    edited(office, address, much)
    assert wrong()[2, "How many more"] == ("5000", "Really 5,000? The target is 100.")

    def sure(grid: Grid) -> None:
        much(grid)
        row_of(grid, "Put up")[11] = "yes"

    edited(office, address, sure)
    written(office)
    assert Entry.objects.get(count=5000).filed_for == "Water bureau"
    row.refresh_from_db()
    assert row.is_filed
    assert len(fetched(signed_in(cast.neighbour), address)["Reports in numbers"]) == 1
