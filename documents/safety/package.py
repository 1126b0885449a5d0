"""Word, Excel and PowerPoint files of today: every part and every relation of the package, whatever it is called."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from documents import archives
from documents.answers import Judged
from documents.file_beginnings import OLD_OFFICE, begins_as
from documents.messages import gettext as _
from documents.refusal import Refused

from .plain import judge_rtf

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MOST = 64 * 1024 * 1024
_HEAD = 4096
_DEEPEST = 2
"""A chart holds a workbook; that one holds no further documents."""
_MACROS = re.compile(r"vbaProject|wordVbaData|macroEnabled|xlMacrosheet|xlIntlMacrosheet|dialogsheet", re.I)
_CONTROLS = re.compile(r"/(?:control|activeXControl\w*)$|activeX", re.I)
_DATA = re.compile(r"/(?:externalLink\w*|connections|queryTable)$|externalLink|\.connections\+|queryTable\+", re.I)
_SCHEMES = re.compile(r"(?i)^(?:https?|mailto|ftp|tel|file):|^[^:]*$|^[a-z]:[\\/]")
"""Where a link that a person presses may lead; anything else starts a program."""
_FIELD = re.compile(r"^\W*(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK)\b", re.I)
_RUNS = re.compile(r"\b(?:WEBSERVICE|IMAGE|RTD|CALL|REGISTER(?:\.ID)?|EXEC)\s*\(|\w\|'", re.I)
_ACTING = re.compile(rb"instrText|fldSimple|<(?:[\w-]+:)?f[\s>]|definedName")
_PERHAPS = (b"<f", b":f", b"instrText", b"fldSimple", b"definedName")
"""What is in any part that acts: looked for first, since of a long list that is a twentieth of the time."""
_BLANK, _WIDE = b"\xef\xbb\xbf \t\r\n", (b"\xff\xfe<", b"\xfe\xff\0<", b"<\0", b"\0<")
_ACTIVE_PAGE = re.compile(
    rb"(?i)<\s*(?:script|iframe|object|embed)\b|javascript:|\son\w+\s*=|(?:src|href)\s*=\s*[\"']?\s*(?:https?:)?//[^>]*"
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")


@dataclass(frozen=True)
class Relation:
    """What a part draws on: in which list, by which id, of what kind, where, whether outside the file."""

    listed: str
    key: str
    kind: str
    target: str
    is_outside: bool

    @property
    def owner(self) -> str:
        """The part whose relation it is."""
        folder, name = posixpath.split(self.listed)
        return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _no_look(_name: str, _data: bytes) -> None:
    """Nobody reads it next."""


class Package:
    """The parts of a file, and what is to be changed in them."""

    def __init__(self, file: bytes | Path) -> None:
        self.zip = archives.opened(file)
        self.names = self.zip.namelist()
        if len(set(self.names)) < len(self.names):
            raise Refused("damaged")  # two parts of one name: programs disagree about which they read
        self.changed: dict[str, bytes] = {}
        self.removed: list[str] = []

    def read(self, name: str) -> bytes:
        """A part. Raises Refused."""
        return archives.part(self.zip, name, _MOST)

    def xml(self, name: str) -> Any:
        """A part as XML, as it stands after changes. Raises Refused when it is none."""
        data = self.changed.get(name) or self.read(name)
        if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data[:2000]:
            raise Refused("damaged")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Refused("damaged") from error

    def write(self, name: str, root: Any) -> None:
        """Change a part."""
        self.changed[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def relations(self) -> Iterator[Relation]:
        """Every relation of every part."""
        for listed in self.names:
            if listed.lower().endswith(".rels"):
                for each in self.xml(listed).iter(_RELATION):
                    outside = each.get("TargetMode", "").lower() == "external"
                    yield Relation(listed, each.get("Id", ""), each.get("Type", ""), each.get("Target", ""), outside)

    def drop(self, relation: Relation) -> None:
        """Take a relation out of its list."""
        root = self.xml(relation.listed)
        for each in [each for each in root.iter(_RELATION) if each.get("Id") == relation.key]:
            root.remove(each)
        self.write(relation.listed, root)

    def packed(self) -> bytes:
        """The file with its changes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in self.zip.infolist():
                new.writestr(entry, self.changed.get(entry.filename) or self.read(entry.filename))
        return out.getvalue()


def judge_package(file: bytes | Path, depth: int = 1, look: Callable[[str, bytes], object] = _no_look) -> Judged:
    """A file of Office as it came, or without what draws in from elsewhere and nobody sees.

    look: is shown each part that stands, with its name, so that who reads it next need not unpack it again.
    Raises Refused: damaged, a bomb, macros, controls, embedded objects, links to other workbooks, fields or parts that
    draw in from elsewhere.
    """
    package = Package(file)
    if "[Content_Types].xml" not in package.names:
        raise Refused("damaged")
    _judge_kind(package.read("[Content_Types].xml").decode("utf-8", "replace"))
    for relation in list(package.relations()):
        _judge_relation(package, relation)
    for name in package.names:
        data = package.read(name)
        _judge_part(package, name, data, depth)
        look(name, data)
    return Judged(package.packed(), tuple(dict.fromkeys(package.removed))) if package.changed else Judged()


