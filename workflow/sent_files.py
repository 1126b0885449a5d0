"""How a stored file is handed out, after its view has asked for the right: the one way.

Behind nginx (X_ACCEL_REDIRECT) the answer only names the file and nginx sends it, so no process of ours waits for a
slow line; the folder is never open by itself.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFD = "application/ofd"
SHUT = "default-src 'none'; sandbox"
"""What a file may do in a browser that opens it all the same: nothing."""


def saved(file: Any, name: str, content_type: str = "application/octet-stream") -> HttpResponseBase:
    """A file to be saved, never shown within the site.

    Arguments: the stored file (FieldFile); the name offered for saving; what it is.
    """
    answer = _answer(file, content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Content-Security-Policy"] = SHUT
    return answer


def shown(file: Any, content_type: str, name: str = "") -> HttpResponseBase:
    """A file made here that a browser may show: a picture from pixels, a PDF we set. Arguments: as for saved()."""
    answer = _answer(file, content_type)
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return answer


def _answer(file: Any, content_type: str) -> HttpResponseBase:
    answer: HttpResponseBase
    if settings.X_ACCEL_REDIRECT and isinstance(file.storage, FileSystemStorage):
        answer = HttpResponse(content_type=content_type)
        answer["X-Accel-Redirect"] = f"{settings.X_ACCEL_REDIRECT.rstrip('/')}/{quote(file.name)}"
    else:
        answer = FileResponse(file.open("rb"), content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
