"""Artwork is what its name says, before every unit downloads it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from campaigns.artwork import KINDS
from campaigns.forms.annex import KINDS as OF_ANNEXES
from campaigns.models import Asset
from documents.file_beginnings import BEGINS
from tests.cast import signed_in, text
from tests.office_files import PDF, zipped
from tests.pages import press


def picture(kind):
    out = io.BytesIO()
    Image.new("RGB", (90, 30), "red").save(out, kind)
    return out.getvalue()


def add(cast, name, data):
    values = {"kind": "logo", "title": "Logo", "rules": "Red only", "file": SimpleUploadedFile(name, data)}
    return press(signed_in(cast.staff), reverse("campaigns:assets", args=[cast.campaign.pk]), **values)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("logo.png", b"no picture at all", "This is no .png file, whatever its name says."),
        ("logo.JPG", picture("PNG"), "This is no .jpg file, whatever its name says."),
        ("clip.mp4", b"\0" * 40, "This is no .mp4 file, whatever its name says."),
        ("logo.webp", b"RIFF\x24\0\0\0WAVEfmt ", "This is no .webp file, whatever its name says."),
        ("photo.mp4", b"\0\0\0\x20ftypheic", "This is no .mp4 file, whatever its name says."),
        ("text.pdf", b"1234%PDF-1.7", "This is no .pdf file, whatever its name says."),
        ("logo.png", picture("PNG")[:60], "The picture is damaged and cannot be opened."),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_and_the_rest_stays(autumn, media, name, data, words):
    answer = add(autumn, name, data)
    assert (answer.status_code, answer.context["file"].errors) == (422, {"file": [words]})
    assert ("Red only" in text(answer), Asset.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("logo.png", picture("PNG")), ("logo.jpeg", picture("JPEG")), ("logo.webp", picture("WEBP")),
        ("clip.mp4", b"\0\0\0\x20ftypisom"), ("logo.ai", PDF), ("logo.zip", zipped({"logo.pdf": PDF})),
    ],
)  # fmt: skip
def test_a_file_that_is_what_its_name_says_is_taken(autumn, media, name, data):
    add(autumn, name, data)
    assert Asset.objects.get().versions.get().file_name == name


def test_of_every_kind_that_is_taken_it_is_known_how_it_begins():
    assert {*KINDS, *OF_ANNEXES} <= set(BEGINS)
