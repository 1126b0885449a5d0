"""Old Word and WPS files, turned into .docx by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from documents.refusal import Refused

SECONDS = 18


def office_path() -> str | None:
    """Return where LibreOffice is installed, None when it is not."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, ending: str) -> bytes:
    """Return an old Word, WPS or RTF file as .docx.

    data: the file; ending: the ending its kind is known by. Macros are not run, nothing is fetched.
    Raises Refused when LibreOffice is missing, takes too long or cannot open the file.
    """
    office = office_path()
    if office is None:
        raise Refused("no-office")
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        source = Path(folder) / f"notice{ending}"
        source.write_bytes(data)
        _convert(office, source, Path(folder))
        result = source.with_suffix(".docx")
        if not result.exists():
            raise Refused("not-converted")
        return result.read_bytes()


def _convert(office: str, source: Path, folder: Path) -> None:
    """Run LibreOffice with a profile of its own, so that several conversions never wait for each other."""
    command = [office, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", "docx", "--outdir", str(folder), str(source)]
    try:
        subprocess.run(command, check=True, timeout=SECONDS, capture_output=True, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as error:
        raise Refused("too-slow") from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise Refused("not-converted") from error
