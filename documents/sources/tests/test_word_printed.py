"""What Word prints is read, and what it does not print is not: tracked changes, guides, fields, notes, formulas."""

import zipfile
from base64 import b64encode
from io import BytesIO

import pytest

from documents.errors import DocumentError
from documents.outline import Paragraph, Table
from documents.refusal import Refused
from documents.sources.file_text import text_of
from documents.sources.word_outline import read_docx

from .files import W, cell, docx, level, numbered, numbering, paragraph, replaced, run, style, table, text_box, word
from .word_doors import DOORS, as_annex, as_text

GONE = '<w:pPr><w:rPr><w:del w:id="1" w:author="审稿"/></w:rPr></w:pPr>'
HIDDEN = "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>"


def line(*runs: str, settings: str = "") -> str:
    return f"<w:p>{settings}{''.join(runs)}</w:p>"


@DOORS
def test_a_paragraph_whose_mark_was_deleted_goes_on_with_the_next(door):
    body = line(run("请于10月15日前将"), settings=GONE) + line(run("总结"), settings=GONE) + line(run("报送。"))
    assert door(word(body + line(run("特此通知。")))) == ["请于10月15日前将总结报送。", "特此通知。"]


@DOORS
def test_a_paragraph_that_was_deleted_whole_is_none_and_is_not_counted(door):
    deleted = '<w:del w:id="2" w:author="审稿"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    old = line(deleted, settings=GONE.replace("<w:rPr>", f"{number}<w:rPr>"))
    body = numbered("甲", 1) + old + numbered("乙", 1)
    assert door(word(body, numbering(level(0, "%1、"), ""))) == ["一、甲", "二、乙"]


@DOORS
def test_the_last_paragraph_of_a_cell_and_one_before_a_table_stay_where_they_are(door):
    inner = f"<w:tc>{line(run('甲'), settings=GONE)}</w:tc>"
    body = line(run("说明"), settings=GONE) + table(inner + cell("乙"), cell("丙") + cell("丁"))
    assert door(word(body)) == ["说明", "甲\t乙", "丙\t丁"]


@DOORS
def test_a_cell_that_was_deleted_is_no_cell(door):
    gone = "<w:tc><w:tcPr><w:cellDel w:id='3' w:author='x'/></w:tcPr><w:p/></w:tc>"
    assert door(word(table(cell("甲") + cell("乙") + gone, cell("丙") + cell("丁")))) == ["甲\t乙", "丙\t丁"]


@DOORS
def test_a_hidden_mark_lets_the_heading_run_into_its_text(door):
    assert door(word(line(run("一、主题。"), settings=HIDDEN) + line(run("质量强国。")))) == ["一、主题。质量强国。"]


@DOORS
def test_words_hidden_by_both_styles_are_shown(door):
    styles = style("Gone", "", characters="<w:vanish/>") + style("Word", "", characters="<w:vanish/>", kind="character")
    named = '<w:pPr><w:pStyle w:val="Gone"/></w:pPr>'
    body = line(run("甲", '<w:rStyle w:val="Word"/>'), run("乙"), settings=named) + line(run("丙"))
    assert door(word(body, styles=styles)) == ["甲丙"]


def test_hidden_words_are_named_where_they_stood():
    body = line(run("质量强国。"), run("（内部掌握）", "<w:vanish/>")) + line(run("其他"), run(" ", "<w:vanish/>"))
    assert text_of("a.docx", word(body)).notes == (
        "Hidden words in 1 paragraph were left out, as Word leaves them out in print (beside “质量强国。”).",
    )


def guide(reading: str, base: str) -> str:
    return f"<w:r><w:ruby><w:rubyPr/><w:rt>{run(reading)}</w:rt><w:rubyBase>{run(base)}</w:rubyBase></w:ruby></w:r>"


@DOORS
def test_a_phonetic_guide_is_no_text_of_the_line(door):
    assert door(word(line(run("联系人："), guide("kuàng", "邝"), run("小川")))) == ["联系人：邝小川"]


