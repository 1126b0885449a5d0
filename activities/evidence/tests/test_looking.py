"""Photos looked at in the background: a thumbnail each, and pointers to photos of other filings that look alike."""

import errno
import io
import os
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

import documents
from activities import tasks
from activities.evidence import photo_to_come
from activities.evidence.forms.photos import add_photo
from activities.evidence.look_alikes import look_at
from activities.evidence.made_anew import picture_of
from activities.evidence.pictures import picture_from
from activities.models import Photo
from activities.models.photo import Likeness, PhotoMark
from activities.states import Kind
from documents.errors import Unavailable
from tests.cast import filed_summary, signed_in, text
from tests.pages import press
from tests.same_photo import changed, hall
from workflow import clock
from workflow.models import Notification


def data(image):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def filed(cast, where, by, *images, kind=Kind.SUMMARY):
    """Photos of a summary that was handed in, each looked at."""
    owed = cast.owed(where, kind)
    photos = []
    for image in images:
        add_photo(owed, picture_from(data(image)), by, "Open day")
        photos.append(owed.photos.last())
        tasks.look_at_photos(owed.pk)
    if owed.is_owed:
        filed_summary(owed, by, 1, 1)
    return [Photo.objects.get(pk=each.pk) for each in photos]


@pytest.fixture
def alike(autumn, media):
    """The water bureau's photo, and the health commission's copy of it: smaller, with a border."""
    (one,) = filed(autumn, autumn.water, autumn.liaison, hall(1))
    (other,) = filed(autumn, autumn.health, autumn.neighbour, changed(hall(1), "resized, recompressed, border", 1))
    return one, other


def test_a_photo_gets_its_thumbnail_and_is_looked_at_once(autumn, media):
    (photo,) = filed(autumn, autumn.water, autumn.liaison, hall(1))
    with photo.thumbnail.open() as file:
        assert Image.open(file).size == (400, 270)
    assert photo.looked_at is not None
    tasks.look_at_photos(photo.assignment_id)
    look_at(photo)
    assert Photo.objects.get().thumbnail.name == photo.thumbnail.name
    assert PhotoMark.objects.count() == len(set(PhotoMark.objects.values_list("band", "bits")))


def test_a_telephones_photo_is_stored_upright_and_without_the_place_it_was_taken_at(autumn, media):
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "secret camera", 6
    exif.get_ifd(0x8825)[2] = (22.0, 33.0, 0.0)
    sent = io.BytesIO()
    hall(1).save(sent, "JPEG", exif=exif)
    sent = io.BytesIO(sent.getvalue())
    sent.name = "IMG_0001.JPG"
    address = autumn.owed(autumn.water, Kind.SUMMARY).get_absolute_url()
    press(signed_in(autumn.liaison), address, "action=save", photos=[sent])
    tasks.rescue()
    photo = Photo.objects.get()
    for kept, size in ((photo.file, (540, 800)), (photo.thumbnail, (270, 400))):
        data = (media / kept.name).read_bytes()
        found = Image.open(io.BytesIO(data))
        assert (b"secret" in data, b"Exif" in data, dict(found.getexif()), found.size) == (False, False, {}, size)


# --- from what was sent to what is shown ------------------------------------------------------------------------


def sent_in(cast, *contents):
    """Photos of a summary as they came in; nobody has looked at them yet."""
    owed = cast.owed(cast.water, Kind.SUMMARY)
    for content in contents:
        add_photo(owed, picture_from(content), cast.liaison)
    return list(owed.photos.all())


def test_nobody_is_served_what_was_sent(autumn, media):
    (photo,) = sent_in(autumn, data(hall(1)))
    met = [
        signed_in(who).get(reverse(page, args=[photo.pk])).status_code
        for who in (autumn.liaison, autumn.staff, autumn.admin)
        for page in ("activities:photo", "activities:thumbnail")
    ]
    assert (met, len(list(media.rglob("*.sent")))) == ([404] * 6, 1)
    tasks.rescue()
    client = signed_in(autumn.liaison)
    sizes = [
        Image.open(io.BytesIO(b"".join(client.get(reverse(page, args=[photo.pk])).streaming_content))).size
        for page in ("activities:photo", "activities:thumbnail")
    ]
    assert sizes == [(800, 540), (400, 270)]


