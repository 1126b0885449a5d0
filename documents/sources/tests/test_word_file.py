"""A Word file says the same at every door: as text to be read, and as an annex to be printed."""

import pytest

from documents.outline import Table
from documents.reading import read
from documents.sources.file_text import text_of
from documents.sources.word_outline import read_docx

from . import files
from .files import level, numbered, numbering, replaced, run, style, styled, word
from .word_doors import DOORS

TWO = level(0, "%1、") + level(1, "（%2）")


@DOORS
def test_list_and_level_are_each_taken_from_the_nearest_style_that_says_it(door):
    styles = style("HA", '<w:numPr><w:numId w:val="1"/></w:numPr>') + style(
        "HB", '<w:numPr><w:ilvl w:val="1"/></w:numPr>', "HA"
    )
    body = "".join(
        styled(text, name) for text, name in [("甲", "HA"), ("乙", "HB"), ("丙", "HB"), ("丁", "HA"), ("戊", "HB")]
    )
    assert door(word(body, numbering(TWO, ""), styles)) == ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"]


@DOORS
def test_the_list_may_say_which_style_is_which_level(door):
    levels = level(0, "%1、", style="HA") + level(1, "（%2）", style="HB")
    list_of = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = style("HA", list_of) + style("HB", list_of)
    body = styled("甲", "HA") + styled("乙", "HB") + styled("丙", "HB")
    assert door(word(body, numbering(levels, ""), styles)) == ["一、甲", "（一）乙", "（二）丙"]


@DOORS
def test_a_list_begins_where_it_says(door):
    body = numbered("甲", 1) + numbered("乙", 1)
    assert door(word(body, numbering(level(0, "%1、", start=3), ""))) == ["三、甲", "四、乙"]


@DOORS
def test_lists_of_one_definition_count_on_and_one_that_starts_anew_does_not(door):
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = numbered("甲", 1) + styled("正文。") + numbered("乙", 2) + numbered("丙", 3) + numbered("丁", 3)
    assert door(word(body, numbering(TWO, "", "", again))) == ["一、甲", "正文。", "二、乙", "五、丙", "六、丁"]


@DOORS
def test_a_level_may_be_worded_anew_and_print_arabic_numbers_under_chinese_ones(door):
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "第%1条　")}</w:lvlOverride>'
    levels = level(0, "%1、") + level(1, "%1.%2　", form="decimal", more="<w:isLgl/>")
    body = numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 2)
    assert door(word(body, numbering(levels, "", other))) == ["一、甲", "1.1　乙", "第二条　丙"]


@DOORS
def test_a_column_numbered_by_word_has_its_numbers(door):
    """Nobody types 1 2 3 into the first column: Word counts cells that are otherwise empty."""
    rows = [files.cell("序号") + files.cell("事项")]
    rows += [f"<w:tc>{numbered('', 1)}</w:tc>" + files.cell(text) for text in ("张贴海报", "悬挂横幅")]
    lists = numbering(level(0, "%1", form="decimal"), "")
    assert door(word(files.table(*rows), lists)) == ["序号\t事项", "1\t张贴海报", "2\t悬挂横幅"]


LATE = files.table(
    *(
        "".join(map(files.cell, row))
        for row in [("序号", "工作内容", "责任单位", "完成时限"), ("1", "海报", "市教育局", "9月5日")]
    ),
    '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + "".join(map(files.cell, ("横幅", "市住建局", "9月6日"))),
    '<w:trPr><w:gridAfter w:val="2"/></w:trPr>' + "".join(map(files.cell, ("3", "培训"))),
)


def test_a_form_of_one_label_a_row_keeps_the_cell_that_is_to_be_filled_in():
    """Without its tab 单位名称 would stand there like a line of the text; a title over a picture is no label."""
    form = files.table(*(files.cell(label) + files.cell("") for label in ("单位名称", "联系人")), files.cell("附表"))
    assert text_of("表.docx", word(form)).text.splitlines() == ["单位名称\t", "联系人\t", "附表"]


@DOORS
def test_cells_that_a_row_skips_are_empty_ones(door):
    assert door(word(LATE))[2:] == ["\t横幅\t市住建局\t9月6日", "3\t培训\t\t"]


