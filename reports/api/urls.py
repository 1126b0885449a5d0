"""Addresses: the interface for other systems, and the pages on which it is opened and described."""

from django.urls import path

from reports.api.views import access, door, tables

urlpatterns = [
    path("interface/", access.interface, name="interface"),
    path("interface/access/", access.access, name="access"),
    path("interface/tokens/<int:pk>/revoke/", access.revoke_token, name="revoke-token"),
    path("interface/hooks/<int:pk>/revoke/", access.revoke_hook, name="revoke-hook"),
    path("api/v1/openapi.json", door.described, name="api-described"),
    path("api/v1/tables/assignments.csv", tables.by_token, name="table-by-token"),
    path("api/v1/tables/<slug:secret>/assignments.csv", tables.by_address, name="table"),
    path("api/v1/<path:rest>", door.api, name="api"),
]
