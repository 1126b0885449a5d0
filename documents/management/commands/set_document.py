"""Set a text or Word file as an official document, in PDF or Word."""

from __future__ import annotations

import codecs
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.counts import thousands
from documents.errors import DocumentError
from documents.layout.glyph_check import missing_glyphs, replace_missing
from documents.ofd.write_ofd import from_pdf
from documents.outline import FORMS, Document, HouseStyle, to_text
from documents.paper.pdf import imprint_stands_apart, to_pdf
from documents.reading.document.assembly import document_from_blocks, document_from_text
from documents.sources.word_outline import read_docx
from documents.sources.word_text import unprinted
from documents.word.write_docx import to_docx

MOST_BYTES = 50 * 2**20
DAMAGED = "\ufffd"
FEW = 10  # signs without a shape that any text may hold, however short


class Command(BaseCommand):
    """python manage.py set_document FILE --form document|letter|minutes|bulletin --to out.pdf|out.docx|out.ofd"""

    help = "Set a text or .docx file as an official document (GB/T 9704-2012), as PDF, Word or OFD."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument("file", type=Path, help="a text file (UTF-8 or GB 18030) or a .docx")
        parser.add_argument("--form", choices=FORMS, default="document", help="the page of the standard")
        parser.add_argument("--to", type=Path, required=True, help="the file to write: .pdf, .docx or .ofd")
        parser.add_argument("--tagged", action="store_true", help="a PDF that readers aloud can follow")
        parser.add_argument("--archive", action="store_true", help="PDF/A-2u, for the archive")
        parser.add_argument("--imprint", choices=("last", "even"), help="on the last page, or on the last even one")
        parser.add_argument("--numbers", choices=("outside", "centre", "none"), help="where pages are numbered")
        parser.add_argument("--substitute", action="store_true", help="print 〓 for characters that no font has")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set the file; CommandError says in one line what is wrong."""
        target: Path = options["to"]
        try:
            document, files = _read(options["file"], options["form"])
            document = replace(document, house=_house(options))
            if options["substitute"]:
                document = replace_missing(document)
            data = _set(document, files, options)
            target.write_bytes(data)
        except (DocumentError, OSError) as error:
            raise CommandError(str(error)) from error
        for remark in (*_left_out(options["file"]), *_remarks(document, target)):
            self.stderr.write(remark)
        self.stdout.write(
            _("%(file)s written, %(size)s KB.") % {"file": target, "size": thousands(len(data) // 1024 + 1)}
        )


def _read(path: Path, form: Any) -> tuple[Document, dict[str, bytes]]:
    if path.stat().st_size > MOST_BYTES:
        raise DocumentError(
            _("%(file)s is larger than %(size)s MB.") % {"file": path.name, "size": thousands(MOST_BYTES // 2**20)}
        )
    data = path.read_bytes()
    if path.suffix.lower() == ".docx":
        blocks, files = read_docx(data)
        return document_from_blocks(blocks, form), files
    text = _decoded(data)
    shapeless = sum(char == DAMAGED or (char < " " and char not in "\t\n\r\f") for char in text)
    if shapeless > FEW and shapeless * 10 > len(text):
        raise DocumentError(_("%(file)s is neither text nor a Word file (.docx).") % {"file": path.name})
    return document_from_text(text, form), {}


def _left_out(path: Path) -> tuple[str, ...]:
    """What of a Word file is not on the paper, as hidden words are not."""
    return unprinted(path.read_bytes()) if path.suffix.lower() == ".docx" else ()


def _house(options: dict[str, Any]) -> HouseStyle:
    """Return the style of the house, what the command says before what the site does."""
    said = {name: options[name] for name in ("imprint", "numbers") if options[name]}
    return replace(settings.HOUSE_STYLE, **said)


def _decoded(data: bytes) -> str:
    """Return the text of a file; what is no text in it becomes U+FFFD."""
    if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return data.decode("utf-16", errors="replace")
    text = data.decode("utf-8-sig", errors="replace")
    signs = sum(char > "\x7f" for char in text)
    # hardly a sign of GB 18030 is one of UTF-8 as well, so a text that is mostly UTF-8 is damaged UTF-8
    return text if text.count(DAMAGED) * 2 <= signs else data.decode("gb18030", errors="replace")


def _set(document: Document, files: dict[str, bytes], options: dict[str, Any]) -> bytes:
    suffix = options["to"].suffix.lower()
    if suffix not in {".pdf", ".docx", ".ofd"}:
        raise DocumentError(_("--to must end in .pdf, .docx or .ofd."))
    if suffix != ".pdf" and (options["tagged"] or options["archive"]):
        raise DocumentError(_("--tagged and --archive are for PDF only."))
    if suffix == ".docx":
        return to_docx(document, files, imprint_apart=imprint_stands_apart(document, files))
    variant = "pdf/a-2u" if options["archive"] else None
    pdf = to_pdf(document, files, variant=variant, tags=options["tagged"])
    return from_pdf(pdf, document) if suffix == ".ofd" else pdf


def _remarks(document: Document, target: Path) -> Iterator[str]:
    """Yield what has been set and yet needs an eye: signs that the file had damaged, or that Word may not show."""
    for number, block in enumerate(document.body, start=1):
        if DAMAGED in to_text((block,)):
            yield _("Paragraph %(number)d: the file is damaged there; “%(sign)s” stands for what was lost.") % {
                "number": number,
                "sign": DAMAGED,
            }
    if target.suffix.lower() == ".docx":
        yield from map(str, missing_glyphs(document))
