"""OFD files composed part by part, each in the manner of a producer with what is odd about it; none is copied.

What the producers do was seen in 98 files (issue 18); these are written anew from a page of our own.
"""

from __future__ import annotations

import base64
import io
import random
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape

from .ofd_setting import Sheet, Words

OLD, NEW = "http://www.ofdspec.org", "http://www.ofdspec.org/2016"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True)
class Manner:
    """How a producer writes. Each field is one oddity; the plain manner is that of the standard."""

    name: str = "plain"
    spaces: tuple[str, str] = (NEW, NEW)
    """The namespace of the parts of the document, and of the pages."""
    prefix: str = "ofd:"
    bom: bool = False
    indented: int = 0
    root: str = "Doc_0/Document.xml"
    """How OFD.xml names the document; the part lies at Doc_0/Document.xml."""
    pages: str = "Pages/Page_%d/Content.xml"
    """How the document names its pages; they lie in Doc_0/Pages/Page_n/Content.xml."""
    area: bool = True
    ids: str = "own"
    """own, none, or same: one id for all."""
    characters: bool = False
    """Whether each character is an object of its own."""
    scale: float = 1.0
    """By which coordinates are multiplied and a CTM divides them again."""
    flat: bool = False
    """Whether the height of a Boundary is 0."""
    steps: str = "plain"
    """plain, groups, short, long, one, none."""
    held: str = ""
    """block: text in a PageBlock; unit: in a CompositeObject; layers: each object in a layer of its own."""
    template: str = ""
    """Background or Foreground: every other object stands in a template page of this order."""
    shuffled: bool = False
    blanks: str = ""
    """What stands for U+3000 and the blank."""
    glyphs: bool = False
    """Whether objects carry two CGTransforms whose counts differ."""
    wide: float = 1.0
    """HScale."""
    again: bool = False
    """Whether each text is drawn twice in one place."""
    extra: tuple[str, ...] = ()
    """Attributes of text objects."""


@dataclass(frozen=True)
class More:
    """What else a file holds: parts by name; what OFD.xml, the document and each page say besides."""

    parts: dict[str, bytes | str] = field(default_factory=dict)
    start: str = ""
    document: str = ""
    common: str = ""
    page: str = ""
    objects: str = ""
    resources: str = ""


def ofd(sheets: Sequence[Sheet], manner: Manner = Manner(), more: More = More()) -> bytes:
    """Return an OFD of these pages in a manner."""
    return package(parts(sheets, manner, more))


