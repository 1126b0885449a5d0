"""A list of tasks that is handed in as a spreadsheet is read; any other spreadsheet is named as one."""

import base64
import io
import zipfile
import zlib
from datetime import date, datetime, time

import pytest

from documents.reading import read
from documents.refusal import Refused
from documents.sources.file_text import text_of
from documents.sources.sheet_numbers import number_shown
from documents.sources.sheets import lines_of, shown

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def cell(place: str, value: object) -> str:
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def sheet(rows: dict[int, tuple], merged: str = "") -> str:
    body = "".join(
        f'<row r="{at}">{"".join(cell(f"{chr(65 + n)}{at}", each) for n, each in enumerate(row) if each != "")}</row>'
        for at, row in rows.items()
    )
    spans = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{spans}</worksheet>'


PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


def relations(*each: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{key}" Type="{RELATED}/{kind}" Target="{to}"/>' for key, kind, to in each)
    return f'<Relationships xmlns="{PACKAGE}relationships">{inner}</Relationships>'


def types(*each: tuple[str, str]) -> str:
    inner = "".join(f'<Override PartName="/xl/{part}" ContentType="{KINDS}{kind}+xml"/>' for part, kind in each)
    usual = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    usual += '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{PACKAGE}content-types">{usual}{inner}</Types>'


def xlsx(*sheets: str, hidden: int = 0, **more: bytes) -> bytes:
    """Return a workbook; hidden: how many of its last sheets are hidden."""
    numbers = range(1, len(sheets) + 1)
    states = {n: ' state="hidden"' for n in numbers if n > len(sheets) - hidden}
    listed = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="r{n}"{states.get(n, "")}/>' for n in numbers)
    formats = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    parts = {
        "[Content_Types].xml": types(
            ("workbook.xml", "sheet.main"),
            ("styles.xml", "styles"),
            *((f"worksheets/sheet{n}.xml", "worksheet") for n in numbers),
        ),
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("s", "styles", "styles.xml"), *((f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{formats}</styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": each for n, each in zip(numbers, sheets, strict=True)},
        **more,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


TASKS = sheet(
    {
        2: ("", "2026年“质量月”活动任务分解表"),
        4: ("", "序号", "工作任务", "完成时间", "责任单位"),
        5: ("", 1, "启动仪式", date(2026, 9, 1), "市市场监管局"),
        6: ("", 2.0, "质量知识竞赛", "9月10日前", ""),
    },
    "E5:E6",
)
LINES = [
    "2026年“质量月”活动任务分解表", "序号\t工作任务\t完成时间\t责任单位", "1\t启动仪式\t2026年9月1日\t市市场监管局",
    "2\t质量知识竞赛\t9月10日前\t市市场监管局",
]  # fmt: skip
PRICES = sheet({1: ("品名", "单价"), 2: ("纸", 3.5), 3: ("笔", 2)})


OLD = (
    "eNrtWF1IFFEU/mZ2Zt1d/Nk1DbSSxcjMBNMg+kHXovJp11oLK21Nc9GwNBYpMijLBKOWiuih6EUwsBerl34ool6ih8CyhyAoNNkXewrsB/yZzj"
    "0za7oVuFGCMd8w555z7rnfvXfuz9yZl/2uwe47mUOIQQksmNTssE7zSXTbo4YTlK9pQo2mNro1E/MKdhsNpFXFw6QXCWIMxXgPQcZt5SlJ4APd"
    "1TgMX0tz0D2H2MRtqJVEG4pJSrhOnmRkcKtSWe5nuYDlLY58xLKUPWGWxRQ7KO1Bv8eXt9aYxbvkbM5LhuC9x2XesqcQ6XguZvHJi5Ieq2Jj6E"
    "DtwXmWkaUkogc0oGXB5mBI2Em4IdbnbkKBt2DzINJoqHvwWXMDo9E1/cRt+ufWL4H832b6E37jt9EQxvovywrQDm0fL5FOJCKkiBxZauwqxDgt"
    "AruxabsgFWEVirAGrYHF7txw/yVbwxL3hkO9/jFft9/qHz7b2EUkFwJfKxRIkb3V5cJP6vkqZ92X4OgVUpeGx3w7K7zlpBbs6PWP+FJqrJAEV+"
    "Tos3Pv26rCZK6DraGQqooEvX4y5YAcWF/56kj38dJqh2gM7zjOGTtOEq/ERJL1SGHdxevRSZ0ev/lpwFu3zVPDnnZ+y+jvomWi89BwSpSgwsns"
    "tRoLAcjjEitZnmbWRaxnskyjGEpztqUbytYOjjnDuTlUz2rGa8/yaXou6Z0ft9/P6hz2rCC9r2yoLa3vjacb2fSY66m8uDqQL+VL164KPPBEU8"
    "nYt96xzPhpD7PJTu6BDM144aZgAg5mdLFDRFgoVWMiLBwhyuqWbDw/3bKQZZmyFLIUg0uJ4TohO8gnuKxGvMJc4mnqeRbqw8iAbOQJLpvBpf6C"
    "S2Uuh8GlMpd1yhLtElPgMXGoRrsi3F+FbQUlciruio7Qnv4DDpgwYcKECRMmTJj4U+jnTfD5UD8N6ifoBOO/zgTdk+Zvkv8WfrTQ1UqflVvQTG"
    "kIx+KaPwuhSlEuaZZlov8LBSqp9hCaUMftaIp7/tIXlTS9P7Mu6Px7Syje+ifjaec/rv87iCD/dw=="
)


def reason(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        text_of("a.xlsx", data)
    return refused.value.code


def test_a_list_of_tasks_is_read_as_its_rows():
    source = text_of("任务表.xlsx", xlsx(TASKS, PRICES))
    assert source.text.split("\n") == LINES
    assert [task.title.value for task in read(source.text).tasks] == ["启动仪式", "质量知识竞赛"]


def test_a_hidden_sheet_and_a_spreadsheet_without_tasks_are_not_read():
    assert reason(xlsx(PRICES)) == "spreadsheet"
    assert reason(xlsx(PRICES, TASKS, hidden=1)) == "spreadsheet"
    assert reason(xlsx(TASKS, **{"xl/vbaProject.bin": b"x"})) == "macros"


def test_a_broken_one_and_one_that_would_fill_the_memory_are_refused():
    assert reason(xlsx(TASKS[: len(TASKS) // 2])) == "spreadsheet"
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    far = TASKS.replace("</sheetData>", f"{last}</sheetData>")
    assert reason(xlsx(far)) in ("too-long", "too-slow")


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.98, "0%", "98%"),
        (0.985, "0.0%", "98.5%"),
        (0.5, "0.##%", "50%"),
        (769.0, "0000", "0769"),
        (12.0, '0"家"', "12家"),
        (3.0, '"第"0"季度"', "第3季度"),
        (10.0, "0日前", "10日前"),
        (1200.0, '#,##0"份"', "1,200份"),
        (1234.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        (-3.0, '0"家";"减"0"家"', "减3家"),
        (-3.0, '0"家"', "-3家"),
        (0.0, '0;-0;"无"', "无"),
        (5.5, "[$¥-804]#,##0.00;[Red]\\-0", "¥5.50"),
        (0.125, '0.00"%"', "0.13%"),
        (0.5, "# ?/?", None),
        (46310.0, '[DBNum1][$-804]yyyy"年"', None),
        (1200.0, '0,"千"', None),
        (769.0, "0000-0000", None),
    ],
)
def test_a_number_reads_as_its_cell_shows_it(value, code, text):
    assert number_shown(value, code) == text


def test_what_was_typed_as_98_percent_is_98_percent():
    """python-calamine 0.9.1 gives 0.98: what Excel keeps, not what it shows."""
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="176" formatCode="0000"/></numFmts><cellXfs>'
        '<xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="176"/></cellXfs></styleSheet>'
    )
    rows = "".join(
        f'<row r="{at}"><c r="B{at}" t="inlineStr"><is><t>抽检</t></is></c><c r="C{at}" s="1"><v>{share}</v></c>'
        f'<c r="D{at}" s="2"><v>769</v></c><c r="E{at}"><v>0.5</v></c></row>'
        for at, share in ((3, 0.98), (4, 1))
    )
    head = sheet({2: ("", "工作任务", "指标", "电话", "数量")})
    listed = xlsx(head.replace("</sheetData>", f"{rows}</sheetData>"), **{"xl/styles.xml": styles.encode()})
    assert text_of("a.xlsx", listed).text.split("\n")[1:] == ["抽检\t98%\t0769\t0.5", "抽检\t100%\t0769\t0.5"]


def test_an_old_spreadsheet_with_tasks_is_read():
    """The bytes are the same list as written by xlwt, in the format that Excel 97 and WPS (.et) share."""
    data = zlib.decompress(base64.b64decode(OLD))
    assert data.startswith(bytes.fromhex("D0CF11E0A1B11AE1"))
    assert text_of("任务表.et", data).text.split("\n") == LINES


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (0.5, "0.5"), (True, "是"), ("甲\n 乙", "甲 乙"), (date(2026, 9, 1), "2026年9月1日"),
     (datetime(2026, 9, 1), "2026年9月1日"), (datetime(2026, 9, 1, 9, 5), "2026年9月1日 9:05"),
     (time(14, 30), "14:30")],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_shown(value, text):
    assert shown(value) == text


def test_a_merge_that_reaches_beyond_the_sheet_harms_nothing():
    assert lines_of([["甲", "乙"]], [((0, 0), (9, 0)), ((5, 5), (9, 9)), ((0, 7), (3, 7))]) == ["甲\t乙"]


def test_rows_that_nobody_sees_in_a_list_are_read_and_said():
    plain = text_of("a.xlsx", xlsx(TASKS))
    hidden = text_of(
        "a.xlsx",
        xlsx(TASKS.replace('<row r="2"', '<row r="2" hidden="1"').replace("<row>", '<row r="2" hidden="1">', 1)),
    )
    assert (plain.notes, len(hidden.notes), hidden.text) == ((), 1, plain.text)
