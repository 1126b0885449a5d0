"""Whatever stands in a Word file, in whatever order, both doors read it or refuse it, and nothing hidden comes out."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.errors import DocumentError
from documents.sources.file_text import text_of
from documents.sources.word_numerals import printed
from documents.sources.word_outline import read_docx

from .files import W

M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
SECRET = "密"

NUMBERS = st.sampled_from(["0", "1", "2", "3", "8", "9", "99"])
ODD = st.sampled_from(["-1", "x", "", "on", "off", "restart", "continue", "甲", "99999999999"])
VALUES = st.integers(0, 60).flatmap(lambda at: NUMBERS if at else ODD)
SHOWN = "<w:p><w:r><w:t>正文</w:t></w:r></w:p>"
WORDS = st.sampled_from(
    ["总结", "一、", "5家", "9月30日前", " ", "", "①", "□", "a.b", "\u200b", "“", "联系人：", "\t", "%1"]
)
FORMS = st.sampled_from(
    ["decimal", "chineseCountingThousand", "bullet", "none", "custom", "ideographTraditional", "upperLetter", "甲", ""]
)
CODES = st.sampled_from(
    [r"EQ \o\ac(○,1)", r"EQ \o(", r"EQ \f(\o(a,b),", "eq", "PAGE", "FORMCHECKBOX", "FORMDROPDOWN", "SYMBOL 254", "\\"]
)


def empty(name: str) -> st.SearchStrategy[str]:
    return VALUES.map(lambda value: f'<w:{name} w:val="{value}"/>')


def joined(*parts: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(*parts), max_size=most).map("".join)


def around(inner: st.SearchStrategy[str], *tags: str) -> st.SearchStrategy[str]:
    return st.builds(lambda tag, text: f"<{tag}>{text}</{tag.split()[0]}>", st.sampled_from(tags), inner)


PLAIN = WORDS.map(lambda word: f"<w:t>{word}</w:t>")
HIDDEN = f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{SECRET}</w:t></w:r>"
DELETED = f'<w:del w:id="1"><w:r><w:t>{SECRET}</w:t><w:delText>{SECRET}</w:delText></w:r></w:del>'
GUIDE = f"<w:ruby><w:rt><w:r><w:t>{SECRET}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>邝</w:t></w:r></w:rubyBase></w:ruby>"
SIGNS = st.sampled_from(["<w:tab/>", "<w:br/>", "<w:cr/>", "<w:noBreakHyphen/>", "<w:softHyphen/>", GUIDE])
SYMBOLS = st.builds(
    lambda font, code: f'<w:sym w:font="{font}" w:char="{code}"/>',
    st.sampled_from(["Wingdings", "Symbol", "宋体", ""]),
    st.sampled_from(["F0FE", "FE", "zz", "", "D800", "110000", "-1", "7"]),
)
FIELDS = st.builds(
    lambda kind, code: f'<w:fldChar w:fldCharType="{kind}"/><w:instrText>{code}</w:instrText>',
    st.sampled_from(["begin", "separate", "end", "甲", ""]),
    CODES,
)
REFERENCES = st.sampled_from(
    ['<w:footnoteReference w:id="2"/>', '<w:endnoteReference w:id="9"/>', "<w:footnoteReference/>"]
)
RUN_SETTINGS = joined(empty("vanish"), empty("rStyle"), st.just('<w:rFonts w:ascii="Wingdings"/>')).map(
    lambda said: f"<w:rPr>{said}</w:rPr>"
)
RUN = joined(PLAIN, SIGNS, SYMBOLS, FIELDS, REFERENCES, RUN_SETTINGS, most=4).map(lambda inner: f"<w:r>{inner}</w:r>")
FORMULA = st.recursive(
    WORDS.map(lambda word: f"<m:r><m:t>{word}</m:t></m:r>"),
    lambda inner: around(inner, "m:f", "m:num", "m:den", "m:sSup", "m:e", "m:sup", "m:rad", "m:d", "m:nary", "m:m"),
    max_leaves=4,
).map(lambda inner: f"<m:oMath {M}>{inner}</m:oMath>")
MARKS = joined(
    empty("vanish"),
    st.sampled_from(['<w:del w:id="1"/>', '<w:ins w:id="1"/>', '<w:moveFrom w:id="1"/>', "<w:specVanish/>"]),
)
NUMBERED = st.builds(lambda depth, number: f"<w:numPr>{depth}{number}</w:numPr>", empty("ilvl"), empty("numId"))
SETTINGS = joined(
    empty("pStyle"),
    NUMBERED,
    MARKS.map(lambda said: f"<w:rPr>{said}</w:rPr>"),
    st.just("<w:sectPr><w:titlePg/></w:sectPr>"),
).map(lambda said: f"<w:pPr>{said}</w:pPr>")


def bodies(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Paragraphs and tables that may hold others in boxes and cells."""
    box = inner.map(
        lambda held: (
            f"<w:r><w:pict><v:textbox xmlns:v='v'><w:txbxContent>{held}</w:txbxContent></v:textbox></w:pict></w:r>"
        )
    )
    both = inner.map(
        lambda held: (
            f"<mc:AlternateContent {MC}><mc:Choice>{held}</mc:Choice><mc:Fallback><w:r><w:t>{SECRET}</w:t></w:r>"
            "</mc:Fallback></mc:AlternateContent>"
        )
    )
    taken = st.sampled_from([HIDDEN, DELETED])
    runs = joined(RUN, FORMULA, box, both, taken, around(RUN, "w:ins", "w:smartTag", "w:fldSimple"))
    paragraph = st.builds(lambda said, held: f"<w:p>{said}{held}</w:p>", st.one_of(st.just(""), SETTINGS), runs)
    said = joined(empty("gridSpan"), empty("vMerge"), empty("hMerge"), st.just("<w:cellDel/>")).map(
        lambda text: f"<w:tcPr>{text}</w:tcPr>"
    )
    cell = st.builds(lambda one, held: f"<w:tc>{one}{held}</w:tc>", said, inner)
    row_said = joined(empty("gridBefore"), empty("gridAfter"), empty("hidden"), st.just("<w:tblHeader/>")).map(
        lambda text: f"<w:trPr>{text}</w:trPr>"
    )
    row = st.builds(lambda one, held: f"<w:tr>{one}{held}</w:tr>", row_said, joined(cell, most=4))
    table = joined(row, around(row, "w:sdt", "w:sdtContent"), most=4).map(lambda rows: f"<w:tbl>{rows}</w:tbl>")
    wrapped = around(inner, "w:sdt", "w:sdtContent", "w:ins", "w:customXml")
    return joined(paragraph, table, wrapped, st.just('<w:altChunk r:id="r1"/>'), st.just("<w:sectPr/>"), most=4)


