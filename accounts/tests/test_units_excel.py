"""The register of units out as Excel and in again: what changes, what is wrong, who may."""

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Role, Unit, UnitGroup
from accounts.sheets.units import Units
from tests.cast import Cast, signed_in, text, unit
from tests.excel import Grid, edited, fetched, handed_in, newest, row_of, written, wrong
from tests.pages import forge, press
from workflow.models import SheetImport
from workflow.tasks import enter_sheet, forget_sheets

ADDRESS = reverse("accounts:units-excel")


@pytest.fixture
def office(cast: Cast) -> Cast:
    """The city's office with some units to write: a formula as a name, two names in a cell."""
    unit("=1+1", kept_by=cast.office, full_name="+86 cmd", aliases=["@one", "two"])
    return cast


def report() -> dict[str, Any]:
    return dict(newest().report)


def everything() -> list[Any]:
    return list(Unit.objects.order_by("pk").values()) + list(UnitGroup.units.through.objects.order_by("pk").values())


def test_out_and_in_nothing_changes(office: Cast) -> None:
    """Also with a name that looks like a formula: it is text in the file and comes back as it was."""
    client, before = signed_in(office.staff), everything()
    page = handed_in(client, ADDRESS, fetched(client, ADDRESS))
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
    page = edited(client, ADDRESS, edit)
    assert (everything(), report()["new"], report()["changed"]) == (before, 2, 2)
    assert "<del>Water bureau</del> → <ins>Water authority</ins>" in text(page)
    done = written(client)
    assert "It is written." in text(done)
    water, sewers = Unit.objects.get(name="Water authority"), Unit.objects.get(name="Sewers")
    assert (water.full_name, water.aliases) == ("City water authority", ["Water bureau"])
    assert (sewers.parent, sewers.kept_by, list(sewers.in_groups.all())) == (
        water, office.office, [UnitGroup.objects.get(owner=office.office)],
    )  # fmt: skip
    assert Unit.objects.filter(name="Copied row", kind="media").exists()
    assert not office.health.in_groups.filter(owner=office.office).exists()
    assert newest().table == {}  # what was handed in is not kept
    assert edited(client, ADDRESS, lambda grid: None) and report()["changed"] == 0


def test_one_wrong_cell_and_nothing_is_written(office: Cast) -> None:
    """Each error stands by row and column beside the text of its cell, those of the form of the page among them."""

    def edit(grid: Grid) -> None:
        row_of(grid, "Water bureau")[4] = "Ministry"
        row_of(grid, "Health bureau")[1] = "District office"
        row_of(grid, "=1+1")[7] = "minus one"
        grid.append(["", "New one", "", "", "", "", "Nobody", "", "No such group"])
        grid.append(["99999", "Gone", "", "", "Media", "", "", "", ""])

    client, before = signed_in(office.staff), everything()
    page = text(edited(client, ADDRESS, edit))
    number = {row[1]: at for at, row in enumerate(fetched(client, ADDRESS)["Units"], 1)}
    found = wrong()
    assert found[number["Water bureau"], "Kind"][0] == "Ministry"
    assert found[number["=1+1"], "place in lists"][0] == "minus one"
    assert found[6, "Kind"] == ("", "This cell is needed.")
    assert found[6, "Groups"] == ("No such group", "Your office has no group called “No such group”.")
    assert "no longer there" in found[7, ""][1]
    assert "Write all of it" not in page and 'class="cell-of">Ministry<' in page
    assert found[number["Health bureau"], "Short name"] == (
        "District office", "There is a unit called “District office” already.",
    )  # fmt: skip
    answer = forge(client, newest().get_absolute_url(), {"seen": report()["mark"]}, follow=True)
    assert "cannot be written" in text(answer)
    assert everything() == before


def test_what_somebody_else_changed_meanwhile(office: Cast) -> None:
    """A cell nobody touched in the file stays as it is here; one that both changed is asked for."""
    client = signed_in(office.staff)
    sheets = fetched(client, ADDRESS)
    Unit.objects.filter(pk=office.water.pk).update(full_name="By somebody else", order=77)
    row_of(sheets["Units"], "Water bureau")[2] = "By the file"
    handed_in(client, ADDRESS, sheets)
    address, found = newest().get_absolute_url(), report()
    assert [(each[2], each[3]) for each in found["clashes"]] == [("By somebody else", "By the file")]
    assert [each[2] for each in found["kept"]] == ["77"]
    press(client, address, "Write all of it", over=[found["clashes"][0][4]])
    office.water.refresh_from_db()
    assert (office.water.full_name, office.water.order) == ("By the file", 77)


def test_what_changed_since_it_was_looked_at_is_looked_at_again(office: Cast) -> None:
    client = signed_in(office.staff)
    edited(client, ADDRESS, lambda grid: row_of(grid, "Water bureau").__setitem__(2, "By the file"))
    Unit.objects.filter(pk=office.water.pk).update(full_name="At the last moment")
    assert "look through it once more" in text(written(client))
    office.water.refresh_from_db()
    assert (office.water.full_name, newest().is_written) == ("At the last moment", False)