def field(*code: str, data: str = "", result: str = "") -> str:
    parts = "".join(f'<w:r><w:instrText xml:space="preserve">{each}</w:instrText></w:r>' for each in code)
    middle = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}' if result else ""
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    return f'{begin}{parts}{middle}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@DOORS
@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ((r" eq \o\ac(○,", "3", ")"), "③"),
        ((r"EQ \o\ac(○,一)",), "㊀"),
        ((r" eq \o\ac(□,√) ",), "☑"),
        ((r" eq \o\ac(□,×) ",), "☒"),
        ((r" eq \o\ac(◇,急)",), "急"),
        ((r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(kuàng),邝)',), "邝"),
        ((r" EQ \F(合格数,总数) ",), "合格数/总数"),
        ((r"EQ \r(2)",), "√(2)"),
        ((r" EQ \o(",), ""),
        ((" PAGE ",), ""),
    ],
)
def test_a_field_that_draws_signs_over_one_another_is_read(door, code, shown):
    assert door(word(line(run("甲"), field(*code), run("乙")))) == [f"甲{shown}乙"]


@DOORS
def test_the_result_of_a_field_is_read_and_its_code_is_not(door):
    simple = f'<w:fldSimple w:instr=" DOCPROPERTY x ">{run("九月")}</w:fldSimple>'
    assert door(word(line(field(" REF a ", result="八月"), simple))) == ["八月九月"]


def check_box(said: str) -> str:
    return field(" FORMCHECKBOX ", data=f"<w:ffData><w:checkBox>{said}</w:checkBox></w:ffData>")


@DOORS
def test_a_tick_is_read_in_each_of_its_forms(door):
    control = f'<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="x"/></w:sdtPr><w:sdtContent>{run("☑")}</w:sdtContent></w:sdt>'
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    letter = run("þ", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')
    old = check_box('<w:default w:val="0"/><w:checked/>')
    ticks = [control, sign, letter, old, check_box('<w:default w:val="1"/>'), field(r"eq \o\ac(□,√)")]
    assert door(word("".join(line(each, run("参加")) for each in ticks))) == ["☑参加"] * len(ticks)
    empty = [check_box('<w:default w:val="0"/>'), check_box('<w:default w:val="1"/><w:checked w:val="0"/>')]
    empty += [sign.replace("F0FE", "F0A8"), sign.replace("F0FE", "00A8"), run("□")]
    assert door(word("".join(line(each, run("参加")) for each in empty))) == ["□参加"] * len(empty)


@DOORS
def test_what_was_chosen_in_a_drop_down_is_read(door):
    entries = '<w:listEntry w:val="线上"/><w:listEntry w:val="线下"/>'
    chosen = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    first = f"<w:ffData><w:ddList>{entries}</w:ddList></w:ffData>"
    control = f"<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>{run('现场')}</w:sdtContent></w:sdt>"
    body = line(*(field(" FORMDROPDOWN ", data=data) for data in (chosen, first)), control)
    assert door(word(body)) == ["线下线上现场"]


@DOORS
def test_signs_of_symbol_fonts_are_the_signs_they_show(door):
    def sign(font, code):
        return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'

    signs = [sign("Symbol", "F0B3"), sign("Wingdings", "F081"), sign("Wingdings 2", "0052"), sign("宋体", "25CE")]
    signs += [sign("Wingdings", "F0FF"), sign("Wingdings", "不是"), sign("Wingdings", "10FFFFFF")]
    assert door(word(line(*signs))) == ["≥①☑◎〓"]


NOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{line("<w:r><w:footnoteRef/></w:r>", run("不含中央驻市单位。"))}</w:footnote></w:footnotes>'
)