def test_a_task_whose_row_begins_late_is_read_with_its_unit():
    head = "望川县关于开展2015年“质量月”活动的通知\n各单位：\n请完成。\n望川县质量办\n2015年8月20日\n附件\n任务分解表"
    body = "".join(files.paragraph(line) for line in head.split("\n")) + LATE
    tasks = read(text_of("a.docx", word(body)).text).tasks
    assert [(task.title.value, [unit.name for unit in task.responsible]) for task in tasks[:2]] == [
        ("海报", ["市教育局"]), ("横幅", ["市住建局"]),
    ]  # fmt: skip


RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/>'
    "</Relationships>"
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/text/main.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


@DOORS
@pytest.mark.parametrize("target", ["word/document2.xml", "/word/document2.xml"])
def test_the_text_is_found_by_what_the_package_says(door, target):
    data = files.docx(numbered("甲", 1), **{"_rels__.rels": RELS.format(target)})
    assert door(replaced(data, "word/document.xml", "", "word/document2.xml")) == ["一、甲"]


@DOORS
def test_the_types_of_the_parts_say_it_as_well(door):
    data = files.docx(files.paragraph("甲"), types=TYPES)
    assert door(replaced(data, "word/document.xml", "", "text/main.xml")) == ["甲"]


@DOORS
def test_a_file_saved_as_strict_open_xml_is_read(door):
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    body = f"<w:document {strict}><w:body>{files.paragraph('甲')}</w:body></w:document>"
    assert door(replaced(files.docx(""), "word/document.xml", body)) == ["甲"]


@DOORS
def test_hidden_words_are_not_read_whoever_hides_them(door):
    styles = style("Gone", "", characters="<w:vanish/>", kind="character")
    styles += style("Child", "", "Gone", kind="character") + style("Old", "", characters="<w:vanish/>")
    first = [
        ("9月30日前", ""), ("（旧稿）", "<w:vanish/>"), ("（甲）", '<w:rStyle w:val="Child"/>'),
        ("报送", '<w:vanish w:val="0"/>'),
    ]  # fmt: skip
    second = [("旧", ""), ("留", '<w:vanish w:val="false"/>')]
    old = '<w:pPr><w:pStyle w:val="Old"/></w:pPr>'
    lines = [[run(*each) for each in first], [old, *(run(*each) for each in second)]]
    body = "".join(f"<w:p>{''.join(line)}</w:p>" for line in lines)
    assert door(word(body, styles=styles)) == ["9月30日前报送", "留"]


@DOORS
def test_rows_that_were_deleted_or_hidden_are_no_rows(door):
    gone = '<w:trPr><w:del w:id="1" w:author="x"/></w:trPr>'
    rows = ["".join(map(files.cell, row)) for row in [("序号", "事项"), ("1", "甲"), ("2", "乙"), ("3", "丙")]]
    rows[2], rows[3] = gone + rows[2], "<w:trPr><w:hidden/></w:trPr>" + rows[3]
    assert door(word(files.table(*rows))) == ["序号\t事项", "1\t甲"]


@DOORS
def test_the_ticks_of_a_form_are_read(door):
    tick = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    assert door(word(f"<w:p>{run('是')}{tick}</w:p>")) == ["是☑"]


def test_pictures_that_are_left_out_are_counted_and_named_where_they_stood():
    blip = '<w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing>'
    body = f"<w:p>{run('组织架构如下：')}<w:r>{blip}</w:r></w:p><w:p><w:r>{blip}</w:r></w:p>"
    assert text_of("a.docx", word(body)).notes == (
        "2 pictures of the file are not taken over (beside “组织架构如下：”). Save them from Word and add them "
        "among the photos.",
    )
    assert text_of("a.docx", word(files.paragraph("甲"))).notes == ()


def test_as_an_annex_the_row_that_begins_late_stands_in_its_columns():
    (table,) = read_docx(word(LATE))[0]
    assert isinstance(table, Table)
    assert table.rows[1:] == (("", "横幅", "市住建局", "9月6日"), ("3", "培训", "", ""))
