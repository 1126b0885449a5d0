"""People out as Excel and in again: nobody gets power by a file that a page would refuse."""

from django.urls import reverse

from accounts.models import Deed, Membership, Role, RoleChange, User
from tests.cast import Cast, signed_in, text
from tests.excel import Grid, edited, fetched, newest, row_of, written, wrong

ADDRESS = reverse("accounts:people-excel")


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
    done = written(client)
    new = User.objects.get(username="newcomer")
    assert (Membership.objects.get(user=new).role, new.has_usable_password()) == (Role.HEAD, False)
    cast.liaison.refresh_from_db()
    cast.neighbour.refresh_from_db()
    assert (cast.liaison.mobile, cast.neighbour.is_active) == ("138 0000 0009", False)
    assert set(RoleChange.objects.values_list("person__username", "deed")) == {
        ("newcomer", Deed.GIVEN), ("neighbour", Deed.SHUT),
    }  # fmt: skip
    assert f"?links={newest().pk}" in text(done)
    (head, row), *_others = fetched(client, ADDRESS, links=str(newest().pk)).values()
    assert (head[3], row[1]) == ("Link", "newcomer") and "/choose/invited/" in row[3]
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
