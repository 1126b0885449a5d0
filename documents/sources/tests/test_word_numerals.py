"""Word prints a number as its format says; each format that Chinese Word and WPS write is known."""

import re

import pytest

from documents.sources.word_numerals import printed

from .files import level, numbered, numbering, style, styled, word
from .word_doors import DOORS

CHINESE = {
    "chineseCountingThousand": {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一百", 101: "一百〇一",
                                110: "一百一十", 111: "一百一十一", 1001: "一千〇一", 1010: "一千〇一十",
                                10011: "一万〇一十一"},
    "chineseCounting": {10: "十", 23: "二十三", 99: "九十九", 100: "一○○", 101: "一○一", 120: "一二○"},
    "taiwaneseCounting": {12: "十二", 100: "一○○", 105: "一○五"},
    "taiwaneseCountingThousand": {12: "十二", 101: "一百零一", 10001: "一萬零一"},
    "japaneseCounting": {12: "十二", 100: "百", 101: "百一", 1100: "千百", 10000: "一万"},
    "ideographDigital": {1: "一", 10: "一〇", 25: "二五", 101: "一〇一"},
    "japaneseDigitalTenThousand": {10: "一〇", 20: "二〇"},
    "taiwaneseDigital": {10: "一○"},
    "chineseLegalSimplified": {3: "叁", 10: "壹拾", 11: "壹拾壹", 34: "叁拾肆", 102: "壹佰零贰", 2060: "贰仟零陆拾"},
    "ideographLegalTraditional": {3: "參", 10: "壹拾", 21: "貳拾壹", 101: "壹佰零壹", 10101: "壹萬零壹佰零壹"},
    "japaneseLegal": {1: "壱", 13: "壱拾参", 101: "壱百壱"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "11"},
    "ideographZodiac": {1: "子", 12: "亥", 13: "13"},
    "ideographZodiacTraditional": {1: "甲子", 11: "甲戌", 60: "癸亥", 63: "丙寅"},
    "ideographEnclosedCircle": {1: "㊀", 10: "㊉", 11: "11"},
    "decimalEnclosedCircleChinese": {1: "①", 20: "⑳", 21: "21"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 25: "25"},
    "decimalEnclosedParen": {1: "⑴", 20: "⒇", 21: "21"},
    "decimalEnclosedFullstop": {1: "⒈", 20: "⒛", 21: "21"},
    "decimalFullWidth": {12: "１２"},
    "decimalFullWidth2": {12: "１２"},
}  # fmt: skip
OTHERS = {
    "decimal": {7: "7", 0: "0"},
    "decimalHalfWidth": {7: "7"},
    "decimalZero": {7: "07", 12: "12"},
    "numberInDash": {7: "- 7 -"},
    "upperRoman": {4: "IV", 99: "XCIX", 767: "DCCLXVII"},
    "lowerRoman": {49: "xlix"},
    "upperLetter": {3: "C", 27: "AA", 53: "AAA"},
    "lowerLetter": {3: "c"},
    "ordinal": {1: "1st", 12: "12th", 22: "22nd"},
    "hex": {255: "FF"},
    "none": {7: ""},
    "thatNobodyKnows": {7: "7"},
}
CASES = [
    (form, value, shown) for known in (CHINESE, OTHERS) for form, said in known.items() for value, shown in said.items()
]


@pytest.mark.parametrize(("form", "value", "shown"), CASES)
def test_a_number_is_printed_as_its_format_says(form, value, shown):
    assert printed(value, form) == shown


@pytest.mark.parametrize("form", [*CHINESE, *OTHERS])
@pytest.mark.parametrize("value", [-1, 0, 32768, 10**12])
def test_a_number_that_word_never_prints_is_no_error(form, value):
    assert len(printed(value, form)) < 40


def test_no_two_numbers_look_alike():
    for form in CHINESE:
        if form != "ideographZodiacTraditional":  # begins again after sixty years
            shown = [printed(value, form) for value in range(1, 3000)]
            assert len(set(shown)) == len(shown), form


def lines(door, form: str, texts: list[str], mark: str = "%1", more: str = "") -> list[str]:
    body = "".join(numbered(text, 1) for text in texts)
    return door(word(body, numbering(level(0, mark, form=form, more=more), "")))


@DOORS
def test_circled_figures_stay_circled(door):
    said = ["个区共同承办。", "月底前报送。"]
    assert lines(door, "decimalEnclosedCircleChinese", said) == ["①个区共同承办。", "②月底前报送。"]


