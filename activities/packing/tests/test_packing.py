"""Everything filed as one ZIP: what is in it, under which names, and that a killed worker's parts are kept."""

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

import documents
from activities.models import Assignment, Attachment, Package, PackagePart, Photo
from activities.models.package import KEPT
from activities.packing import zip_package
from activities.tasks import discard_packages, pack, rescue
from documents.errors import Unavailable
from tests.cast import Cast, filed_plan, filed_registration, filed_summary, said, signed_in
from tests.pages import opened as opened_page
from tests.pages import press
from workflow import clock, jobs
from workflow.models import JobState, MoveRefused


def photo(row: Assignment, number: int, caption: str = "") -> bytes:
    """A photo of this number, as its bytes."""
    out = io.BytesIO()
    Image.new("RGB", (30, 20), (number, 90, 90)).save(out, "JPEG")
    by = row.unit.memberships.first().user
    values = {"sha256": f"{number:064}", "added_by": by, "added_at": clock.now(), "caption": caption}
    Photo.objects.create(assignment=row, file=ContentFile(out.getvalue(), f"{number}.jpg"), **values)
    return out.getvalue()


@pytest.fixture
def filled(autumn: Cast, media: Any) -> Cast:
    """The water bureau filed a plan with photos and a file, its officers, its summary; health a summary; a draft."""
    plan = autumn.owed(autumn.water, "plan")
    for number in range(3):
        photo(plan, number, 'Open day: "CON" /?*')
    Attachment.objects.create(
        assignment=plan, file=ContentFile(b"%PDF", "a.pdf"), name="方案.pdf", size=4, sha256="1", added_at=clock.now()
    )
    filed_plan(plan, autumn.liaison, goal="=1+1 and no formula")
    filed_registration(autumn.owed(autumn.water, "liaison"), autumn.liaison, "Officer Li")
    filed_summary(autumn.owed(autumn.water, "summary"), autumn.liaison, 120, 3000, overview="All went well")
    summary = autumn.owed(autumn.health, "summary")
    photo(summary, 9)
    filed_summary(summary, autumn.neighbour, 1, 2)
    autumn.owed(autumn.water, "receipt").submit(by=autumn.liaison, filed_for="@evil", filed_note="x")
    district = autumn.owed(autumn.district, "summary")
    photo(district, 10, "a draft's photo")
    return autumn


def made(cast: Cast, **chosen: str) -> Package:
    """A package, built."""
    package = zip_package.ask(cast.campaign, chosen, by=cast.staff)
    pack(package.pk)
    package.refresh_from_db()
    assert (package.state, package.reason) == ("ready", "")
    return package


def opened(package: Package) -> zipfile.ZipFile:
    data = b"".join(part.file.open("rb").read() for part in package.parts.all())
    assert len(data) == package.size
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return archive


def listed(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read("list.csv").decode("utf-8-sig"))))


def test_everything_filed_is_in_it_and_no_draft(filled: Cast) -> None:
    archive = opened(made(filled))
    folders = sorted({name.rpartition("/")[0] for name in archive.namelist()})
    pks = {kind: filled.owed(filled.water, kind).pk for kind in ("plan", "liaison", "summary")}
    other = filled.owed(filled.health, "summary").pk
    assert {folder.rpartition("_")[2] for folder in folders if folder} == {str(pk) for pk in (other, *pks.values())}
    photos = [name for name in archive.namelist() if name.endswith(".jpg")]
    assert len(photos) == 4
    assert archive.read(photos[0]).startswith(b"\xff\xd8\xff")
    assert [name.rpartition("_")[2] for name in archive.namelist() if name.endswith(".pdf")] == ["方案.pdf"]
    assert not any("draft" in name for name in archive.namelist())


