"""Addresses: one file that was handed in. Each list has a page of its own in its room."""

from django.urls import path

from workflow.sheets.views import sheet_import

app_name = "sheets"

urlpatterns = [path("imports/<int:pk>/", sheet_import, name="import")]
