"""Photos are served to those who see their assignment, and to nobody else."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from activities.models import Photo
from workflow.pages import require, visible

ABOUT = [f"assignment__{each}" for each in ("unit", "campaign", "activity", "demand")]


@require_safe
@cache_control(private=True, max_age=86400, immutable=True)
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """The photo at print size."""
    return sent(seen_by(request, pk).file)


@require_safe
def thumbnail(request: HttpRequest, pk: int) -> FileResponse:
    """The photo as a thumbnail; at print size, and not to be kept, as long as a worker has not made it."""
    found = seen_by(request, pk)
    if not found.thumbnail:
        response = sent(found.file)
        add_never_cache_headers(response)
        return response
    response = sent(found.thumbnail)
    patch_cache_control(response, private=True, max_age=86400, immutable=True)
    return response


@require_safe
def alike(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo beside those of other filings that look like it: a pointer for the office, no accusation."""
    found: Photo = visible(Photo.objects.select_related(*ABOUT), request, pk=pk)
    require(request, "review", found.assignment)
    context = {"photo": found, "others": found.alike(request.user), "campaign": found.assignment.campaign}
    return render(request, "activities/photos_alike.html", context)


def seen_by(request: HttpRequest, pk: int) -> Photo:
    """The photo, if the person may see it. Raises: Http404."""
    found: Photo = visible(Photo, request, pk=pk)
    return found


def sent(file: Any) -> FileResponse:
    return FileResponse(file.open("rb"), content_type="image/jpeg")
