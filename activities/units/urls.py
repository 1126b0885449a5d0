"""Addresses: units and groups that change in mid-campaign."""

from django.urls import path

from activities.units.views import disbanding, merging

urlpatterns = [
    path("units/merge/", merging.merge, name="merge-units"),
    path("groups/<int:pk>/delete/", disbanding.delete_group, name="delete-group"),
]
