"""Photographs as units send them: turned upright, scaled once, written again, or refused by name."""

import io

import pytest
from PIL import Image, ImageCms

from documents.errors import ImageError
from documents.layout.printable_images import prepare, prepare_seal
from documents.pictures.small import thumbnail


def encoded(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def opened(printable):
    image = Image.open(io.BytesIO(printable.data))
    image.load()
    return image


def test_a_large_photo_is_scaled_to_its_place():
    photo = encoded(Image.effect_noise((4000, 3000), 40).convert("RGB"), "JPEG")
    found = prepare("a.jpg", photo)
    assert (found.width, found.height) == (1228, 921)
    assert len(found.data) < len(photo) / 4


def test_a_photo_of_12000_pixels_is_set():
    photo = encoded(Image.new("RGB", (12000, 9000), "teal"), "JPEG", quality=30)
    assert prepare("huge.jpg", photo).width == 1228


def test_too_many_pixels_are_refused_by_name():
    bomb = encoded(Image.new("1", (20000, 20000)), "PNG")
    with pytest.raises(ImageError, match=r"bomb\.png"):
        prepare("bomb.png", bomb)


def test_cmyk_and_a_profile_become_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    cmyk = encoded(Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG")
    tagged = encoded(Image.new("RGB", (40, 40), "red"), "JPEG", icc_profile=profile)
    broken = encoded(Image.new("RGB", (40, 40), "red"), "JPEG", icc_profile=b"no profile at all")
    for data in (cmyk, tagged, broken):
        image = opened(prepare("a.jpg", data))
        assert image.mode == "RGB"
        assert "icc_profile" not in image.info
        red, green, blue = image.getpixel((20, 20))
        assert red > 200 and green < 60 and blue < 60


def test_only_the_first_picture_of_an_animation_is_taken():
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    image = opened(prepare("a.gif", data)).convert("RGB")
    assert image.getpixel((5, 5))[0] > 200


def test_an_upright_photo_loses_its_camera_data():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "a camera"
    data = encoded(Image.new("RGB", (60, 40), "green"), "JPEG", exif=exif)
    found = prepare("a.jpg", data)
    assert (found.width, found.height) == (40, 60)
    assert b"a camera" not in found.data


def test_transparency_becomes_white():
    image = opened(prepare("a.png", encoded(Image.new("RGBA", (10, 10), (0, 0, 0, 0)), "PNG")))
    assert image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16"])
def test_unusual_modes_are_printed(mode):
    data = encoded(Image.new(mode, (20, 20)), "PNG")
    assert opened(prepare("a.png", data)).size == (20, 20)


@pytest.mark.parametrize(
    "data", [b"", b"x", b"\xff\xd8\xff\xe0", b"%PDF-1.7", b"<svg/>", b"GIF89a", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_image_is_refused_by_name(data):
    with pytest.raises(ImageError, match="photo of the school"):
        prepare("photo of the school", data)


def test_a_photo_cut_off_is_refused_by_name():
    whole = encoded(Image.effect_noise((400, 300), 40), "JPEG")
    with pytest.raises(ImageError, match="cut"):
        prepare("cut", whole[: len(whole) // 2])


def test_the_same_photo_gives_the_same_bytes():
    photo = encoded(Image.effect_noise((400, 300), 40), "PNG")
    assert prepare("a", photo) == prepare("a", photo)


def grey_of_sixteen_bits():
    image = Image.new("I;16", (40, 40), 30000)
    image.paste(65535, (0, 0, 20, 40))
    return encoded(image, "PNG")


def test_a_seal_in_grey_of_sixteen_bits_is_printed_as_in_eight():
    eight = Image.new("L", (40, 40), 117)
    eight.paste(255, (0, 0, 20, 40))
    wide, plain = (opened(prepare_seal("seal.png", data)) for data in (grey_of_sixteen_bits(), encoded(eight, "PNG")))
    place = (wide.width * 3 // 4, wide.height // 2)
    assert max(abs(a - b) for a, b in zip(wide.getpixel(place), plain.getpixel(place), strict=True)) <= 2
    assert wide.getpixel(place)[3] > 100


def test_a_thumbnail_in_grey_of_sixteen_bits_is_no_white_paper():
    small = Image.open(io.BytesIO(thumbnail(grey_of_sixteen_bits(), 40)))
    assert 110 <= small.getpixel((35, 20))[0] <= 125