BODY = st.recursive(st.one_of(st.just("<w:p/>"), RUN.map(lambda run: f"<w:p>{run}</w:p>")), bodies, max_leaves=5)
LEVELS = st.builds(
    lambda at, start, form, text, more: (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}" w:format="001"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    ),
    VALUES, VALUES, FORMS, st.sampled_from(["%1、", "第%1条", "%1.%2", "%9", "%", ""]),
    joined(empty("lvlRestart"), empty("suff"), empty("isLgl"), empty("pStyle")),
)  # fmt: skip
LISTS = st.builds(
    lambda levels, linked, number, parent, more: (
        f"<w:numbering {W}><w:abstractNum w:abstractNumId='0'>{linked}{levels}</w:abstractNum>"
        f"<w:num w:numId='{number}'><w:abstractNumId w:val='{parent}'/>"
        f"<w:lvlOverride w:ilvl='0'>{more}</w:lvlOverride></w:num></w:numbering>"
    ),
    joined(LEVELS), joined(empty("styleLink"), empty("numStyleLink")), VALUES, VALUES,
    joined(empty("startOverride"), LEVELS),
)  # fmt: skip
STYLES = st.lists(
    st.builds(
        lambda key, base, said: (
            f"<w:style w:type='paragraph' w:styleId='{key}'>{base}<w:pPr>{said}</w:pPr>"
            f"<w:rPr><w:vanish w:val='{key}'/></w:rPr></w:style>"
        ),
        VALUES, empty("basedOn"), NUMBERED,
    ),
    max_size=3,
).map(lambda styles: f"<w:styles {W}>{''.join(styles)}</w:styles>")  # fmt: skip
NOTES = BODY.map(lambda held: f"<w:footnotes {W} {R}><w:footnote w:id='2'>{held}</w:footnote></w:footnotes>")


def packed(body: str, lists: str, styles: str, notes: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W} {R}><w:body>{SHOWN}{body}{SHOWN}</w:body></w:document>")
        archive.writestr("word/numbering.xml", lists)
        archive.writestr("word/styles.xml", styles)
        archive.writestr("word/footnotes.xml", notes)
    return out.getvalue()


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(BODY, LISTS, STYLES, NOTES)
def test_any_word_file_is_read_or_refused_and_what_is_not_printed_never_comes_out(body, lists, styles, notes):
    data = packed(body, lists, styles, notes)
    for door in (lambda: text_of("a.docx", data).text, lambda: repr(read_docx(data))):
        try:
            said = door()
        except DocumentError as error:
            assert str(error)
        else:
            assert SECRET not in said
            assert said.count("正文") == 2


@settings(max_examples=300, deadline=None)
@given(st.integers(-(10**6), 10**9), FORMS, st.text(max_size=8))
def test_any_number_in_any_format_is_short(value, form, example):
    assert len(printed(value, form, example)) < 80
