"""The Word file around the text: page, grid, styles without theme fonts, footers with the page-number rule."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from documents.layout import page

from .markup import BODY, NAMESPACES, RED, Ink, Place, border, either, field, look, paragraph, run, twips

NUMBER = Ink(face="song", size=page.SMALL, tracking=0)
_EPOCH = (1980, 1, 1, 0, 0, 0)
# no punctuation beyond the type area; LibreOffice takes the value for its opposite, and both hang what says nothing
_NO_HANGING = either('<w:overflowPunct w:val="0"/>', '<w:overflowPunct w:val="1"/>')
_NO_GAPS = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'  # in what is typed later too
_HEADINGS = {1: "hei", 2: "kai", 3: "fangsong", 4: "fangsong"}


def blank() -> Any:
    """Return an empty python-docx document with the styles of official documents."""
    document = docx.Document()
    _styles(document)
    _settings(document.settings.element)
    body = document.element.body
    for child in list(body):
        body.remove(child)
    return document


def _settings(root: Any) -> None:
    """Two-sided pages, no squeezed punctuation, the layout of Word 2013 and later; in the order of the schema."""
    root.find(qn("w:zoom")).addnext(_element("mirrorMargins"))
    control = root.find(qn("w:characterSpacingControl"))
    control.set(qn("w:val"), "doNotCompress")
    control.addprevious(_element("evenAndOddHeaders"))
    for setting in root.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _element(name: str) -> Any:
    return parse_xml(f"<w:{name} {nsdecls('w')}/>")


def section(
    document: Any, *, landscape: bool = False, letterhead: str = "", numbers: str = "outside", back: bool = False
) -> str:
    """Return w:sectPr with page, grid and footers.

    letterhead: of a letter, whose first page has no number; numbers: as in the style of the house; back: begins on the
    back of a sheet.
    """
    width, height = page.PAPER if not landscape else page.PAPER[::-1]
    turned = ' w:orient="landscape"' if landscape else ""
    if landscape:  # the upright page turned: its binding edge is the upper one
        margins = (page.MARGIN_BINDING, page.MARGIN_TOP, page.MARGIN_OUTER, page.MARGIN_FOOT)
    else:
        margins = (page.MARGIN_TOP, page.MARGIN_OUTER, page.MARGIN_FOOT, page.MARGIN_BINDING)
    top, right, bottom, left = (twips(margin * page.MM) for margin in margins)
    footers = _footers(document, bool(letterhead), letterhead, numbers)
    # from the foot of the paper to the foot of the number's line, the dash 7 mm below the type area
    distance = (page.MARGIN_FOOT - page.PAGE_NUMBER_GAP - 2.5) * page.MM
    start = "evenPage" if back else "nextPage"
    return (
        f'<w:sectPr>{footers}<w:type w:val="{start}"/>'
        f'<w:pgSz w:w="{twips(width * page.MM)}" w:h="{twips(height * page.MM)}"'
        f"{turned}/>"
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="{twips((page.LETTER_TOP - 0.5) * page.MM)}"'
        f' w:footer="{twips(distance)}" w:gutter="0"/>'
        f"{'<w:titlePg/>' if letterhead else ''}"
        '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
    )


def packed(document: Any, title: str, author: str, language: str) -> bytes:
    """Return the file; the same content gives the same bytes."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title[:250], author[:250], ""
    properties.last_modified_by, properties.language = "", language
    raw = io.BytesIO()
    document.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in sorted(
            before.infolist(), key=lambda item: (item.filename != "[Content_Types].xml", item.filename)
        ):
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(info, before.read(entry))
    return out.getvalue()


