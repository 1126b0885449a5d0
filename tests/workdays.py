"""The working days of China as the library knows them.

python -m tests.workdays      writes workflow/workdays.json
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from holidays.countries.china import China

# Not from workflow.workdays: this command runs without Django.
TABLE = Path(__file__).parents[1] / "workflow" / "workdays.json"
YEARS = range(2000, 2046)
EXCHANGED = {"zh_CN": ("休息日（", "调休"), "en_US": ("Day off (", "Day off in exchange")}
"""How the library names a day off in exchange, before the day that is worked for it; what a calendar says."""


def arranged() -> dict[str, dict[str, Any]]:
    """The table: by year each holiday with its Chinese and its English name, and the weekends worked in exchange."""
    return {str(year): arrangement(year) for year in YEARS}


def arrangement(year: int) -> dict[str, Any]:
    """One year."""
    chinese, english = (China(years=year, expand=False, language=language) for language in EXCHANGED)
    off = {
        f"{day:%m-%d}": [called(chinese[day], *EXCHANGED["zh_CN"]), called(english[day], *EXCHANGED["en_US"])]
        for day in sorted(chinese)
    }
    return {"off": off, "worked": sorted(f"{day:%m-%d}" for day in chinese.weekend_workdays if day.year == year)}


def called(name: str, begins: str, short: str) -> str:
    """A holiday's name as it has room in a calendar."""
    return short if name.startswith(begins) else name


def written(table: dict[str, dict[str, Any]]) -> str:
    """The table as a file, a year a line."""
    lines = (f"{json.dumps(year)}: {json.dumps(rows, ensure_ascii=False)}" for year, rows in table.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    TABLE.write_text(written(arranged()), encoding="utf-8")
