"""Addresses: the calendar of a campaign, and of a person over all; feeds for calendar programs."""

from django.urls import path

from activities.schedule.views import feeds, occasion, pages

urlpatterns = [
    path("campaigns/<int:pk>/calendar/", pages.calendar, name="calendar"),
    path("activities/<int:pk>/occasion/", occasion.occasion, name="occasion"),
    path("calendar/", pages.my_calendar, name="my-calendar"),
    path("calendar/feeds/", feeds.feeds, name="feeds"),
    path("calendar/feeds/<int:pk>/revoke/", feeds.revoke, name="revoke-feed"),
    path("calendar/feeds/<str:secret>.ics", feeds.feed, name="feed"),
]
