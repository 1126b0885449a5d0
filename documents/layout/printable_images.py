"""Images as they are printed: opened by their real format, turned upright, scaled once, written again.

Nothing of an upload reaches the paper but its pixels.
"""

from __future__ import annotations

import io
import warnings
from urllib.parse import quote

from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from documents.answers import Printable
from documents.counts import thousands
from documents.errors import ImageError
from documents.messages import gettext as _
from documents.pixels import eight_bits, plain

SCHEME = "named:"
MOST_PIXELS = 170_000_000  # a photo of 12,000 px is 144 million; Pillow itself refuses beyond 178
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
    box = (round(width_mm / 25.4 * DPI), round(height_mm / 25.4 * DPI))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # decided here by MOST_PIXELS
            return _convert(name, data, box)
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
    except Image.DecompressionBombError as error:
        raise ImageError(_("“%(name)s” has too many pixels to be printed.") % {"name": name}) from error


def prepare_seal(name: str, data: bytes, width_mm: float = 42.0) -> Printable:
    """Make the image of a seal printable over text: what is white in it, or transparent already, stays open.

    Arguments and errors as prepare().
    """
    plain = prepare(name, data, width_mm, width_mm)  # the same checks
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        clear = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
        layered = eight_bits(ImageOps.exif_transpose(image)).convert("RGBA")
    layered.thumbnail((plain.width, plain.height), Image.Resampling.LANCZOS)
    if not clear:
        darkest = ImageChops.darker(ImageChops.darker(*layered.split()[:2]), layered.split()[2])
        layered.putalpha(ImageChops.invert(darkest))
    out = io.BytesIO()
    layered.save(out, "PNG", optimize=True)
    return Printable(out.getvalue(), *layered.size)


def _convert(name: str, data: bytes, box: tuple[int, int]) -> Printable:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ImageError(
                _("“%(name)s” has %(width)s × %(height)s pixels; %(most)s are the most.")
                % {
                    "name": name,
                    "width": thousands(image.width),
                    "height": thousands(image.height),
                    "most": thousands(MOST_PIXELS),
                }
            )
        image.draft("RGB", box)  # a JPEG is decoded at an eighth when that is enough
        image.seek(0)
        profile = image.info.get("icc_profile")
        photo = image.format in {"JPEG", "WEBP"}
        upright = ImageOps.exif_transpose(image)
    upright = plain(upright, profile)
    if upright.width > box[0] * NEAR or upright.height > box[1] * NEAR:
        upright.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = io.BytesIO()
    if photo or _many_colours(upright):
        upright.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True)
    else:
        upright.save(out, "PNG", optimize=True)
    return Printable(out.getvalue(), *upright.size)


def _many_colours(image: Image.Image) -> bool:
    return image.mode == "RGB" and image.getcolors(4096) is None
