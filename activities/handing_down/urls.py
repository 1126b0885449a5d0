"""Addresses: what is owed above is handed to the own units."""

from django.urls import path

from activities.handing_down.views import handing_down

urlpatterns = [
    path("assignments/<int:pk>/hand-down/", handing_down.hand_down, name="hand-down"),
    path("owed-above/", handing_down.owed_above, name="owed-above"),
    path("handed-down/<int:pk>/", handing_down.handed_down, name="handed-down"),
    path("assignments/<int:pk>/handed-to/", handing_down.handed_to, name="handed-to"),
]