def _styles(document: Any) -> None:
    """Take theme fonts out, set the defaults, and give the headings the faces of the standard."""
    root = document.styles.element
    for fonts_here in root.iter(qn("w:rFonts")):
        for name in list(fonts_here.attrib):
            if name.endswith("Theme"):
                del fonts_here.attrib[name]
    for style in document.styles:
        name = style.name
        level = int(name[-1]) if re.fullmatch(r"Heading [1-9]", name) else 0
        if level in _HEADINGS:
            _style(style, Ink(face=_HEADINGS[level]), outline=level)
        elif name in {"Normal", "Footer", "Header"}:
            _style(style, BODY if name == "Normal" else NUMBER)
        elif name == "Title":
            _style(style, Ink(face="title", size=page.TITLE, tracking=0))
    defaults = root.find(qn("w:docDefaults"))
    if defaults is not None:
        root.remove(defaults)
    root.insert(
        0,
        parse_xml(
            f"<w:docDefaults {NAMESPACES}><w:rPrDefault>{look(BODY)}</w:rPrDefault>"
            f"<w:pPrDefault><w:pPr>{_NO_HANGING}{_NO_GAPS}</w:pPr></w:pPrDefault></w:docDefaults>"
        ),
    )


def _style(style: Any, ink: Ink, outline: int = 0) -> None:
    element = style.element
    for tag in ("w:rPr", "w:pPr"):
        found = element.find(qn(tag))
        if found is not None:
            element.remove(found)
    level = f'<w:outlineLvl w:val="{outline - 1}"/>' if outline else ""
    element.append(parse_xml(f'<w:pPr {NAMESPACES}><w:widowControl w:val="0"/>{level}</w:pPr>'))
    element.append(parse_xml(look(ink).replace("<w:rPr>", f"<w:rPr {NAMESPACES}>", 1)))


def _footers(document: Any, first_bare: bool, letterhead: str, numbers: str) -> str:
    number = [run("— ", NUMBER), field("PAGE", NUMBER), run(" —", NUMBER)] if numbers != "none" else []
    odd = paragraph(number, Place(align="right", right=page.CELL, line=14))
    even = paragraph(number, Place(align="left", left=page.CELL, line=14))
    if numbers == "centre":
        odd = even = paragraph(number, Place(align="center", line=14))
    kinds = [("footer", "default", odd), ("footer", "even", even)]
    if first_bare:
        kinds.append(("footer", "first", _foot_rule() if letterhead else paragraph([])))
    if letterhead:
        kinds.append(("header", "first", letterhead))
    return "".join(
        f'<w:{what}Reference w:type="{kind}" r:id="{_part(document, what, content)}"/>'
        for what, kind, content in sorted(kinds, key=lambda one: one[0], reverse=True)
    )


def _foot_rule() -> str:
    """The lower double rule of a letter, in a frame at its place on the paper."""
    width, top = twips(page.LETTER_RULE * page.MM), twips((page.PAPER[1] - page.LETTER_FOOT) * page.MM - 2)
    left = twips((page.PAPER[0] - page.LETTER_RULE) / 2 * page.MM)
    frame = (
        f'<w:framePr w:w="{width}" w:hSpace="0" w:wrap="around" w:vAnchor="page" w:hAnchor="page"'
        f' w:x="{left}" w:y="{top}"/>'
    )
    rule = border("top", 3.0, RED, kind="thinThickSmallGap")
    return paragraph([], Place(line=2, borders=rule, frame=frame)) + paragraph([], Place(line=14))


def _part(document: Any, what: str, content: str) -> str:
    kind = RELATIONSHIP_TYPE.FOOTER if what == "footer" else RELATIONSHIP_TYPE.HEADER
    content_type = CONTENT_TYPE.WML_FOOTER if what == "footer" else CONTENT_TYPE.WML_HEADER
    existing = sum(rel.reltype == kind for rel in document.part.rels.values())
    name = PackURI(f"/word/{what}{existing + 1}.xml")
    tag = "ftr" if what == "footer" else "hdr"
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{tag} {NAMESPACES}>{content}</w:{tag}>'
    return str(document.part.relate_to(Part(name, content_type, blob.encode(), document.part.package), kind))
