"""A passage is found again although the year, or every seventh letter, was changed; what is merely like it is not."""

import random

import pytest

from reports.alike.index import Index, Near
from reports.alike.sentences import bare, sentences

LETTERS = "质量提升行动企业社区宣传活动组织开展培训检查服务群众标准计量认证品牌安全食品药品工程环境学校医院街道市场产品"
WRITTEN = "9月12日，我局在人民广场组织了质量咨询活动，发放宣传资料1,200份，接待群众咨询350人次。"


def made_up(number):
    """Passages of fifty letters that have nothing to do with each other."""
    dice = random.Random(number)
    return "".join(dice.choices(LETTERS, k=50))


def edited(text, share, dice):
    """A text with this share of its letters changed, left out or written twice."""
    letters = list(text)
    for place in dice.sample(range(len(letters)), round(len(letters) * share)):
        letters[place] = dice.choice(["某", "", letters[place] * 2])
    return "".join(letters)


def test_a_sentence_of_last_year_with_another_year_is_the_same():
    index = Index()
    index.add([made_up(1), "2024年" + WRITTEN, made_up(2)])
    assert index.near(["2025年" + WRITTEN]) == [[Near(1, 100)]]


def test_punctuation_width_and_spaces_make_no_other_sentence():
    assert bare("９月 12日，发放“资料”1,200份！") == bare("9月12日发放资料300份。")


@pytest.mark.parametrize(("share", "least"), [(0.05, 0.95), (0.15, 0.80)])
def test_so_many_are_found_again_after_so_many_letters_were_changed(share, least):
    dice, passages, index = random.Random(3), [made_up(number) for number in range(1_000)], Index()
    index.add(passages)
    asked = dice.sample(range(len(passages)), 200)
    found = index.near([edited(passages[number], share, dice) for number in asked])
    again = sum(number in {each.number for each in near} for number, near in zip(asked, found, strict=True))
    assert again / len(asked) >= least
    assert {each.number for near in found for each in near} <= set(asked)  # and nothing that is not the same


def test_what_says_something_else_is_not_near():
    index = Index()
    index.add([WRITTEN])
    assert index.near(["10月，我街道走访小微企业二十家，为其讲解标准和计量知识，收到企业来信致谢。", ""]) == [[], []]
    assert index.near([]) == []


def test_passages_are_sentences_short_ones_go_along_and_endless_ones_are_cut():
    short = "成效显著。"
    assert list(sentences(short + WRITTEN + short)) == [short + WRITTEN]
    assert list(sentences(f"{WRITTEN}\n{WRITTEN}")) == [WRITTEN, WRITTEN]
    assert [len(each) for each in sentences("质" * 1_000)] == [400, 400, 200]
    assert list(sentences(" \n。")) == []
