"""The two ways to a Word file: as text to be read, and as an annex to be printed."""

import pytest

from documents.outline import to_text
from documents.sources.file_text import text_of
from documents.sources.word_outline import read_docx


def as_text(data):
    return text_of("a.docx", data).text.split("\n")


def as_annex(data):
    return to_text(read_docx(data)[0]).split("\n")


DOORS = pytest.mark.parametrize("door", [as_text, as_annex])