def _judge_kind(said: str) -> None:
    """What a part is called by its type, whatever its name."""
    for pattern, code in ((_MACROS, "macros"), (_CONTROLS, "controls"), (_DATA, "workbook-links")):
        if pattern.search(said):
            raise Refused(code)


def _judge_relation(package: Package, relation: Relation) -> None:
    kind = relation.kind.rpartition("/")[2]
    if not relation.is_outside:
        _judge_kind(relation.kind)
        if kind == "oleObject":
            raise Refused("embedded")
    elif kind == "hyperlink":
        if not _SCHEMES.search(relation.target.strip()):
            raise Refused("external", relation.target)
    elif kind == "attachedTemplate":
        package.drop(relation)
        _drop_template(package, relation)
        package.removed.append(_("the link to a template"))
    elif kind == "image" and _shown_without(package, relation):
        package.drop(relation)
        package.removed.append(_("links to pictures that are in the file as well"))
    else:
        raise Refused("workbook-links" if _DATA.search(relation.kind) else "external", relation.target)


def _drop_template(package: Package, relation: Relation) -> None:
    """The element that named it goes too: Word asks for a relation that is not there."""
    if relation.owner in package.names:
        root = package.xml(relation.owner)
        for each in [each for each in root.iter() if each.get(f"{_R}id") == relation.key]:
            each.getparent().remove(each)
        package.write(relation.owner, root)


def _shown_without(package: Package, relation: Relation) -> bool:
    """Take out links to a picture that stands in the file beside its link; False where it stands nowhere else."""
    if relation.owner not in package.names:
        return False
    root = package.xml(relation.owner)
    using = [each for each in root.iter(etree.Element) if relation.key in each.attrib.values()]
    if not all(each.get(f"{_R}link") == relation.key and each.get(f"{_R}embed") for each in using):
        return False
    for each in using:
        del each.attrib[f"{_R}link"]
    package.write(relation.owner, root)
    return True


def _judge_part(package: Package, name: str, data: bytes, depth: int) -> None:
    """What a part is by its beginning, and what stands in it."""
    low = name.lower()
    if begins_as(data[:64], *OLD_OFFICE) or data.startswith((b"%PDF-", *_PROGRAMS)):
        code = "macros" if b"V\0B\0A\0" in data or b"_VBA_PROJECT" in data else "embedded"
        raise Refused("embedded" if begins_as(data[:64], ".rtf") else code, name)
    if begins_as(data[:64], ".eps"):
        raise Refused("eps", name)
    if begins_as(data[:64], ".zip"):
        _judge_inner(data, name, depth)
    elif low.endswith((".svg", ".htm", ".html", ".mht", ".xhtml")):
        if _ACTIVE_PAGE.search(data):
            raise Refused("external", name)
    elif low.endswith(".rtf"):
        judge_rtf(data)
    elif data.startswith(_WIDE) or (data[:_HEAD].lstrip(_BLANK).startswith(b"<") and _acts(data)):
        root = package.xml(name)  # whatever its name and folder: the package may call a part as it likes
        _judge_fields(root, name)
        if any(_RUNS.search(each.text or "") for each in root.iter("{*}f", "{*}definedName")):
            raise Refused("workbook-links", name)


def _acts(data: bytes) -> bool:
    return any(_holds(data, each) for each in _PERHAPS) and bool(_ACTING.search(data))


def _holds(data: bytes, word: bytes) -> bool:
    """Whether a part holds a word; the first sign alone is found ten times as fast, and a long list may have none."""
    return data.find(word, 0, _HEAD) >= 0 or (data.find(word[:1], _HEAD - 1) >= 0 and data.find(word, _HEAD - 1) >= 0)


def _judge_inner(data: bytes, name: str, depth: int) -> None:
    """A document in the document, as under a chart."""
    if depth >= _DEEPEST:
        raise Refused("embedded", name)
    try:
        inner = judge_package(data, depth + 1)
    except Refused as refused:
        raise Refused(refused.code, name) from refused
    if inner.data is not None:
        raise Refused("external", name)


def _judge_fields(root: Any, name: str) -> None:
    """Codes of fields that draw something in, however their letters are spread over runs."""
    codes = [
        value for each in root.iter("{*}fldSimple") for key, value in each.attrib.items() if key.endswith("}instr")
    ]
    for paragraph in root.iter("{*}p"):
        code = ""
        for each in paragraph.iter("{*}instrText", "{*}fldChar"):
            if each.tag.endswith("}fldChar"):
                codes.append(code)
                code = ""
            else:
                code += each.text or ""
        codes.append(code)
    if any(_FIELD.search(code) for code in codes):
        raise Refused("fields", name)
