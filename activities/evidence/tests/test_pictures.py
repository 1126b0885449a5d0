"""Uploaded pictures: judged by content, made anew from their pixels."""

import base64
import hashlib
import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFile, PngImagePlugin

import documents
from activities.evidence.pictures import HEAD, PRINT_PIXELS, picture_from, picture_in
from documents.errors import ImageError

RED, BLUE = (200, 30, 30), (30, 30, 200)


def drawn(kind="JPEG", size=(60, 40), mode="RGB", colour=RED, **more):
    """The bytes of a picture in one colour."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **more)
    return out.getvalue()


def made(data):
    """What a worker makes of what was judged and taken in."""
    picture_from(data)
    return documents.pictures.clean_jpeg(data, PRINT_PIXELS)


def large(data):
    return Image.open(io.BytesIO(made(data)))


def near(found, wanted):
    return max(abs(a - b) for a, b in zip(found, wanted, strict=True)) < 12


def refusal(data):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        picture_from(data)
    return refused.value.messages


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def claiming(width, height):
    """A PNG of a few bytes that says it is this large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def palette(width, height):
    """A whole PNG of one colour out of a palette."""
    parts = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)), (b"PLTE", bytes((200, 30, 30)))
    pixels = zlib.compress(bytes((width + 1) * height))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in (*parts, (b"IDAT", pixels), (b"IEND", b"")))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_photo_becomes_a_jpeg_at_print_size(kind):
    sent = drawn(kind, (3200, 1600))
    found = large(sent)
    assert (found.format, found.mode, found.size) == ("JPEG", "RGB", (1600, 800))
    assert picture_from(sent).sha256 == hashlib.sha256(sent).hexdigest()
    assert near(large(drawn(kind)).getpixel((30, 20)), RED)


def test_a_small_photo_is_not_blown_up():
    assert large(drawn(size=(60, 40))).size == (60, 40)


def test_a_photo_taken_sideways_stands_upright():
    image = Image.new("RGB", (60, 40), RED)
    image.paste(BLUE, (0, 0, 30, 40))  # blue on the left; upright it is at the top
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, quality=95)
    found = large(out.getvalue())
    assert (found.size, near(found.getpixel((20, 8)), BLUE), near(found.getpixel((20, 52)), RED)) == (
        (40, 60),
        True,
        True,
    )


@pytest.mark.parametrize(
    ("kind", "mode", "colour"), [("PNG", "RGBA", (*RED, 0)), ("PNG", "LA", (30, 0)), ("WEBP", "RGBA", (*RED, 0))]
)
def test_transparency_becomes_white_paper(kind, mode, colour):
    assert near(large(drawn(kind, mode=mode, colour=colour)).getpixel((30, 20)), (255, 255, 255))


def test_a_transparent_colour_of_a_palette_becomes_white_paper():
    out = io.BytesIO()
    Image.new("P", (60, 40), 0).save(out, "PNG", transparency=0)
    assert near(large(out.getvalue()).getpixel((30, 20)), (255, 255, 255))


@pytest.mark.parametrize(
    ("mode", "colour", "seen"), [("CMYK", (0, 255, 255, 0), (255, 0, 0)), ("L", 128, (128, 128, 128))]
)
def test_printers_colours_and_grey_become_rgb(mode, colour, seen):
    found = large(drawn("JPEG", mode=mode, colour=colour))
    assert (found.mode, near(found.getpixel((30, 20)), seen)) == ("RGB", True)


def test_metadata_is_removed():
    """Place and camera (EXIF), comment, colour profile, XMP, PNG texts: nothing but pixels is kept."""
    exif = Image.Exif()
    exif[0x010F] = "secret camera"
    exif.get_ifd(0x8825)[2] = (22.0, 33.0, 0.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>secret place</x:xmpmeta>"
    jpeg = drawn(exif=exif, comment=b"secret words", icc_profile=profile, xmp=xmp)
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "secret author")
    for data in (jpeg, drawn("PNG", pnginfo=text, exif=exif)):
        assert b"secret" in data
        kept = made(data)
        found = Image.open(io.BytesIO(kept))
        assert (b"secret" in kept, dict(found.getexif()), found.info.get("icc_profile")) == (False, {}, None)


