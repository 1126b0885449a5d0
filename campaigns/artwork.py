"""Artwork: versions kept as they came, a thumbnail made here, downloads counted."""

import hashlib
import io
from pathlib import PurePath
from typing import Any

import pypdfium2
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from PIL import Image, ImageOps

from campaigns.models import Asset, AssetVersion
from workflow import clock

LARGEST = 200_000_000
PIXELS = 400
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
KINDS = (*PICTURES, ".pdf", ".ai", ".eps", ".psd", ".mp4", ".mov", ".docx", ".doc", ".zip")
"""What artwork may be; SVG and HTML carry programs and are refused."""
MAX_PIXELS = 80_000_000


def ending(name: str) -> str:
    """The ending of a file's name, in small letters."""
    return PurePath(name).suffix.lower()


def is_damaged(upload: Any) -> bool:
    """Whether a picture cannot be opened; one too large to be tried is trusted."""
    upload.seek(0)
    try:
        with Image.open(upload, formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height <= MAX_PIXELS:
                image.load()
    except Exception:  # hostile and damaged files raise anything
        return True
    return False


@transaction.atomic
def add_version(asset: Asset, upload: Any, *, by: Any) -> AssetVersion:
    """Keep an uploaded file as the next version, with its thumbnail where one can be made.

    Arguments: the artwork; an UploadedFile already judged by its form; who adds it.
    """
    Asset.objects.select_for_update().get(pk=asset.pk)
    last = asset.versions.first()
    version = AssetVersion(
        asset=asset,
        number=last.number + 1 if last else 1,
        file_name=PurePath(upload.name).name[:200],
        sha256=checksum(upload),
        size=upload.size,
        added_by=by,
        added_at=clock.now(),
    )
    small = thumbnail(upload)
    upload.seek(0)
    version.file.save(f"asset-{asset.pk}-{version.number}{ending(upload.name)}", upload, save=False)
    if small:
        version.thumbnail.save(f"asset-{asset.pk}-{version.number}.png", ContentFile(small), save=False)
    version.save(force_insert=True)
    return version


def checksum(upload: Any) -> str:
    """The SHA-256 of an uploaded file, read piece by piece."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def thumbnail(upload: Any) -> bytes | None:
    """A small PNG of a picture or of a PDF's first page; None for what cannot be shown."""
    upload.seek(0)
    kind = ending(upload.name)
    try:
        if kind in PICTURES:
            image = Image.open(upload, formats=("JPEG", "PNG", "WEBP"))
            if image.width * image.height > MAX_PIXELS:
                return None
            return small_png(ImageOps.exif_transpose(image))
        if kind in (".pdf", ".ai"):  # Illustrator's files hold a PDF
            with pypdfium2.PdfDocument(upload.read()) as book:
                page = book[0]
                scale = 2 * PIXELS / max(*page.get_size(), 1)  # a page may call itself a kilometre wide
                return small_png(page.render(scale=scale).to_pil())
    except Exception:  # a thumbnail is a courtesy: hostile and damaged files raise anything
        return None
    return None


def small_png(image: Image.Image) -> bytes:
    """A PNG at most 400 pixels wide and high, its transparency kept."""
    image = image.convert("RGBA")
    image.thumbnail((PIXELS, PIXELS), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def counted(version: AssetVersion) -> AssetVersion:
    """The version, with one download more on its count."""
    AssetVersion.objects.filter(pk=version.pk).update(downloads=F("downloads") + 1)
    return version
