"""Uploads without end are let pass, not kept: what is larger than anything the site takes in never fills the disk.

What could not be taken in while it arrived stays by field and name with the request, so that the page can say it:
``request.too_large``, and ``request.no_room`` where the disk was full.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler

from workflow.kept_files import NO_ROOM


class LimitedUploadHandler(FileUploadHandler):
    """Stands before Django's handlers: a file that outgrows the limit is dropped while it arrives."""

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


class RoomyTemporaryFiles(TemporaryFileUploadHandler):
    """Django's handler for large files; one for which the disk has no room is dropped, and the page says so."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what arrives. Raises: SkipFile when there is no room."""
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self.no_room(error)
            raise SkipFile from error

    def file_complete(self, file_size: int) -> Any:
        """The file, or nothing when its end did not fit."""
        try:
            return super().file_complete(file_size)
        except OSError as error:
            self.no_room(error)
            return None

    def no_room(self, error: OSError) -> None:
        """Note it with the request. Raises: the error when it is another one."""
        if error.errno not in NO_ROOM:
            raise error
        names = getattr(self.request, "no_room", [])
        self.request.no_room = [*names, (self.field_name, self.file_name)]  # type: ignore[union-attr]
