"""Uploads without end are let pass, not kept: what is larger than anything the site takes in never fills the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class LimitedUploadHandler(FileUploadHandler):
    """Stands before Django's handlers: a file that outgrows the limit is dropped while it arrives.

    Its field and name stay in ``request.too_large``, so that the page can say which file it was.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self.arrived = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count what arrives. Raises: SkipFile when it is too much."""
        self.arrived += len(raw_data)
        if self.arrived > settings.UPLOAD_MAX_BYTES:
            names = getattr(self.request, "too_large", [])
            self.request.too_large = [*names, (self.field_name, self.file_name)]  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one keep the file."""
        return None
