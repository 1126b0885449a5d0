"""Small files for the tests: Word documents put together from their parts, PDF files with and without text."""

from __future__ import annotations

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_LEVELS = "".join(
    f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for depth, form, text in (
        (0, "chineseCounting", "%1、"),
        (1, "chineseCountingThousand", "（%2）"),
        (2, "decimal", "%3."),
        (3, "decimalEnclosedCircle", "%4"),
    )
)
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{_LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def paragraph(text: str, depth: int | None = None) -> str:
    """Return a paragraph, numbered by Word when depth is given."""
    numbered = (
        f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr></w:pPr>' if depth is not None else ""
    )
    return f"<w:p>{numbered}<w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, merge: str = "", span: int = 1) -> str:
    """Return a table cell; merge: restart or continue of a cell merged downwards."""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{wide}{merged}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    """Return a table of rows, each a string of cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def text_box(text: str) -> str:
    """Return a paragraph with a text box in both versions that Word writes."""
    box = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    return f"<w:p><w:r>{both}</w:r></w:p>"


def docx(body: str, **parts: str) -> bytes:
    """Return a .docx of a body; further parts by name with __ for / and _ for . before the ending."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", parts.pop("types", _TYPES))
        archive.writestr("word/document.xml", f"<w:document {W} {_MC}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/numbering.xml", NUMBERING)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def numbering(levels: str, *nums: str) -> str:
    """Return numbering.xml: one definition of levels, a list of it for each of nums: what that list says anew."""
    found = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{more}</w:num>' for n, more in enumerate(nums, 1)
    )
    return f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{found}</w:numbering>'


def level(
    depth: int, text: str, *, start: int = 1, style: str = "", form: str = "chineseCounting", more: str = ""
) -> str:
    """Return a level of a list."""
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{linked}{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def styled(text: str, style: str = "", own: str = "") -> str:
    """Return a paragraph of a style; own: what its settings say besides."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{own}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, number: int, depth: int = 0) -> str:
    """Return a paragraph of a list."""
    return styled(text, own=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def style(name: str, settings: str, base: str = "", characters: str = "", kind: str = "paragraph") -> str:
    """Return a style; settings and characters: what it says of paragraphs and of runs."""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    inner = f"{based}<w:pPr>{settings}</w:pPr><w:rPr>{characters}</w:rPr>"
    return f'<w:style w:type="{kind}" w:styleId="{name}">{inner}</w:style>'


def word(body: str, lists: str = "", styles: str = "") -> bytes:
    """Return a .docx with lists and styles."""
    parts = {"word__styles.xml": f"<w:styles {W}>{styles}</w:styles>"}
    data = docx(body, **parts)
    return replaced(data, "word/numbering.xml", lists) if lists else data


def replaced(data: bytes, name: str, text: str, called: str = "") -> bytes:
    """The file with another part in place of one, under another name if one is given."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.namelist():
            mine = entry == name
            after.writestr(called or entry if mine else entry, text if mine and text else before.read(entry))
    return out.getvalue()


def run(text: str, settings: str = "") -> str:
    """Return a run; settings: of its characters."""
    return f"<w:r><w:rPr>{settings}</w:rPr><w:t>{text}</w:t></w:r>"
