"""A backup is made while people work, rehearsed, altered and refused, and put back whole."""

import json
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from activities.models import Attachment
from qualitymonth import backup, database_files
from qualitymonth.database_files import configured
from tests.cast import issued
from workflow import pulse

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(settings, tmp_path):
    """A campaign under way, with an attachment, and a file that no row names."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    cast = issued()
    Attachment.objects.create(
        assignment=cast.water.assignments.first(), file=ContentFile(b"a list", "list.txt"), name="list.txt", size=6,
        sha256="0", added_at=timezone.now(),
    )  # fmt: skip
    default_storage.save("more/file.txt", ContentFile(b"of no row"))
    return cast


def run(command, folder):
    """What a command says."""
    out = StringIO()
    call_command(command, str(folder), stdout=out)
    return out.getvalue()


@contextmanager
def empty_database(monkeypatch):
    """The settings name an empty database."""
    with configured().scratch() as scratch, monkeypatch.context() as patch:
        patch.setattr(backup, "configured", lambda: scratch)
        yield scratch


def test_a_backup_holds_every_row_and_every_file_and_is_noted(house, tmp_path):
    said = run("backup", tmp_path / "kept")
    kept = json.loads((tmp_path / "kept" / "manifest.json").read_text())
    there = configured().found()
    assert kept["rows"] == {**there.rows, "workflow_pulse": there.rows["workflow_pulse"] - 1}  # noted afterwards
    assert set(kept["files"]) == set(backup.all_names(default_storage))
    assert there.files <= set(kept["files"])
    assert (kept["missing"], str(sum(kept["rows"].values())) in said) == ([], True)
    assert pulse.heard("backup")
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_it_is_put_back_into_an_empty_database_with_every_file(house, tmp_path, monkeypatch, settings):
    run("backup", tmp_path / "kept")
    files = {name: backup.sha_of_stored(name) for name in backup.all_names(default_storage)}
    kept = json.loads((tmp_path / "kept" / "manifest.json").read_text())
    settings.MEDIA_ROOT = str(tmp_path / "another")
    with empty_database(monkeypatch) as scratch:
        run("restore", tmp_path / "kept")
        assert scratch.found().rows == kept["rows"]
        with pytest.raises(CommandError, match="not empty"):
            run("restore", tmp_path / "kept")
    assert {name: backup.sha_of_stored(name) for name in backup.all_names(default_storage)} == files


def test_nothing_is_restored_over_what_is_there(house, tmp_path):
    run("backup", tmp_path / "kept")
    before = configured().found()
    with pytest.raises(CommandError, match="not empty"):
        run("restore", tmp_path / "kept")
    assert configured().found() == before


def test_a_rehearsal_compares_and_leaves_nothing(house, tmp_path):
    run("backup", tmp_path / "kept")
    before = databases()
    assert "named by rows" not in run("rehearse_restore", tmp_path / "kept")
    assert databases() == before


def databases():
    """The databases of the server."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'rehearsal%'")
        return cursor.fetchall()


@pytest.mark.parametrize("what", ["a file", "the database", "the list"])
@pytest.mark.parametrize("command", ["restore", "rehearse_restore"])
def test_what_was_altered_is_named_and_not_restored(house, tmp_path, what, command):
    run("backup", tmp_path / "kept")
    folder = tmp_path / "kept"
    (file,) = (folder / "files" / "more").iterdir()
    name = {"a file": f"files/more/{file.name}", "the database": configured().FILE, "the list": "manifest.json"}[what]
    if what == "the list":
        (folder / name).unlink()
    else:
        content = bytearray((folder / name).read_bytes())
        content[-1] ^= 1
        (folder / name).write_bytes(content)
    with pytest.raises(CommandError, match=name.rpartition("/")[2]):
        run(command, folder)


def test_a_file_stored_after_the_snapshot_spoils_nothing_and_one_removed_asks_for_a_newer_one(
    house, tmp_path, monkeypatch
):
    """People work on: an attachment is taken away, with its file, between the snapshot and the copying."""
    real, seen = database_files.look, []

    def look_and_work_on(cursor):
        found = real(cursor)
        if not seen:
            row = Attachment.objects.get()
            seen.append(row.file.name)
            Attachment.objects.filter(pk=row.pk).delete()
            default_storage.delete(row.file.name)
            default_storage.save("later.txt", ContentFile(b"later"))
        return found

    monkeypatch.setattr(database_files, "look", look_and_work_on)
    kept = backup.make(tmp_path / "kept")
    assert (kept.missing, kept.rows["activities_attachment"], any("later" in name for name in kept.files)) == (
        [],
        0,
        True,
    )


def test_a_file_that_was_lost_long_ago_is_named(house, tmp_path, capsys):
    name = Attachment.objects.get().file.name
    default_storage.delete(name)
    call_command("backup", str(tmp_path / "kept"))
    assert name in capsys.readouterr().err
    run("rehearse_restore", tmp_path / "kept")


def test_a_folder_with_something_in_it_or_among_the_files_is_refused(house, tmp_path):
    with pytest.raises(CommandError, match="among the files"):
        run("backup", tmp_path / "media" / "kept")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "other").touch()
    with pytest.raises(CommandError, match="not empty"):
        run("backup", tmp_path / "kept")
