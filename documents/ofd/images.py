"""Images of a PDF as files of the OFD: a photograph as the JPEG it is, everything else as PNG."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from PIL import Image


def image_file(found: Any) -> tuple[str, bytes]:
    """Return the format (JPEG or PNG) and the bytes of an image of a PDF."""
    mask = found.get("/SMask")
    if mask is None and found.get("/Filter") in (pikepdf.Name.DCTDecode, pikepdf.Array([pikepdf.Name.DCTDecode])):
        return "JPEG", found.read_raw_bytes()
    picture = pikepdf.PdfImage(found).as_pil_image()
    if mask is not None:
        clear = pikepdf.PdfImage(mask).as_pil_image().convert("L")
        picture = picture.convert("RGB")
        picture.putalpha(clear if clear.size == picture.size else clear.resize(picture.size, Image.Resampling.BILINEAR))
    elif picture.mode not in {"L", "RGB", "P", "1"}:
        picture = picture.convert("RGB")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return "PNG", out.getvalue()