@DOORS
def test_a_footnote_stands_behind_its_paragraph_or_table(door):
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = line(run("各单位"), mark, run("报送总结。")) + line(run("特此通知。"))
    assert door(replaced(word(body), "word/styles.xml", NOTES, "word/footnotes.xml")) == [
        "各单位报送总结。", "注：不含中央驻市单位。", "特此通知。",
    ]  # fmt: skip
    inside = f"<w:tc>{line(run('各单位'), mark)}</w:tc>" + cell("9月")
    body = table(cell("单位") + cell("时限"), inside) + line(run("特此通知。"))
    assert door(replaced(word(body), "word/styles.xml", NOTES, "word/footnotes.xml")) == [
        "单位\t时限", "各单位\t9月", "注：不含中央驻市单位。", "特此通知。",
    ]  # fmt: skip
    assert door(word(line(run("甲"), mark))) == ["甲"]


@DOORS
def test_a_text_box_stands_behind_the_paragraph_that_holds_it(door):
    box = text_box("报送邮箱：zlb@example.com").removeprefix("<w:p>")
    body = f"<w:p>{run('请报送总结。')}{box}" + line(run("特此通知。"))
    assert door(word(body)) == ["请报送总结。", "报送邮箱：zlb@example.com", "特此通知。"]


@DOORS
def test_old_word_art_is_read(door):
    words = '<v:textpath string="望川县人民政府文件"/>'
    art = f'<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">{words}</v:shape></w:pict>'
    assert door(word(f"<w:p><w:r>{art}</w:r></w:p>" + line(run("通知")))) == ["望川县人民政府文件", "通知"]


M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def math(inner: str) -> str:
    return f"<m:oMath {M}>{inner}</m:oMath>"


def sign(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@DOORS
@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (
            f"{sign('合格率=')}<m:f><m:num>{sign('合格数')}</m:num><m:den>{sign('总数')}</m:den></m:f>",
            "合格率=合格数/总数",
        ),
        (f"<m:f><m:num>{sign('a+b')}</m:num><m:den>{sign('2')}</m:den></m:f>", "(a+b)/2"),
        (f"<m:sSup><m:e>{sign('m')}</m:e><m:sup>{sign('2')}</m:sup></m:sSup>", "m²"),
        (f"<m:sSub><m:e>{sign('x')}</m:e><m:sub>{sign('ij')}</m:sub></m:sSub>", "x_ij"),
        (f"<m:rad><m:deg/><m:e>{sign('n')}</m:e></m:rad>", "√(n)"),
        (f"<m:d><m:e>{sign('n')}</m:e></m:d>", "(n)"),
    ],
)
def test_a_formula_is_read_in_one_line(door, inner, shown):
    assert door(word(line(run("按"), math(inner), run("计算。")))) == [f"按{shown}计算。"]


@DOORS
def test_a_formula_on_a_line_of_its_own_is_read(door):
    alone = f"<m:oMathPara {M}><m:oMath>{sign('a=b')}</m:oMath></m:oMathPara>"
    assert door(word(line(alone) + alone)) == ["a=b", "a=b"]


@DOORS
def test_cells_that_older_programs_merged_sideways_are_one(door):
    def merged(text, said):
        return f'<w:tc><w:tcPr><w:hMerge w:val="{said}"/></w:tcPr>{paragraph(text)}</w:tc>'

    rows = cell("序号") + cell("事项") + cell("时限"), merged("小计", "restart") + merged("", "continue") + cell("3")
    assert door(word(table(*rows))) == ["序号\t事项\t时限", "小计\t\t3"]


CHUNK = '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId9"/>'
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="{}"/></Relationships>'
)


def with_part(body: str, name: str, part: bytes) -> bytes:
    """A Word file with a part in another format."""
    out = BytesIO(word(body))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", RELATION.format(name))
        archive.writestr(f"word/{name}", part)
    return out.getvalue()


def test_a_part_in_a_format_that_nobody_reads_is_named_where_it_stood_and_never_printed_without():
    data = with_part(line(run("关于开展活动的通知")) + CHUNK, "part.rtf", b"{\\rtf1 x}")
    assert text_of("a.docx", data).notes == (
        "1 part of the text lies in another format inside the file and is not read (beside “关于开展活动的通知”). "
        "Open the file in Word, save it and hand it in again.",
    )
    with pytest.raises(Refused, match="another format"):
        read_docx(data)
    for door in (as_text, as_annex):
        with pytest.raises(DocumentError, match="another format"):
            door(word(CHUNK))


