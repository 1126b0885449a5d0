"""The one way in which a file is refused: with a reason a person can act on."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.errors import DocumentError

WHAT_IS_READ = _(
    "Word (.docx), PDF with text, a list of tasks in a spreadsheet (.xlsx, .xls, .et) or plain text; old Word and WPS "
    "files (.doc, .wps) where LibreOffice is installed."
)
"""What is read (``documents.sources``), said wherever such a file is asked for."""

REASONS: dict[str, Promise] = {
    "empty": _("The file is empty, or holds no text."),
    "too-big": _("The file is larger than 50 MB."),
    "too-long": _("The document has more than 200 pages; hand in the notice alone."),
    "image": _("This is a picture. Hand in the document itself, or have the picture turned into text first."),
    "scan": _("This PDF is a scan without text. Have it turned into text (OCR) first, or ask the sender for Word."),
    "encrypted": _("The file is protected by a password. Save it without one and try again."),
    "damaged": _("The file is damaged and cannot be opened."),
    "bomb": _("The file unpacks to far more than a document holds; it was not opened."),
    "macros": _("The document holds macros. Save it as an ordinary .docx and try again."),
    "external": _("The document draws in parts from elsewhere. Save it with those parts in it and try again."),
    "foreign": _(
        "Parts of the text lie in another format inside the file. Open it in Word, save it and hand it in again."
    ),
    "binary": _("This is no text, Word, PDF or spreadsheet file."),
    "spreadsheet": _("This is a presentation, or a spreadsheet without a list of tasks. Hand in the notice itself."),
    "ofd": _("OFD cannot be read yet. Save it as PDF or Word and try again."),
    "no-office": _(
        "Old Word and WPS files need LibreOffice, which is not installed here. Save the file as .docx and try again."
    ),
    "not-converted": _("LibreOffice could not open the file. Save it as .docx and try again."),
    "too-slow": _("Reading the file took too long or too much memory; hand in the notice alone."),
}


class Refused(DocumentError):
    """A file that is not read; code names the reason, the message says what to do."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(REASONS[code])

    def __reduce__(self) -> tuple[type[Refused], tuple[str]]:
        return Refused, (self.code,)

    def __str__(self) -> str:
        return str(REASONS[self.code])
