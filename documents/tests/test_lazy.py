"""What sets and reads documents costs more memory than all pages together: only who makes a document pays for it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
BASE = Path(__file__).resolve().parents[2]
START = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django
django.setup()
"""
WEB = """
import qualitymonth.wsgi
from django.urls import get_resolver
def walk(rows):
    for row in rows:
        walk(row.url_patterns) if hasattr(row, "url_patterns") else row.callback
walk(get_resolver().url_patterns)
"""
HEAVY = (
    "weasyprint", "pydyf", "pikepdf", "docx", "lxml", "fontTools", "PIL", "pillow_heif", "pypdfium2", "pdfplumber",
    "holidays", "celery", "kombu", "rjieba",
)  # fmt: skip


READING, CACHE = "documents.reading", "redis"


def loaded(code, heavy=HEAVY):
    """Return which of the heavy modules a fresh interpreter holds after the code."""
    tell = f"print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", f"{START}{code}\n{tell}"], cwd=BASE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_web_process_starts_without_what_only_a_worker_needs():
    assert loaded(WEB, (*HEAVY, READING, CACHE)) == "[]"


def test_what_a_page_sets_or_a_person_uploads_is_worked_on_elsewhere():
    work = """
import documents
from documents.outline import Document, Paragraph
notice = Document(title="质量月", body=(Paragraph("甲"),))
pdf = documents.paper.to_pdf(notice)
picture = documents.pictures.page_picture(pdf, 1, 0.5)
documents.pictures.clean_jpeg(picture, 400), documents.layout.prepare("a.png", picture)
assert documents.layout.missing_glyphs(notice) == ()
assert "质量月" in documents.sources.text_of("a.docx", documents.word.to_docx(notice)).text
"""
    assert loaded(WEB + work) == "[]"


def test_a_room_is_loaded_when_it_is_first_asked_for():
    assert loaded("import documents.outline, documents.text") == "[]"
    assert loaded("import documents; documents.reading.read('质量月')") == "[]"
    assert "'weasyprint', 'pydyf', 'pikepdf'" in loaded("import documents; documents.paper.to_pdf")
    assert "'docx', 'lxml'" in loaded("import documents; documents.word.to_docx")


def test_an_unknown_room_is_an_attribute_that_is_missing():
    assert loaded("import documents; assert not hasattr(documents, 'cellar')") == "[]"


def test_three_files_import_weasyprint_and_the_engine_alone_imports_those_that_extend_it():
    asking = re.compile(r"^ *(?:import|from) weasyprint\b", re.M)
    own = re.compile(
        r"^ *from [.\w]+ import .*\b(?:font_embedding|justification)\b|^ *from \S*\.(?:font_emb|justif)", re.M
    )
    files = [path for path in (BASE / "documents").rglob("*.py") if not path.name.startswith("test_")]
    found = {path.name for path in files if asking.search(path.read_text())}
    assert found == {"weasyprint_engine.py", "font_embedding.py", "justification.py"}
    assert {path.name for path in files if own.search(path.read_text())} == {"weasyprint_engine.py"}
