"""Artwork: versions kept as they came, a thumbnail made here, downloads counted."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

import documents
from campaigns.models import Asset, AssetVersion
from documents.errors import DocumentError
from workflow import clock
from workflow.judged_upload import content

LARGEST = 200_000_000
PIXELS = 400
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
KINDS = (*PICTURES, ".pdf", ".ai", ".psd", ".mp4", ".mov", ".docx", ".doc", ".zip")
"""What artwork may be; SVG and HTML carry programs, PostScript (EPS) is one: they are refused."""


def ending(name: str) -> str:
    """The ending of a file's name, in small letters."""
    return PurePath(name).suffix.lower()


def check_picture(upload: Any, *, to_print: bool = False) -> None:
    """Refuse a picture that cannot be opened; one too large to be tried is trusted unless it is to be printed.

    Raises: ValidationError.
    """
    try:
        documents.pictures.check(content(upload), to_print=to_print)
    except DocumentError as error:
        raise ValidationError(str(error)) from error


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
    pdf = ending(upload.name) in (".pdf", ".ai")  # Illustrator's files hold a PDF
    if not pdf and ending(upload.name) not in PICTURES:
        return None
    return documents.pictures.thumbnail(content(upload), PIXELS, pdf=pdf)


def counted(version: AssetVersion) -> AssetVersion:
    """The version, with one download more on its count."""
    AssetVersion.objects.filter(pk=version.pk).update(downloads=F("downloads") + 1)
    return version
