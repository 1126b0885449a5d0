#!/usr/bin/env bash
# WeasyPrint 70.0: headings numbered 一、二、三 by a counter of CSS.
#
# Guess: simp-chinese-informal is the style that CSS Counter Styles Level 3 gives for it, and WeasyPrint, which knows
#        cjk-decimal, japanese-informal and @counter-style, knows that one too; if not, it says so.
# Seen:  simp-chinese-informal, simp-chinese-formal, trad-chinese-informal and cjk-ideographic count 1, 2, 3 … 11, and
#        nothing is logged. cjk-decimal gives 一一 for 11. The one style that gives what a Chinese paper needs up to 99 is
#        japanese-informal: 十, 十一, 二十 (but 百, where Chinese says 一百).
# Matters: Chrome numbers the same page 一、十一、, so what was proofread in the browser and what is printed are numbered
#        differently, and "see part 三" points at nothing.
# Needs:  Pango, as WeasyPrint does, and a font with Chinese characters; says so where they are missing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    weasyprint==70.0 pydyf==0.13.0 cffi==2.1.1 pycparser==3.12 tinyhtml5==2.1.0 tinycss2==1.5.1 cssselect2==0.10.1 \
    webencodings==0.6.1 pyphen==0.18.1 pillow==13.0.0 fonttools==4.68.0 brotli==1.2.1 zopfli==0.4.3 pypdfium2==5.15.2
"$work/venv/bin/python" - <<'PYTHON'
import logging

import pypdfium2

try:
    import weasyprint
except OSError as error:
    raise SystemExit(f"Pango is missing: {error}")

STYLES = ("simp-chinese-informal", "simp-chinese-formal", "trad-chinese-informal", "cjk-ideographic", "cjk-decimal",
          "japanese-informal")
NUMBERS = (3, 10, 11, 20, 100)
said = []
log = logging.getLogger("weasyprint")
log.addHandler(type("Kept", (logging.Handler,), {"emit": lambda self, record: said.append(record.getMessage())})())


def printed(style):
    css = f"@page{{size:20cm 10cm}} p{{margin:0}} span::before{{content:counter(n, {style})}}"
    body = "".join(f"<p><span style='counter-reset:n {number}'></span></p>" for number in NUMBERS)
    made = weasyprint.HTML(string=f"<style>{css}</style><body lang=zh>{body}").write_pdf()
    return pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range().split()


seen = {style: printed(style) for style in STYLES}
for style, shown in seen.items():
    print(f"{style}: {' '.join(shown)}")
print(f"said about it: {said or 'nothing'}")
digits = [str(number) for number in NUMBERS]
stated = {
    **dict.fromkeys(STYLES[:4], digits),
    "cjk-decimal": ["三", "一〇", "一一", "二〇", "一〇〇"],
    "japanese-informal": ["三", "十", "十一", "二十", "百"],
}
if seen != stated or said:
    raise SystemExit("CHANGED: a style counts otherwise, or it is told (or there is no Chinese font)")
PYTHON
