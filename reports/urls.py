from django.urls import include, path

from reports.views import archives, dashboard, home, leader_remarks, meeting, personal_data, renew

app_name = "reports"

urlpatterns = [
    path("", include("reports.briefings.urls")),
    path("", include("reports.summaries.urls")),
    path("", include("reports.evaluation.urls")),
    path("", include("reports.indicators.urls")),
    path("", include("reports.rolling_up.urls")),
    path("", include("reports.search.urls")),
    path("", include("reports.api.urls")),
    path("", home.home, name="home"),
    path("personal-data/", personal_data.own_data, name="own-data"),
    path("people/<int:pk>/data/", personal_data.personal_data, name="personal-data"),
    path("campaigns/<int:pk>/renew/", renew.renew, name="renew"),
    path("campaigns/<int:pk>/dashboard/", dashboard.dashboard, name="dashboard"),
    path("campaigns/<int:pk>/dashboard/changes/", dashboard.changes, name="changes"),
    path("campaigns/<int:pk>/dashboard/rows/", dashboard.rows, name="stood"),
    path("campaigns/<int:pk>/presentation/", meeting.presentation, name="presentation"),
    path("campaigns/<int:pk>/years/", meeting.years, name="years"),
    path("campaigns/<int:pk>/leader-remarks/", leader_remarks.leader_remarks, name="leader-remarks"),
    path("leader-remarks/<int:pk>/", leader_remarks.leader_remark, name="leader-remark"),
    path("campaigns/<int:pk>/archives/", archives.archives, name="archives"),
    path("archives/<int:pk>/progress/", archives.archive_progress, name="archive-progress"),
    path("archives/<int:pk>/package.zip", archives.archive_file, name="archive-file"),
    path("archives/<int:pk>/retry/", archives.archive_again, name="archive-again"),
]
