#!/usr/bin/env bash
# A character with its reading above it (拼音指南, w:ruby) in a Word file, read by four libraries.
#
# Guess: a reader gives the character and leaves out the reading, as a browser does that knows no <ruby>; at worst it
#        gives both.
# Seen:  python-docx 1.2.0, mammoth 1.13.0 and pandoc 3.9 (pypandoc_binary 1.17) leave out the character as well:
#        甪直镇 becomes 直镇. docx2python 3.7.1 keeps both, the reading first and run into the text: lù甪直镇. None of the
#        four gives what is printed on the line.
# Matters: offices put a reading over just those names that people misread, so the unit or the person who answers for a
#        task loses half of the name, without a trace.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    python-docx==1.2.0 lxml==6.1.3 typing_extensions==4.16.0 mammoth==1.13.0 cobble==0.1.4 \
    docx2python==3.7.1 paragraphs==1.0.1 pypandoc_binary==1.17
cd "$work"
venv/bin/python -W ignore - <<'PYTHON'
import docx
import mammoth
import pypandoc
from docx.oxml import parse_xml
from docx2python import docx2python

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GUIDE = f"""<w:r xmlns:w="{MAIN}"><w:ruby>
<w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="16"/><w:hpsRaise w:val="30"/><w:hpsBaseText w:val="32"/>
<w:lid w:val="zh-CN"/></w:rubyPr>
<w:rt><w:r><w:t>lù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甪</w:t></w:r></w:rubyBase></w:ruby></w:r>"""

made = docx.Document()
line = made.add_paragraph("承办：")
line._p.append(parse_xml(GUIDE))
line.add_run("直镇")
made.save("named.docx")

with open("named.docx", "rb") as file:
    by_mammoth = mammoth.extract_raw_text(file).value
seen = {
    "python-docx": docx.Document("named.docx").paragraphs[0].text,
    "mammoth": by_mammoth.strip(),
    "pandoc": pypandoc.convert_file("named.docx", "plain").strip(),
    "docx2python": docx2python("named.docx").text.strip(),
}
for name, text in seen.items():
    print(f"{name}: {text}")
if list(seen.values()) != ["承办：直镇"] * 3 + ["承办：lù甪直镇"]:
    raise SystemExit("CHANGED: a reader gives another text")
PYTHON
