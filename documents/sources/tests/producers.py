"""One notice as programs write it: Word files by three, PDF files by as many as are installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import typst
from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from .files import cell, level, numbered, numbering, paragraph, run, table, word

HEAD = ("序号", "工作任务", "完成时间", "牵头单位", "配合单位", "备注")
TASKS = (
    ("1", "召开全县质量工作推进会，通报上半年质量状况，部署重点工作。", "8月30日前", "县政府办、县市场监管局",
     "各成员单位", "会期半天"),
    ("2", "举办企业首席质量官培训班。", "9月10日至12日", "县市场监管局", "县工信局、县工商联", "培训不少于80人"),
    ("3", "开展“质量开放日”活动，组织市民代表走进检测实验室。", "9月中旬", "县检验检测中心",
     "县教育局", "参观不少于150人"),
    ("4", "开展农资打假专项检查。", "9月底前", "县农业农村局", "县公安局、各乡镇（街道）", "检查60家"),
    ("5", "评选“临川质量工匠”。", "10月31日前", "县总工会", "县人力资源和社会保障局", "评选10名"),
)  # fmt: skip
TITLE = "关于开展2026年“质量月”活动的通知"
BEFORE = (
    "各乡镇人民政府、街道办事处，县质量工作领导小组各成员单位：",
    "今年9月是全国“质量月”。为贯彻全省质量大会精神，营造人人关注质量、人人参与质量的社会氛围，经县政府同意，决定于9月1日至"
    "9月30日在全县组织开展“质量月”活动。现将有关事项通知如下：",
)
CHAPTERS = (
    ("活动主题", ("质量强国 人人有责",)),
    (
        "工作要求",
        (
            "（一）加强领导。各乡镇（街道）要把“质量月”活动列入议事日程，明确一名分管领导和一名联络员，于8月28日前将联络员名单报县质量办。",
            "（二）及时总结。10月12日前报送“质量月”活动总结。联系人：吴小川，联系电话：0799-6000123。",
        ),
    ),
)
SIGNED = ("临川县质量工作领导小组办公室", "2026年8月20日")
ANNEX = ("附件", "临川县2026年“质量月”活动任务分解表")
NUMERALS = "一二三四"


def as_text() -> str:
    """Return the notice as somebody pastes it."""
    lines = [TITLE, *BEFORE]
    for number, (heading, inner) in zip(NUMERALS, CHAPTERS, strict=False):
        lines += [f"{number}、{heading}", *inner]
    return "\n".join([*lines, *SIGNED, *ANNEX, *("\t".join(row) for row in (HEAD, *TASKS))])


def as_html(size: str = "16pt") -> str:
    """Return the notice as a page: paragraphs justified and indented, a ruled table that runs over the page's end."""

    def indented(text: str) -> str:
        return f"<p class=in>{text}</p>"

    body = f"<h1>{TITLE}</h1><p>{BEFORE[0]}</p>{indented(BEFORE[1])}"
    for number, (heading, inner) in zip(NUMERALS, CHAPTERS, strict=False):
        body += indented(f"<b>{number}、{heading}</b>") + "".join(map(indented, inner))
    body += "".join(f"<p class=end>{line}</p>" for line in SIGNED)
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in TASKS)
    head = "".join(f"<th>{text}</th>" for text in HEAD)
    body += f"<p class=new>{ANNEX[0]}</p><h2>{ANNEX[1]}</h2>"
    body += f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    style = (
        f"body{{font:{size}/1.75 'Noto Serif CJK SC';text-align:justify}}p{{margin:0}}h1,h2{{text-align:center}}"
        "h1{font-size:22pt}h2{font-size:18pt}.in{text-indent:2em}.end{text-align:right}.new{break-before:page}"
        "table{border-collapse:collapse;width:100%;margin-top:9cm}td,th{border:1px solid #000;padding:2px}"
        "td{vertical-align:middle}@page{size:A4;margin:3cm 2.6cm}"
    )
    return f"<!doctype html><html lang=zh-CN><meta charset=utf-8><style>{style}</style>{body}</html>"


# --- Word ----------------------------------------------------------------------------------------------------


