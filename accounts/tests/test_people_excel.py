"""People out as Excel and in again: nobody gets power by a file that a page would refuse."""

import pytest
from django.urls import reverse

from accounts.models import Act, AuditEntry, Deed, Membership, Role, RoleChange, User
from accounts.sheets.people import People
from tests.cast import Cast, signed_in
from tests.excel import Grid, edited, fetched, newest, row_of, sheets_of, written, wrong
from tests.pages import press

ADDRESS = reverse("accounts:people-excel")
LINKS = "Links by which the new people choose a password"


def test_a_new_person_gets_a_role_and_a_link_and_what_is_known_changes(cast: Cast) -> None:
    client = signed_in(cast.admin)

    def edit(grid: Grid) -> None:
        row_of(grid, "liaison")[6] = "１３８ 0000 0009"
        row_of(grid, "neighbour")[8] = "no"
        grid.append(
            ["", "newcomer", "New One", "Office", "", "", "", "new@example.com", "", "Water bureau", "Head of unit"]
        )

    assert newest_after(client, edit) == (1, 2, {})
    assert not User.objects.filter(username="newcomer").exists()
    written(client)
    new = User.objects.get(username="newcomer")
    assert (Membership.objects.get(user=new).role, new.has_usable_password()) == (Role.HEAD, False)
    cast.liaison.refresh_from_db()
    cast.neighbour.refresh_from_db()
    assert (cast.liaison.mobile, cast.neighbour.is_active) == ("138 0000 0009", False)
    logged = {("newcomer", Deed.GIVEN), ("neighbour", Deed.SHUT)}
    assert set(RoleChange.objects.values_list("person__username", "deed")) == logged
    assert client.get(f"{ADDRESS}?links={newest().pk}")["Content-Type"].startswith("text/html")  # opened: nothing made
    (head, row), *_others = sheets_of(press(client, newest().get_absolute_url(), LINKS)).values()
    assert (head[3], row[1]) == ("Link", "newcomer") and "/choose/invited/" in row[3]
    logged |= {("newcomer", Deed.INVITED)}
    assert set(RoleChange.objects.values_list("person__username", "deed")) == logged
    assert newest_after(client, lambda grid: None) == (0, 0, {})


def newest_after(client: object, edit: object) -> tuple[int, int, dict[tuple[int, str], tuple[str, str]]]:
    """How many rows a file adds and changes, and what is wrong with it."""
    edited(client, ADDRESS, edit)  # type: ignore[arg-type]
    return newest().report["new"], newest().report["changed"], wrong()


def test_no_power_by_a_file_that_a_page_would_refuse(cast: Cast) -> None:
    """A signer of another unit, a role in a unit of another office, a digit missing, an account that is taken."""
    before = list(Membership.objects.order_by("pk").values())

    def edit(grid: Grid) -> None:
        row_of(grid, "liaison")[9:11] = ["District office", "Signer"]
        row_of(grid, "neighbour")[9:11] = ["Street", "Liaison officer"]
        row_of(grid, "head")[6] = "1380013800"
        grid.append(["", "district_staff", "Again", *[""] * 6, "Water bureau", "Liaison officer"])
        grid.append(["", "no_role", "No Role", *[""] * 8])
        grid.append([cast.district_staff.pk, "taken_over", "Taken", *[""] * 8])

    client = signed_in(cast.admin)
    number = {row[1]: at for at, row in enumerate(fetched(client, ADDRESS)["People"], 1)}
    edited(client, ADDRESS, edit)
    found = wrong()
    assert "liaison officers and heads only" in found[number["liaison"], "New role: role"][1]
    assert (number["neighbour"], "New role: unit") in found
    assert found[number["head"], "mobile"] == ("1380013800", "one digit is missing: a mobile number has 11")
    assert {(len(number) + 1, "Account"), (len(number) + 2, "New role: unit"), (len(number) + 3, "")} <= set(found)
    assert "district_staff" not in number
    assert list(Membership.objects.order_by("pk").values()) == before
    assert signed_in(cast.staff).get(ADDRESS).status_code == 403


def test_what_a_colleague_changes_while_a_file_is_written_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the comparison and the row: a cell the file does not touch is not written back."""
    client, write = signed_in(cast.admin), People.write
    edited(client, ADDRESS, lambda grid: row_of(grid, "liaison").__setitem__(6, "13800000009"))

    def late(sheet: People, line: object) -> None:
        User.objects.filter(pk=cast.liaison.pk).update(position="Clerk of today", is_active=False)
        write(sheet, line)  # type: ignore[arg-type]

    monkeypatch.setattr(People, "write", late)
    written(client)
    cast.liaison.refresh_from_db()
    found = (newest().is_written, cast.liaison.mobile, cast.liaison.position, cast.liaison.is_active)
    assert found == (True, "13800000009", "Clerk of today", False)


def test_who_looks_at_a_file_with_telephones_is_noted(cast: Cast) -> None:
    """Each look at what it changes; not at a list without any."""
    client = signed_in(cast.admin)

    def seen() -> list[str]:
        return list(AuditEntry.objects.filter(act=Act.SAW, person=cast.admin.pk).values_list("about", flat=True))

    edited(client, ADDRESS, lambda grid: row_of(grid, "liaison").__setitem__(6, "13800000009"))
    looked_at = newest().get_absolute_url()
    assert seen() == [looked_at]
    units = reverse("accounts:units-excel")
    edited(client, units, lambda grid: row_of(grid, "Water bureau").__setitem__(2, "City water bureau"))
    assert (newest().get_absolute_url() != looked_at, seen()) == (True, [looked_at])
