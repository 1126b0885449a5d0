"""Nothing disappears: each word of a paper is in a row, the frame, prose or not placed, and what asks is never lost."""

import re

import pytest

from documents.reading import read
from documents.reading.tests.score import SHARED, load, papers

SAMPLES = {name: load(name)[0] for name in papers()}
SAMPLES |= {path.stem: path.read_text(encoding="utf-8") for path in sorted((SHARED / "notices").glob("*.txt"))}
SAMPLES |= {path.stem: path.read_text(encoding="utf-8") for path in sorted((SHARED / "cases/notices").glob("*.txt"))}


@pytest.mark.parametrize("name", SAMPLES)
def test_each_word_lies_in_exactly_one_place(name):
    draft = read(SAMPLES[name])
    assert "".join(draft.source[slice(*place.span)] for place in draft.places) == draft.source
    assert {place.kind for place in draft.places} <= {"row", "frame", "prose", "unplaced"}
    left = "".join(draft.source[slice(*place.span)] for place in draft.places if place.kind == "unplaced")
    shown = "".join(text.value for text in (*draft.unplaced, *draft.asking))
    assert set(re.sub(r"\W", "", left)) <= set(shown)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_duty_is_within_a_row(name):
    draft = read(SAMPLES[name])
    rows = [place.span for place in draft.places if place.kind == "row"]
    for duty in draft.deadlines:
        assert any(row.start <= duty.span.start and duty.span.end <= row.end for row in rows)


PAPER = (
    "望川县关于开展2024年质量月活动的通知\n各单位：\n现通知如下。\n一、活动时间\n9月1日至30日。\n"
    "二、其他事项\n{}\n望川县质量强县办\n2024年8月1日"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "请各单位填写附表并留存。",
        "各单位须安排专人值守。",
        "参会人员应按时签到。",
        "请将有关材料报县质量办。",
        "各单位务必准备好样品。",
        "请确定1名联络员。",
    ],
)
def test_what_asks_and_became_no_row_is_a_doubt(sentence):
    draft = read(PAPER.format(sentence))
    assert draft.deadlines == ()
    assert [text.value for text in draft.asking] == [sentence]
    assert "asks" in [doubt.code for doubt in draft.doubts]


@pytest.mark.parametrize(
    "sentence",
    ["请各单位于8月9日前将方案报县质量办。", "请认真组织实施。", "特此通知。", "近年来我县质量水平稳步提高。"],
)
def test_what_is_a_row_already_or_asks_for_nothing_is_no_doubt(sentence):
    assert read(PAPER.format(sentence)).asking == ()


def test_half_a_line_does_not_vanish_when_the_other_half_is_a_row():
    draft = read(PAPER.format("请于8月9日前将方案报县质量办。展品另行运送至展馆二号库房。"))
    assert [duty.item for duty in draft.deadlines] == ["方案"]
    kinds = {place.kind for place in draft.places if "二号库房" in draft.source[slice(*place.span)]}
    assert kinds == {"prose"} or kinds == {"unplaced"}
