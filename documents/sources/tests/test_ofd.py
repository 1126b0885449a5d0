"""An OFD is read as it is seen, whoever wrote it: composed in the manner of each producer, with its oddities."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.answers import Source
from documents.reading import draft_json, read
from documents.sources.file_text import ofd_source
from documents.sources.ofd import child
from documents.sources.ofd.numbers import steps

from . import producers
from .ofd_files import MANNERS, NEW, OLD, PNG, Manner, More, ofd
from .ofd_setting import Setter, Sheet, Words, advance, box, set_notice, words

PLAIN = MANNERS[0]


def source(sheets: list[Sheet], manner: Manner = PLAIN, more: More | None = None) -> Source:
    """What the door makes of an OFD of these pages; read in this process, for there are many."""
    return ofd_source("通知.ofd", child.read(ofd(sheets, manner, more or More())))


def words_by_hand(
    said: str, where: str = "30 120 60 8", steps: str = "g 9 5", *, font: int = 5, more: str = "", inside: str = ""
) -> str:
    """A text object written by hand."""
    return (
        f'<TextObject Boundary="{where}" Size="5" Font="{font}" {more}>{inside}'
        f'<TextCode X="0" Y="5" DeltaX="{steps}">{said}</TextCode></TextObject>'
    )


def lines(*texts: str, manner: Manner = PLAIN, more: More | None = None) -> list[str]:
    """The lines of a page on which these stand below one another."""
    return source([page(*texts)], manner, more).text.split("\n")


def page(*texts: str) -> Sheet:
    """A page on which these lines stand below one another."""
    return Sheet([words(30, 40 + 15 * at, text) for at, text in enumerate(texts)])


SAID = ("关于开展2026年“质量月”活动的通知", "各乡镇人民政府，县直各单位：", "联系人：吴小川，电话：0799-6000123。")


def drawn(objects: str, *texts: str) -> list[str]:
    """The lines of a page with further objects, written by hand."""
    return lines(*(texts or SAID), more=More(objects=objects))


# --- producers ----------------------------------------------------------------------------------------------


def said(value):
    """What was read, without the places and however it was spaced."""
    if isinstance(value, dict):
        return {key: said(inner) for key, inner in value.items() if not key.endswith("span")}
    if isinstance(value, list):
        return [said(inner) for inner in value]
    return "".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: manner.name)
def test_a_notice_says_the_same_whoever_wrote_it(manner):
    found = source(set_notice(producers.as_text()), manner)
    assert (found.kind, found.notes) == ("ofd", ())
    assert said(draft_json(read(found.text))) == said(draft_json(read(producers.as_text())))


def test_every_manner_gives_the_same_lines():
    sheets = set_notice(producers.as_text())
    assert {source(sheets, manner).text for manner in MANNERS if not manner.blanks} == {source(sheets).text}


# --- paths and parts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "root", ["Doc_0/Document.xml", "/Doc_0/Document.xml", "./Doc_0/Document.xml", "DOC_0\\document.XML"]
)
@pytest.mark.parametrize(
    "pages",
    [
        "Pages/Page_%d/Content.xml", "/Doc_0/Pages/Page_%d/Content.xml", "pages/page_%d/content.xml",
        "Doc_0/Pages/Page_%d/Content.xml", "Pages%%2FPage_%d/Content.xml", "./Pages/../Pages/Page_%d/Content.xml",
        "Pages\\Page_%d\\Content.xml",
    ],
)  # fmt: skip
def test_a_path_is_tried_from_its_folder_from_the_root_and_in_any_case(root, pages):
    assert lines(*SAID, manner=replace(PLAIN, root=root, pages=pages)) == [*SAID]


@pytest.mark.parametrize("spaces", [(NEW, NEW), (OLD, OLD), (OLD, NEW), (NEW, OLD), ("urn:x", "urn:y")])
@pytest.mark.parametrize("prefix", ["ofd:", "", "o:"])
def test_the_namespace_says_nothing(spaces, prefix):
    assert lines(*SAID, manner=replace(PLAIN, spaces=spaces, prefix=prefix, bom=True)) == [*SAID]


def test_of_several_versions_the_current_one_is_read():
    old = "<Document><Pages/></Document>"
    version = '<DocVersion ID="1"><DocRoot>/Doc_0/Document.xml</DocRoot></DocVersion>'
    more = More(
        {"Doc_0/Document_0.xml": old, "Doc_0/Version_1.xml": version},
        start='<Versions><Version ID="0" Index="0" BaseLoc="Doc_0/none.xml"/>'
        '<Version ID="1" Index="1" Current="true" BaseLoc="Doc_0/Version_1.xml"/></Versions>',
    )
    assert lines(*SAID, manner=replace(PLAIN, root="Doc_0/Document_0.xml"), more=more) == [*SAID]


def test_two_documents_in_one_file_are_both_read():
    more = More(start="</DocBody><DocBody><DocRoot>Doc_0/Document.xml</DocRoot>")
    assert lines(*SAID, more=more).count(SAID[1]) == 2


def test_a_page_draws_on_resources_of_its_own():
    unit = f'<CompositeGraphicUnit ID="40"><Content>{words_by_hand("请按时报送。")}</Content></CompositeGraphicUnit>'
    unit = f"<Res><CompositeGraphicUnits>{unit}</CompositeGraphicUnits></Res>"
    held = More({"Doc_0/Pages/Page_0/PageRes.xml": unit}, page="<PageRes>PageRes.xml</PageRes>",
                objects='<CompositeObject ResourceID="40" Boundary="0 0 210 297"/>')  # fmt: skip
    assert lines(*SAID, more=held) == [*SAID, "请按时报送。"]


# --- where characters stand -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "count", "found"),
    [
        ("1 2 3", 3, [1, 2, 3]), ("g 3 2", 3, [2, 2, 2]), ("1 g 2 5 7", 4, [1, 5, 5, 7]), ("4", 3, [4, 4, 4]),
        ("1 2", 4, [1, 2, 2, 2]), ("1 2 -17.46", 2, [1, 2]), ("g 99999999 1", 2, [1, 1]), ("1,2", 2, [1, 2]),
        ("g 2", 2, [0, 2]), ("x nan inf", 3, [0, 0, 0]), ("", 3, []), (None, 3, []), ("g -4 1 6", 1, [6]),
    ],
)  # fmt: skip
def test_steps_are_counted_filled_up_and_cut(written, count, found):
    assert steps(written, count) == found


def test_lines_of_one_object_end_where_a_step_goes_back_and_down():
    across = " ".join(["5"] * 3 + ["-15"] + ["5"] * 3)
    down = "0 0 0 8 0 0 0"
    down = f'DeltaY="{down}"'
    text = words_by_hand("报送总结准时上交", steps=across).replace("<TextCode", f"<TextCode {down}")
    assert drawn(text) == [*SAID, "报送总结", "准时上交"]


def test_characters_without_steps_stand_in_their_order():
    """GB/T 33190 has them all on one point then; what stands there is read all the same."""
    assert lines(*SAID, manner=replace(PLAIN, steps="none")) == [*SAID]


def test_several_pieces_in_one_object_go_on_where_the_last_one_was():
    codes = '<TextCode X="0" Y="5" DeltaX="5">质量</TextCode><TextCode X="10" DeltaX="5">强国</TextCode>'
    assert drawn(f'<TextObject Boundary="30 120 60 8" Size="5" Font="5">{codes}</TextObject>') == [*SAID, "质量强国"]


@pytest.mark.parametrize(
    ("ctm", "size", "at"),
    [
        ("0.3528 0 0 0.3528 0 0", 14.17, 14),
        ("0.0176 0 0 0.0176 0 0", 284, 280),
        ("0.0176 0 0 0.0176 0 266.9", 284, -14885),
    ],
)
def test_a_matrix_scales_what_is_written_in_other_units(ctm, size, at):
    step = size
    text = (
        f'<TextObject Boundary="30 100 0 0" CTM="{ctm}" Size="{size}" Font="5">'
        f'<TextCode X="0" Y="{at}" DeltaX="g 5 {step}">请按时报送。</TextCode></TextObject>'
    )
    assert drawn(text) == [*SAID, "请按时报送。"]


def test_the_order_of_objects_is_not_that_of_reading():
    sheet = page(*SAID)
    sheet.words.reverse()
    assert source([sheet], replace(PLAIN, characters=True, shuffled=True)).text.split("\n") == [*SAID]


def test_a_text_drawn_twice_in_one_place_is_read_once():
    sheet = page(*SAID)
    shadow = [replace(each, x=each.x + 0.2) for each in sheet.words]
    assert source([Sheet(sheet.words + shadow)]).text.split("\n") == [*SAID]


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000", " "])
def test_a_blank_is_a_blank_whatever_it_is_written_as(blank):
    assert lines(f"主题：质量强国{blank}人人有责，从我做起，人人享受。") == [
        f"主题：质量强国{'　' if blank == '　' else blank}人人有责，从我做起，人人享受。".replace("\u00a0", " ")
    ]


def test_a_blank_that_is_an_object_of_its_own_parts_words():
    pieces = [words(30, 40, "Quality"), words(30 + 7 * 2.82, 40, " "), words(30 + 8 * 2.82, 40, "Month")]
    assert source([Sheet([*page(*SAID).words, *(replace(each, y=200) for each in pieces)])]).text.endswith(
        "Quality Month"
    )


def test_a_text_without_a_blank_between_far_words_has_columns():
    row = [words(30, 100, "承办单位"), words(80, 100, "完成时间"), words(130, 100, "备注")]
    assert source([Sheet([*page(*SAID).words, *row])]).text.split("\n")[-1] == "承办单位   完成时间   备注"


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_page_whose_text_is_turned_is_read_as_somebody_turns_it(turn):
    width, height = 210.0, 297.0
    a, b, e, f = {1: (0, 1, width, 0), 2: (-1, 0, width, height), 3: (0, -1, 0, height)}[turn]
    matrix = (a, b, -b, a, e, f)
    turned = [turned_words(each, matrix) for each in page(*SAID).words]
    assert drawn_alone("".join(turned)) == [*SAID]


def turned_words(each: Words, matrix: tuple[float, ...]) -> str:
    """A text object whose matrix turns the page."""
    a, b, c, d, e, f = matrix
    x, y = a * each.x + c * each.y + e, b * each.x + d * each.y + f
    steps = " ".join(map(str, each.steps))
    return (
        f'<TextObject Boundary="{x} {y} 0 0" CTM="{a} {b} {c} {d} 0 0" Size="{each.size}" Font="5">'
        f'<TextCode X="0" Y="0" DeltaX="{steps}">{each.text}</TextCode></TextObject>'
    )


def drawn_alone(objects: str) -> list[str]:
    """The lines of a page with nothing but these objects."""
    return source([Sheet()], more=More(objects=objects)).text.split("\n")


# --- layers, blocks, units, templates ----------------------------------------------------------------------------


@pytest.mark.parametrize("order", ["Background", "Foreground"])
def test_labels_of_a_template_and_values_of_the_page_make_one_line(order):
    manner = replace(PLAIN, template=order)
    sheet = Sheet(
        [
            words(30, 40, "购买方："),
            words(60, 40, "临川县市场监督管理局"),
            words(30, 60, "开票日期："),
            words(60, 60, "2026年8月20日"),
        ]
    )
    assert source([sheet], manner).text.split("\n") == ["购买方：   临川县市场监督管理局", "开票日期：2026年8月20日"]


def test_composite_units_in_one_another_are_walked_with_their_matrices():
    inner = (
        '<CompositeGraphicUnit ID="41"><Content><TextObject Boundary="0 0 50 6" Size="5" Font="5">'
        '<TextCode X="0" Y="5">请按时报送。</TextCode></TextObject></Content></CompositeGraphicUnit>'
    )
    outer = (
        '<CompositeGraphicUnit ID="42"><Content><PageBlock><CompositeObject ResourceID="41" Boundary="10 20 0 0" '
        'CTM="0.5 0 0 0.5 0 0"/></PageBlock></Content></CompositeGraphicUnit>'
    )
    more = More(
        resources=f"<CompositeGraphicUnits>{inner}{outer}</CompositeGraphicUnits>",
        objects='<CompositeObject ResourceID="42" Boundary="20 80 0 0" CTM="2 0 0 2 0 0"/>',
    )
    assert lines(*SAID, more=more) == [*SAID, "请按时报送。"]


@pytest.mark.parametrize("unseen", ['Visible="false"', 'Alpha="0"', 'Fill="false"'])
def test_what_is_not_seen_is_not_read(unseen):
    assert drawn(words_by_hand("密", more=unseen)) == [*SAID]


def test_what_stands_beyond_the_page_is_not_read():
    assert source([Sheet([*page(*SAID).words, words(300, 40, "印刷标记"), words(30, 400, "印刷标记")])]).text.split(
        "\n"
    ) == [*SAID]


# --- characters that cannot be read --------------------------------------------------------------------------------


def test_a_private_code_is_a_gap_that_shows_and_its_place_is_said():
    found = source([page(*SAID, "承办：\ue11e直镇、区质检所，请予配合。")])
    assert found.text.split("\n")[-1] == "承办：□直镇、区质检所，请予配合。"
    assert found.notes == (
        "1 place of the file can be seen but not read, because the file does not say which characters it shows; □ "
        "stands for them: 1 “承办：□直镇、区质检所，请予配”. Please compare it with the file.",
    )


def test_codes_that_are_the_numbers_of_shapes_are_no_text():
    shapes = (
        '<CGTransform CodePosition="0" CodeCount="4" GlyphCount="4"><Glyphs>65 66 20018 21000</Glyphs></CGTransform>'
    )
    codes = "AB" + chr(20018) + chr(21000)
    assert drawn(words_by_hand(codes, inside=shapes))[-1] == "□□□□"


def test_characters_that_nobody_writes_are_no_text():
    """What a converter leaves where a font knows only the numbers of its shapes: Han, but rubbish."""
    found = source([page(*SAID)], more=More(objects=words_by_hand("㐀㒵㓨䂀㽍㝵㞐", font=7)))
    assert found.text.split("\n") == [*SAID, "□" * 7]
    assert found.notes != ()


def test_a_box_of_a_symbol_font_is_a_box():
    assert drawn(words_by_hand("\uf0fe\uf0a8", steps="10", font=6))[-1].split() == ["☑", "□"]


def test_two_transforms_whose_counts_differ_leave_the_codes_as_they_are():
    assert lines(*SAID, manner=replace(PLAIN, glyphs=True)) == [*SAID]


def test_a_rare_character_is_read_whole():
    assert lines("承办：𬱖头镇、𠮷林村", *SAID)[0] == "承办：𬱖头镇、𠮷林村"


# --- tables ------------------------------------------------------------------------------------------------------


HEAD, ROWS = (
    ["序号", "任务", "时限"],
    [["1", "启动", "9月1日"], ["2", "组织开展专项行动并按时报送总结材料，请各单位配合", "10月"]],
)


@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: manner.name)
def test_a_ruled_table_is_read_by_its_rules(manner):
    setter = Setter()
    setter.title("任务分解表")
    setter.table([HEAD, *ROWS])
    assert source(setter.sheets, manner).text.split("\n") == ["任务分解表", *("\t".join(row) for row in (HEAD, *ROWS))]


def test_a_cell_over_several_rows_is_printed_in_each_of_them():
    rules = [*box(30, 40, 60, 50), *box(30, 50, 60, 60), *box(60, 40, 110, 60)]
    texts = [words(32, 47, "1"), words(32, 57, "2"), words(62, 52, "市教育局"), *page(*SAID).words]
    texts = [replace(each, y=each.y + 100) if at < 3 else each for at, each in enumerate(texts)]
    rules = [(x0, y0 + 100, x1, y1 + 100) for x0, y0, x1, y1 in rules]
    assert source([Sheet(texts, rules)]).text.split("\n")[-2:] == ["1\t市教育局", "2\t市教育局"]


@pytest.mark.parametrize("drawing", ["M 0 0 L 80 0", "M 0 0 L 80 0 L 80 0.3 L 0 0.3 C", "S 0 0 L 80 0"])
def test_a_rule_is_a_stroke_or_a_flat_box(drawing):
    fill = ' Fill="true" Stroke="false"' if "C" in drawing else ""
    level = "".join(
        f'<PathObject Boundary="30 {y} 80 1"{fill}><AbbreviatedData>{drawing}</AbbreviatedData></PathObject>'
        for y in (140, 150, 160)
    )
    upright = "".join(
        f'<PathObject Boundary="{x} 140 1 20"><AbbreviatedData>M 0 0 L 0 20</AbbreviatedData></PathObject>'
        for x in (30, 70, 110)
    )
    texts = [words(32, 147, "序号"), words(72, 147, "任务"), words(32, 157, "1"), words(72, 157, "启动")]
    found = source([Sheet([*page(*SAID).words, *texts])], more=More(objects=level + upright))
    assert found.text.split("\n")[-2:] == ["序号\t任务", "1\t启动"]


def test_a_table_that_goes_on_on_the_next_page_is_one():
    setter = Setter()
    rows = [[str(at), f"任务{at}", f"9月{at}日"] for at in range(1, 40)]
    setter.table([HEAD, *rows])
    assert len(setter.sheets) > 1
    assert source(setter.sheets).text.split("\n") == ["\t".join(row) for row in (HEAD, *rows)]


def test_page_numbers_are_no_text():
    sheets = [page(f"附件{n}", f"第{n}项内容，请各单位认真落实。") for n in (1, 2, 3)]
    for number, sheet in enumerate(sheets, 1):
        sheet.words.append(words(100, 285, f"— {number} —"))
    assert [line for line in source(sheets).text.split("\n") if "—" in line] == []


def test_widths_of_the_composer_are_those_of_the_page():
    assert advance("质", 5) == advance("“", 5) == 5 and advance("a", 5) == 2.5 and PNG
