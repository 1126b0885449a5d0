"""The pixels of a picture as they are printed: no larger than needed, eight bits, sRGB, transparency as white paper.

The one way to them. What opening a picture costs is reckoned before it is unpacked: bytes, not pixels, fill a machine,
and a pixel of a palette takes nine of them on its way to colours.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageCms, ImageOps

MOST_BYTES = 400 * 2**20
"""The most memory that opening one picture may take: 100 megapixels of RGB, 46 of a palette, 38 of a HEIC; of a JPEG
what is left when its decoder has made it smaller. The rest of ``documents.elsewhere.CEILING`` is for the programs."""
_MODES = {
    "1": 2, "L": 1, "LA": 8, "P": 9, "PA": 12, "RGB": 4, "RGBA": 8, "RGBX": 4, "CMYK": 4, "YCbCr": 4, "LAB": 4,
}  # fmt: skip
"""Bytes a pixel takes in Pillow, and in the copies on its way to eight bits of RGB or RGBA at the size wanted."""
_WIDE, _KEYED = 12, 8
"""The same for more than eight bits; and what one colour that is transparent adds."""
_DECODERS = {"WEBP": 12, "HEIF": 7, "TIFF": 4, "GIF": 4}
"""What a decoder holds beside the picture."""
_PROGRESSIVE = 6
"""What that of JPEG holds of each pixel of the whole picture when it comes in several passes."""
_TURNED = (5, 6, 7, 8)
_ORIENTATION = 0x0112
Image.MAX_IMAGE_PIXELS = None  # Pillow's own guess at a bomb: decided here by what it costs


class TooCostly(ValueError):
    """A picture whose pixels would take more memory than there is for it."""


def fitted(image: Image.Image, box: tuple[int, int], near: float = 1.0) -> Image.Image:
    """Return an opened picture loaded, upright, and no larger than a box of pixels.

    near: up to so many times the box it keeps its size. Modes: L, LA, RGB, RGBA or CMYK of eight bits.
    Raises TooCostly before anything is unpacked; whatever Pillow raises for a damaged file.
    """
    affordable(image, box)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow remarks on damaged metadata
        image.load()
        if image.getexif().get(_ORIENTATION) in _TURNED:  # Pillow may have to load it to know
            box = (box[1], box[0])
    image = direct(image)
    if image.width > box[0] * near or image.height > box[1] * near:
        image.thumbnail(box, Image.Resampling.LANCZOS)
    return ImageOps.exif_transpose(image)


def affordable(image: Image.Image, box: tuple[int, int]) -> None:
    """Ask the decoder of an opened picture for no more than a box of pixels. Raises TooCostly."""
    whole = image.width * image.height
    image.draft("RGB", (max(box), max(box)))  # a JPEG is decoded at an eighth when that is enough
    if cost(image, whole) > MOST_BYTES:
        raise TooCostly


def cost(image: Image.Image, whole: int) -> int:
    """Return how many bytes opening a picture takes at most.

    image: opened, not loaded; whole: its pixels before its decoder was asked for a smaller one.
    """
    each = _MODES.get(image.mode, _WIDE) + (_KEYED if "transparency" in image.info and image.mode != "P" else 0)
    passes = _PROGRESSIVE * whole if image.info.get("progressive") else 0
    return image.width * image.height * (each + _DECODERS.get(image.format or "", 0)) + passes


def direct(image: Image.Image) -> Image.Image:
    """The picture with colours instead of numbers of colours, so that it can be made smaller."""
    image = eight_bits(image)
    colours = {"1": "L", "P": "RGB", "PA": "RGBA", "RGBX": "RGB"}.get(image.mode, image.mode)
    colours = "RGBA" if "transparency" in image.info else colours
    return image if image.mode == colours else image.convert(colours)  # Pillow copies what is so already


def plain(image: Image.Image, profile: bytes | None = None) -> Image.Image:
    """Return the picture in grey or RGB of eight bits, on white paper.

    profile: the ICC profile it came with; a broken one is ignored, the plain numbers are the better guess.
    """
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            image = turned if turned is not None else image
        except (ImageCms.PyCMSError, OSError):
            pass
    image = eight_bits(image)
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)
    return image.convert("L" if image.mode in {"1", "L"} else "RGB")


def eight_bits(image: Image.Image) -> Image.Image:
    """The picture in eight bits. Scanners and cameras write grey of sixteen: cut off at 255 it would be white paper."""
    if not (image.mode.startswith("I") or image.mode == "F"):
        return image
    wide = (image.convert("I") if image.mode.startswith("I;16") else image).convert("F")
    high = max(float(each) for each in wide.getextrema() if isinstance(each, int | float))
    most = 65535.0 if image.mode.startswith("I;16") or high > 255 else 255.0 if high > 1 or image.mode == "I" else 1.0
    most = max(most, high)
    return wide.point(lambda value: value * (255 / most) + 0.5).convert("L")
