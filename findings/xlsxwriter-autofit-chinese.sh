#!/usr/bin/env bash
# XlsxWriter 3.3.1: Worksheet.autofit() on Chinese text.
#
# Guess: autofit measures with a table of character widths and makes a column about as wide as its longest text; a
#        Chinese character is as wide as two digits, so fifteen of them need about 30 units.
# Seen:  every character that is not in its table of Latin ones counts 8 pixels: fifteen Chinese characters get 18 units,
#        fewer than thirty small letters (31). A column of names of Chinese offices shows about six tenths of each.
# Matters: Excel cuts such a name where the cell beside it is filled, and shows a date or number that does not fit as
#        #####; printed, the list is of no use. Widths have to be set by the number of wide characters.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps xlsxwriter==3.3.1
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import re
import zipfile

import xlsxwriter

TEXTS = ["深圳市市场监督管理局质量发展处", "abcdefghijklmnopqrstuvwxyzabcd", "123456789012345678901234567890"]
with xlsxwriter.Workbook("widths.xlsx") as book:
    sheet = book.add_worksheet()
    for column, text in enumerate(TEXTS):
        sheet.write_string(0, column, text)
    sheet.autofit()
xml = zipfile.ZipFile("widths.xlsx").read("xl/worksheets/sheet1.xml").decode()
widths = [round(float(width)) for width in re.findall(r'<col [^>]*width="([\d.]+)"', xml)]
for text, width in zip(TEXTS, widths):
    print(f"{text}: {len(text)} characters, column of {width} units (one unit: one digit)")
chinese, letters, digits = widths
if not (chinese == 18 and letters == 31 and digits == 31):
    raise SystemExit("CHANGED: these are not the widths that the head of this script states")
PYTHON
