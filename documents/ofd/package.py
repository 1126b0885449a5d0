"""The package itself: a ZIP file in which every part has its place, and the same parts give the same bytes."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_STORED = (".jpg", ".png", ".zip", ".docx", ".xlsx", ".pptx", ".pdf")


class Package:
    """An OFD being written, part by part."""

    def __init__(self, out: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(out, "w", allowZip64=True)

    def put(self, name: str, data: bytes) -> None:
        """Write one part; what is packed already is not packed again."""
        entry = zipfile.ZipInfo(name, _LONG_AGO)
        entry.compress_type = zipfile.ZIP_STORED if name.lower().endswith(_STORED) else zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        entry.create_system = 3
        self._zip.writestr(entry, data, compresslevel=9)

    def close(self) -> None:
        """Write the directory of the package."""
        self._zip.close()
