"""The same paper says the same, whichever program wrote the file: Word by three, PDF by five."""

import shutil
from dataclasses import replace

import pytest
import weasyprint

from documents.ofd.write_ofd import from_pdf
from documents.outline import Masthead
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
        pytest.param(producers.pdf_by_typst, id="Typst"),
        pytest.param(producers.pdf_by_reportlab, id="ReportLab"),
    ],
)
def test_a_pdf_gives_the_same_rows(made, tmp_path):
    assert rows(made(tmp_path)) == rows(producers.as_text().encode())


@pytest.mark.parametrize("form", [name for name in samples.ALL if name != "joint"])
def test_what_this_house_prints_and_what_it_writes_as_word_say_the_same(form):
    """The names of a joint head are rows in a PDF and one cell in Word: the next test reads those."""
    document = samples.ALL[form]()
    printed, written = (text_of("paper", data).text for data in (to_pdf(document), to_docx(document)))
    assert seen(printed) == seen(written)


@pytest.mark.parametrize("form", samples.ALL)
def test_what_this_house_prints_and_what_it_writes_as_ofd_say_the_same(form):
    printed = to_pdf(samples.ALL[form]())
    pdf, written = (text_of("paper", data).text for data in (printed, from_pdf(printed)))
    assert seen(written) == seen(pdf)


def seen(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("made", [to_pdf, to_docx], ids=["PDF", "Word"])
@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_the_bodies_of_a_joint_head_issue_the_paper(made, count):
    bodies = ("临江市市场监督管理局", "临江市教育局", "临江市总工会", "共青团临江市委员会", "临江市文化局")[:count]
    document = replace(samples.joint(), masthead=Masthead(bodies), signature=())
    found = draft_json(read(text_of("paper", made(document)).text))
    assert found["issuers"] == list(bodies)
    assert found["title"] == "关于联合开展质量知识竞赛的通知"
