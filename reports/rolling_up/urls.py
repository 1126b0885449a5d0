"""Addresses: figures and summaries over all levels."""

from django.urls import path

from reports.rolling_up.views import composing, figures, sources

urlpatterns = [
    path("campaigns/<int:pk>/rolled-up/", figures.rolled_up, name="rolled-up"),
    path("campaigns/<int:pk>/figure-map/", figures.figure_map, name="figure-map"),
    path("campaigns/<int:pk>/release-figures/", figures.release_figures, name="release-figures"),
    path("campaigns/<int:pk>/roll-up/", composing.roll_up, name="roll-up"),
    path("rolled-pieces/<int:pk>/", composing.rolled_piece, name="rolled-piece"),
    path("assignments/<int:pk>/where-from/", sources.where_from, name="where-from"),
    path("rolled-pieces/<int:pk>/source/", sources.opened_source, name="opened-source"),
]
