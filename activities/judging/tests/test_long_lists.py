"""A long list as Excel: a press asks a worker for it, its page says how far it is, its owner fetches it."""

import io
from datetime import timedelta

import pytest
import python_calamine
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from tests.cast import Cast, issued, signed_in, text
from tests.excel import Grid, fetched
from tests.pages import page_of, press
from workflow import tasks
from workflow.models import JobState, ListExport


@pytest.fixture
def long(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The campaign with its notice issued; two rows are many."""
    issued(cast)
    monkeypatch.setattr("workflow.sheets.export_views.AT_ONCE", 1)
    return cast


def owed(cast: Cast) -> str:
    return reverse("activities:assignments", args=[cast.campaign.pk])


def asked(client: Client, address: str) -> ListExport:
    """The row after the press that asks for a list."""
    press(client, address, "Make the Excel file")
    return ListExport.objects.latest("pk")


def grids(client: Client, row: ListExport) -> list[Grid]:
    """The sheets of the file that the page of a row offers."""
    address = reverse("sheets:export-file", args=[row.pk])
    assert address in client.get(row.get_absolute_url()).content.decode()
    answer = client.get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    book = python_calamine.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def test_a_worker_writes_what_the_page_showed(long: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, address = signed_in(long.staff), f"{owed(long)}?kind=plan&sort=unit&excel=1"
    row = asked(client, address)
    assert (row.state, "in the queue" in text(client.get(row.get_absolute_url()))) == (JobState.QUEUED, True)
    tasks.write_list(row.pk)
    written = grids(client, row)
    monkeypatch.setattr("workflow.sheets.export_views.AT_ONCE", 200)
    assert written == list(fetched(client, owed(long), kind="plan", sort="unit", excel="1").values())
    assert [line[1] for line in written[0][1:]] == ["Water bureau", "Health bureau", "District office"]
    row.refresh_from_db()
    assert (row.state, row.rows) == (JobState.READY, 3)


def test_a_list_that_comes_in_again_goes_out_the_same_way(long: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, address = signed_in(long.staff), reverse("accounts:units-excel")
    row = asked(client, f"{address}?file=list")
    tasks.write_list(row.pk)
    written = grids(client, row)
    monkeypatch.setattr("workflow.sheets.export_views.AT_ONCE", 200)
    assert written == list(fetched(client, address).values())


def test_two_presses_are_one_file_and_another_filter_another(long: Cast) -> None:
    client, address = signed_in(long.staff), f"{owed(long)}?excel=1"
    page = client.get(address)
    for _press in range(2):
        press(client, page_of(page), "Make the Excel file")
    assert ListExport.objects.count() == 1
    asked(client, f"{address}&kind=plan")
    asked(signed_in(long.signer), address)
    assert ListExport.objects.count() == 3


def test_what_a_killed_worker_left_is_written_by_the_next(long: Cast) -> None:
    client = signed_in(long.staff)
    row = asked(client, f"{owed(long)}?excel=1")
    silent = timezone.now() - timedelta(minutes=4)
    ListExport.objects.update(state=JobState.RUNNING, done=500, total=900, beat_at=silent)
    assert "500 of 900 rows" in text(client.get(row.get_absolute_url()))
    tasks.rescue()
    tasks.write_list(row.pk)  # where no worker has done it at once
    assert len(grids(client, row)) == 1


def test_a_file_is_its_owners_while_the_owner_may_see_the_list(long: Cast) -> None:
    client = signed_in(long.staff)
    row = asked(client, f"{owed(long)}?excel=1")
    file = reverse("sheets:export-file", args=[row.pk])
    assert (client.get(file).status_code, signed_in(long.signer).get(row.get_absolute_url()).status_code) == (404, 404)
    tasks.write_list(row.pk)
    assert signed_in(long.signer).get(file).status_code == 404
    later = asked(client, f"{owed(long)}?excel=1&kind=plan")
    Membership.objects.filter(user=long.staff).delete()
    assert (client.get(file).status_code, client.get(row.get_absolute_url()).status_code) == (404, 404)
    with pytest.raises(Exception, match="may not see this list"):
        tasks.write_list(later.pk)
    later.refresh_from_db()
    assert (later.state, later.reason) == (JobState.FAILED, "You may not see this list any more.")


def test_a_press_after_the_session_ended_makes_nothing(long: Cast) -> None:
    client, address = signed_in(long.staff), f"{owed(long)}?excel=1"
    page = client.get(address)
    client.logout()
    assert "sign-in" in press(client, page_of(page), "Make the Excel file", follow=False)["Location"]
    assert not ListExport.objects.exists()


def test_an_old_file_is_deleted(long: Cast) -> None:
    row = asked(signed_in(long.staff), f"{owed(long)}?excel=1")
    tasks.write_list(row.pk)
    row.refresh_from_db()
    name = row.file.name
    ListExport.objects.update(at=row.at - timedelta(days=3))
    assert default_storage.exists(name)
    tasks.forget_sheets()
    assert (ListExport.objects.exists(), default_storage.exists(name)) == (False, False)
