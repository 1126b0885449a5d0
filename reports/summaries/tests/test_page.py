"""A unit's summary on its page: sections, figures, photos."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from activities.models import Assignment, Photo
from activities.states import Kind
from activities.tasks import rescue
from reports.models import Figure, Summary
from tests.cast import log, said, signed_in, text
from tests.pages import page_of, press

SECTIONS = {"overview": "An overview", "practice": "What we did", "effect": "What came of it"}
NEEDED = "Needed before you can submit."


def photo(colour="red", name="photo.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


class Sheet:
    """The summary the water bureau owes, on its page."""

    def __init__(self, cast):
        self.cast, self.pk = cast, cast.owed(cast.water, Kind.SUMMARY).pk
        self.address = reverse("reports:summary", args=[self.pk])
        self.posters, self.visitors = (f"figure_{each.pk}" for each in cast.campaign.indicators.all())

    def get(self, user=None):
        return signed_in(user or self.cast.liaison).get(self.address)

    def send(self, action="save", user=None, page=None, **values):
        """Type on the page (or on one opened before) and press a button."""
        return press(signed_in(user or self.cast.liaison), page or self.address, f"action={action}", **values)

    def complete(self, **values):
        return SECTIONS | {self.posters: "120", self.visitors: "0"} | values

    @property
    def assignment(self):
        return Assignment.objects.get(pk=self.pk)

    @property
    def versions(self):
        rows = Summary.objects.filter(assignment=self.pk).order_by("version")
        return [(row.version, row.overview, row.submitted_at is not None) for row in rows]


@pytest.fixture
def sheet(autumn, media):
    return Sheet(autumn)


def figures():
    return list(Figure.objects.order_by("pk").values_list("summary__version", "indicator__name", "value"))


def stored(media):
    return sorted(path for path in media.rglob("*") if path.is_file())


def test_half_done_is_saved_with_the_figures_there_are(sheet):
    assert said(sheet.send(overview="Half", **{sheet.posters: "7"})) == ["The draft is saved. It is not submitted yet."]
    assert (sheet.versions, figures()) == ([(1, "Half", False)], [(1, "Posters", 7)])
    opened = text(sheet.get())
    assert ("Half</textarea>" in opened, 'value="7"' in opened) == (True, True)


def test_complete_is_submitted_and_nought_is_a_figure(sheet):
    assert said(sheet.send("submit", **sheet.complete())) == ["Submitted."]
    assert figures() == [(1, "Posters", 120), (1, "Visitors", 0)]
    shown = text(sheet.get(sheet.cast.staff))
    assert [words for words in (*SECTIONS.values(), "120 sheets", "0 people") if words not in shown] == []


def test_submitting_names_everything_that_is_missing_at_once(sheet):
    response = sheet.send("submit", problems="None")
    errors = response.context["form"].errors | response.context["figures"].errors
    assert errors == {name: [NEEDED] for name in (*SECTIONS, sheet.posters, sheet.visitors)}
    assert (response.status_code, text(response).count(NEEDED), sheet.versions) == (422, 10, [])  # field and list


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("-1", "Ensure this value is greater than or equal to 0."),
        ("1.5", "Enter a whole number."),
        ("many", "Enter a whole number."),
        ("10000000001", "Ensure this value is less than or equal to 10000000000."),
        ("9" * 60, "Ensure this value is less than or equal to 10000000000."),
    ],
)
@pytest.mark.parametrize("action", ["save", "submit"])
def test_a_wrong_figure_is_told_beside_it_and_everything_typed_is_kept(sheet, action, value, words):
    response = sheet.send(action, **sheet.complete(**{sheet.posters: value}))
    assert (response.status_code, response.context["figures"].errors) == (422, {sheet.posters: [words]})
    shown = text(response)
    kept = (words, f'value="{value}"', *(f"{each}</textarea>" for each in SECTIONS.values()))
    assert [each for each in kept if each not in shown] == []
    assert (sheet.versions, figures(), sheet.assignment.state) == ([], [], "open")


def test_over_long_text_is_told_and_kept(sheet):
    response = sheet.send(overview="长" * 20_001, practice="What we did")
    assert response.context["form"].errors == {
        "overview": ["Ensure this value has at most 20000 characters (it has 20001)."]
    }
    shown = text(response)
    assert ("长" * 20_001 in shown, "What we did</textarea>" in shown, sheet.versions) == (True, True, [])


def test_a_returned_summary_starts_again_from_its_text_and_figures(sheet):
    sheet.send("submit", **sheet.complete())
    sheet.assignment.send_back(by=sheet.cast.staff, reason="Count the posters again")
    opened = sheet.get()
    shown = text(opened)
    kept = ("Count the posters again", "An overview</textarea>", 'value="120"')
    assert [words for words in kept if words not in shown] == []
    sheet.send("submit", page=page_of(opened), **{sheet.posters: "130"})
    assert figures() == [(1, "Posters", 120), (1, "Visitors", 0), (2, "Posters", 130), (2, "Visitors", 0)]
    assert sheet.versions == [(1, "An overview", True), (2, "An overview", True)]


def test_the_office_does_not_see_an_unsubmitted_draft(sheet):
    sheet.send(overview="Not for your eyes yet", photos=[photo()], **{sheet.posters: "987654"})
    response = sheet.get(sheet.cast.staff)
    assert [words for words in ("Not for your eyes yet", "987654", "<figure") if words in text(response)] == []
    rescue()  # a worker makes it
    one = Photo.objects.get()
    seen = {
        name: [
            signed_in(sheet.cast.people()[name]).get(f"/photos/{one.pk}/{size}").status_code for size in ("", "small/")
        ]
        for name in ("liaison", "head", "staff", "leader", "neighbour", "district_staff", "stranger")
    }
    assert {name for name, statuses in seen.items() if statuses == [200, 200]} == {"liaison", "head"}
    assert {name for name, statuses in seen.items() if statuses == [404, 404]} == set(seen) - {"liaison", "head"}


def test_the_same_form_with_its_photos_submitted_twice_gives_one_result(sheet, media):
    page = page_of(sheet.get())
    sheet.send("submit", page=page, photos=[photo()], **sheet.complete())
    response = sheet.send("submit", page=page, photos=[photo()], **sheet.complete())
    assert said(response) == ["It came in twice and is kept once."]
    assert (sheet.versions, Photo.objects.count(), len(log(sheet.assignment))) == ([(1, "An overview", True)], 1, 1)


def test_who_types_while_a_colleague_submits_keeps_the_own_text(sheet):
    page = page_of(sheet.get(sheet.cast.head))
    sheet.send("submit", **sheet.complete())
    response = sheet.send("submit", sheet.cast.head, page, **sheet.complete(overview="What the head wrote"))
    assert (response.status_code, "What the head wrote</textarea>" in text(response)) == (409, True)
    assert sheet.versions == [(1, "An overview", True)]


# --- photos ------------------------------------------------------------------------------------------------


def test_photos_are_kept_with_the_draft_and_served_as_jpeg(sheet, media):
    sheet.send(photos=[photo("red"), photo("blue")])
    assert Photo.objects.filter(assignment=sheet.pk, added_by=sheet.cast.liaison).count() == 2
    rescue()  # a worker makes them
    assert len(stored(media)) == 6  # each as it came, as it is shown, and small
    response = signed_in(sheet.cast.liaison).get(Photo.objects.first().get_absolute_url())
    assert (response["Content-Type"], b"".join(response)[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert "private" in response["Cache-Control"]


def test_a_photo_sent_twice_is_there_once(sheet):
    first = sheet.send(photos=[photo(), photo(name="copy.jpg")])
    sheet.send(photos=[photo(name="again.jpg")])
    assert (first.status_code, Photo.objects.count()) == (200, 1)


def test_wrong_files_are_named_each_with_its_reason_and_the_good_one_is_kept(sheet, media):
    files = [
        photo(),
        SimpleUploadedFile("letter.jpg", b"A letter in plain words", "image/jpeg"),
        SimpleUploadedFile("empty.png", b"", "image/png"),
    ]
    response = sheet.send("submit", photos=files, **sheet.complete())
    assert response.status_code == 422
    assert response.context["photos"].errors == {
        "photos": [
            "letter.jpg: This is no photo. JPEG, PNG, WebP, HEIC, GIF, BMP and TIFF are accepted.",
            "empty.png: The file is empty.",
        ]
    }
    shown = text(response)
    kept = ("letter.jpg: This is no photo", *(f"{each}</textarea>" for each in SECTIONS.values()), 'value="120"')
    assert [words for words in kept if words not in shown] == []
    assert (sheet.versions, Photo.objects.count(), len(stored(media))) == ([], 1, 1)


def test_a_file_too_large_is_named(sheet, settings):
    settings.PHOTO_MAX_BYTES = 1_000_000
    large = SimpleUploadedFile("large.jpg", photo().read() + bytes(1_000_000), "image/jpeg")
    response = sheet.send(photos=[large])
    assert response.context["photos"].errors == {
        "photos": ["large.jpg: The file is larger than 1 MB. Please make it smaller."]
    }


def test_at_most_twelve_photos_at_once_and_in_all(sheet):
    colours = [f"#{n:02x}0000" for n in range(10, 250, 10)]
    response = sheet.send(photos=[photo(colour) for colour in colours[:13]])
    assert response.context["photos"].errors == {
        "photos": ["At most 12 photos at once; these were 13. Please choose them again."]
    }
    sheet.send(photos=[photo(colour) for colour in colours[:12]])
    response = sheet.send(photos=[photo("blue")])
    assert response.context["photos"].errors == {"photos": ["At most 12 photos in all."]}
    assert Photo.objects.count() == 12


def test_captions_are_written_and_photos_taken_away(sheet):
    sheet.send(photos=[photo("red"), photo("blue")])
    first, second = Photo.objects.order_by("pk")
    sheet.send(**{f"caption_{first.pk}": "The open day", f"remove_{second.pk}": "on"})
    assert list(Photo.objects.values_list("pk", "caption")) == [(first.pk, "The open day")]


def test_one_in_exchange_for_one_is_possible_when_there_are_twelve(sheet):
    sheet.send(photos=[photo(f"#{n:02x}0000") for n in range(10, 130, 10)])
    first = Photo.objects.order_by("pk").first()
    response = sheet.send(photos=[photo("blue")], **{f"remove_{first.pk}": "on"})
    assert said(response) == ["The draft is saved. It is not submitted yet."]
    assert (Photo.objects.count(), Photo.objects.filter(pk=first.pk).exists()) == (12, False)


def test_photos_of_another_unit_are_not_touched(sheet):
    sheet.send(photos=[photo()])
    other = Photo.objects.get()
    cast = sheet.cast
    address = reverse("reports:summary", args=[cast.owed(cast.health, Kind.SUMMARY).pk])
    press(signed_in(cast.neighbour), address, "action=save", forged={f"remove_{other.pk}": "on"})
    assert list(Photo.objects.all()) == [other]


@pytest.mark.parametrize("typed", ["1,200", "1，200", "1 200", "１２００"])
def test_a_figure_is_taken_as_it_is_written_and_shown_with_its_thousands(autumn, typed):
    sheet = Sheet(autumn)
    client = signed_in(autumn.liaison)
    press(client, sheet.address, "action=submit", **SECTIONS, **{sheet.posters: typed, sheet.visitors: "0"})
    assert sorted(Figure.objects.values_list("value", flat=True)) == [0, 1200]
    assert ">1,200 " in text(sheet.get())
