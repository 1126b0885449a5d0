#!/usr/bin/env bash
# PyMuPDF 2.0: a page written with a Chinese font of one's own, and searched for what was written.
#
# Guess: page.insert_text() puts in the text it is given, so search_for() on the same page finds it.
# Seen:  it finds nothing. In the great free Chinese fonts (Noto CJK, Source Han) characters and their compatibility
#        doubles share a glyph (年 U+5E74 and U+F98E, 六 and U+F9D1, 量, 里 …), and what is written down for the glyph is
#        the double. So it is with insert_text(), TextWriter and insert_htmlbox(), and for every other reader of the file
#        (pypdf 7.1.1 here). The font of this script is made of squares, with two glyphs shared in the same way.
# Matters: 2026年 is on every page, looks right and cannot be found, copied or compared; NFKC mends it, if one thinks of
#        it. The built-in "cjk" font shares no such glyph, so a trial with that shows nothing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    pymupdf==2.0 fonttools==4.68.0 pypdf==7.1.1 typing_extensions==4.16.0
cd "$work"
venv/bin/python - <<'PYTHON'
import io
import unicodedata

import pymupdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf import PdfReader

TEXT = "六月前后年"
DOUBLES = {"年": "\uf98e", "六": "\uf9d1"}


def font():
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    names = {ord(each): f"uni{ord(each):04X}" for each in TEXT}
    glyphs = [".notdef", *names.values()]
    names |= {ord(double): names[ord(each)] for each, double in DOUBLES.items()}
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder(glyphs)
    made.setupCharacterMap(names)
    made.setupGlyf(dict.fromkeys(glyphs, square))
    made.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 100)))
    made.setupHorizontalHeader(ascent=880, descent=-120)
    made.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares-Regular"})
    made.setupOS2()
    made.setupPost()
    made.save("squares.ttf")


font()
document = pymupdf.open()
page = document.new_page()
page.insert_font(fontname="Squares", fontfile="squares.ttf")
page.insert_text((72, 100), TEXT, fontname="Squares", fontsize=16)
found = {each: len(page.search_for(each)) for each in ("月", "年", TEXT)}
read = PdfReader(io.BytesIO(document.tobytes())).pages[0].extract_text().strip()
print(f"written {TEXT}; search_for finds {found}; pypdf reads {[f'U+{ord(each):04X}' for each in read]}")
print(f"the same after NFKC: {unicodedata.normalize('NFKC', read)}")
stated = "".join(DOUBLES.get(each, each) for each in TEXT)
if list(found.values()) != [1, 0, 0] or read != stated:
    raise SystemExit("CHANGED: what is written is found, or something else is read")
PYTHON
