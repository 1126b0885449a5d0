"""2,000 photos as one ZIP by a real worker that is killed on the way: parts kept, memory small, every file openable."""

from __future__ import annotations

import io
import os
import random
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image

from activities.models import Assignment, Package, Photo
from activities.packing import zip_package
from activities.states import Kind
from activities.tasks import pack, rescue
from campaigns.models import Campaign, NoticePaper
from tests import september
from tests.september import person
from tests.worker import Worker
from workflow import clock, jobs
from workflow.models import JobState
from workflow.parcel import Names

pytestmark = pytest.mark.worker
PHOTOS = 2000
MOST_MB = 300


def photographed(campaign: Campaign) -> None:
    """So many photos over all plans of the campaign, each another picture, all plans filed."""
    rows = list(Assignment.objects.filter(campaign=campaign, kind=Kind.PLAN).order_by("pk"))
    folder, noise, by = Path(settings.MEDIA_ROOT) / "many", random.Random(7), person("staff")
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        row.submit(by=by)
    found = []
    for number in range(PHOTOS):
        out = io.BytesIO()
        Image.frombytes("RGB", (120, 90), noise.randbytes(120 * 90 * 3)).save(out, "JPEG", quality=80)
        (folder / f"{number}.jpg").write_bytes(out.getvalue())
        found.append(
            Photo(
                assignment=rows[number % len(rows)], file=f"many/{number}.jpg", width=120, height=90,
                caption=("活动现场", "CON", "a/b", "")[number % 4], sha256=f"{number:064}", added_by=by,
                added_at=clock.now(), looked_at=clock.now(),
            )
        )  # fmt: skip
    Photo.objects.bulk_create(found, batch_size=500)


class Memory(threading.Thread):
    """The largest resident memory any process of a worker had, in megabytes."""

    def __init__(self, group: int) -> None:
        super().__init__(daemon=True)
        self.group, self.peak, self.over = group, 0.0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.1):
            self.peak = max([self.peak, *resident(self.group)])


def resident(group: int) -> Iterator[float]:
    """The peak resident memory of each process of a group, as the system keeps it."""
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdecimal() and os.getpgid(int(folder.name)) == group:
                lines = (folder / "status").read_text().splitlines()
                yield from (int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
        except (OSError, ProcessLookupError):
            continue


def test_two_thousand_photos_survive_a_killed_worker(worker: Worker) -> None:
    demonstration = september.issued()
    campaign = demonstration.campaign
    photographed(campaign)
    # the paper of the notice is set by a process of the same worker, whose memory is not what is measured here
    assert worker.wait(lambda: not NoticePaper.objects.get(notice=demonstration.notice).at_work)
    worker.stop()
    worker.start()
    assert max(resident(worker.process.pid)) < MOST_MB / 2
    package = zip_package.ask(campaign, {}, by=person("staff"))
    before = Memory(worker.process.pid)
    before.start()
    pack.delay(package.pk)
    assert worker.wait(lambda: package.parts.count() >= 3)
    worker.kill()
    before.over.set()
    package.refresh_from_db()
    kept = list(package.parts.values_list("pk", "size"))
    assert (package.state, 3 <= len(kept) < PHOTOS // zip_package.PART_FILES) == (JobState.RUNNING, True)

    worker.start()
    after, began = Memory(worker.process.pid), time.monotonic()
    after.start()
    Package.objects.update(beat_at=timezone.now() - jobs.SILENT - timedelta(seconds=1))
    rescue()
    assert worker.wait(lambda: Package.objects.get().state == JobState.READY), worker.said()
    after.over.set()
    seconds, peak = time.monotonic() - began, max(before.peak, after.peak)
    print(f"resumed behind {len(kept)} parts, {seconds:.0f} s, peak {peak:.0f} MB")
    assert list(package.parts.values_list("pk", "size"))[: len(kept)] == kept
    assert 0 < peak < MOST_MB
    every_photo_is_in_it_and_opens(Package.objects.get())


def every_photo_is_in_it_and_opens(package: Package) -> None:
    """As somebody downloads it: names unique also for Windows, each picture the one that was filed."""
    client = Client()
    client.force_login(person("staff"))
    response = client.get(f"/packages/{package.pk}/package.zip")
    data = b"".join(response)
    assert len(data) == package.size == int(response.headers["Content-Length"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        photos = [name for name in names if name.endswith(".jpg")]
        assert archive.testzip() is None
        assert len({Names.key(name) for name in names}) == len(names)
        for name in photos:
            Image.open(io.BytesIO(archive.read(name))).verify()
        filed = {(Path(settings.MEDIA_ROOT) / photo.file.name).read_bytes() for photo in Photo.objects.all()}
        assert {archive.read(name) for name in photos} == filed
    assert (len(photos), package.missing) == (PHOTOS, 0)
