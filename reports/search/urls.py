"""Addresses: looking for something."""

from django.urls import path

from reports.search.views import search

urlpatterns = [path("search/", search.search, name="search")]
