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


NAMED_IN = re.compile(r"`(\w+)(?:\([^`]*\))?`(?: in| \()+ ?`([\w/]+\.py)`|`([\w/]+\.py):(\w+)`")
"""A name and its file, as in `MOST` in `…/photos.py`, `channels()` (`…/sending.py`), `…/model.py:deed`."""
LINES = 4500
"""A room inside activities that is longer is two rooms (without its tests)."""


@pytest.mark.parametrize("page", PAGES)
def test_every_file_a_page_names_is_there(page: str) -> None:
    named = NAMED.findall((TOP / page).read_text())
    assert named
    assert [name for name in named if not (TOP / name).exists()] == []


def test_every_test_that_stands_behind_a_clause_is_there() -> None:
    named = set(re.findall(r"`(?:[\w/]+/)?(test_\w+\.py)`", (TOP / "docs" / "security.md").read_text()))
    there = {path.name for room in ROOMS.split("|") for path in (TOP / room).rglob("test_*.py")}
    assert (len(named) > 10, named - there) == (True, set())


def test_what_the_map_finds_in_a_file_stands_there() -> None:
    sources = [path for room in ROOMS.split("|") for path in (TOP / room).rglob("*.py")]
    found = [
        (file or other, name or function)
        for name, file, other, function in NAMED_IN.findall((TOP / "docs" / "architecture.md").read_text())
    ]
    gone = [
        (file, name)
        for file, name in found
        if not any(re.search(rf"\b{name}\b", path.read_text()) for path in sources if f"/{path}".endswith(f"/{file}"))
    ]
    assert (len(found) > 20, gone) == (True, [])


def test_no_room_inside_activities_is_too_long_to_know() -> None:
    rooms = [path for path in (TOP / "activities").iterdir() if (path / "__init__.py").exists()]
    long = {
        room.name: lines
        for room in rooms
        if (lines := sum(len(file.read_text().splitlines()) for file in written_in(room))) > LINES
    }
    assert (len(rooms) > 15, long) == (True, {})


def written_in(room: Path) -> list[Path]:
    """The files of a room without its tests."""
    return [file for file in room.rglob("*.py") if "tests" not in file.parts]