PAGE = (
    "<html><head><meta charset='utf-8'><title>无</title><style>p{}</style></head>"
    "<body><p>各单位：<br>请报送\n总结。</p>"
    "<div style='display:none'>密</div><script>密()</script><table><tr><th>序号<th>任务<th>单位</tr>"
    "<tr><td>1<td>海报<td rowspan=2>市教育局</tr><tr><td>2<td>横幅</tr>"
    "<tr><td colspan=2>合计<td>2</table></body></html>"
)
SAID = ["各单位：", "请报送总结。", "序号\t任务\t单位", "1\t海报\t市教育局", "2\t横幅\t市教育局", "合计\t\t2"]


def letter(page: str) -> bytes:
    """A page packed as a letter, as html-docx-js and browsers do."""
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    head += "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + b64encode(page.encode()) + b"\r\n--x--\r\n"


@pytest.mark.parametrize("part", [PAGE.encode(), letter(PAGE)], ids=["page", "letter"])
def test_a_page_inside_a_word_file_is_read_where_it_stands_and_named(part):
    data = with_part(line(run("通知")) + CHUNK + line(run("2026年8月20日")), "part.mht", part)
    source = text_of("a.docx", data)
    assert source.text.split("\n") == ["通知", *SAID, "2026年8月20日"]
    assert source.notes == (
        "1 part of the text lay in another format inside the file and was read from there (beside “通知”). Please "
        "compare it with the file.",
    )
    assert [type(block) for block in read_docx(data)[0]] == [Paragraph] * 3 + [Table, Paragraph]


@DOORS
def test_a_word_file_inside_a_word_file_is_read_with_its_own_numbers(door):
    inner = word(numbered("宣传", 1) + numbered("总结", 1), numbering(level(0, "第%1条　"), ""))
    assert door(with_part(numbered("活动", 1) + CHUNK + numbered("要求", 1), "in.docx", inner)) == [
        "一、活动", "第一条　宣传", "第二条　总结", "二、要求",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_page_that_is_called_a_word_file_is_read_as_one(encoding):
    page = PAGE.replace("utf-8", encoding.removesuffix("-sig")).encode(encoding)
    assert text_of("通知.doc", page).text.split("\n") == SAID
    assert text_of("通知.doc", letter(PAGE)).text.split("\n") == SAID


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html>", "<!DOCTYPE html><script>1</script>"])
def test_a_page_without_words_is_empty(page):
    with pytest.raises(Refused) as refused:
        text_of("a.doc", page.encode())
    assert refused.value.code == "empty"


def test_a_word_file_saved_as_one_xml_is_read():
    main = f"<w:document {W}><w:body>{line(run('关于开展活动的通知'))}</w:body></w:document>"
    name = "http://schemas.microsoft.com/office/2006/xmlPackage"
    head = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    part = f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{main}</pkg:xmlData></pkg:part>'
    data = f'{head}<pkg:package xmlns:pkg="{name}">{part}</pkg:package>'.encode()
    assert text_of("通知.xml", data).text == "关于开展活动的通知"
    with pytest.raises(Refused, match="damaged"):
        text_of("通知.xml", data[:-9])


@DOORS
def test_a_template_and_a_strict_file_are_read_whole(door):
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/text/main.xml" ContentType="{kind}"/></Types>'
    )
    template = replaced(docx(line(run("甲")), types=types), "word/document.xml", "", "text/main.xml")
    assert door(template) == ["甲"]
    names = " ".join(
        f'xmlns:{key}="http://purl.oclc.org/ooxml/{name}"'
        for key, name in (("w", "wordprocessingml/main"), ("m", "officeDocument/math"))
    )
    strict = f"<w:document {names}><w:body>{line('<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>')}</w:body></w:document>"
    assert door(replaced(word(""), "word/document.xml", strict)) == ["a=b"]
