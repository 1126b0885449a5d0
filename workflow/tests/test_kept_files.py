"""What was answered with success is on the disk: files durable before their rows, no traces of what went wrong."""

import errno
import logging
import os
import stat
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone, translation

from campaigns.models import NoticeAnnex
from tests.cast import make_cast
from workflow import kept_files, tasks, unreferred_files
from workflow.kept_files import KeptOnDisk, StorageFull
from workflow.unreferred_files import file_fields, sweep


@pytest.fixture
def done(monkeypatch, media):
    """What is made durable or moved, in its order."""
    lines, real = [], os.fsync

    def fsync(handle):
        lines.append(("durable", Path(os.readlink(f"/proc/self/fd/{handle}")).name))
        real(handle)

    def rename(path, place):
        lines.append(("moved", path.name, place.name))
        os.rename(path, place)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    return lines


def test_a_file_and_its_new_folders_are_durable_before_it_has_its_name(done, media):
    name = default_storage.save("photos/2015/a.jpg", ContentFile(b"pixels"))
    last = Path(name).name
    (part,) = [line[1] for line in done if line[0] == "moved"]
    assert done == [
        ("durable", media.name), ("durable", "photos"), ("durable", part), ("moved", part, last), ("durable", "2015"),
    ]  # fmt: skip
    assert (media / name).read_bytes() == b"pixels"


def test_files_and_folders_are_closed_to_other_accounts(media):
    name = default_storage.save("photos/2015/a.jpg", ContentFile(b"pixels"))
    modes = [stat.S_IMODE((media / each).stat().st_mode) for each in ("photos", "photos/2015", name)]
    assert [oct(mode) for mode in modes] == ["0o750", "0o750", "0o640"]


def test_nobody_guesses_the_name_of_a_file(media):
    first, second = (default_storage.save("assets/asset-1-1.png", ContentFile(b"x")) for _ in range(2))
    assert first != second
    for name in (first, second):
        stem, _dash, lot = Path(name).stem.rpartition("-")
        assert (stem, len(lot), Path(name).suffix) == ("asset-1-1", 16, ".png")


# --- a full disk -----------------------------------------------------------------------------------------------------


@pytest.fixture
def full_disk(tmp_path, monkeypatch):
    """A disk with room for 64 kB; where none can be mounted, one that says it is full when it must be durable."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        monkeypatch.setattr(kept_files.os, "fsync", full)
    yield place
    if mounted:
        subprocess.run(["umount", str(place)], check=True)


def full(_handle):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_said_and_leaves_nothing(full_disk):
    with pytest.raises(StorageFull) as refused:
        KeptOnDisk(location=full_disk).save("photos/2015/a.jpg", ContentFile(bytes(100_000)))
    with translation.override("en"):
        assert "There is no room for files on this server at the moment" in str(refused.value)
    assert [path for path in full_disk.rglob("*") if path.is_file()] == []


# --- swept -----------------------------------------------------------------------------------------------------------


def aged(media, name, **ago):
    """A stored file, so old."""
    path = media / default_storage.save(name, ContentFile(b"left"))
    at = (timezone.now() - timedelta(**ago)).timestamp()
    os.utime(path, (at, at))
    return str(path.relative_to(media))


def test_what_a_crash_left_between_file_and_row_is_swept_and_named(db, media, caplog):
    caplog.set_level(logging.WARNING)
    orphan, young = aged(media, "photos/2015/a.jpg", hours=25), aged(media, "photos/2015/b.jpg", hours=23)
    half = media / "assets" / ".0123.part"
    half.parent.mkdir()
    half.write_bytes(b"ha")
    os.utime(half, (0, 0))
    foreign = media / "lost+found" / "c.jpg"
    foreign.parent.mkdir()
    foreign.write_bytes(b"not ours")
    os.utime(foreign, (0, 0))
    tasks.sweep_files()
    assert sorted(record.args[0] for record in caplog.records) == ["assets/.0123.part", orphan]
    assert sorted(path.name for path in media.rglob("*") if path.is_file()) == sorted([Path(young).name, "c.jpg"])


def test_what_a_row_names_stays_however_old_it_is(db, media):
    """Every field of every model that names a file: a model added later is asked by itself."""
    assert {f"{each.model.__name__}.{each.name}" for each in file_fields()} >= {
        "Photo.file", "Photo.thumbnail", "Attachment.file", "Reading.word", "AssetVersion.file", "NoticeAnnex.file",
        "NoticePaper.file", "NoticePaper.word", "Briefing.file", "Archive.file", "PackagePart.file",
    }  # fmt: skip
    kept = aged(media, "annexes/2015/list.pdf", days=900)
    cast = make_cast()
    NoticeAnnex.objects.create(notice=cast.notice, order=1, title="List", file=kept, file_name="list.pdf")
    assert (sweep(), (media / kept).read_bytes()) == ([], b"left")
    NoticeAnnex.objects.all().delete()
    assert sweep() == [kept]


def test_where_the_rows_are_of_another_database_nothing_is_removed(db, media, monkeypatch):
    monkeypatch.setattr(unreferred_files, "MOST", 2)
    names = [aged(media, f"photos/2015/{number}.jpg", days=2) for number in range(3)]
    with pytest.raises(unreferred_files.TooMany, match="3 stored files are named by no row"):
        sweep()
    assert all((media / name).exists() for name in names)
