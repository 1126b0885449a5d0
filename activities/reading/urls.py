"""Addresses: a text becomes a campaign."""

from django.urls import path

from activities.reading.views import proposals, readings

urlpatterns = [
    path("readings/", readings.readings, name="readings"),
    path("readings/<int:pk>/", readings.reading, name="reading"),
    path("readings/<int:pk>/add/", readings.add, name="add-proposal"),
    path("readings/<int:pk>/rest/", readings.rest, name="rest"),
    path("readings/<int:pk>/confirm/", readings.confirm, name="confirm"),
    path("readings/<int:pk>/undo/", readings.undo, name="undo"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/mark/", proposals.mark, name="mark"),
    path("proposals/<int:pk>/split/", proposals.split, name="split"),
    path("proposals/<int:pk>/merge/", proposals.merge, name="merge"),
    path("units/like/", readings.units_like, name="units-like"),
]
