#!/usr/bin/env bash
# reportlab 5.1.0: a year in Chinese figures, in a font that lacks 〇.
#
# Guess: a character that the font lacks raises, or is logged, or is drawn as a box and missing from the text.
# Seen:  nothing is said, and the text of the PDF holds U+0000 in its place: pypdf 7.1.1 and pdfminer.six 20260107 read
#        二 NUL 二六年. pypdfium2 5.15.2 leaves it out: 二二六年, another year. Fonts of the GB 2312 set, as Kai and
#        Xiaobiaosong faces often are, do lack 〇: the set holds ○ (U+25CB) alone.
# Matters: PostgreSQL refuses text with U+0000, so a paper that looks harmless cannot be stored when it comes back; and
#        who checks the page by its text with pdfium reads 226.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    reportlab==5.1.0 charset-normalizer==3.5.3 pillow==13.0.0 fonttools==4.68.0 pypdf==7.1.1 typing_extensions==4.16.0 \
    pypdfium2==5.15.2 pdfminer.six==20260107 cryptography==50.0.2 cffi==2.1.1 pycparser==3.12
cd "$work"
venv/bin/python - <<'PYTHON'
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pdfminer.high_level import extract_text
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

TEXT = "二〇二六年"


def font(characters):
    """A font of squares for just these characters."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    glyphs = [".notdef", *(f"uni{ord(each):04X}" for each in characters)]
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder(glyphs)
    made.setupCharacterMap({ord(each): f"uni{ord(each):04X}" for each in characters})
    made.setupGlyf(dict.fromkeys(glyphs, square))
    made.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 100)))
    made.setupHorizontalHeader(ascent=880, descent=-120)
    made.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares-Regular"})
    made.setupOS2()
    made.setupPost()
    made.save("squares.ttf")


font("二六年")
pdfmetrics.registerFont(TTFont("Squares", "squares.ttf"))
canvas = Canvas("year.pdf")
canvas.setFont("Squares", 16)
canvas.drawString(72, 700, TEXT)
canvas.save()
seen = {
    "pypdf": PdfReader("year.pdf").pages[0].extract_text().strip(),
    "pdfminer.six": extract_text("year.pdf").strip("\n\f"),
    "pypdfium2": PdfDocument("year.pdf")[0].get_textpage().get_text_range().strip(),
}
for name, text in seen.items():
    print(f"{TEXT} as {name} reads it: {text!a} ({text.replace(chr(0), '<NUL>')})")
if list(seen.values()) != ["二\0二六年", "二\0二六年", "二二六年"]:
    raise SystemExit("CHANGED: another text, or the missing character is told")
PYTHON
