"""The room as a Django app: it has no models, only the command set_document."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Official documents: read, set, bind."""

    name = "documents"
