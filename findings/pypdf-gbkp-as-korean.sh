#!/usr/bin/env bash
# pypdf 7.1.1: Chinese PDF whose text is coded in GBK, with a font of the reader (no ToUnicode), as older programs write.
#
# Guess: the CMaps that every reader must know (ISO 32000, table of predefined CMaps) are known, or the text is empty; and
#        where GBK-EUC-H is read, GBKp-EUC-H is too: it differs in the width of Latin letters alone.
# Seen:  GBK-EUC-H is read. The same bytes under GBKp-EUC-H are taken for UTF-16 and come out as Korean syllables and
#        rare signs, as many as there are characters: no exception, no empty text, a line in the log at most.
#        pypdfium2 5.15.2 reads both.
# Matters: "is there any text?" is the usual test whether a paper must go through OCR, and this passes it; the paper is
#        then filed under words that nobody will ever search for.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    pypdf==7.1.1 typing_extensions==4.16.0 pypdfium2==5.15.2
"$work/venv/bin/python" - <<'PYTHON'
import io

import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject,
                           TextStringObject)

TEXT = "请于十月十五日前报送"


def entries(**pairs):
    return DictionaryObject({NameObject("/" + name): value for name, value in pairs.items()})


def paper(cmap):
    """A page with TEXT in GBK, in a Song face that the reader brings along."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    face = NameObject("/STSong-Light")
    numbers = [NumberObject(each) for each in (-25, -254, 1000, 880)]
    descriptor = writer._add_object(entries(
        Type=NameObject("/FontDescriptor"), FontName=face, Flags=NumberObject(6), FontBBox=ArrayObject(numbers),
        ItalicAngle=NumberObject(0), Ascent=NumberObject(880), Descent=NumberObject(-120),
        CapHeight=NumberObject(880), StemV=NumberObject(93)))
    system = entries(Registry=TextStringObject("Adobe"), Ordering=TextStringObject("GB1"), Supplement=NumberObject(2))
    characters = writer._add_object(entries(
        Type=NameObject("/Font"), Subtype=NameObject("/CIDFontType0"), BaseFont=face, CIDSystemInfo=system,
        FontDescriptor=descriptor, DW=NumberObject(1000)))
    font = writer._add_object(entries(
        Type=NameObject("/Font"), Subtype=NameObject("/Type0"), BaseFont=NameObject(f"/STSong-Light-{cmap}"),
        Encoding=NameObject("/" + cmap), DescendantFonts=ArrayObject([characters])))
    page[NameObject("/Resources")] = entries(Font=entries(F1=font))
    content = DecodedStreamObject()
    content.set_data(f"BT /F1 16 Tf 72 700 Td <{TEXT.encode('gbk').hex()}> Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


seen = {}
for cmap in ("GBK-EUC-H", "GBKp-EUC-H"):
    made = paper(cmap)
    seen[cmap] = PdfReader(io.BytesIO(made)).pages[0].extract_text().strip()
    other = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range().strip()
    print(f"{cmap}: pypdf {seen[cmap]}, pypdfium2 {other}")
    if other != TEXT:
        raise SystemExit("CHANGED: pypdfium2 no longer reads the paper")
korean = any("가" <= char <= "힣" for char in seen["GBKp-EUC-H"])
if seen["GBK-EUC-H"] != TEXT or seen["GBKp-EUC-H"] == TEXT or not korean:
    raise SystemExit("CHANGED: pypdf reads GBKp-EUC-H otherwise, or GBK-EUC-H no longer")
PYTHON
