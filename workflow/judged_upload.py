"""The door of every file that is taken in and kept: judged by what is in it, made clean, looked through for viruses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

import documents
from documents.errors import DocumentError
from workflow.virus_scan import scan


def judged(upload: Any) -> Any:
    """Judge an uploaded file whose ending is that of its content.

    Arguments: Django's uploaded file. Returns: the file to keep: the same, or one made clean, which says so (``said``).
    Raises: ValidationError, with what to do.
    """
    try:
        found = documents.safety.judged(upload.name, content(upload))
    except DocumentError as error:
        raise ValidationError(str(error)) from error
    if found.data is not None:
        words = _("%(name)s was made clean: without %(removed)s. What one reads in it is the same.")
        said = words % {"name": upload.name, "removed": ", ".join(found.removed)}
        upload = SimpleUploadedFile(upload.name, found.data, upload.content_type)
        upload.said = said
    scan(upload)
    return upload


def tell_cleaned(request: HttpRequest, upload: Any) -> None:
    """Tell the person whose file was made clean; nothing when it stayed as it came."""
    if words := getattr(upload, "said", ""):
        messages.info(request, words)


def content(upload: Any) -> bytes | Path:
    """What was uploaded: its bytes, or of a large file the path where it lies."""
    if isinstance(upload, TemporaryUploadedFile):
        return Path(upload.temporary_file_path())
    upload.seek(0)
    data: bytes = upload.read()
    upload.seek(0)
    return data