def test_what_was_written_is_a_text_file_that_windows_opens(filled: Cast) -> None:
    archive = opened(made(filled, unit=str(filled.water.pk)))
    data = {name: archive.read(name) for name in archive.namelist() if name.endswith(".txt")}
    assert {each[:3] for each in data.values()} == {b"\xef\xbb\xbf"}
    texts = {name.split("/")[1].rpartition("_")[2]: each.decode("utf-8-sig") for name, each in data.items()}
    plan, officers, summary = (str(filled.owed(filled.water, kind).pk) for kind in ("plan", "liaison", "summary"))
    assert set(texts) == {plan, officers, summary}
    assert ("=1+1 and no formula\r\n" in texts[plan], "liaison" in texts[plan]) == (True, True)
    assert "Officer Li" in texts[officers]
    assert [word in texts[summary] for word in ("All went well", "Posters", "3,000")] == [True] * 3


def test_the_list_names_unit_standing_and_files_and_no_formula(filled: Cast) -> None:
    archive = opened(made(filled))
    rows = listed(archive)
    assert archive.read("list.csv").startswith(b"\xef\xbb\xbf")
    assert len(rows) == filled.campaign.assignments.count()
    columns = list(rows[0])
    [plan] = [row for row in rows if row[columns[0]] == "Water bureau" and "Open day" in row[columns[2]]]
    files = plan[columns[7]].split("\n")
    assert (len(files), all(f"{plan[columns[6]]}/{name}" in archive.namelist() for name in files)) == (5, True)
    [receipt] = [row for row in rows if "evil" in row[columns[5]]]
    assert receipt[columns[5]][0] in "'l"
    assert [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@")] == []


@pytest.mark.parametrize(
    ("chosen", "units"), [({"kind": "summary"}, 2), ({"q": "Health"}, 1), ({"standing": "waived"}, 0)]
)
def test_a_filter_takes_what_the_list_shows(filled: Cast, chosen: dict[str, str], units: int) -> None:
    if not units:
        with pytest.raises(MoveRefused):
            zip_package.ask(filled.campaign, chosen, by=filled.staff)
        return
    archive = opened(made(filled, **chosen))
    assert len({name.split("/")[0] for name in archive.namelist() if "/" in name}) == units


def test_the_same_file_has_the_same_name_whatever_the_filter(filled: Cast) -> None:
    whole = set(opened(made(filled)).namelist())
    assert set(opened(made(filled, kind="plan")).namelist()) <= whole
    photo(filled.owed(filled.health, "summary"), 11, "later")
    assert whole < set(opened(made(filled)).namelist())


def test_parts_a_killed_worker_left_are_kept(filled: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_package, "PART_FILES", 2)
    expected = opened(made(filled)).namelist()
    package, keep, written = zip_package.ask(filled.campaign, {}, by=filled.staff), zip_package.Builder.keep, []

    def killed(builder: zip_package.Builder, *args: Any) -> None:
        if len(builder.parts) == 2:
            raise KeyboardInterrupt
        keep(builder, *args)

    monkeypatch.setattr(zip_package.Builder, "keep", killed)
    with pytest.raises(KeyboardInterrupt):
        pack(package.pk)
    first = list(PackagePart.objects.filter(package=package).values_list("pk", "size"))
    assert len(first) == 2

    monkeypatch.setattr(zip_package.Builder, "keep", lambda builder, *args: written.append(1) or keep(builder, *args))
    Package.objects.update(beat_at=timezone.now() - jobs.SILENT - timedelta(seconds=1))
    rescue()
    package.refresh_from_db()
    assert package.state == JobState.READY
    parts = list(PackagePart.objects.filter(package=package).values_list("pk", "size"))
    assert (parts[:2], len(written)) == (first, len(parts) - 2)
    assert opened(package).namelist() == expected


def test_killed_behind_the_last_part_it_is_ready_at_once(filled: Cast) -> None:
    package = made(filled)
    Package.objects.update(state="running", size=0)
    package.refresh_from_db()
    package.rescue()
    pack(package.pk)
    package.refresh_from_db()
    opened(package)


def test_two_workers_write_no_part_twice(filled: Cast) -> None:
    package = zip_package.ask(filled.campaign, {}, by=filled.staff)
    package.move(JobState.RUNNING, by=None)
    slow, fast = zip_package.Builder(package), zip_package.Builder(package)
    fast.next_part()
    with pytest.raises(MoveRefused):
        slow.next_part()
    [part] = package.parts.all()
    assert Path(part.file.path).stat().st_size == part.size


def test_a_file_that_is_gone_is_named_and_costs_no_other(filled: Cast) -> None:
    row = filled.owed(filled.water, "plan").photos.first()
    Path(row.file.path).unlink()
    package = made(filled)
    archive = opened(package)
    assert (package.missing, len([name for name in archive.namelist() if name.endswith(".jpg")])) == (1, 3)
    assert f"{row.pk}_" in archive.read("list.csv").decode("utf-8-sig")


def test_a_photo_that_stops_the_program_which_opens_it_costs_no_other(
    filled: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_given: object) -> None:
        raise Unavailable("It took too long and was stopped.")

    row = filled.owed(filled.water, "plan").photos.first()
    Photo.objects.filter(pk=row.pk).update(sent=row.file.name, file="")
    monkeypatch.setattr(documents.pictures, "clean_jpeg", stopped)
    package = made(filled)
    assert (package.state, package.missing) == (JobState.READY, 1)
    assert f"{row.pk}_" in opened(package).read("list.csv").decode("utf-8-sig")


def test_old_packages_are_deleted_with_their_files(filled: Cast) -> None:
    package = made(filled)
    path = Path(package.parts.all()[0].file.path).parent
    (path / "left-by-a-killed-worker.part").write_bytes(b"")
    discard_packages()
    assert len(list(path.iterdir())) == package.parts.count() + 1
    Package.objects.update(made_at=clock.now() - KEPT - timedelta(minutes=1))
    discard_packages()
    assert (Package.objects.count(), PackagePart.objects.count(), list(path.iterdir())) == (0, 0, [])


def test_the_page_asks_watches_and_hands_out(filled: Cast) -> None:
    staff, address = signed_in(filled.staff), f"/campaigns/{filled.campaign.pk}/packages/"
    listed = f"/campaigns/{filled.campaign.pk}/assignments/?kind=summary&unit={filled.water.pk}"
    response = press(staff, listed, "Download all of this as one ZIP", form=address)
    package = Package.objects.get()
    assert response.redirect_chain == [(f"/packages/{package.pk}/", 302)]
    assert package.chosen == {"kind": "summary", "unit": str(filled.water.pk)}
    assert staff.get(f"/packages/{package.pk}/package.zip").status_code == 404
    assert staff.get(f"/packages/{package.pk}/progress/").status_code == 200
    pack(package.pk)
    assert staff.get(f"/packages/{package.pk}/progress/").status_code == 286
    download = staff.get(f"/packages/{package.pk}/package.zip")
    data = b"".join(download)
    assert (download.headers["Content-Length"], zipfile.ZipFile(io.BytesIO(data)).testzip()) == (str(len(data)), None)
    assert 'filename="City month ' in download.headers["Content-Disposition"]
    assert staff.get(address).status_code == 200


def test_nothing_that_fits_is_said(filled: Cast) -> None:
    staff = signed_in(filled.staff)
    page = opened_page(staff, f"/campaigns/{filled.campaign.pk}/assignments/")
    response = press(staff, page, "Download all of this as one ZIP", forged={"q": "zzz"})
    assert said(response) == ["Nothing fits this filter, so there is nothing to download."]


@pytest.mark.parametrize(("who", "status"), [("liaison", 403), ("district_staff", 404), ("stranger", 404)])
def test_units_do_not_download_what_others_filed(filled: Cast, who: str, status: int) -> None:
    package = made(filled)
    client = signed_in(getattr(filled, who))
    page = opened_page(signed_in(filled.staff), f"/campaigns/{filled.campaign.pk}/packages/")
    assert press(client, page, "Download everything filed as one ZIP").status_code == status
    assert client.get(f"/packages/{package.pk}/package.zip").status_code == 404
