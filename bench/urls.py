"""The product's addresses, and the floors: what a signed-in page or upload costs before the product does any work."""

import os
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from accounts.models import Unit


def floor(request: HttpRequest) -> HttpResponse:
    """A bare view of a signed-in person: session, user, and one SELECT."""
    return HttpResponse(f"{request.user.get_username()} {Unit.objects.values_list('pk', flat=True).first()}")


@csrf_exempt
def store(request: HttpRequest) -> HttpResponse:
    """A bare view that keeps what a signed-in person uploads: each file synced, then its folder; one INSERT."""
    folder, names = Path(settings.MEDIA_ROOT) / "bench", []
    folder.mkdir(parents=True, exist_ok=True)
    for upload in request.FILES.getlist("photos"):
        names.append(uuid4().hex)
        with open(folder / names[-1], "xb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_upload (names, at) VALUES (%s, %s)", [" ".join(names), timezone.now()])
    return HttpResponse(request.user.get_username())


urlpatterns = [
    path("bench/floor/", floor),
    path("bench/store/", store),
    path("", include("qualitymonth.urls")),
]
