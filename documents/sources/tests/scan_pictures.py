"""Pictures as a scanner or a telephone makes them, out of pages of our own: askew, noisy, unevenly lit, with a seal."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
RED = (220, 30, 30, 190)


def pages(pdf: bytes, dpi: int = 200) -> list[Any]:
    """The pages of a PDF as pictures."""
    document = pypdfium2.PdfDocument(pdf)
    return [document[index].render(scale=dpi / 72).to_pil().convert("RGB") for index in range(len(document))]


def sealed(page: Any, where: tuple[int, int], name: str) -> Any:
    """A page with a round red seal over a place."""
    page = page.copy()
    draw = ImageDraw.Draw(page, "RGBA")
    x, y = where
    draw.ellipse((x - 165, y - 165, x + 165, y + 165), outline=RED, width=10)
    face = ImageFont.truetype(FONT, 42)
    for at, char in enumerate(name[:12]):
        angle = math.radians(-200 + 20 * at)
        draw.text((x + 120 * math.cos(angle) - 21, y + 120 * math.sin(angle) - 26), char, font=face, fill=RED)
    draw.text((x - 40, y - 45), "★", font=ImageFont.truetype(FONT, 80), fill=RED)
    return page


def scanned(page: Any, seed: int = 1, *, skew: float = 2.0) -> Any:
    """A page as a scan: up to so many degrees askew, noise, light that falls from one side."""
    chance, noise = random.Random(seed), np.random.default_rng(seed)
    turned = page.rotate(chance.uniform(-skew, skew), resample=Image.Resampling.BICUBIC, fillcolor="white")
    found = np.asarray(turned).astype(np.float32)
    high, wide = found.shape[:2]
    across, down = np.linspace(0, 1, wide)[None, :], np.linspace(0, 1, high)[:, None]
    light = 0.72 + 0.2 * (across * chance.uniform(0.3, 1) + down * chance.uniform(0.3, 1))
    found = found * light[:, :, None] + noise.normal(0, 9, found.shape)
    return Image.fromarray(np.clip(found, 0, 255).astype(np.uint8))


def jpeg(picture: Any, quality: int = 70) -> bytes:
    """A picture as JPEG."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def pdf_of(pictures: Sequence[Any], dpi: int = 200) -> bytes:
    """A PDF of pictures alone, packed as JPEG 70."""
    packed = [Image.open(io.BytesIO(jpeg(each))) for each in pictures]
    out = io.BytesIO()
    packed[0].save(out, "PDF", save_all=True, append_images=packed[1:], resolution=dpi)
    return out.getvalue()
