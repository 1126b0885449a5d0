"""What opening a picture costs is reckoned first; the child that opens it gets no more all the same."""

import io

import pytest
from PIL import Image

from documents import pixels
from documents.elsewhere import CEILING, Desk
from documents.errors import ImageError
from documents.pictures.uploads import clean_jpeg

MANY = "more than can be opened here. Please make it smaller, or save it as JPEG."


def drawn(kind, mode, size):
    """The bytes of a black picture."""
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode", "fits"), [("PNG", "RGB", True), ("PNG", "P", False), ("JPEG", "RGB", True), ("WEBP", "RGB", False)]
)
def test_what_counts_is_the_memory_a_picture_takes_and_not_its_pixels(kind, mode, fits, monkeypatch):
    """Its decoder makes the JPEG of a telephone smaller; a pixel of a palette takes nine bytes."""
    monkeypatch.setattr(pixels, "MOST_BYTES", 9_000_000 - 1)
    data = drawn(kind, mode, (1000, 1000))
    if fits:
        assert Image.open(io.BytesIO(clean_jpeg(data, 400))).size == (400, 400)
    else:
        with pytest.raises(ImageError, match=MANY):
            clean_jpeg(data, 400)


def test_a_photo_of_two_hundred_megapixels_is_read_at_an_eighth_of_its_size(monkeypatch):
    monkeypatch.setattr(pixels, "MOST_BYTES", 1_000_000)
    assert Image.open(io.BytesIO(clean_jpeg(drawn("JPEG", "RGB", (3200, 3200)), 400))).size == (400, 400)


def test_what_would_still_take_too_much_is_stopped_at_the_ceiling():
    desk = Desk(memory=CEILING // 4)
    wrong = "documents.pictures.tests.costs", "unreckoned"
    with pytest.raises(ImageError, match=MANY):
        desk.call(*wrong, drawn("PNG", "P", (9000, 4000)))
    assert Image.open(io.BytesIO(desk.call(*wrong, drawn("PNG", "P", (900, 400))))).size == (900, 400)
    desk.end()
