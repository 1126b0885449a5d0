"""WeasyPrint costs memory and half a second: only who sets a document pays it."""

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
ROOM = "import documents.setting, documents.word, documents.binding, documents.whole, documents.chapters"


def loaded(code):
    """Return which of the heavy modules a fresh interpreter holds after the code."""
    tell = "print([name for name in ('weasyprint', 'pydyf') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", f"{START}{code}\n{tell}"], cwd=BASE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_web_process_starts_without_weasyprint():
    assert loaded(WEB) == "[]"


def test_the_room_is_imported_without_weasyprint_and_setting_loads_it():
    assert loaded(ROOM) == "[]"
    page = "from documents.outline import Document; documents.setting.to_pdf(Document(title='质量月'))"
    assert loaded(f"{ROOM}; {page}") == "['weasyprint', 'pydyf']"


def test_one_file_imports_weasyprint_and_its_extensions_and_does_so_when_it_needs_them():
    own = r"from \. import .*\b(?:embedding|justify)\b|from \.(?:embedding|justify) "
    asking = re.compile(rf"^( *)(?:import weasyprint|from weasyprint|{own})", re.M)
    found = {path.name: set(asking.findall(path.read_text())) for path in (BASE / "documents").glob("*.py")}
    assert {name for name, indents in found.items() if indents} == {"engine.py", "embedding.py", "justify.py"}
    assert "" not in found["engine.py"]
