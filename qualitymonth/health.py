"""Whether the parts the site stands on answer; for the administrator and for monitoring."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse

from workflow.pulse import worker_seen


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """Database, cache and worker as true or false; status 503 when database or cache do not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        database = cursor.fetchone() == (1,)
    cache.set("health", "well", 5)
    parts = {
        "database": database,
        "cache": cache.get("health") == "well",
        "worker": worker_seen() is not None,
    }
    return JsonResponse(parts, status=200 if parts["database"] and parts["cache"] else 503)