def test_a_photo_of_a_telephone_with_a_small_picture_in_its_head_and_a_film_behind_it_is_whole():
    exif = Image.Exif()
    exif[0x010F] = "with a small picture"
    whole = drawn(size=(600, 400), exif=exif.tobytes() + drawn(size=(20, 10)))
    assert large(whole + b"\0\0\0\x20ftypmp42" + bytes(5000)).size == (600, 400)
    assert refusal(whole[: len(whole) // 2 + len(whole) // 4]) == DAMAGED


def test_of_a_photo_with_more_pictures_behind_it_the_first_has_to_be_whole():
    """As telephones take them: HDR, depth (CIPA DC-007)."""
    out = io.BytesIO()
    first, second = (Image.effect_noise((300, 200), 90).convert("RGB") for _ in range(2))
    first.save(out, "MPO", save_all=True, append_images=[second])
    whole = out.getvalue()
    assert large(whole).size == large(whole[:-1000]).size == (300, 200)
    assert refusal(whole[: len(whole) // 3]) == DAMAGED


# --- from a telephone --------------------------------------------------------------------------------------

HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAchtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAA"
    "AAAERAAAIAAQAAAAAB7AABAAAAAAAAAGUAAgAAAAACUQABAAAAAAAAAHQAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVp"
    "bmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAABB2lwcnAAAADmaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGE"
    "ABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkA"
    "AAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAADwAAAABAAAAKAAAAAH////8AAAAAv///+gAAAACAAAAEH"
    "BpeGkAAAAAAwgICAAAAAlpcm90AwAAABlpcG1hAAAAAAAAAAEAAQaBAgMFhIYAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAOFtZGF0AAAA"
    "YSgBrwngIzV5f/2cv734aj/9QyY+8q/9R2h7Tolw2GPvi7tsmw6qC86qUzx4Z3+5PoJ3T1K2L2jMvuu7jzd1LrjLYVGh5hgNoEgPreiK0rMQXg"
    "GaTLkKjUc5mi/Drctlz2wAAAAGRXhpZgAATU0AKgAAAAgAAwEPAAIAAAAOAAAAMgESAAMAAAABAAYAAIglAAQAAAABAAAAQAAAAABzZWNyZXQg"
    "Y2FtZXJhAAABAAIABQAAAAMAAABSAAAAAAAAABYAAAABAAAAIQAAAAEAAAAAAAAAAQ=="
)  # 60 x 40, blue left and red right, to be turned a quarter, with the place it was taken at


def test_a_heic_of_a_telephone_becomes_an_upright_jpeg_without_the_place():
    assert b"secret camera" in HEIC
    kept = made(HEIC)
    found = Image.open(io.BytesIO(kept))
    assert (found.format, found.size) == ("JPEG", (40, 60))
    assert near(found.getpixel((20, 8)), BLUE)
    assert near(found.getpixel((20, 52)), RED)
    assert (b"secret" in kept, b"Exif" in kept, dict(found.getexif())) == (False, False, {})


def test_what_a_telephone_puts_behind_a_heic_does_not_make_it_damaged():
    film = b"\0\0\0\x20ftypmp42" + bytes(5000)
    assert large(HEIC + b"\0\0\x30\x0a\x10\0\0\0MotionPhoto_Data" + film + b"SEFH").size == (40, 60)
    assert refusal(HEIC[:-1]) in (NO_PHOTO, DAMAGED)


def test_half_a_heic_is_refused():
    assert refusal(HEIC[: len(HEIC) // 2]) in (NO_PHOTO, DAMAGED)


GREY = 32896
"""Half of sixteen bits: 128 of eight."""


def sixteen_bits(kind, mode):
    """A grey of sixteen bits for each pixel, as scanners write it; its left half is black."""
    image = Image.new(mode, (60, 40), GREY)
    image.paste(0, (0, 0, 30, 40))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "I;16"), ("TIFF", "I;16"), ("TIFF", "I")])
@pytest.mark.parametrize("door", ["photo", "annex"])
def test_grey_of_sixteen_bits_is_scaled_and_does_not_become_white_paper(kind, mode, door):
    data = sixteen_bits(kind, mode)
    if door == "photo":
        found = large(data)
    else:
        found = Image.open(io.BytesIO(documents.layout.prepare("a.png", data).data)).convert("RGB")
    seen = [found.getpixel(place) for place in ((10, 20), (50, 20))]
    assert [near(*pair) for pair in zip(seen, [(0, 0, 0), (128, 128, 128)], strict=True)] == [True, True], seen


@pytest.mark.parametrize("door", ["photo", "annex"])
def test_a_profile_that_does_not_fit_the_picture_is_ignored(door):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    plain, with_profile = drawn("PNG"), drawn("PNG", icc_profile=profile)
    doors = {"photo": large, "annex": lambda data: Image.open(io.BytesIO(documents.layout.prepare("a", data).data))}
    seen = [doors[door](data).convert("RGB").getpixel((30, 20)) for data in (plain, with_profile)]
    assert near(*seen), seen


def test_of_moving_pictures_the_first_is_taken():
    out = io.BytesIO()
    first, second = (Image.new("RGB", (60, 40), colour) for colour in ("red", "blue"))
    first.save(out, "GIF", save_all=True, append_images=[second])
    assert near(large(out.getvalue()).getpixel((30, 20)), (255, 0, 0))


# --- refused -----------------------------------------------------------------------------------------------

NO_PHOTO = ["This is no photo. JPEG, PNG, WebP, HEIC, GIF, BMP and TIFF are accepted."]
TOO_MANY = (
    "The picture has {:,} million pixels, more than can be opened here. Please make it smaller, or save it as JPEG."
)
TOO_LARGE = ["The file is larger than 20 MB. Please make it smaller."]
A_VIDEO = ["This is a video, no photo. JPEG, PNG, WebP, HEIC, GIF, BMP and TIFF are accepted."]
DAMAGED = ["The picture is damaged and cannot be read."]


@pytest.mark.parametrize(
    "data",
    [
        b"A letter in plain words",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        b"PK\x03\x04" + bytes(60),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\0\0\0\x20ftypheic" + bytes(100),
        b"\0\0\0\x20ftypM4A " + bytes(100),
        b"\xff\xd8",
    ],
    ids=["text", "pdf", "zip", "svg", "an empty heic", "sound", "two bytes"],
)
def test_what_is_no_photo_is_told_by_its_content(data):
    assert refusal(data) == NO_PHOTO


@pytest.mark.parametrize(
    "head",
    [
        b"\0\0\0\x20ftypisom", b"\0\0\0\x14ftypqt  ", b"\0\0\0\x20ftypiso6", b"\0\0\0\x08wide", b"\x1aE\xdf\xa3",
        b"RIFF\0\0\0\0AVI ", b"0&\xb2u\x8ef\xcf\x11",
    ],
    ids=["mp4", "mov", "mp4 of a drone", "old mov", "webm", "avi", "wmv"],
)  # fmt: skip
def test_a_video_is_called_a_video(head):
    assert refusal(head + bytes(200)) == A_VIDEO


class Arrived:
    """An uploaded file of any size that notes how much of it is read."""

    def __init__(self, head, size):
        self.head, self.size, self.read_bytes = head, size, 0

    def seek(self, place):
        assert place == 0

    def read(self, size=-1):
        self.read_bytes += self.size if size < 0 else size
        return self.head[:size]


@pytest.mark.parametrize(("head", "told"), [(b"\0\0\0\x20ftypmp42", A_VIDEO), (b"\xff\xd8\xff\xe1", TOO_LARGE)])
def test_a_film_of_three_gigabytes_is_refused_after_its_first_bytes(head, told):
    film = Arrived(head, 3_000_000_000)
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        picture_in(film)
    assert (refused.value.messages, film.read_bytes) == (told, HEAD)


def test_an_empty_file_is_told():
    assert refusal(b"") == ["The file is empty."]


def test_a_file_too_large_is_told_with_the_limit(settings):
    settings.PHOTO_MAX_BYTES = 3_000_000
    assert refusal(drawn() + bytes(3_000_000)) == ["The file is larger than 3 MB. Please make it smaller."]


@pytest.mark.parametrize("size", [(12_000, 9_000), (20_000, 20_000), (2**31 - 1, 1)])
def test_too_many_pixels_are_told_before_they_are_unpacked(size):
    assert refusal(claiming(*size)) == [TOO_MANY.format(size[0] * size[1] // 1_000_000)]


GROWN = """
import sys
import qualitymonth.wsgi
from django.core.exceptions import ValidationError
from django.utils import translation
from activities.evidence.pictures import picture_from
from documents.elsewhere import STRANGERS

def most(pid):
    with open(f"/proc/{pid}/status") as file:
        return int(next(line for line in file if line.startswith("VmHWM")).split()[1]) / 1024

small, hostile = sys.stdin.buffer.read().split(b"//////")
picture_from(small)
before = most("self")
try:
    with translation.override("en"):
        picture_from(hostile)
except ValidationError as error:
    print(error.messages[0])
print(most("self") - before < 8, most(STRANGERS.child.pid) < 150)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process is read from /proc")
def test_a_small_picture_that_unpacks_to_a_gigabyte_fills_neither_the_web_process_nor_its_child():
    bomb = palette(9_000, 9_000)
    done = subprocess.run(
        [sys.executable, "-c", GROWN], input=drawn() + b"//////" + bomb, cwd=settings.BASE_DIR, capture_output=True
    )
    said = done.stdout.decode().splitlines()
    assert (len(bomb) < 100_000, said) == (True, [TOO_MANY.format(81), "True True"]), done.stderr.decode()


@pytest.mark.parametrize(("kind", "told"), [("JPEG", DAMAGED), ("PNG", DAMAGED), ("WEBP", NO_PHOTO)])
def test_half_a_picture_is_refused(kind, told, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint sets it
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, kind)
    assert refusal(out.getvalue()[: len(out.getvalue()) // 2]) == told


@limits(max_examples=60, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.data())
def test_a_picture_with_any_bytes_changed_is_read_or_refused_in_words(kind, data):
    whole = bytearray(drawn(kind))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert large(bytes(whole)).format == "JPEG"
    except ValidationError as refused:
        assert len(refused.messages) == 1
    except ImageError as refused:  # seen by the worker only
        assert str(refused)
