"""Addresses: an upper notice is carried out, sentence by sentence."""

from django.urls import path

from activities.adopting.views import adopting, changes, coverage

urlpatterns = [
    path("received/", adopting.received_notices, name="received"),
    path("notices/<int:pk>/carry-out/", adopting.carry_out, name="carry-out"),
    path("campaigns/<int:pk>/coverage-of-upper/", coverage.coverage_of, name="coverage-of"),
    path("campaigns/<int:pk>/coverage-below/", coverage.coverage_below, name="coverage-below"),
    path("asking-sentences/<int:pk>/", coverage.sentence, name="asking-sentence"),
    path("campaigns/<int:pk>/upper-changes/", changes.upper_changes, name="upper-changes"),
]
