"""Set a text or Word file as an official document, in PDF or Word."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.assembly import document_from_blocks, document_from_text
from documents.errors import DocumentError
from documents.outline import FORMS, Document
from documents.setting import to_pdf
from documents.word import to_docx
from documents.wordreading import read_docx

MOST_BYTES = 50 * 2**20


class Command(BaseCommand):
    """python manage.py set_document FILE --form document|letter|minutes|bulletin --to out.pdf|out.docx"""

    help = "Set a text or .docx file as an official document (GB/T 9704-2012), as PDF or Word."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument("file", type=Path, help="a text file (UTF-8 or GB 18030) or a .docx")
        parser.add_argument("--form", choices=FORMS, default="document", help="the page of the standard")
        parser.add_argument("--to", type=Path, required=True, help="the file to write: .pdf or .docx")
        parser.add_argument("--tagged", action="store_true", help="a PDF that readers aloud can follow")
        parser.add_argument("--archive", action="store_true", help="PDF/A-2u, for the archive")
        parser.add_argument("--substitute", action="store_true", help="print 〓 for characters that no font has")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set the file; CommandError says in one line what is wrong."""
        target: Path = options["to"]
        try:
            document, files = _read(options["file"], options["form"])
            data = _set(document, files, options)
            target.write_bytes(data)
        except (DocumentError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(file)s written, %(size)d KB.") % {"file": target, "size": len(data) // 1024 + 1})


def _read(path: Path, form: Any) -> tuple[Document, dict[str, bytes]]:
    if path.stat().st_size > MOST_BYTES:
        raise DocumentError(
            _("%(file)s is larger than %(size)d MB.") % {"file": path.name, "size": MOST_BYTES // 2**20}
        )
    data = path.read_bytes()
    if path.suffix.lower() == ".docx":
        blocks, files = read_docx(data)
        return document_from_blocks(blocks, form), files
    return document_from_text(_decoded(data), form), {}


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _set(document: Document, files: dict[str, bytes], options: dict[str, Any]) -> bytes:
    suffix = options["to"].suffix.lower()
    if suffix == ".docx":
        return to_docx(document, files)
    if suffix != ".pdf":
        raise DocumentError(_("--to must end in .pdf or .docx."))
    variant = "pdf/a-2u" if options["archive"] else None
    return to_pdf(document, files, variant=variant, tags=options["tagged"], substitute=options["substitute"])
