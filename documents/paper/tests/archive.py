"""What PDF/A-2 (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) ask of a file and can be read off it without a validator.

No certificate: veraPDF checks many times as much, and is asked too where it is installed (test_archive.py).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

ACTIONS = {"/URI", "/GoTo", "/GoToR", "/Named"}
PAINTS_TEXT = {"Tj", "TJ", "'", '"'}
PAINTS = PAINTS_TEXT | {"Do", "sh", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
DEEPEST = 28  # levels of q (6.1.13)
_STANDARD = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl"
    " LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby Warichu Figure"
    " Formula Form"
)
STANDARD = {f"/{name}" for name in re.findall(r"\w+", _STANDARD)}


def archival(pdf: bytes, conformance: str) -> list[str]:
    """Return what keeps a PDF from being PDF/A-2, as far as is looked at here; conformance: B or U."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return sorted({*_file(pdf, opened), *_identity(opened, conformance), *_objects(opened), *_pages(opened)})


def accessible(pdf: bytes) -> list[str]:
    """Return what keeps a PDF from being PDF/UA-1, as far as is looked at here."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return sorted({*_catalogue(opened), *_fonts(opened), *_tree(opened), *_marked(opened)})


def _file(pdf: bytes, opened: pikepdf.Pdf) -> Iterator[str]:
    head = pdf[:40].split(b"\n")
    if not re.fullmatch(rb"%PDF-1\.[0-7]", head[0]) or sum(byte > 127 for byte in head[1][1:5]) < 4:
        yield "6.1.2 header"
    if "/ID" not in opened.trailer or opened.is_encrypted:
        yield "6.1.3 trailer: identifier, no encryption"
    if any(key in opened.Root for key in ("/AA", "/OpenAction", "/AcroForm", "/OCProperties", "/NeedsRendering")):
        yield "6.4-6.11 actions, forms, layers"
    if "/Names" in opened.Root and {"/JavaScript", "/EmbeddedFiles"} & set(opened.Root.Names.keys()):
        yield "6.5, 6.8 scripts or embedded files"


def _identity(opened: pikepdf.Pdf, conformance: str) -> Iterator[str]:
    xmp = opened.Root.Metadata.read_bytes().decode() if "/Metadata" in opened.Root else ""
    if not re.search(r"pdfaid:part(?:=[\"']|>)2", xmp):
        yield "6.6.4 part"
    if not re.search(rf"pdfaid:conformance(?:=[\"']|>){conformance}", xmp):
        yield "6.6.4 conformance"
    intents = [one for one in opened.Root.get("/OutputIntents", []) if one.get("/S") == "/GTS_PDFA1"]
    profile = intents[0].DestOutputProfile.read_bytes() if intents else b""
    if len(intents) != 1 or profile[36:40] != b"acsp" or profile[16:20] != b"RGB ":
        yield "6.2.3 output intent with an RGB profile"


def _objects(opened: pikepdf.Pdf) -> Iterator[str]:
    for one in opened.objects:
        if isinstance(one, pikepdf.Stream):
            yield from _stream(one)
        if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
            yield from _dictionary(one)
    yield from _fonts(opened)


def _stream(one: Any) -> Iterator[str]:
    if {"/F", "/FFilter", "/FDecodeParms"} & set(one.keys()):
        yield "6.1.7 stream outside of the file"
    if "LZW" in str(one.get("/Filter", "")):
        yield "6.1.7 LZW"
    if one.get("/Subtype") == "/Image" and (
        one.get("/Interpolate", False) or {"/Alternates", "/OPI"} & set(one.keys())
    ):
        yield "6.2.8 interpolated or alternate image"
    if one.get("/Subtype") == "/Image" and "CMYK" in str(one.get("/ColorSpace", "")):
        yield "6.2.4 colour of an image"
    if one.get("/Subtype") == "/PS" or "/Ref" in one:
        yield "6.2.9 PostScript or reference"


def _dictionary(one: Any) -> Iterator[str]:
    if one.get("/Type") == "/ExtGState" and {"/TR", "/HTP"} & set(one.keys()):
        yield "6.2.5 transfer function"
    if "/AA" in one or (one.get("/Type") == "/Action" and str(one.get("/S")) not in ACTIONS):
        yield "6.5 action"
    if one.get("/Type") == "/Annot" and one.get("/Subtype") != "/Popup":
        flags = int(one.get("/F", 0))
        if not flags & 4 or flags & (1 | 2 | 32):
            yield "6.3.2 annotation is not printed"


def _fonts(opened: pikepdf.Pdf) -> Iterator[str]:
    for font in opened.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/Font" or "CIDFont" in str(font.Subtype):
            continue
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.get("/FontDescriptor", {}).keys()):
            yield f"6.2.11.4 font is not embedded: {font.get('/BaseFont')}"
        if "/ToUnicode" not in font:
            yield f"6.2.11.7 font without text: {font.get('/BaseFont')}"
        if inner.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
            yield f"6.2.11.3 font without a map of its glyphs: {font.get('/BaseFont')}"


def _pages(opened: pikepdf.Pdf) -> Iterator[str]:
    for sheet in opened.pages:
        if "/Resources" not in sheet.obj:
            yield "6.2.2 resources are inherited"
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(sheet):
            name = str(operator)
            depth += {"q": 1, "Q": -1}.get(name, 0)
            if depth > DEEPEST:
                yield "6.1.13 nesting of graphics states"
            if name in {"k", "K"} or (name in {"cs", "CS"} and "CMYK" in str(operands[0])):
                yield "6.2.4 colour that is no RGB"
            if name in PAINTS_TEXT and any("\0\0" in code for code in _codes(operands)):
                yield "6.2.11.8 glyph without a shape"


def _codes(operands: Any) -> Iterator[str]:
    """Yield the two-byte codes that an operator shows, as two characters each."""
    shown = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
    for piece in shown:
        if isinstance(piece, pikepdf.String):
            raw = bytes(piece).decode("latin-1")
            yield from (raw[start : start + 2] for start in range(0, len(raw), 2))


def _catalogue(opened: pikepdf.Pdf) -> Iterator[str]:
    root = opened.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False) or root.MarkInfo.get("/Suspects", False):
        yield "7.1 not marked"
    if not str(root.get("/Lang", "")):
        yield "7.2 language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "7.1 the title is not displayed"
    xmp = root.Metadata.read_bytes().decode() if "/Metadata" in root else ""
    if not re.search(r"pdfuaid:part(?:=[\"']|>)1", xmp) or not re.search(
        r"<dc:title>.*?<rdf:li[^>]*>[^<]+<", xmp, re.S
    ):
        yield "5, 7.1 part and title in the metadata"
    for sheet in opened.pages:
        if "/Annots" in sheet.obj and sheet.obj.get("/Tabs") != "/S":
            yield "7.18.3 order of annotations"


def _tree(opened: pikepdf.Pdf) -> Iterator[str]:
    if "/StructTreeRoot" not in opened.Root:
        yield "7.1 no tree"
        return
    roles = {str(key): str(value) for key, value in opened.Root.StructTreeRoot.get("/RoleMap", {}).items()}
    level = 0
    for element, parents in _elements(opened.Root.StructTreeRoot, ()):
        kind = roles.get(str(element.S), str(element.S))
        if kind not in STANDARD:
            yield f"7.1 no standard type: {element.S}"
        if kind == "/Figure" and not (str(element.get("/Alt", "")) or str(element.get("/ActualText", ""))):
            yield "7.3 figure without words"
        if found := re.fullmatch("/H([1-6])", kind):
            if int(found[1]) > level + 1:
                yield f"7.4.2 heading {kind} after level {level}"
            level = int(found[1])
        yield from _table_part(kind, parents)


def _table_part(kind: str, parents: tuple[str, ...]) -> Iterator[str]:
    above = {"/TR": {"/Table", "/THead", "/TBody", "/TFoot"}, "/TH": {"/TR"}, "/TD": {"/TR"}, "/LI": {"/L"}}
    if kind in above and parents[-1:] and parents[-1] not in above[kind]:
        yield f"7.5 {kind} in {parents[-1]}"


def _elements(node: Any, parents: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid, parents
            yield from _elements(kid, (*parents, str(kid.S)))


def _marked(opened: pikepdf.Pdf) -> Iterator[str]:
    """All that is painted is an artefact or belongs to the tree."""
    for sheet in opened.pages:
        marks: list[bool] = []
        for operands, operator in pikepdf.parse_content_stream(sheet):
            name = str(operator)
            if name in {"BMC", "BDC"}:
                in_tree = len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
                marks.append(str(operands[0]) == "/Artifact" or in_tree)
            elif name == "EMC":
                marks.pop()
            elif name in PAINTS and not any(marks):
                yield f"7.1 painted outside of the tree: {name}"
