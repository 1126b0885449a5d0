"""The working days of China as the library knows them.

python -m tests.workdays      writes workflow/workdays.json
"""

from __future__ import annotations

import json
from typing import Any

from holidays.countries.china import China

from workflow.workdays import TABLE

YEARS = range(2000, 2046)


def arranged() -> dict[str, dict[str, Any]]:
    """The table: by year each holiday with its Chinese and its English name, and the weekends worked in exchange."""
    return {str(year): arrangement(year) for year in YEARS}


def arrangement(year: int) -> dict[str, Any]:
    """One year."""
    chinese, english = (China(years=year, expand=False, language=language) for language in ("zh_CN", "en_US"))
    off = {f"{day:%m-%d}": [chinese[day], english[day]] for day in sorted(chinese)}
    return {"off": off, "worked": sorted(f"{day:%m-%d}" for day in chinese.weekend_workdays if day.year == year)}


def written(table: dict[str, dict[str, Any]]) -> str:
    """The table as a file, a year a line."""
    lines = (f"{json.dumps(year)}: {json.dumps(rows, ensure_ascii=False)}" for year, rows in table.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    TABLE.write_text(written(arranged()), encoding="utf-8")