def test_what_was_sent_is_erased_an_hour_after_the_photo_was_made(autumn, media, django_capture_on_commit_callbacks):
    """Not at once: a backup that began before has rows that name it."""
    made, waiting = sent_in(autumn, data(hall(1)), data(hall(2)))
    Photo.objects.filter(pk=waiting.pk).update(added_at=made.added_at - timedelta(days=2))
    look_at(made)
    for hours, left in ((0, 2), (2, 1)):
        at = clock.now() + timedelta(hours=hours)
        with django_capture_on_commit_callbacks(execute=True), pytest.MonkeyPatch.context() as patch:
            patch.setattr(clock, "now", lambda at=at: at)
            tasks.forget_sent_photos()
        assert len(list(media.rglob("*.sent"))) == left
    assert [bool(each.sent) for each in Photo.objects.order_by("pk")] == [False, True]


def test_the_page_says_that_it_is_kept_and_when_it_appears_and_then_shows_it(autumn, media):
    photo, *_others = sent_in(autumn, data(hall(1)))
    client = signed_in(autumn.liaison)
    part = reverse("activities:photo-part", args=[photo.pk])
    assert part in text(client.get(photo.assignment.get_absolute_url()))
    waiting = text(client.get(part, {"linked": ""}))
    assert ("It is being prepared and appears here in a moment." in waiting, 'delay:2s"' in waiting) == (True, True)
    tasks.rescue()
    shown = text(client.get(part, {"linked": ""}))
    assert (f'src="/photos/{photo.pk}/small/"' in shown, f'href="/photos/{photo.pk}/"' in shown) == (True, True)
    assert "hx-get" not in shown


def test_behind_many_others_it_says_how_many_minutes(autumn, media, monkeypatch):
    monkeypatch.setattr(photo_to_come, "A_MINUTE", 1)
    *_before, photo = sent_in(autumn, *(data(hall(seed)) for seed in (1, 2, 3)))
    waiting = text(signed_in(autumn.liaison).get(reverse("activities:photo-part", args=[photo.pk])))
    assert ("appears here in about 3 minutes." in waiting, 'delay:180s"' in waiting) == (True, True)


def test_a_page_counts_once_how_many_wait(autumn, media):
    client = signed_in(autumn.liaison)
    numbers = []
    for seeds in ((1,), (2, 3)):
        photos = sent_in(autumn, *(data(hall(seed)) for seed in seeds))
        with CaptureQueriesContext(connection) as asked:
            page = text(client.get(photos[0].assignment.get_absolute_url()))
        counts = [each["sql"] for each in asked if "COUNT(*)" in each["sql"] and '"looked_at" IS NULL' in each["sql"]]
        numbers.append((page.count("photo-to-come"), len(counts)))
    assert numbers == [(1, 1), (3, 1)]


def test_one_that_cannot_be_opened_is_said_and_the_unit_is_told(autumn, media):
    out = io.BytesIO()
    hall(1).save(out, "PNG")
    whole = out.getvalue()
    middle = len(whole) // 2
    (photo,) = sent_in(autumn, whole[:middle] + whole[-12:])  # half of its pixels, and its end
    tasks.rescue()
    shown = text(signed_in(autumn.liaison).get(reverse("activities:photo-part", args=[photo.pk])))
    assert "This photo could not be opened. Please take it away and add it again." in shown
    read = text(signed_in(autumn.liaison).get(reverse("activities:photo-part", args=[photo.pk]), {"linked": ""}))
    assert "This photo could not be opened. Its unit was asked to add it again." in read  # where no form is
    told = Notification.objects.filter(key=f"assignment-{photo.assignment_id}-photo-{photo.pk}")
    assert {each.person for each in told} == {autumn.liaison, autumn.head}
    assert Photo.objects.unseen().count() == 0


def test_while_no_picture_can_be_made_it_waits(autumn, media, monkeypatch):
    def busy(*_given):
        raise Unavailable("busy")

    (photo,) = sent_in(autumn, data(hall(1)))
    with monkeypatch.context() as patch, pytest.raises(Unavailable):
        patch.setattr(documents.pictures, "clean_jpeg", busy)
        tasks.look_at_photos(photo.assignment_id)
    tasks.rescue()
    assert [bool(each.file) for each in Photo.objects.all()] == [True]


