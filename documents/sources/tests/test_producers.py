"""The same paper says the same, whichever program wrote the file: Word by three, PDF by as many as are here."""

import importlib.util
import shutil

import pytest
import weasyprint

from documents.paper.pdf import to_pdf
from documents.reading import draft_json, read
from documents.sources.file_text import text_of
from documents.sources.libreoffice import office_path
from documents.sources.word_outline import read_docx
from documents.tests import samples
from documents.word.write_docx import to_docx

from . import producers

pytestmark = pytest.mark.slow

office = pytest.mark.skipif(office_path() is None, reason="LibreOffice is not installed")
browser = pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
typst = pytest.mark.skipif(importlib.util.find_spec("typst") is None, reason="Typst is not installed")


def rows(data: bytes) -> dict:
    """What is read of a file, without the places where it stands in it."""
    return said(draft_json(read(text_of("notice", data).text)))


def said(value):
    if isinstance(value, dict):
        return {key: said(inner) for key, inner in value.items() if not key.endswith("span")}
    if isinstance(value, list):
        return [said(inner) for inner in value]
    return value


def pdf_by_weasyprint(folder) -> bytes:
    return weasyprint.HTML(string=producers.as_html()).write_pdf()


def test_the_pasted_text_gives_all_rows():
    draft = read(producers.as_text())
    assert [task.title.value for task in draft.tasks] == [row[1] for row in producers.TASKS]
    assert (len(draft.deadlines), len(draft.contacts), len(draft.unplaced)) == (2, 1, 0)


@pytest.mark.parametrize(
    "made", [producers.word_by_python_docx, producers.word_by_wps], ids=["python-docx", "written as WPS writes"]
)
def test_a_word_file_gives_the_same_rows(made):
    assert rows(made()) == rows(producers.as_text().encode())


@office
def test_a_word_file_of_libreoffice_gives_the_same_rows(tmp_path):
    made = producers.word_by_libreoffice(tmp_path)
    assert rows(made) == rows(producers.as_text().encode())
    assert next(block for block in read_docx(made)[0] if hasattr(block, "head")).rows == producers.TASKS


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(pdf_by_weasyprint, id="WeasyPrint"),
        pytest.param(producers.pdf_by_libreoffice, id="LibreOffice", marks=office),
        pytest.param(producers.pdf_by_chromium, id="Chromium", marks=browser),
        pytest.param(producers.pdf_by_typst, id="Typst", marks=typst),
    ],
)
def test_a_pdf_gives_the_same_rows(made, tmp_path):
    assert rows(made(tmp_path)) == rows(producers.as_text().encode())


@pytest.mark.parametrize("form", [name for name in samples.ALL if name != "joint"])
def test_what_this_house_prints_and_what_it_writes_as_word_say_the_same(form):
    """In a joint head the word 文件 stands between two lines, where a PDF does not tell whose it is."""
    document = samples.ALL[form]()
    printed, written = (text_of("paper", data).text for data in (to_pdf(document), to_docx(document)))
    assert seen(printed) == seen(written)


def seen(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]
