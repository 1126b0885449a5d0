"""Activities and tasks out as Excel and in again."""

from datetime import date

import pytest
from django.urls import reverse

from activities.models import Activity, Part
from activities.programme.sheet import Activities
from tests.cast import Cast, issued, signed_in, text
from tests.excel import Grid, edited, newest, row_of, written, wrong
from workflow.sheets.declared import Line


def address(cast: Cast) -> str:
    return reverse("activities:activities-excel", args=[cast.campaign.pk])


def test_out_and_in_and_what_changes(cast: Cast) -> None:
    """Days in any way people write them, units and groups by name; what is asked in numbers stays."""
    client, row = signed_in(cast.staff), cast.campaign.activities.get(title="Clinic on the square")
    row.deliverables.create(order=1, title="Posters", target=100)
    edited(client, address(cast))
    assert (newest().report["unchanged"], newest().report["wrong_number"]) == (2, 0)

    def edit(grid: Grid) -> None:
        clinic = row_of(grid, "Clinic on the square")
        clinic[4], clinic[9], clinic[11] = "Health bureau、member units", "2015.9.20", "Ｓｑｕａｒｅ"
        grid.append(["", "7", "Posters in every street", "2015年9月30日", "Water bureau", *[""] * 8, "x"])

    edited(client, address(cast), edit)
    assert newest().report["wrong"] == []
    assert "It is written." in text(written(client))
    row.refresh_from_db()
    made = Activity.objects.get(title="Posters in every street")
    assert (row.starts_on, row.ends_on, row.deliverables.get().target) == (date(2015, 9, 20), date(2015, 9, 20), 100)
    assert [str(each) for each in row.with_part(Part.LEAD)] == ["Health bureau", "Member units"]
    assert (made.due_on, made.number, [str(each) for each in made.leads]) == (date(2015, 9, 30), "7", ["Water bureau"])


def test_what_is_wrong_stands_by_row_and_column(cast: Cast) -> None:
    def edit(grid: Grid) -> None:
        grid.append(["", "8", "No year", "9/20", "Water bureau", *[""] * 9])
        grid.append(["", "9", "Nobody", "2015-09-20", "Ministry of silly walks", *[""] * 9])
        grid.append(["", "10", "Nobody at all", "20150231", *[""] * 10])

    edited(signed_in(cast.staff), address(cast), edit)
    found = wrong()
    assert found[4, "to be done by"] == ("9/20", "Of which year? Write the day in full, for example 2015-09-20.")
    assert found[6, "to be done by"] == ("20150231", "There is no such day.")
    assert found[5, "responsible units"][0] == "Ministry of silly walks"
    assert not Activity.objects.filter(title="Nobody").exists()


def test_of_what_units_owe_the_day_alone_changes(cast: Cast) -> None:
    issued(cast)
    client, row = signed_in(cast.staff), cast.campaign.activities.get(title="Clinic on the square")
    edited(client, address(cast), lambda grid: row_of(grid, row.title).__setitem__(2, "Another title"))
    assert wrong() == {(3, ""): ("Another title", "Units owe this task already: only its days can be changed.")}
    edited(client, address(cast), lambda grid: row_of(grid, row.title).__setitem__(3, "9999-12-31"))
    assert [why for _cell, why in wrong().values()] == ["Choose a day from 2000 to 2100."]
    edited(client, address(cast), lambda grid: row_of(grid, row.title).__setitem__(3, "2015-10-10"))
    written(client)
    row.refresh_from_db()
    assert row.due_on == date(2015, 10, 10)


def test_what_a_colleague_changes_while_a_file_is_written_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the comparison and the row: a cell the file does not touch is not written back; nor is its spacing."""
    client, row = signed_in(cast.staff), cast.campaign.activities.get(title="Clinic on the square")
    write = Activities.write
    Activity.objects.filter(pk=row.pk).update(due_on=date(2015, 9, 20))
    edited(client, address(cast), lambda grid: row_of(grid, row.title).__setitem__(11, "Town hall"))

    def late(sheet: Activities, line: Line) -> None:
        Activity.objects.filter(pk=row.pk).update(description="By a  colleague\n\nof ours", remark="Theirs")
        row.participations.create(unit=cast.district, part=Part.ASSIST)
        write(sheet, line)

    monkeypatch.setattr(Activities, "write", late)
    written(client)
    row.refresh_from_db()
    assert (row.place, row.description, row.remark) == ("Town hall", "By a  colleague\n\nof ours", "Theirs")
    assert cast.district in row.with_part(Part.ASSIST)
