"""Addresses: the briefings of a campaign."""

from django.urls import path

from reports.briefings.views import editions

urlpatterns = [
    path("campaigns/<int:pk>/briefings/", editions.briefings, name="briefings"),
    path("briefings/<int:pk>/", editions.briefing, name="briefing"),
    path("briefings/<int:pk>/progress/", editions.progress, name="progress"),
    path("briefings/<int:pk>/briefing.pdf", editions.file, name="file"),
    path("briefings/<int:pk>/circulate/", editions.circulate, name="circulate"),
    path("briefings/<int:pk>/retry/", editions.retry, name="retry"),
]