def test_one_that_stops_the_program_holds_up_no_other_and_is_given_up_after_a_day(autumn, media, monkeypatch):
    make, wrong = documents.pictures.clean_jpeg, data(hall(1))

    def stopped(file, pixels):
        if file == wrong:
            raise Unavailable("It took too long and was stopped.")
        return make(file, pixels)

    monkeypatch.setattr(documents.pictures, "clean_jpeg", stopped)
    photos = sent_in(autumn, wrong, data(hall(2)))
    with pytest.raises(Unavailable):
        tasks.look_at_photos(photos[0].assignment_id)
    assert [bool(each.file) for each in Photo.objects.order_by("pk")] == [False, True]
    Photo.objects.update(added_at=clock.now() - timedelta(days=2))
    tasks.look_at_photos(photos[0].assignment_id)
    shown = text(signed_in(autumn.liaison).get(reverse("activities:photo-part", args=[photos[0].pk])))
    assert "This photo could not be opened." in shown


def test_what_cannot_be_read_at_the_moment_is_not_called_a_photo_that_cannot_be_opened(autumn, media, monkeypatch):
    def no_memory(*_given):
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    (photo,) = sent_in(autumn, data(hall(1)))
    with monkeypatch.context() as patch, pytest.raises(OSError, match="memory"):
        patch.setattr(documents.pictures, "clean_jpeg", no_memory)
        tasks.look_at_photos(photo.assignment_id)
    assert not Notification.objects.filter(key__endswith=f"photo-{photo.pk}").exists()
    tasks.rescue()
    assert Photo.objects.get().file


def test_of_two_workers_at_one_photo_one_picture_stays(autumn, media, django_capture_on_commit_callbacks):
    (photo,) = sent_in(autumn, data(hall(1)))
    one, other = Photo.objects.get(), Photo.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        first, second = picture_of(one).name, picture_of(other).name
    assert (first == second, [path.name for path in media.rglob("*.jpg")]) == (True, [first.rpartition("/")[2]])
    assert photo.pk == one.pk


