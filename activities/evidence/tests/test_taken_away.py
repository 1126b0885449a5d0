"""What a person takes away or throws away is gone from the disk too, and is not gone by one press."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import documents
from activities import tasks
from activities.evidence.forms.photos import add_photo
from activities.evidence.pictures import THUMBNAIL_PIXELS, picture_from
from activities.evidence.tests.test_pictures import BLUE, drawn
from activities.filing import volunteer
from activities.models import Assignment
from activities.states import Kind
from tests.cast import signed_in, text
from tests.office_files import PDF
from tests.pages import press


@pytest.fixture
def material(autumn, media, django_capture_on_commit_callbacks):
    """Material the water bureau began: two photos as they came, as they are shown, and small; and a document."""
    row = volunteer.begin(autumn.campaign, autumn.water, Kind.OTHER)
    photos = [SimpleUploadedFile("a.jpg", drawn()), SimpleUploadedFile("b.jpg", drawn(colour=BLUE))]
    document = SimpleUploadedFile("list.pdf", PDF)
    with django_capture_on_commit_callbacks(execute=True):
        client = signed_in(autumn.liaison)
        press(client, row.get_absolute_url(), "action=save", photos=photos, documents=[document])
    return row


def stored(media):
    return sorted(each.name for each in media.rglob("*") if each.is_file())


def test_what_is_taken_away_is_gone_from_the_disk(autumn, material, media, django_capture_on_commit_callbacks):
    assert len(stored(media)) == 7
    photo, file = material.photos.first(), material.attachments.get()
    gone = {f"remove_{photo.pk}": "on", f"remove_file_{file.pk}": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        press(signed_in(autumn.liaison), material.get_absolute_url(), "action=save", **gone)
    other = material.photos.get()
    assert stored(media) == sorted(each.name.rpartition("/")[2] for each in (other.sent, other.file, other.thumbnail))


@pytest.fixture
def waiting(autumn, media):
    """Material of one photo that no worker has made yet."""
    row = volunteer.begin(autumn.campaign, autumn.water, Kind.OTHER)
    add_photo(row, picture_from(drawn()), autumn.liaison)
    return row


def test_taken_away_while_it_is_made_nothing_of_it_stays(
    autumn, waiting, media, monkeypatch, django_capture_on_commit_callbacks
):
    """A person takes it away between the picture and its small one."""
    make, pixels_made = documents.pictures.clean_jpeg, []

    def made_meanwhile(file, pixels):
        if pixels == THUMBNAIL_PIXELS:
            gone = {f"remove_{waiting.photos.get().pk}": "on"}
            press(signed_in(autumn.liaison), waiting.get_absolute_url(), "action=save", **gone)
        pixels_made.append(pixels)
        return make(file, pixels)

    monkeypatch.setattr(documents.pictures, "clean_jpeg", made_meanwhile)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.look_at_photos(waiting.pk)
    assert (stored(media), len(pixels_made), waiting.photos.exists()) == ([], 2, False)


def test_made_since_the_page_was_read_it_is_gone_all_the_same(
    autumn, waiting, media, django_capture_on_commit_callbacks
):
    before = waiting.photos.get()
    tasks.look_at_photos(waiting.pk)
    with django_capture_on_commit_callbacks(execute=True):
        before.take_away()
    assert stored(media) == []


def test_a_draft_thrown_away_leaves_nothing(autumn, material, media, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        form = f"/assignments/{material.pk}/discard/"
        press(signed_in(autumn.liaison), material.get_absolute_url(), form=form)
    assert (stored(media), Assignment.objects.filter(pk=material.pk).exists()) == ([], False)


def test_what_fails_half_way_loses_no_file(autumn, material, media, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(Assignment, "delete", fail)
    with pytest.raises(RuntimeError):
        volunteer.discard(material, by=autumn.liaison)
    assert (len(stored(media)), material.photos.count()) == (7, 2)


def test_throwing_away_says_first_what_is_lost(autumn, material):
    page = text(signed_in(autumn.liaison).get(material.get_absolute_url()))
    assert "Throw the draft away…</summary>" in page
    assert "What was typed is gone for good, and so are its photos and files." in page
