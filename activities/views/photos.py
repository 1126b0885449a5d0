"""Photos are served to those who see their assignment, and to nobody else."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from activities.models import Photo
from workflow.pages import visible


@require_safe
@cache_control(private=True, max_age=86400, immutable=True)
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """The photo at print size."""
    return sent(seen_by(request, pk).file)


@require_safe
@cache_control(private=True, max_age=86400, immutable=True)
def thumbnail(request: HttpRequest, pk: int) -> FileResponse:
    """The photo as a thumbnail."""
    return sent(seen_by(request, pk).thumbnail)


def seen_by(request: HttpRequest, pk: int) -> Photo:
    """The photo, if the person may see it. Raises: Http404."""
    found: Photo = visible(Photo, request, pk=pk)
    return found


def sent(file: Any) -> FileResponse:
    return FileResponse(file.open("rb"), content_type="image/jpeg")
