"""What sets and reads documents costs more memory than all pages together: only who makes a document pays for it."""

import re
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
START = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django
django.setup()
"""
WEB = "from django.urls import get_resolver; get_resolver().reverse_dict; import qualitymonth.wsgi"
HEAVY = ("weasyprint", "pydyf", "pikepdf", "docx", "lxml", "fontTools")


def loaded(code):
    """Return which of the heavy modules a fresh interpreter holds after the code."""
    tell = f"print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", f"{START}{code}\n{tell}"], cwd=BASE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_web_process_starts_without_what_makes_documents():
    assert loaded(WEB) == "[]"


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