def test_another_template_and_no_template(office: Cast) -> None:
    """The people's file, one of an older version, a list of one's own with other columns, a paste, nothing."""
    client = signed_in(office.staff)
    sheets = fetched(client, ADDRESS)
    for at, value, said in ((1, "people", "template of another list"), (2, "0", "of another version")):
        marks = [list(row) for row in sheets["_quality_month"]]
        marks[0][at] = value
        assert said in text(handed_in(client, ADDRESS, sheets | {"_quality_month": marks}))
    own = {
        "Sheet1": [["Register", ""], ["Kind", "Short name", "Room"], ["Media", "Water bureau", "7"], ["", "Daily", ""]]
    }
    handed_in(client, ADDRESS, own)
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
    assert not any(row[1] == "Street" for row in fetched(client, ADDRESS)["Units"])
    street = [office.street.pk, "Street", "Renamed", "", "Town or street", "", "", "", ""]
    edited(client, ADDRESS, lambda grid: grid.append(street))
    assert report()["wrong_number"] == 1
    assert fetched(client, ADDRESS, file="blank")["Units"][1:] == []
    other = signed_in(office.signer)
    assert other.get(newest().get_absolute_url()).status_code == 404


def test_a_long_file_is_a_job_that_a_worker_looks_at_and_writes(office: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that was written by a worker which was killed before it could say so; and what is old is forgotten."""
    monkeypatch.setattr("workflow.sheets.entering.AT_ONCE", 1)
    monkeypatch.setattr("workflow.sheets.views.AT_ONCE", 1)
    client = signed_in(office.staff)

    def edit(grid: Grid) -> None:
        grid += [["", f"Unit {number}", "", "", "Media", "", "", "", ""] for number in range(3)]

    edited(client, ADDRESS, edit)
    row = newest()
    assert (row.state, row.report, Unit.objects.filter(name="Unit 1").exists()) == ("queued", {}, False)
    assert "looked at" in text(client.get(row.get_absolute_url()))
    enter_sheet(row.pk)
    assert (newest().state, report()["new"], Unit.objects.filter(name="Unit 1").exists()) == ("ready", 3, False)
    written(client)
    assert (newest().state, newest().is_written) == ("queued", False)
    enter_sheet(row.pk)
    assert (newest().is_written, Unit.objects.filter(name__startswith="Unit ").count()) == (True, 3)
    SheetImport.objects.update(state="queued")
    enter_sheet(row.pk)
    assert (newest().state, Unit.objects.filter(name__startswith="Unit ").count()) == ("ready", 3)
    assert "It is written." in text(client.get(row.get_absolute_url()))
    SheetImport.objects.update(at=row.at - timedelta(days=3))
    forget_sheets()
    assert not SheetImport.objects.exists()


def test_a_long_file_with_one_error_is_no_less_a_job(office: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows beside the error are tried by their deeds too; nobody waits for that with the office locked."""
    monkeypatch.setattr("workflow.sheets.entering.AT_ONCE", 1)

    def edit(grid: Grid) -> None:
        row_of(grid, "Water bureau")[4] = "Ministry"
        grid += [["", f"Unit {number}", "", "", "Media", "", "", "", ""] for number in range(3)]

    edited(signed_in(office.staff), ADDRESS, edit)
    assert (newest().state, report()) == ("queued", {})
    enter_sheet(newest().pk)
    assert (newest().state, report()["new"], report()["wrong_number"]) == ("ready", 3, 1)


def test_what_a_colleague_changes_while_a_file_is_written_stays(office: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the comparison and the row: a cell the file does not touch is not written back."""
    client, write = signed_in(office.staff), Units.write
    edited(client, ADDRESS, lambda grid: row_of(grid, "Water bureau").__setitem__(1, "Water authority"))

    def late(sheet: Units, line: Any) -> None:
        Unit.objects.filter(pk=office.water.pk).update(full_name="By a colleague", order=77)
        office.water.in_groups.clear()
        write(sheet, line)

    monkeypatch.setattr(Units, "write", late)
    written(client)
    water = Unit.objects.get(pk=office.water.pk)
    assert (newest().is_written, water.name, water.full_name, water.order) == (
        True, "Water authority", "By a colleague", 77,
    )  # fmt: skip
    assert not water.in_groups.exists()


def test_choices_with_commas_and_quotation_marks_lie_in_the_hidden_sheet(office: Cast) -> None:
    """In the rule of the cell itself they would end the choice, or break the file."""
    for name in ('Say "yes"', "Here, there"):
        group = UnitGroup.objects.create(owner=office.office, name=name)
        data = signed_in(office.staff).get(ADDRESS, {"file": "list"}).content
        page = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
        rules = re.findall(r'<dataValidation [^>]*sqref="I2:[^>]*><formula1>([^<]*)<', page)
        assert [rule.partition("!")[0] for rule in rules] == ["_choices"], name
        group.delete()


def test_groups_of_one_name_of_two_offices_are_told_apart(office: Cast) -> None:
    """Each with its office; a unit moved from one to the other in the file is moved."""
    office.staff.memberships.create(unit=office.district, role=Role.STAFF)
    here = UnitGroup.objects.get(owner=office.office)
    there = UnitGroup.objects.get(owner=office.district)
    UnitGroup.objects.filter(pk=there.pk).update(name=here.name)
    client = signed_in(office.staff)
    assert edited(client, ADDRESS) and (report()["changed"], report()["wrong_number"]) == (0, 0)
    cell = f"{here.name}（{office.district.name}）"
    edited(client, ADDRESS, lambda grid: row_of(grid, "Water bureau").__setitem__(8, cell))
    written(client)
    assert list(office.water.in_groups.all()) == [there]
