"""Addresses: everything of a campaign as one ZIP file."""

from django.urls import path

from activities.packing import views

urlpatterns = [
    path("campaigns/<int:pk>/packages/", views.packages, name="packages"),
    path("packages/<int:pk>/", views.package, name="package"),
    path("packages/<int:pk>/progress/", views.progress, name="package-progress"),
    path("packages/<int:pk>/package.zip", views.file, name="package-file"),
    path("packages/<int:pk>/retry/", views.retry, name="package-retry"),
]
