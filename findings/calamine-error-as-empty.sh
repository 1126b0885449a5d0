#!/usr/bin/env bash
# python-calamine 0.9.1: cells of a spreadsheet that hold an error.
#
# Guess: #N/A and #DIV/0! come as their text, as None, or as an error of Python: in any case not as what an empty cell is.
# Seen:  both are the empty text, and so is the cell where nothing was entered. (openpyxl 3.1.5 gives the words #N/A.)
# Matters: a unit whose figure is the failed VLOOKUP of its own Excel file is taken for one that reported nothing, and
#          nobody is told that the file is broken. Errors have to be looked for in the XML of the sheet (t="e").
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    python-calamine==0.9.1 packaging==25.0 xlsxwriter==3.3.1 openpyxl==3.1.5 et-xmlfile==2.0.0
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

with xlsxwriter.Workbook("figures.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_formula("A1", '=VLOOKUP("x",C1:D9,2,0)', None, "#N/A")
    sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
    sheet.write_string("B3", "an empty cell stands before this one")
read = [row[0] for row in CalamineWorkbook.from_path("figures.xlsx").get_sheet_by_index(0).to_python()]
other = [row[0].value for row in openpyxl.load_workbook("figures.xlsx", data_only=True).active.iter_rows()]
for held, calamine, openpyxl_s in zip(("#N/A", "#DIV/0!", "nothing"), read, other):
    print(f"{held}: calamine {calamine!r}, openpyxl {openpyxl_s!r}")
if (read, other) != (["", "", ""], ["#N/A", "#DIV/0!", None]):
    raise SystemExit("CHANGED: this is not what the head of this script states")
PYTHON
