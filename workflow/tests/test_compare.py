"""Two texts compared: what a reader sees marked, and that nothing is lost or invented."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow import compare as module
from workflow.compare import Piece, compare


def marked(old: str, new: str) -> str:
    """The comparison as one line: [-removed-] and {+added+}."""
    around = {"same": "%s", "removed": "[-%s-]", "added": "{+%s+}"}
    return "".join(around[piece.kind] % piece.text for piece in compare(old, new))


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("", "", ""),
        ("一样", "一样", "一样"),
        ("", "新写的", "{+新写的+}"),
        ("删掉的", "", "[-删掉的-]"),
        ("在市民广场举办。", "在市民中心举办。", "在市民[-广场-]{+中心+}举办。"),
        ("预计2015年参加300人", "预计2016年参加350人", "预计[-2015-]{+2016+}年参加[-300-]{+350+}人"),
        ("发放1,200份，占85.5%", "发放1,250份，占85.8%", "发放[-1,200-]{+1,250+}份，占[-85.5%-]{+85.8%+}"),
        ("9:00至11:30开会", "9:30至11:30开会", "[-9:00-]{+9:30+}至11:30开会"),
        ("推行TQM和ISO认证", "推行TQC和ISO认证", "推行[-TQM-]{+TQC+}和ISO认证"),
        ("甲\r\n乙", "甲\n乙", "甲[-\r\n-]{+\n+}乙"),
    ],
)
def test_changes_are_marked_where_a_reader_looks_for_them(old: str, new: str, seen: str) -> None:
    assert marked(old, new) == seen


def test_a_rewritten_sentence_is_exchanged_as_a_whole_and_not_as_confetti() -> None:
    old, new = "今天的天气很好，我们的人去公园。", "质量是企业的生命，诚信为经营的本。"
    assert [piece.kind for piece in compare(old, new)] == ["removed", "added"]


def test_paragraphs_are_compared_with_their_own_later_version() -> None:
    """A paragraph put in between moves the others down; blank lines, alike everywhere, do not lead astray."""
    old = "一、目标。普及质量知识。\n\n二、安全。每个出入口两名保安。\n\n三、经费。\n"
    new = "一、目标。普及质量知识。\n\n二、措施。\n\n三、安全。每个出入口四名保安。\n\n四、经费。\n"
    assert marked(old, new) == (
        "一、目标。普及质量知识。\n\n[-二-]{+二、措施。\n\n三+}、安全。每个出入口[-两-]{+四+}名保安。\n\n[-三-]{+四+}、经费。\n"
    )


def test_of_many_lines_that_are_nearly_the_same_each_is_compared_with_the_one_at_its_place() -> None:
    line = "%s车间于%s年9月完成安全检查并报告结果。\n"
    old, new, seen = (
        "".join(line % (each, year) for each in "一二三四") for year in ("2015", "2016", "[-2015-]{+2016+}")
    )
    assert marked(old, new) == seen


def test_a_paragraph_struck_out_leaves_the_others_alone() -> None:
    first, second, third = "第一段写目标。\n", "第二段写经费来源。\n", "第三段写安全保障。\n"
    assert compare(first + second + third, first + third) == [
        Piece("same", first), Piece("removed", second), Piece("same", third),
    ]  # fmt: skip


WORDS = st.text(alphabet="质量月的。，0123.ab\n\r \U000f0000\U0010ffff😀\u0301", max_size=60)


@given(WORDS | st.text(max_size=40), WORDS | st.text(max_size=40))
@settings(max_examples=300)
def test_old_and_new_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new
    kinds = [piece.kind for piece in pieces]
    assert [pair for pair in pairwise(kinds) if pair[0] == pair[1] or pair == ("added", "removed")] == []
    assert all(piece.text for piece in pieces)


@given(WORDS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert compare(text, text) == ([Piece("same", text)] if text else [])


@given(
    st.lists(st.integers(0, 99_999), min_size=1, max_size=8), st.lists(st.integers(0, 99_999), min_size=1, max_size=8)
)
def test_no_number_is_ever_cut(old: list[int], new: list[int]) -> None:
    """Every number of a piece is a number of one of the texts."""
    texts = ["人，".join(map(str, numbers)) + "人" for numbers in (old, new)]
    known = {str(number) for number in old + new}
    found = {number for piece in compare(*texts) for number in piece.text.replace("人", "").split("，") if number}
    assert found <= known


def test_a_very_long_paragraph_is_compared_by_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 100)
    assert marked("甲单位来了。乙单位没有来。丙单位来了。", "甲单位来了。乙单位也来了。丙单位来了。") == (
        "甲单位来了。乙单位[-没有来-]{+也来了+}。丙单位来了。"
    )


def test_without_sentences_a_very_long_paragraph_is_exchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 100)
    assert (
        marked("很长的一段没有句号", "很长的一段没有逗号吗也没有问号")
        == "[-很长的一段没有句号-]{+很长的一段没有逗号吗也没有问号+}"
    )


def test_a_change_of_white_space_alone_can_be_seen() -> None:
    assert [piece.shown for piece in compare("甲 乙\n\n丙", "甲乙\n丙")] == ["甲", "␣", "乙\n", "¶\n", "丙"]
    assert [piece.shown for piece in compare("甲\n", "甲\n乙 丙\n")] == ["甲\n", "乙 丙\n"]
