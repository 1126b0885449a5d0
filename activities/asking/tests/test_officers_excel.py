"""Liaison officers as Excel: the unit's own, and those the office enters in the units' names."""

import pytest
from django.urls import reverse

from activities.asking.officers_sheet import Officers
from activities.models import LiaisonOfficer, LiaisonRegistration
from tests.cast import Cast, filed_registration, issued, signed_in
from tests.excel import Grid, edited, fetched, newest, row_of, written, wrong
from workflow.sheets.declared import Line


def address(cast: Cast) -> str:
    return reverse("activities:officers-excel", args=[cast.campaign.pk])


def test_the_office_enters_what_came_by_mail_and_a_unit_sees_its_own(cast: Cast) -> None:
    """Submitted as new versions in the units' names; what is filed waits for its return, as on the page."""
    issued(cast)
    filed_registration(cast.owed(cast.water, "liaison"), cast.liaison, "Old officer")
    client = signed_in(cast.staff)

    def edit(grid: Grid) -> None:
        grid.append(["", "Health bureau", "First", "Office", "", "", "13800000011", ""])
        grid.append(["", "Health bureau", "Second", "Office", "", "", "13800000012", "b@example.com"])

    edited(client, address(cast))
    assert (newest().report["unchanged"], newest().report["new"]) == (1, 0)
    edited(client, address(cast), edit)
    assert (newest().report["new"], wrong()) == (2, {})
    written(client)
    owed = cast.owed(cast.health, "liaison")
    assert (owed.is_filed, owed.filed_for, LiaisonOfficer.objects.filter(registration__assignment=owed).count()) == (
        True, "First、Second", 2,
    )  # fmt: skip
    assert cast.neighbour.notifications.filter(url=owed.get_absolute_url()).exists()
    edited(client, address(cast), lambda grid: row_of(grid, "Old officer").__setitem__(2, "New officer"))
    assert [key[1] for key in wrong()] == [""]  # it is filed: first it has to be returned
    cast.owed(cast.water, "liaison").send_back(by=cast.staff, reason="Who is it?")
    own = signed_in(cast.liaison)
    assert [row[1] for row in fetched(own, address(cast))["Liaison officers"][1:]] == ["Water bureau"]

    def renamed(grid: Grid) -> None:
        row_of(grid, "Old officer")[2] = "New officer"
        grid.append(["", "Health bureau", "Third", "Office", "", "", "1380000001", ""])

    edited(own, address(cast), renamed)
    assert {key[1] for key in wrong()} == {"mobile"}
    edited(own, address(cast), lambda grid: grid.append(["", "Health bureau", "Third", "O", "", "", "13800000013", ""]))
    assert "not yours" in wrong()[3, "Unit"][1]
    edited(own, address(cast), lambda grid: row_of(grid, "Old officer").__setitem__(2, "New officer"))
    written(own)
    water = cast.owed(cast.water, "liaison")
    assert (water.is_filed, water.liaisonregistration_versions.get(version=2).officers.get().name) == (
        True,
        "New officer",
    )
    assert signed_in(cast.leader).get(address(cast)).status_code == 403


def test_what_a_colleague_changes_while_a_file_is_written_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the comparison and the row: another cell of the officer, and an officer who was added."""
    issued(cast)
    row, own, write = cast.owed(cast.water, "liaison"), signed_in(cast.liaison), Officers.write
    draft = LiaisonRegistration.draft(row)
    draft.save_draft(by=cast.liaison, seen=0)
    LiaisonOfficer.objects.create(registration=draft, name="Officer", department="Office", mobile="13800000011")
    edited(own, address(cast), lambda grid: row_of(grid, "Officer").__setitem__(4, "Clerk"))

    def late(sheet: Officers, line: Line) -> None:
        LiaisonOfficer.objects.filter(name="Officer").update(mobile="13800000099")
        LiaisonOfficer.objects.create(registration=draft, name="Added", department="Office", mobile="13800000012")
        write(sheet, line)

    monkeypatch.setattr(Officers, "write", late)
    written(own)
    named = LiaisonOfficer.objects.filter(registration__assignment=row).order_by("pk")
    assert [(each.name, each.position, each.mobile) for each in named] == [
        ("Officer", "Clerk", "13800000099"),
        ("Added", "", "13800000012"),
    ]
