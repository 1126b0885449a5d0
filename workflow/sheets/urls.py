"""Addresses: one file that was handed in, one that was asked for. Each list has a page of its own in its room."""

from django.urls import path

from workflow.sheets.export_views import list_export, list_export_file, new_export
from workflow.sheets.views import sheet_import

app_name = "sheets"

urlpatterns = [
    path("imports/<int:pk>/", sheet_import, name="import"),
    path("exports/", new_export, name="new-export"),
    path("exports/<int:pk>/", list_export, name="export"),
    path("exports/<int:pk>/list.xlsx", list_export_file, name="export-file"),
]
