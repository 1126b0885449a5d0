"""Wherever a page takes a file: hostile ones of every kind are sent, and none is kept as it came or fetches anything.

What becomes of each kind is told by ``test_hostile_files``; here it is every field for a file behind every door.
"""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from webtest.forms import File

from activities.behalf import links
from activities.evidence.made_anew import picture_of
from activities.filing import volunteer
from activities.models import Photo
from activities.states import Kind
from tests.forms_of_site import FoundForm, forms_of_the_site, on_page
from tests.hostile_files import Sample, samples
from tests.pages import forge
from tests.site import UNTIL, Site, whole_site

pytestmark = pytest.mark.slow
AT_EACH = 25
"""How many samples each field gets; the next one begins where the last one ended, so that all are sent."""


@pytest.fixture
def site(db: None, media: Path) -> Site:
    return whole_site()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """What the files would be fetched from."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def asked(listener: socket.socket) -> bool:
    try:
        listener.accept()
    except BlockingIOError:
        return False
    return True


def contents(media: Path) -> set[bytes]:
    """All that is kept; a photo as it was sent waits beside it, where nobody is served, until it is made anew."""
    waiting = media / "photos" / "sent"
    return {path.read_bytes() for path in media.rglob("*") if path.is_file() and waiting not in path.parents}


def taking_files(site: Site) -> dict[tuple[str, str], FoundForm]:
    """Each field for files, by the door and its name; with the form it stands in."""
    found = [*forms_of_the_site(site), *not_filed_yet(site)]
    return {
        (each.door, name): each
        for each in found
        for name, fields in each.form.fields.items()
        if name and isinstance(fields[0], File)
    }


def not_filed_yet(site: Site) -> Iterator[FoundForm]:
    """The pages on which a unit, the office in its name, and a visitor by link are still writing."""
    cast = site.cast
    kinds = (Kind.PROGRESS, Kind.CASE, Kind.COVERAGE, Kind.OTHER)
    begun = [volunteer.begin(cast.campaign, cast.water, kind).get_absolute_url() for kind in kinds]
    owed = cast.owed(cast.health, Kind.SUMMARY)
    _link, secret = links.make(cast.campaign, cast.health, [owed], person="Guest", until=UNTIL, uses=9, by=cast.staff)
    site.clients["guest"] = Client(raise_request_exception=False)
    site.clients["guest"].get(reverse("activities:link", args=[secret]))
    behalf = reverse("activities:behalf", args=[owed.pk])
    opened = [*(("liaison", each) for each in begun), ("neighbour", owed.get_absolute_url())]
    for who, address in (*opened, ("staff", behalf), ("guest", owed.get_absolute_url())):
        yield from on_page(f"{who} at {address}", who, site.clients[who].get(address, follow=True))


def filled(found: FoundForm) -> dict[str, Any]:
    """The form, with something in every field that is empty: so that nothing but the file can be refused."""
    data: dict[str, Any] = dict(found.sent)
    for name, fields in found.form.fields.items():
        if name and data.get(name) in ([], [""], None) and not isinstance(fields[0], File):
            kind = fields[0].attrs.get("type", "text")
            options = [value for value, *_more in getattr(fields[0], "options", ()) if value]
            data[name] = options[:1] or {"date": ["2015-09-10"], "number": ["1"]}.get(kind, ["Words"])
    return data


def test_no_field_for_files_keeps_a_hostile_one_as_it_came(site: Site, media: Path, listener: socket.socket) -> None:
    fields = taking_files(site)
    assert len(fields) >= 16, sorted(fields)
    hostile = samples(f"http://127.0.0.1:{listener.getsockname()[1]}")
    sent, failed, turn, there = set[bytes](), [], 0, contents(media)
    for (door, name), found in sorted(fields.items()):
        for each in range(AT_EACH):
            sample: Sample = hostile[(turn * 7 + each * 9) % len(hostile)]
            mark = transaction.savepoint()
            status = post(site, found, name, sample)
            transaction.savepoint_rollback(mark)
            sent.add(sample[1])
            if status >= 500:
                failed.append((door, name, sample[0], sample[2], status))
        turn += AT_EACH
    kept = contents(media) - there
    assert (failed, sent & kept, len(sent) > 250, asked(listener)) == ([], set(), True, False)
    assert kept, "nothing was made clean and kept: so nothing came as far as the judge"


def post(site: Site, found: FoundForm, field: str, sample: Sample) -> int:
    """Send one sample in one field. Returns: the status."""
    upload = SimpleUploadedFile(sample[0], sample[1])
    return int(forge(site.clients[found.who], found.target, filled(found) | {field: upload}).status_code)


def test_a_photo_that_carries_something_is_served_to_nobody_before_it_is_made_anew(site: Site, media: Path) -> None:
    name, data, _wanted = next(each for each in samples("http://127.0.0.1") if each[1].startswith(b"\x89PNG"))
    found = next(each for each in not_filed_yet(site) if "photos" in each.form.fields and each.who == "neighbour")
    there = set(Photo.objects.values_list("pk", flat=True))
    post(site, found, "photos", (name, data, ""))
    photo = Photo.objects.exclude(pk__in=there).get()
    doors = [reverse(door, args=[photo.pk]) for door in ("activities:photo", "activities:thumbnail")]
    answers = [site.clients["neighbour"].get(door) for door in doors]
    made = Path(picture_of(photo).path).read_bytes()
    answers += [site.clients["neighbour"].get(door) for door in doors]
    assert [data in body(answer) for answer in answers] == [False] * 4
    assert (made != data, data in contents(media)) == (True, False)


def body(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content
