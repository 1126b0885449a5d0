"""docs/asvs.md: every requirement of levels 1 and 2 once, and each test it names is there."""

import re
from collections import Counter
from pathlib import Path

from django.conf import settings

TOP = Path(settings.BASE_DIR)
TEXT = (TOP / "docs" / "asvs.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in TEXT.splitlines()
    if line[:3].strip("| ").isdigit()
]
OF_LEVEL = {"1": 70, "2": 183}
"""How many requirements version 5.0.0 has."""
CODE = (
    "accounts",
    "activities",
    "campaigns",
    "deploy",
    "docs",
    "documents",
    "qualitymonth",
    "reports",
    "tests",
    "workflow",
)


def test_every_requirement_stands_there_once_with_a_state_and_a_reason() -> None:
    assert {len(row) for row in ROWS} == {5}
    assert Counter(row[1] for row in ROWS) == OF_LEVEL
    assert len({row[0] for row in ROWS}) == len(ROWS)
    assert {row[3] for row in ROWS} == {"met", "n/a", "open"}
    assert [row[0] for row in ROWS if not row[4]] == []


def test_every_file_it_names_is_there() -> None:
    named = set(re.findall(rf"`((?:{'|'.join(CODE)})/[\w./-]+\.\w+)`", TEXT))
    assert len(named) > 40
    assert sorted(name for name in named if not (TOP / name).exists()) == []


def test_the_counts_at_its_head_are_those_of_the_table() -> None:
    states = Counter(row[3] for row in ROWS)
    assert f"Counted: {states['met']} met, {states['n/a']} n/a, {states['open']} open." in TEXT
