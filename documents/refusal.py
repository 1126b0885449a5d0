"""The one way in which a file is refused: with a reason a person can act on."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.errors import DocumentError

WHAT_IS_READ = _(
    "Word (.docx), OFD, PDF with text, a list of tasks in a spreadsheet (.xlsx, .xls, .et) or plain text; old Word and "
    "WPS files (.doc, .wps) where LibreOffice is installed."
)
"""What is read (``documents.sources``), said wherever such a file is asked for."""

REASONS: dict[str, Promise] = {
    "empty": _("The file is empty, or holds no text."),
    "too-big": _("The file is larger than 50 MB."),
    "too-long": _("The document has more than 200 pages; hand in the notice alone."),
    "image": _("This is a picture. Hand in the document itself, or have the picture turned into text first."),
    "scan": _("This file is a scan without text. Have it turned into text (OCR) first, or ask the sender for Word."),
    "no-scans": _(
        "This file is a scan without text. Reading scans is an optional part that is not installed here; whoever runs "
        "the system adds it with pip install -r requirements-scans.txt. Or ask the sender for Word."
    ),
    "scan-empty": _("Nothing can be read on it: it is blank, or a picture of something else than text."),
    "scan-too-long": _("The scan has more than 60 pages; hand in the notice alone."),
    "garbled": _(
        "The characters of this file can be seen but not read: it does not say which they are. Have it turned into "
        "text (OCR) first, or ask the sender for Word."
    ),
    "encrypted": _("The file is protected by a password. Save it without one and try again."),
    "damaged": _("The file is damaged and cannot be opened."),
    "bomb": _("The file unpacks to far more than a document holds; it was not opened."),
    "macros": _("The document holds macros. Save it as an ordinary .docx, .xlsx or .pptx and try again."),
    "external": _("The document draws in parts from elsewhere. Save it with those parts in it and try again."),
    "template": _("The document draws in a template from elsewhere. Choose the template “Normal”, save and try again."),
    "fields": _(
        "Fields in the document draw in something from elsewhere. Select all in Word, press Ctrl+Shift+F9, save it and "
        "try again."
    ),
    "embedded": _(
        "Objects of other programs are embedded in it. Put pictures in their place, or hand in the objects as "
        "files of their own, save it and try again."
    ),
    "controls": _("The document holds controls that run programs (ActiveX). Take them out, save it and try again."),
    "workbook-links": _(
        "The workbook draws data from other files or from the network. Break the links (Data, Edit Links), save it and "
        "try again."
    ),
    "formulas": _(
        "Cells of this list would be run as formulas. Save it as .xlsx, or take out the sign before the text, and try "
        "again."
    ),
    "attached": _(
        "Other files are attached inside this PDF. Hand them in as files of their own, print the document to a new PDF "
        "and try again."
    ),
    "active": _("The PDF runs programs and is signed, so it cannot be cleaned. Print it to a new PDF and try again."),
    "eps": _("PostScript (EPS) is a program, no picture. Save it as PDF or PNG and try again."),
    "paths": _("The archive holds names that lead out of its folder. Pack it anew and try again."),
    "inside": _("The archive holds a file that is not taken in. Take it out, pack the archive anew and try again."),
    "commands": _("The clip opens pages or other files while it is played. Save it as MP4 and try again."),
    "two-files": _("Another file is hidden at the end of this one. Save it anew and try again."),
    "foreign": _(
        "Parts of the text lie in another format inside the file. Open it in Word, save it and hand it in again."
    ),
    "binary": _("This is no text, Word, OFD, PDF or spreadsheet file."),
    "spreadsheet": _("This is a presentation, or a spreadsheet without a list of tasks. Hand in the notice itself."),
    "list-too-big": _("The file is larger than 20 MB. Hand in the list alone, without pictures."),
    "list-too-large": _(
        "The sheet is far larger than a list: more than 60,000 rows, rows formatted down to the end of the sheet, or a "
        "cell far below or beside the rest. Copy the filled rows into a new workbook (paste values) and hand that in."
    ),
    "no-list": _("No table was found here: a list has a row of heads, and at least two columns."),
    "no-list-file": _("A list is read from Excel or WPS (.xlsx, .xls, .et) or from the tables of a Word file (.docx)."),
    "ofd": _("This is an OFD, no Word file or spreadsheet. Save it as one of them and try again."),
    "no-office": _(
        "Old Word and WPS files need LibreOffice, which is not installed here. Save the file as .docx and try again."
    ),
    "not-converted": _("LibreOffice could not open the file. Save it as .docx and try again."),
    "too-slow": _("Reading the file took too long or too much memory; hand in the notice alone."),
}


class Refused(DocumentError):
    """A file that is not read or not taken in; code names the reason, the message says what to do.

    place: where in the file, as people find it: a cell, the name of an entry.
    """

    def __init__(self, code: str, place: str = "") -> None:
        self.code, self.place = code, place
        super().__init__(REASONS[code])

    def __reduce__(self) -> tuple[type[Refused], tuple[str, str]]:
        return Refused, (self.code, self.place)

    def __str__(self) -> str:
        return f"{REASONS[self.code]} ({self.place[:80]})" if self.place else str(REASONS[self.code])