def word_by_python_docx() -> bytes:
    """Return the notice with its numbers typed, as programs write it."""
    made = docx.Document()
    made.add_heading(TITLE, 0)
    for line in as_text().split("\n")[1:]:
        if "\t" not in line:
            made.add_paragraph(line)
    grid = made.add_table(0, len(HEAD))
    for row in (HEAD, *TASKS):
        for place, text in zip(grid.add_row().cells, row, strict=True):
            place.text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def word_by_wps() -> bytes:
    """Return the notice as WPS writes it: numbers counted by the program, also in the table, words cut into runs."""
    levels = level(0, "%1、", form="chineseCountingThousand", more='<w:suff w:val="nothing"/>')
    levels += level(1, "（%2）", form="chineseCountingThousand", more='<w:suff w:val="nothing"/>')
    levels += level(2, "%3", form="decimal")
    body = f'<w:p>{run(TITLE[:6], "<w:b/>")}<w:proofErr w:type="spellStart"/>{run(TITLE[6:], "<w:b/>")}</w:p>'
    body += "".join(paragraph(line) for line in BEFORE)
    for heading, inner in CHAPTERS:
        body += numbered(heading, 1)
        for line in inner:
            body += numbered(line[3:], 1, 1) if line[0] == "（" else paragraph(line)
    body += "".join(paragraph(line) for line in (*SIGNED, *ANNEX))
    rows = ["".join(map(cell, HEAD))]
    rows += [f"<w:tc><w:tcPr/>{numbered('', 2, 2)}</w:tc>" + "".join(map(cell, row[1:])) for row in TASKS]
    return word(body + table(*rows), numbering(levels, "", ""))


def word_by_libreoffice(folder: Path) -> bytes:
    """Return the notice as LibreOffice writes it, from the page."""
    return _office(folder, as_html().encode(), ".html", "docx:MS Word 2007 XML", ["--writer"])


# --- PDF -----------------------------------------------------------------------------------------------------


def pdf_by_libreoffice(folder: Path) -> bytes:
    """Return the notice as LibreOffice prints a Word file."""
    made = docx.Document(io.BytesIO(word_by_python_docx()))
    made.tables[0].style = "Table Grid"
    out = io.BytesIO()
    made.save(out)
    return _office(folder, out.getvalue(), ".docx", "pdf", [])


def pdf_by_chromium(folder: Path) -> bytes:
    """Return the page as a browser prints it, with its own head and foot."""
    (folder / "notice.html").write_text(as_html(), encoding="utf-8")
    command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command += [f"--print-to-pdf={folder / 'notice.pdf'}", (folder / "notice.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "notice.pdf").read_bytes()


def pdf_by_typst(folder: Path) -> bytes:
    """Return the notice as Typst sets it."""
    lines = [f"#align(center)[#text(22pt)[*{TITLE}*]]", BEFORE[0], f"#h(2em){BEFORE[1]}"]
    for number, (heading, inner) in zip(NUMERALS, CHAPTERS, strict=False):
        lines += [f"#h(2em){number}、{heading}", *(f"#h(2em){line}" for line in inner)]
    lines += [f"#align(right)[{line}]" for line in SIGNED]
    lines += ["#pagebreak()", ANNEX[0], f"#align(center)[{ANNEX[1]}]", "#v(14cm)"]
    cells = ", ".join(f"[{text}]" for row in (HEAD, *TASKS) for text in row)
    lines.append(f"#table(columns: (2em, 3fr, 1fr, 1fr, 1fr, 1fr), {cells})")
    head = '#set page(paper: "a4", margin: 2.8cm)\n#set text(font: "Noto Serif CJK SC", size: 16pt, lang: "zh")\n'
    source = folder / "notice.typ"
    source.write_text(head + "#set par(justify: true)\n" + "\n\n".join(lines), encoding="utf-8")
    made = typst.compile(str(source))
    assert isinstance(made, bytes)
    return made


def pdf_by_reportlab(folder: Path) -> bytes:
    """Return the notice as ReportLab sets it, in a typeface that is named in the file and not within it."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    text = ParagraphStyle("text", fontName="STSong-Light", fontSize=16, leading=28, wordWrap="CJK", firstLineIndent=32)
    flush = ParagraphStyle("flush", text, firstLineIndent=0)
    middle = ParagraphStyle("middle", flush, fontSize=22, alignment=TA_CENTER)
    cell = ParagraphStyle("cell", flush, fontSize=12, leading=16)
    story = [Paragraph(TITLE, middle), Paragraph(BEFORE[0], flush), Paragraph(BEFORE[1], text)]
    for number, (heading, inner) in zip(NUMERALS, CHAPTERS, strict=False):
        story += [Paragraph(line, text) for line in (f"{number}、{heading}", *inner)]
    story += [Paragraph(line, ParagraphStyle("end", flush, alignment=TA_RIGHT)) for line in SIGNED]
    story += [PageBreak(), Paragraph(ANNEX[0], flush), Paragraph(ANNEX[1], middle), Spacer(0, 400)]
    cells = [[Paragraph(words, cell) for words in row] for row in (HEAD, *TASKS)]
    ruled = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    story.append(Table(cells, [30, 150, 70, 70, 70, 70], style=ruled, repeatRows=1))
    SimpleDocTemplate(str(folder / "notice.pdf"), pagesize=A4).build(story)
    return (folder / "notice.pdf").read_bytes()


def _office(folder: Path, data: bytes, ending: str, to: str, more: list[str]) -> bytes:
    source = folder / f"made{ending}"
    source.write_bytes(data)
    office = shutil.which("soffice") or "soffice"
    command = [office, "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}", *more]
    command += ["--convert-to", to, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.with_suffix("." + to.split(":")[0]).read_bytes()