def package(held: dict[str, bytes | str]) -> bytes:
    """Return a package of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts(sheets: Sequence[Sheet], manner: Manner, more: More) -> dict[str, bytes | str]:
    """Return the parts of an OFD by name."""
    writer = Writer(manner, more)
    found = {"OFD.xml": writer.start()}
    pages = [writer.page(number, sheet) for number, sheet in enumerate(sheets)]
    found["Doc_0/Document.xml"] = writer.document(len(sheets))
    found["Doc_0/PublicRes.xml"] = writer.resources()
    for number, page in enumerate(pages):
        found[f"Doc_0/Pages/Page_{number}/Content.xml"] = page
    if manner.template:
        found["Doc_0/Tpls/Tpl_0/Content.xml"] = writer.whole("Page", writer.content(writer.templated), page=True)
    return {name: writer.coded(content) for name, content in found.items()} | more.parts


class Writer:
    """Writes the parts of one file."""

    def __init__(self, manner: Manner, more: More) -> None:
        self.manner, self.more = manner, more
        self.number = 100
        self.units: list[str] = []
        self.templated: list[str] = []

    def tag(self, xml: str) -> str:
        """XML whose tags are written with the prefix of this file."""
        return re.sub(r"<(/?)(?=\w)", rf"<\1{self.manner.prefix}", xml)

    def whole(self, name: str, inside: str, *, page: bool = False, attributes: str = "") -> str:
        """A part; inside: its XML with the prefix already."""
        prefix = self.manner.prefix
        name_of_it = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
        space = f'{name_of_it}="{self.manner.spaces[page]}"'
        return f"{HEAD}<{prefix}{name} {space}{attributes}>{inside}</{prefix}{name}>"

    def coded(self, xml: str | bytes) -> bytes:
        """A part as bytes."""
        if isinstance(xml, bytes):
            return xml
        if self.manner.indented:
            xml = xml.replace("><", ">\n  <")
        return (b"\xef\xbb\xbf" if self.manner.bom else b"") + xml.encode()

    def key(self) -> str:
        """The id of an object."""
        self.number += 1
        return {"own": f' ID="{self.number}"', "same": ' ID="101"'}.get(self.manner.ids, "")

    def start(self) -> str:
        """OFD.xml."""
        body = f"<DocBody><DocInfo><DocID>1</DocID></DocInfo><DocRoot>{self.manner.root}</DocRoot>"
        return self.whole("OFD", self.tag(f"{body}{self.more.start}</DocBody>"), attributes=' DocType="OFD"')

    def document(self, count: int) -> str:
        """Document.xml."""
        template = (
            f'<TemplatePage ID="3" BaseLoc="TPLS/tpl_0/Content.xml" ZOrder="{self.manner.template}"/>'
            if self.manner.template
            else ""
        )
        common = (
            "<CommonData><MaxUnitID>4</MaxUnitID><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>"
            f"<PublicRes>PublicRes.xml</PublicRes>{template}{self.more.common}</CommonData>"
        )
        pages = "".join(f'<Page ID="{at + 10}" BaseLoc="{self.manner.pages % at}"/>' for at in range(count))
        return self.whole("Document", self.tag(f"{common}<Pages>{pages}</Pages>{self.more.document}"))

    def resources(self) -> str:
        """PublicRes.xml."""
        fonts = '<Fonts><Font ID="5" FontName="仿宋"/><Font ID="6" FontName="Wingdings"/></Fonts>'
        units = f"<CompositeGraphicUnits>{''.join(self.units)}</CompositeGraphicUnits>" if self.units else ""
        return self.whole("Res", self.tag(fonts) + self.tag(units) + self.tag(self.more.resources))

    def page(self, number: int, sheet: Sheet) -> str:
        """The content of a page."""
        objects = [self.rule(*rule) for rule in sheet.rules]
        texts = [self.text(piece) for words in sheet.words for piece in self.pieces(words)]
        if self.manner.again:
            texts = [text for text in texts for _ in range(2)]
        if self.manner.template and number == 0:
            self.templated, texts = texts[::2], texts[1::2]
        objects += texts
        if self.manner.shuffled:
            random.Random(number).shuffle(objects)
        area = "<Area><PhysicalBox>0 0 210 297</PhysicalBox></Area>" if self.manner.area else ""
        if self.manner.template and number == 0:
            area += '<Template TemplateID="3"/>'
        objects.append(self.more.objects)
        return self.whole("Page", self.tag(area + self.more.page) + self.content(objects), page=True)

    def content(self, objects: list[str]) -> str:
        """What a page draws."""
        if self.manner.held == "layers":
            inside = "".join(f'<Layer ID="{at + 5000}" Type="Body">{each}</Layer>' for at, each in enumerate(objects))
            return self.tag(f"<Content>{inside}</Content>")
        inside = "".join(objects)
        if self.manner.held == "block":
            inside = f'<PageBlock ID="70"><PageBlock>{inside}</PageBlock></PageBlock>'
        if self.manner.held == "unit":
            key = 900 + len(self.units)
            self.units.append(
                f'<CompositeGraphicUnit ID="{key}" Width="200" Height="280"><Content>{inside}</Content>'
                "</CompositeGraphicUnit>"
            )
            inside = f'<CompositeObject ID="71" ResourceID="{key}" Boundary="0 0 210 297"/>'
        return self.tag(f'<Content><Layer ID="69">{inside}</Layer></Content>')

    def pieces(self, words: Words) -> list[Words]:
        """A piece of text as the objects it is written in."""
        if not self.manner.characters:
            return [words]
        found, x = [], words.x
        for at, char in enumerate(words.text):
            found.append(Words(x, words.y, words.size, char, ()))
            x += words.steps[at] if at < len(words.steps) else 0
        return found

    def text(self, words: Words) -> str:
        """A text object."""
        manner, scale = self.manner, self.manner.scale
        top = words.y - words.size
        high = 0 if manner.flat else words.size * 1.3
        ctm = f' CTM="{1 / scale:g} 0 0 {1 / scale:g} 0 0"' if scale != 1 else ""
        steps = written([step * scale for step in words.steps], manner.steps)
        said = f' DeltaX="{steps}"' if steps else ""
        text = words.text
        if manner.blanks:
            text = text.replace("\u3000", manner.blanks).replace(" ", manner.blanks)
        x, y = ("", f'Y="{words.size * scale:.3f}"') if manner.glyphs else ('X="0" ', f'Y="{words.size * scale:.3f}"')
        shapes = (
            '<CGTransform CodePosition="0" CodeCount="1" GlyphCount="2"><Glyphs>7 8</Glyphs></CGTransform>'
            '<CGTransform CodePosition="1" CodeCount="1" GlyphCount="1"><Glyphs>9</Glyphs></CGTransform>'
            if manner.glyphs
            else ""
        )
        wide = f' HScale="{manner.wide:g}"' if manner.wide != 1 else ""
        more = "".join(f" {each}" for each in manner.extra)
        return (
            f'<TextObject{self.key()} Boundary="{words.x:.3f} {top:.3f} {words.wide:.3f} {high:.3f}" Font="5" '
            f'Size="{words.size * scale:.4f}"{ctm}{wide}{more}>{shapes}'
            f"<TextCode {x}{y}{said}>{escape(text)}</TextCode></TextObject>"
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> str:
        """A ruled line, as a stroke."""
        wide, high = max(x1 - x0, 0.35), max(y1 - y0, 0.35)
        return (
            f'<PathObject{self.key()} Boundary="{x0:.3f} {y0:.3f} {wide:.3f} {high:.3f}" LineWidth="0.35">'
            '<StrokeColor Value="0 0 0"/>'
            f"<AbbreviatedData>M 0 0 L {x1 - x0:.3f} {y1 - y0:.3f}</AbbreviatedData></PathObject>"
        )


def written(steps: list[float], way: str) -> str:
    """DeltaX in one of the ways in which it is written."""
    said = [f"{step:.4f}" for step in steps]
    if not steps or way == "none":
        return ""
    if way == "one" and len(set(said)) == 1:
        return said[0]
    if way == "short":
        while len(said) > 1 and said[-1] == said[-2]:
            said.pop()
    if way == "long":
        said += ["-17.46", "3"]
    if way != "groups":
        return " ".join(said)
    groups: list[str] = []
    at = 0
    while at < len(said):
        count = next((n for n in range(1, len(said) - at) if said[at + n] != said[at]), len(said) - at)
        groups.append(f"g {count} {said[at]}" if count > 2 else " ".join(said[at : at + count]))
        at += count
    return " ".join(groups)


MANNERS = [
    Manner("plain"),
    Manner("OFD R&W", area=False, root="/Doc_0/Document.xml", pages="/Doc_0/Pages/Page_%d/Content.xml"),
    Manner("shuwei, points", spaces=(OLD, NEW), scale=1 / 0.3528, flat=True, characters=True, shuffled=True),
    Manner("shuwei, units", spaces=(OLD, OLD), held="unit", steps="groups"),
    Manner("suwell", spaces=(NEW, OLD), blanks="\u00a0", glyphs=True, steps="short"),
    Manner("huhuang", bom=True, ids="none", template="Background", steps="one"),
    Manner("invoice over", ids="same", template="Foreground", steps="groups"),
    Manner("wps", area=False, steps="long"),
    Manner("foxit", spaces=(OLD, OLD), scale=1 / 0.0176, steps="groups"),
    Manner("iofd", wide=0.64, extra=('CharDirection="0"', 'Weight="400"')),
    Manner(
        "surread", root="/Doc_0/Document.xml", held="block", pages="/Doc_0/Pages/Page_%d/Content.xml", indented=True
    ),
    Manner("by hand", prefix="", root="./doc_0/DOCUMENT.xml", pages="pages/PAGE_%d/content.xml", held="layers"),
    Manner("back-slashes", root="Doc_0\\Document.xml", pages="Pages\\Page_%d\\Content.xml"),
    Manner("twice", again=True, shuffled=True, characters=True),
]
"""One for each producer of docs seen, with its oddities."""

__all__ = ["MANNERS", "NEW", "OLD", "PNG", "Manner", "More", "ofd", "package", "parts", "replace"]
