from django.urls import path

from reports.summaries.urls import urlpatterns as summaries
from reports.views import archives, briefings, dashboard, home, personal_data, renew

app_name = "reports"

urlpatterns = [
    *summaries,
    path("", home.home, name="home"),
    path("personal-data/", personal_data.own_data, name="own-data"),
    path("people/<int:pk>/data/", personal_data.personal_data, name="personal-data"),
    path("campaigns/<int:pk>/renew/", renew.renew, name="renew"),
    path("campaigns/<int:pk>/dashboard/", dashboard.dashboard, name="dashboard"),
    path("campaigns/<int:pk>/archives/", archives.archives, name="archives"),
    path("archives/<int:pk>/progress/", archives.archive_progress, name="archive-progress"),
    path("archives/<int:pk>/package.zip", archives.archive_file, name="archive-file"),
    path("archives/<int:pk>/retry/", archives.archive_again, name="archive-again"),
    path("campaigns/<int:pk>/briefings/", briefings.briefings, name="briefings"),
    path("briefings/<int:pk>/", briefings.briefing, name="briefing"),
    path("briefings/<int:pk>/progress/", briefings.progress, name="progress"),
    path("briefings/<int:pk>/briefing.pdf", briefings.file, name="file"),
    path("briefings/<int:pk>/circulate/", briefings.circulate, name="circulate"),
    path("briefings/<int:pk>/retry/", briefings.retry, name="retry"),
]
