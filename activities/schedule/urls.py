"""Addresses: the calendar of a campaign, and of a person over all."""

from django.urls import path

from activities.schedule.views import pages

urlpatterns = [
    path("campaigns/<int:pk>/calendar/", pages.calendar, name="calendar"),
    path("calendar/", pages.my_calendar, name="my-calendar"),
]
