"""Plain text becomes an outline by its numbering, and the outline gives the same text back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from documents.outline import Heading, ListBlock, Paragraph, Table, enumerator, from_text, to_text


def test_the_four_levels_paragraphs_lists_and_tables_are_read():
    text = (
        "各单位：\n\n一、总体要求\n（一）主题。质量强国。\n1.宣传\n（1）海报\n一是张贴。\n"
        "①横幅\n②标语\n• 甲\n●乙\n单位\t件数\n教育局\t3\n"
    )
    assert from_text(text) == (
        Paragraph("各单位："),
        Heading(1, "一、", "总体要求"),
        Heading(2, "（一）", "主题。质量强国。"),
        Heading(3, "1.", "宣传"),
        Heading(4, "（1）", "海报"),
        Paragraph("一是张贴。"),
        ListBlock(("横幅", "标语"), ordered=True),
        ListBlock(("甲", "乙")),
        Table(head=(("单位", "件数"),), rows=(("教育局", "3"),)),
    )


def test_a_heading_that_runs_on_keeps_only_its_first_sentence_as_lead():
    heading = Heading(2, "（一）", "加强领导。各单位要高度重视。")
    assert (heading.lead, heading.rest) == ("加强领导。", "各单位要高度重视。")


def test_a_row_that_lacks_its_last_cells_stays_in_its_table():
    assert from_text("序号\t事项\t备注\n1\t宣传\n2\t培训\t两期") == (
        Table(head=(("序号", "事项", "备注"),), rows=(("1", "宣传", ""), ("2", "培训", "两期"))),
    )


def test_a_table_that_goes_on_has_no_head_to_repeat():
    assert from_text("9\t张贴海报\n10\t播放广告") == (Table(rows=(("9", "张贴海报"), ("10", "播放广告"))),)
    (table,) = from_text("甲局\t负责宣传和培训。\n乙局\t负责检查。")
    assert (table.head, len(table.rows)) == ((), 2)


def test_shapeless_characters_are_dropped():
    assert from_text("甲\x00乙\ud800丙\u202e丁\u200b") == (Paragraph("甲乙丙丁"),)


def test_marks_of_an_ordered_list():
    assert [enumerator(n) for n in (1, 20, 21, 36, 50, 51)] == ["①", "⑳", "㉑", "㊱", "㊿", "51."]


LINES = st.lists(
    st.one_of(st.text(max_size=15), st.text(alphabet="一二（）1.、①②•|-\t 甲　\u2028", max_size=10)), max_size=8
)


@settings(max_examples=400, deadline=None)
@given(LINES)
def test_any_text_round_trips(lines):
    outline = from_text("\n".join(lines))
    assert from_text(to_text(outline)) == outline


def test_a_cell_of_a_spreadsheet_with_a_line_end_in_it_is_one_cell():
    pasted = '序号\t事项\t责任单位\n1\t"张贴\n海报"\t市教育局\n2\t横幅\t"市水务局\r\n（市河长办）"'
    assert from_text(pasted) == (
        Table(
            head=(("序号", "事项", "责任单位"),),
            rows=(("1", "张贴 海报", "市教育局"), ("2", "横幅", "市水务局 （市河长办）")),
        ),
    )


def test_the_first_cell_may_be_the_broken_one_and_its_own_quotes_are_single():
    (table,) = from_text('项目\t件数\n"""质量月""\n启动仪式"\t3\n"甲\t乙"\t4')
    assert table.rows == (('"质量月" 启动仪式', "3"), ("甲 乙", "4"))


def test_what_is_quoted_in_running_text_keeps_its_lines():
    assert from_text('甲称\n"质量\n第一"\n乙称') == tuple(map(Paragraph, ["甲称", '"质量', '第一"', "乙称"]))
    (table,) = from_text('"质量月"\t3\n"甲"\t4')
    assert [row[0] for row in (*table.head, *table.rows)] == ['"质量月"', '"甲"']
