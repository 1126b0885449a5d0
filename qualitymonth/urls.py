"""Every address of the site. Pages are closed by default (LoginRequiredMiddleware)."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from qualitymonth.health import live, ready

handler500 = "qualitymonth.failure.failed"
urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("activities.urls")),  # an address is looked for in this order: what is opened most comes early
    path("", include("reports.urls")),
    path("", include("campaigns.urls")),
    path("", include("feedback.urls")),
    path("", include("workflow.sheets.urls")),
    path("lists/", include("workflow.listing.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("livez", live, name="livez"),
    path("readyz", ready, name="readyz"),
    path("health/", ready, name="health"),
]