@DOORS
@pytest.mark.parametrize("gap", ["", '<w:suff w:val="space"/>', '<w:suff w:val="nothing"/>'])
def test_a_number_is_never_glued_to_a_figure(door, gap):
    said = ["5家企业参加。", "10月15日前报送。"]
    assert lines(door, "decimal", said, more=gap) == ["1 5家企业参加。", "2 10月15日前报送。"]
    assert lines(door, "decimal", said, "%1.", more=gap) == ["1. 5家企业参加。", "2. 10月15日前报送。"]
    assert lines(door, "decimalFullWidth", said[:1], more=gap) == ["１ 5家企业参加。"]
    assert lines(door, "decimal", ["2026年计划"], "1.%1", more=gap) == ["1.1 2026年计划"]


@DOORS
def test_the_gap_behind_a_number_is_kept_where_the_number_does_not_end_by_itself(door):
    assert lines(door, "chineseCounting", ["总则", "附则"], "第%1章") == ["第一章　总则", "第二章　附则"]
    assert lines(door, "chineseCounting", ["为规范活动"], "第%1条", '<w:suff w:val="nothing"/>') == ["第一条为规范活动"]
    assert lines(door, "chineseCounting", ["总体要求"], "%1、") == ["一、总体要求"]
    assert lines(door, "decimal", ["总体要求"]) == ["1 总体要求"]


@DOORS
def test_a_format_of_the_writers_own_is_printed_as_it_begins(door):
    own = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        'Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    lists = numbering(re.sub("<w:numFmt[^>]*/>", own, level(0, "%1、"), count=1), "")
    assert door(word(numbered("甲", 1) + numbered("乙", 1), lists)) == ["001、甲", "002、乙"]


@DOORS
@pytest.mark.parametrize(("restart", "fourth"), [("", "（一）丁"), ("0", "（三）丁"), ("1", "（一）丁")])
def test_a_level_begins_anew_after_the_level_it_says(door, restart, fourth):
    said = f'<w:lvlRestart w:val="{restart}"/>' if restart else ""
    levels = level(0, "%1、") + level(1, "（%2）", more=said)
    body = numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1, 1) + numbered("戊", 1) + numbered("丁", 1, 1)
    assert door(word(body, numbering(levels, "")))[4] == fourth


@DOORS
def test_a_level_may_count_on_through_the_level_above_it_and_not_through_the_first(door):
    levels = level(0, "%1、") + level(1, "（%2）") + level(2, "%3.", form="decimal", more='<w:lvlRestart w:val="1"/>')
    body = "".join(numbered("文", 1, depth) for depth in (0, 1, 2, 1, 2, 0, 1, 2))
    assert [line[:2] for line in door(word(body, numbering(levels, ""))) if "." in line] == ["1.", "2.", "1."]


@DOORS
def test_an_empty_paragraph_of_a_list_is_counted_and_a_list_goes_on_after_one_that_starts_anew(door):
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = numbered("甲", 1) + numbered("", 1) + numbered("乙", 1) + numbered("丙", 2) + numbered("丁", 1)
    lists = numbering(level(0, "%1、"), "", again)
    assert [line for line in door(word(body, lists)) if line] == ["一、甲", "三、乙", "五、丙", "六、丁"]


@DOORS
def test_bullets_that_are_boxes_stay_boxes(door):
    boxes = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    assert lines(door, "bullet", ["参加", "不参加"], "&#xF0A8;", boxes) == ["□参加", "□不参加"]
    assert lines(door, "bullet", ["宣传"], "&#xF0B7;", boxes.replace("Wingdings", "Symbol")) in (["• 宣传"], ["•宣传"])


@DOORS
def test_a_list_that_refers_to_nothing_prints_no_number(door):
    assert door(word(numbered("甲", 9), numbering(level(0, "%1、"), ""))) == ["甲"]
    lists = numbering(level(0, "%1、"), "").replace('<w:abstractNumId w:val="0"/>', '<w:abstractNumId w:val="7"/>')
    assert door(word(numbered("甲", 1), lists)) == ["甲"]


@DOORS
def test_styles_based_on_one_another_in_a_circle_end_the_search(door):
    number = '<w:numPr><w:ilvl w:val="0"/></w:numPr>'
    styles = (
        style("A", number, "B") + style("B", number, "A") + style("C", '<w:numPr><w:numId w:val="1"/></w:numPr>', "C")
    )
    body = styled("甲", "A") + styled("乙", "B") + styled("丙", "C")
    assert door(word(body, numbering(level(0, "%1、"), ""), styles)) == ["甲", "乙", "一、丙"]
