"""What was typed into the fields of a PDF is seen where the PDF is opened with its forms, and nowhere else."""

from __future__ import annotations

from contextlib import suppress

import pypdfium2


def with_forms(document: pypdfium2.PdfDocument) -> None:
    """Let the pages of a document show their fields; to be called before the first page is asked for.

    Forms in XFA are left alone: pdfium is built without it.
    """
    if document.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM:
        with suppress(pypdfium2.PdfiumError):  # the page is shown without them
            document.init_forms()