def test_a_browser_asks_for_a_photo_each_time_and_after_signing_out_gets_none(autumn, media):
    owed = autumn.owed(autumn.water, Kind.SUMMARY)
    add_photo(owed, picture_from(data(hall(1))), autumn.liaison)
    tasks.rescue()
    client, address = signed_in(autumn.liaison), reverse("activities:photo", args=[owed.photos.get().pk])
    first = client.get(address)
    assert first["Cache-Control"] == "private, no-cache"
    known = {"if-none-match": first["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    left = press(client, "/", form="form[action='/sign-out/']", follow=False)
    assert left["Clear-Site-Data"] == '"cache"'
    assert client.get(address, headers=known).status_code == 302


def test_the_rescue_looks_at_what_was_forgotten_once(autumn, media):
    owed = autumn.owed(autumn.water, Kind.SUMMARY)
    for seed in (1, 2):
        add_photo(owed, picture_from(data(hall(seed))), autumn.liaison)
    tasks.rescue()
    assert not Photo.objects.unseen().exists()


def test_filing_a_photo_tells_a_worker(autumn, media, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add_photo(autumn.owed(autumn.water, Kind.SUMMARY), picture_from(data(hall(1))), autumn.liaison)
        assert Photo.objects.unseen().count() == 1
    assert Photo.objects.unseen().count() == 0


def test_a_photo_whose_file_is_gone_is_not_tried_for_ever(autumn, media):
    owed = autumn.owed(autumn.water, Kind.SUMMARY)
    add_photo(owed, picture_from(data(hall(1))), autumn.liaison)
    (media / owed.photos.get().sent.name).unlink()
    tasks.rescue()
    assert (Photo.objects.unseen().count(), PhotoMark.objects.count()) == (0, 0)


def test_a_photo_taken_away_meanwhile_leaves_nothing(autumn, media):
    owed = autumn.owed(autumn.water, Kind.SUMMARY)
    add_photo(owed, picture_from(data(hall(1))), autumn.liaison)
    photo = owed.photos.get()
    Photo.objects.all().delete()
    look_at(photo)
    tasks.look_at_photos(photo.assignment_id)
    assert PhotoMark.objects.count() == 0


def test_a_copy_filed_by_another_unit_is_pointed_out_both_ways(autumn, alike):
    one, other = alike
    assert [(each.photo, each.likeness.closeness > 85) for each in one.alike(autumn.staff)] == [(other, True)]
    assert [each.photo for each in other.alike(autumn.staff)] == [one]
    assert list(Likeness.objects.values_list("photo", "other")) == [(other.pk, one.pk)]


def test_other_people_before_the_same_banner_and_photos_of_one_filing_are_not(autumn, media):
    one, _copy = filed(autumn, autumn.water, autumn.liaison, hall(1), changed(hall(1), "crop", 1))
    filed(autumn, autumn.health, autumn.neighbour, hall(2))
    assert (one.alike(autumn.staff), Likeness.objects.count()) == ([], 0)


def test_bare_walls_are_not_pointed_out(autumn, media):
    wall = Image.new("RGB", (800, 600), "white")
    filed(autumn, autumn.water, autumn.liaison, wall)
    filed(autumn, autumn.health, autumn.neighbour, wall)
    assert (Photo.objects.filter(looked_at__isnull=False).count(), Likeness.objects.count()) == (2, 0)


def test_units_learn_nothing_of_it(autumn, alike):
    one, other = alike
    assert (one.alike(autumn.liaison), other.alike(autumn.neighbour)) == ([], [])
    for photo, person, status in ((one, autumn.liaison, 403), (one, autumn.neighbour, 404)):
        page = signed_in(person, raise_request_exception=False).get(reverse("activities:alike", args=[photo.pk]))
        assert page.status_code == status
    assert "Looks like" not in text(signed_in(autumn.liaison).get(one.assignment.get_absolute_url()))


def test_what_a_unit_has_not_handed_in_is_not_shown_to_the_office(autumn, media):
    (one,) = filed(autumn, autumn.water, autumn.liaison, hall(1))
    draft = autumn.owed(autumn.health, Kind.SUMMARY)
    add_photo(draft, picture_from(data(hall(1))), autumn.neighbour)
    tasks.rescue()
    assert (Likeness.objects.count(), one.alike(autumn.staff)) == (1, [])


def test_the_office_reads_it_beside_the_photo_and_sees_both(autumn, alike):
    one, other = alike
    client = signed_in(autumn.staff)
    said = f"Looks like a photo filed by {autumn.health} in {other.assignment.campaign.year}:"
    assert said in text(client.get(one.assignment.get_absolute_url()))
    page = client.get(reverse("activities:alike", args=[one.pk]))
    shown = page.content.decode()
    assert (f'src="{one.get_absolute_url()}"' in shown, f'src="{other.get_absolute_url()}"' in shown) == (True, True)
    assert f"{one.alike(autumn.staff)[0].likeness.closeness} % of the picture agrees" in text(page)


def test_a_page_of_many_photos_asks_once(autumn, alike, django_assert_num_queries):
    filed(autumn, autumn.water, autumn.liaison, *(hall(seed) for seed in range(3, 8)))
    photos = list(Photo.objects.all())
    autumn.staff.units_as("staff")
    with django_assert_num_queries(1):
        assert len(Likeness.objects.by_photo(photos, autumn.staff)) == 2


# --- five hundred photos -----------------------------------------------------------------------------------


def test_five_hundred_photos_at_once_are_refused_beside_the_field_and_what_was_typed_stays(autumn, media):
    files = [io.BytesIO(b"\xff\xd8\xff") for _ in range(500)]
    for number, file in enumerate(files):
        file.name = f"{number}.jpg"
    address = autumn.owed(autumn.water, Kind.SUMMARY).get_absolute_url()
    page = press(signed_in(autumn.liaison), address, "action=save", overview="A long evening's work", photos=files)
    assert (page.status_code, Photo.objects.count()) == (422, 0)
    assert page.context["photos"].errors["photos"] == [
        "At most 12 photos at once; these were 500. Please choose them again."
    ]
    assert "A long evening's work</textarea>" in text(page)


def test_a_film_of_gigabytes_is_dropped_while_it_arrives_and_named(autumn, media, settings):
    settings.UPLOAD_MAX_BYTES = 3_000_000
    film = io.BytesIO(b"\0\0\0\x20ftypisom" + bytes(4_000_000))
    film.name = "opening.mp4"
    address = autumn.owed(autumn.water, Kind.SUMMARY).get_absolute_url()
    page = press(signed_in(autumn.liaison), address, "action=save", overview="A long evening's work", photos=[film])
    assert (page.status_code, page.context["photos"].errors) == (
        422,
        {"photos": ["opening.mp4: The file is larger than 20 MB. Please make it smaller."]},
    )
    assert "A long evening's work</textarea>" in text(page)


def test_the_limits_are_said_before(autumn):
    page = text(signed_in(autumn.liaison).get(autumn.owed(autumn.water, Kind.SUMMARY).get_absolute_url()))
    assert "JPEG, PNG, WebP or HEIC, at most 12 photos of 20 MB each." in page
