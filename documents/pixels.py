"""The pixels of a picture as they are printed: eight bits, sRGB, transparency as white paper. The one way to them."""

from __future__ import annotations

import io

from PIL import Image, ImageCms


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
