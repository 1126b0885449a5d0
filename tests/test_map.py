"""The map leads somewhere: every file that a page for newcomers names is there."""

import re
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
ROOMS = (
    "workflow|accounts|feedback|documents|campaigns|activities|reports|qualitymonth"
    "|templates|static|tests|bench|scripts|docs"
)
NAMED = re.compile(rf"(?:`|\()((?:{ROOMS})/[\w/.-]*\w)")
PAGES = (
    "README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/security.md",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_file_a_page_names_is_there(page: str) -> None:
    named = NAMED.findall((TOP / page).read_text())
    assert named
    assert [name for name in named if not (TOP / name).exists()] == []


def test_every_test_that_stands_behind_a_clause_is_there() -> None:
    named = set(re.findall(r"`(?:[\w/]+/)?(test_\w+\.py)`", (TOP / "docs" / "security.md").read_text()))
    there = {path.name for room in ROOMS.split("|") for path in (TOP / room).rglob("test_*.py")}
    assert (len(named) > 10, named - there) == (True, set())
