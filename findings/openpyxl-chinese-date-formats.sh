#!/usr/bin/env bash
# openpyxl 3.1.5: dates in the formats that Chinese Excel offers first (2012年3月14日, 2012年3月, 3月14日).
#
# Guess: a day in a cell comes back as datetime, whatever the format in which it is shown.
# Seen:  Excel writes these formats by number alone (31, 57, 58; 27 to 36 and 50 to 58 are left to the language of the
#        program, ECMA-376 part 1, 18.8.30), without a format code in the file. openpyxl knows the numbers up to 49 that
#        English has: the cell is the integer 46310 and its format "General", so is_date is false too and nothing in the
#        cell says that it is a day. python-calamine 0.9.1 reads the same cells as days.
# Matters: the column of deadlines in a list from a county becomes a column of plausible numbers, while the one day that
#        somebody formatted in another way is read rightly.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    openpyxl==3.1.5 et-xmlfile==2.0.0 XlsxWriter==3.3.1 python-calamine==0.9.1
cd "$work"
venv/bin/python - <<'PYTHON'
from datetime import date, datetime

import openpyxl
import python_calamine
import xlsxwriter

DAY = date(2026, 10, 15)
NUMBERS = [14, 31, 57, 58]

with xlsxwriter.Workbook("list.xlsx") as made:
    sheet = made.add_worksheet()
    for row, number in enumerate(NUMBERS):
        sheet.write_datetime(row, 0, DAY, made.add_format({"num_format": number}))
cells = list(openpyxl.load_workbook("list.xlsx").active["A"])
others = [row[0] for row in python_calamine.load_workbook("list.xlsx").get_sheet_by_index(0).to_python()]
for number, cell, other in zip(NUMBERS, cells, others):
    print(f"format {number}: openpyxl {cell.value!r}, {cell.number_format}, is_date {cell.is_date}; calamine {other!r}")
seen = [(cell.value, cell.number_format, cell.is_date) for cell in cells]
stated = [(datetime(2026, 10, 15), "mm-dd-yy", True)] + [(46310, "General", False)] * 3
if seen != stated or others != [DAY] * 4:
    raise SystemExit("CHANGED: openpyxl knows formats 31, 57 or 58, or calamine does not")
PYTHON
