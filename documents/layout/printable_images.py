"""Images as they are printed: opened by their real format, turned upright, scaled once, written again.

Nothing of an upload reaches the paper but its pixels.
"""

from __future__ import annotations

import io
from typing import cast
from urllib.parse import quote

from PIL import Image, ImageChops, UnidentifiedImageError

from documents.answers import Printable
from documents.counts import thousands
from documents.elsewhere import STRANGERS
from documents.errors import ImageError
from documents.messages import gettext as _
from documents.pixels import TooCostly, fitted, plain

SCHEME = "named:"
DPI = 200
NEAR = 1.4  # an image this much finer than print keeps its pixels: scaling would cost more than it saves
QUALITY = 80
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")


def address(name: str) -> str:
    """Return the address under which the closed fetcher serves the image of that name."""
    return SCHEME + quote(name, safe="")


def prepare(name: str, data: bytes, width_mm: float = 156.0, height_mm: float = 190.0) -> Printable:
    """Make an image printable at its place.

    name: as the user knows it; data: the file; width_mm, height_mm: the largest it is printed.
    Only the first picture of an animation is taken; CMYK and ICC profiles become sRGB; transparency becomes white.
    Raises ImageError naming the file when it is not an image or is broken or has too many pixels.
    """
    return cast(Printable, STRANGERS.call(__name__, "converted", name, data, _box(width_mm, height_mm)))


def prepare_seal(name: str, data: bytes, width_mm: float = 42.0) -> Printable:
    """Make the image of a seal printable over text: what is white in it, or transparent already, stays open.

    Arguments and errors as prepare().
    """
    return cast(Printable, STRANGERS.call(__name__, "converted", name, data, _box(width_mm, width_mm), is_seal=True))


def _box(width_mm: float, height_mm: float) -> tuple[int, int]:
    return (round(width_mm / 25.4 * DPI), round(height_mm / 25.4 * DPI))


# --- in the child for what strangers hand in ---------------------------------------------------------------


def converted(name: str, data: bytes, box: tuple[int, int], *, is_seal: bool = False) -> Printable:
    """What prepare() and prepare_seal() return; box: the most pixels."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        return _fitting(name, image, box, is_seal)
    except UnidentifiedImageError as error:
        raise ImageError(
            _("“%(name)s” is not an image that can be printed (JPEG, PNG, GIF, BMP, TIFF or WebP).") % {"name": name}
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        if isinstance(error, ImageError):
            raise
        raise ImageError(
            _("“%(name)s” is broken and cannot be printed: %(reason)s") % {"name": name, "reason": str(error)[:120]}
        ) from error


def _fitting(name: str, image: Image.Image, box: tuple[int, int], is_seal: bool) -> Printable:
    try:
        return _seal(image, box) if is_seal else _convert(image, box)
    except (TooCostly, MemoryError) as error:
        words = _("“%(name)s” has %(width)s × %(height)s pixels, more than can be opened here. "
                  "Please make it smaller, or save it as JPEG.")  # fmt: skip
        sizes = {"width": thousands(image.width), "height": thousands(image.height)}
        raise ImageError(words % {"name": name, **sizes}) from error


def _seal(image: Image.Image, box: tuple[int, int]) -> Printable:
    clear = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    layered = fitted(image, box, NEAR).convert("RGBA")
    if not clear:
        darkest = ImageChops.darker(ImageChops.darker(*layered.split()[:2]), layered.split()[2])
        layered.putalpha(ImageChops.invert(darkest))
    out = io.BytesIO()
    layered.save(out, "PNG", optimize=True)
    return Printable(out.getvalue(), *layered.size)


def _convert(image: Image.Image, box: tuple[int, int]) -> Printable:
    image.seek(0)
    profile = image.info.get("icc_profile")
    photo = image.format in {"JPEG", "WEBP"}
    upright = plain(fitted(image, box, NEAR), profile)
    out = io.BytesIO()
    if photo or _many_colours(upright):
        upright.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True)
    else:
        upright.save(out, "PNG", optimize=True)
    return Printable(out.getvalue(), *upright.size)


def _many_colours(image: Image.Image) -> bool:
    return image.mode == "RGB" and image.getcolors(4096) is None
