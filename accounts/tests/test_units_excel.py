"""The register of units out as Excel and in again: what changes, what is wrong, who may."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Unit, UnitGroup
from tests.cast import Cast, signed_in, text, unit
from tests.pages import forge, press
from workflow.models import SheetImport

ADDRESS = reverse("accounts:units-excel")
Grid = list[list[Any]]


@pytest.fixture
def office(cast: Cast) -> Cast:
    """The city's office with some units to write: a formula as a name, two names in a cell."""
    unit("=1+1", kept_by=cast.office, full_name="+86 cmd", aliases=["@one", "two"])
    return cast


def fetched(client: Client, what: str = "list") -> dict[str, Grid]:
    """The file as it goes out, its sheets as grids."""
    answer = client.get(ADDRESS, {"file": what})
    assert answer["Content-Disposition"].startswith("attachment")
    book = python_calamine.load_workbook(io.BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def made(sheets: dict[str, Grid]) -> SimpleUploadedFile:
    """The same file as a program saves it after somebody typed into it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False})
    for name, grid in sheets.items():
        page = book.add_worksheet(name)
        if name.startswith("_"):
            page.hide()
        for number, row in enumerate(grid):
            for at, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(number, at, value)
                elif value != "":
                    page.write(number, at, value)
    book.close()
    return SimpleUploadedFile("units.xlsx", file.getvalue())


def handed_in(client: Client, sheets: dict[str, Grid]) -> Any:
    return press(client, ADDRESS, file=made(sheets))


def edited(client: Client, edit: Callable[[Grid], None]) -> Any:
    """The answer to the file as somebody changed its list."""
    sheets = fetched(client)
    edit(sheets["Units"])
    return handed_in(client, sheets)


def row_of(grid: Grid, name: str) -> list[Any]:
    return next(row for row in grid if row[1] == name)


def report() -> dict[str, Any]:
    return dict(SheetImport.objects.latest("pk").report)


def everything() -> list[Any]:
    return list(Unit.objects.order_by("pk").values()) + list(UnitGroup.units.through.objects.order_by("pk").values())


def test_out_and_in_nothing_changes(office: Cast) -> None:
    """Also with a name that looks like a formula: it is text in the file and comes back as it was."""
    client, before = signed_in(office.staff), everything()
    page = handed_in(client, fetched(client))
    found = report()
    assert (found["rows"], found["new"], found["changed"], found["wrong_number"]) == (4, 0, 0, 0)
    assert "nothing is to be written" in text(page)
    assert everything() == before


def test_what_is_new_and_what_changes_is_shown_and_then_written_whole(office: Cast) -> None:
    def edit(grid: Grid) -> None:
        row_of(grid, "Water bureau")[1:3] = ["Water authority", "City water authority"]
        row_of(grid, "Health bureau")[8] = ""
        grid.append(["", "Sewers", "", "", "Department", "", "Water authority", "", "member units"])
        grid.append([row_of(grid, "=1+1")[0], "Copied row", "", "", "Media", "", "", "", ""])

    client, before = signed_in(office.staff), everything()
    page = edited(client, edit)
    assert (everything(), report()["new"], report()["changed"]) == (before, 2, 2)
    assert "<del>Water bureau</del> → <ins>Water authority</ins>" in text(page)
    done = press(client, SheetImport.objects.latest("pk").get_absolute_url(), "Write all of it")
    assert "It is written." in text(done)
    water, sewers = Unit.objects.get(name="Water authority"), Unit.objects.get(name="Sewers")
    assert (water.full_name, water.aliases) == ("City water authority", ["Water bureau"])
    assert (sewers.parent, sewers.kept_by, list(sewers.in_groups.all())) == (
        water, office.office, [UnitGroup.objects.get(owner=office.office)],
    )  # fmt: skip
    assert Unit.objects.filter(name="Copied row", kind="media").exists()
    assert not office.health.in_groups.filter(owner=office.office).exists()
    assert SheetImport.objects.latest("pk").table == {}  # what was handed in is not kept
    assert edited(client, lambda grid: None) and report()["changed"] == 0


def test_one_wrong_cell_and_nothing_is_written(office: Cast) -> None:
    """Each error stands by row and column beside the text of its cell, those of the form of the page among them."""

    def edit(grid: Grid) -> None:
        row_of(grid, "Water bureau")[4] = "Ministry"
        row_of(grid, "Health bureau")[1] = "District office"
        row_of(grid, "=1+1")[7] = "minus one"
        grid.append(["", "New one", "", "", "", "", "Nobody", "", "No such group"])
        grid.append(["99999", "Gone", "", "", "Media", "", "", "", ""])

    client, before = signed_in(office.staff), everything()
    page = text(edited(client, edit))
    number = {row[1]: at for at, row in enumerate(fetched(client)["Units"], 1)}
    found = {(row, label): (cell, said) for row, label, _letter, cell, said in report()["wrong"]}
    assert found[number["Water bureau"], "Kind"][0] == "Ministry"
    assert found[number["=1+1"], "place in lists"][0] == "minus one"
    assert found[6, "Kind"] == ("", "This cell is needed.")
    assert found[6, "Groups"] == ("No such group", "Your office has no group called “No such group”.")
    assert "no longer there" in found[7, ""][1]
    assert "Write all of it" not in page and 'class="cell-of">Ministry<' in page
    assert found[number["Health bureau"], "Short name"] == (
        "District office", "There is a unit called “District office” already.",
    )  # fmt: skip
    answer = forge(client, SheetImport.objects.latest("pk").get_absolute_url(), {"seen": report()["mark"]}, follow=True)
    assert "cannot be written" in text(answer)
    assert everything() == before


def test_what_somebody_else_changed_meanwhile(office: Cast) -> None:
    """A cell nobody touched in the file stays as it is here; one that both changed is asked for."""
    client = signed_in(office.staff)
    sheets = fetched(client)
    Unit.objects.filter(pk=office.water.pk).update(full_name="By somebody else", order=77)
    row_of(sheets["Units"], "Water bureau")[2] = "By the file"
    handed_in(client, sheets)
    address, found = SheetImport.objects.latest("pk").get_absolute_url(), report()
    assert [(each[2], each[3]) for each in found["clashes"]] == [("By somebody else", "By the file")]
    assert [each[2] for each in found["kept"]] == ["77"]
    press(client, address, "Write all of it", over=[found["clashes"][0][4]])
    office.water.refresh_from_db()
    assert (office.water.full_name, office.water.order) == ("By the file", 77)


def test_what_changed_since_it_was_looked_at_is_looked_at_again(office: Cast) -> None:
    client = signed_in(office.staff)
    edited(client, lambda grid: row_of(grid, "Water bureau").__setitem__(2, "By the file"))
    Unit.objects.filter(pk=office.water.pk).update(full_name="At the last moment")
    address = SheetImport.objects.latest("pk").get_absolute_url()
    assert "look through it once more" in text(press(client, address, "Write all of it"))
    office.water.refresh_from_db()
    assert (office.water.full_name, SheetImport.objects.latest("pk").is_written) == ("At the last moment", False)


def test_another_template_and_no_template(office: Cast) -> None:
    """The people's file, one of an older version, a list of one's own with other columns, a paste, nothing."""
    client = signed_in(office.staff)
    sheets = fetched(client)
    for at, value, said in ((1, "people", "template of another list"), (2, "0", "of another version")):
        marks = [list(row) for row in sheets["_quality_month"]]
        marks[0][at] = value
        assert said in text(handed_in(client, sheets | {"_quality_month": marks}))
    own = {
        "Sheet1": [["Register", ""], ["Kind", "Short name", "Room"], ["Media", "Water bureau", "7"], ["", "Daily", ""]]
    }
    handed_in(client, own)
    found = report()
    assert (found["changed"], [each[0] for each in found["wrong"]], found["is_ours"]) == (1, [4], False)
    assert "Room" in found["notes"][0]
    press(client, ADDRESS, pasted="Short name\tKind\nDaily\tmedia")
    assert (report()["new"], report()["lines"][0]["name"]) == (1, "Daily")
    for broken in ({"pasted": "no table"}, {}):
        assert press(client, ADDRESS, **broken).status_code == 422


def test_only_units_one_looks_after(office: Cast) -> None:
    """The district's street stands in no file of the city; its name in one is refused as on the page."""
    client = signed_in(office.staff)
    assert not any(row[1] == "Street" for row in fetched(client)["Units"])
    edited(
        client, lambda grid: grid.append([office.street.pk, "Street", "Renamed", "", "Town or street", "", "", "", ""])
    )
    assert report()["wrong_number"] == 1
    assert fetched(client, "blank")["Units"][1:] == []
    other = signed_in(office.signer)
    assert other.get(SheetImport.objects.latest("pk").get_absolute_url()).status_code == 404
