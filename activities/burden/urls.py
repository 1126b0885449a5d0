"""Addresses: what the burden check counts with, and with which filings photos are demanded."""

from django.urls import path

from activities.burden.views import pages

urlpatterns = [
    path("campaigns/<int:pk>/measures/", pages.measures, name="measures"),
    path("campaigns/<int:pk>/photos/", pages.campaign_photos, name="campaign-photos"),
]
