"""Small files as offices make them, whole and harmless, made by code: what a hostile one is made of too."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from typing import Any

import pikepdf

SCHEMAS = "http://schemas.openxmlformats.org/"
OFFICE = f"{SCHEMAS}officeDocument/2006/relationships"
WORD = f"{SCHEMAS}wordprocessingml/2006/main"
SHEET = f"{SCHEMAS}spreadsheetml/2006/main"
SLIDES = f"{SCHEMAS}presentationml/2006/main"
MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document.main"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main"),
}
BODIES = {
    "docx": f'<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>%s<w:p><w:r><w:t>质量月</w:t></w:r></w:p>'
    "</w:body></w:document>",
    "xlsx": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets><sheet name="一"/></sheets>%s</workbook>',
    "pptx": f'<p:presentation xmlns:p="{SLIDES}" xmlns:r="{OFFICE}">%s</p:presentation>',
}  # fmt: skip


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """A ZIP file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def relations(*rows: str) -> str:
    """A list of relations: each the attributes of one."""
    inside = "".join(f"<Relationship {row}/>" for row in rows)
    return f'<Relationships xmlns="{SCHEMAS}package/2006/relationships">{inside}</Relationships>'


def relation(kind: str, target: str, *, outside: bool = False, key: str = "rId1") -> str:
    """The attributes of a relation; kind: its last word, or its whole address."""
    kind = kind if "/" in kind else f"{OFFICE}/{kind}"
    mode = ' TargetMode="External"' if outside else ""
    return f'Id="{key}" Type="{kind}" Target="{target}"{mode}'


def office(kind: str, inside: Any = "", types: Any = "", **more: Any) -> bytes:
    """A file of Office of today: docx, xlsx or pptx.

    Arguments: the kind; what stands in its main part; more types of content; more parts, "/" written as "__".
    """
    main, said = MAIN[kind]
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{SCHEMAS}package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.{said}+xml"/>'
            f"{types}</Types>"
        ),
        "_rels/.rels": relations(relation("officeDocument", main)),
        main: BODIES[kind] % inside,
    }
    return zipped(parts | {name.replace("__", "/"): content for name, content in more.items()})


def pdf(change: object = None) -> bytes:
    """A PDF of one empty page. change: what is done to it before it is saved (pikepdf)."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        if callable(change):
            change(made)
        made.save(out)
    return out.getvalue()


def ofd(**more: bytes | str) -> bytes:
    """An OFD document, signed and sealed. more: parts instead of its own, or besides."""
    parts: dict[str, bytes | str] = {
        "OFD.xml": "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'/>",
        "Doc_0/Document.xml": "<Document><URI URI='https://example.com/'/></Document>",
        "Doc_0/Tags/tag.xml": "<:eInvoice xmlns:=''>1</:eInvoice>",
        "Doc_0/Signs/Sign_0/Seal.esl": b"0\x03\x0c\x01x", "Doc_0/Signs/Sign_0/SignedValue.dat": b"0\x03\x0c\x01x",
        "Doc_0/Res/font.cff": b"\1\0\4\1", "Doc_0/Attachs/a.pdf": PDF,
    }  # fmt: skip
    return zipped(parts | more)


# --- old Office -----------------------------------------------------------------------------------------------------

SECTOR, END, FREE, FAT, NONE = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (MS-CFB) with these streams; "a/b" is a stream b in a storage a, "a/" an empty one."""
    rows: list[tuple[str, int, int, int]] = []  # name, sort, the storage it lies in, number of its content
    contents: list[bytes] = []
    for path, content in streams.items():
        inside = 0
        *folders, name = path.split("/")
        for folder in folders:
            known = [number for number, row in enumerate(rows, 1) if row[:3] == (folder, STORAGE, inside)]
            if not known:
                rows.append((folder, STORAGE, inside, -1))
            inside = known[0] if known else len(rows)
        if not name:
            continue
        contents.append(content.ljust(4096, b"\0"))  # smaller ones would lie in a stream of their own
        rows.append((name, STREAM, inside, len(contents) - 1))
    starts: list[int] = []
    fat: list[int] = []
    for content in contents:
        many = -(-len(content) // SECTOR)
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + many), END]
    listed = entries(rows, contents, starts)
    first = len(fat)
    many = len(listed) // SECTOR
    fat += [*range(first + 1, first + many), END, FAT]
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(SECTOR, b"\xff")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIIII", 1, first, 0, 4096, END, 0, END, 0, len(fat) - 1)
    head = head.ljust(SECTOR, b"\xff")
    return (
        head
        + b"".join(content.ljust(-(-len(content) // SECTOR) * SECTOR, b"\0") for content in contents)
        + listed
        + table
    )


def entries(rows: list[tuple[str, int, int, int]], contents: list[bytes], starts: list[int]) -> bytes:
    """The directory: of each storage its first entry is the child, the others stand to the right."""
    whole = [("Root Entry", ROOT, -1, -1), *rows]
    listed = b""
    for number, (name, sort, inside, content) in enumerate(whole):
        child = next((each for each, row in enumerate(whole) if row[2] == number), NONE)
        right = next((each for each, row in enumerate(whole) if each > number and row[2] == inside), NONE)
        coded = (name + "\0").encode("utf-16-le")
        start, size = (starts[content], len(contents[content])) if content >= 0 else (END, 0)
        listed += coded.ljust(64, b"\0") + struct.pack("<HBBIII", len(coded), sort, 1, NONE, right, child)
        listed += bytes(36) + struct.pack("<IQ", start, size)
    return listed.ljust(-(-len(listed) // SECTOR) * SECTOR, b"\0")


def word_97(text: bytes = b"", **more: bytes) -> bytes:
    """An old Word file, as far as its streams tell what it is."""
    return compound({"WordDocument": b"\xec\xa5" + text, "1Table": b"", **more})


def record(kind: int, content: bytes = b"") -> bytes:
    """A record of an old workbook."""
    return struct.pack("<HH", kind, len(content)) + content


def excel_97(*records: bytes) -> bytes:
    """An old workbook."""
    return compound({"Workbook": record(0x809, bytes(16)) + b"".join(records) + record(0x0A)})


PDF, DOCX, XLSX, PPTX = pdf(), office("docx"), office("xlsx"), office("pptx")
