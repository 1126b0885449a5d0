"""The product's addresses, and the floor: what any signed-in page costs before it does its own work."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from accounts.models import Unit


def floor(request: HttpRequest) -> HttpResponse:
    """A bare view of a signed-in person: session, user, and one SELECT."""
    return HttpResponse(f"{request.user.get_username()} {Unit.objects.values_list('pk', flat=True).first()}")


urlpatterns = [path("bench/floor/", floor), path("", include("qualitymonth.urls"))]
