"""The same paper written another way says the same: other marks, labels and signs, lines of a portal around it.

Each way of writing is tried on some of the labelled papers, no two on the same ones.
"""

import re
from functools import cache

import pytest

from documents.reading import draft_json, read
from documents.reading.tests.score import facts, load, papers

CHINESE = "一二三四五六七八九十"
STEP = 7


def chapters(mark):
    """一、 … 十、 at the beginning of a line, written another way."""
    return lambda text: re.sub(
        r"(?m)^([ \u3000]*)([一二三四五六七八九十])、", lambda m: m[1] + mark(CHINESE.index(m[2]) + 1), text
    )


def entries(mark):
    """（一） … （十） at the beginning of a line, written another way."""
    return lambda text: re.sub(
        r"(?m)^([ \u3000]*)（([一二三四五六七八九十])）", lambda m: m[1] + mark(CHINESE.index(m[2]) + 1), text
    )


def said(old, new):
    return lambda text: re.sub(old, new, text)


ENTRIES_ALONE = {
    "1.": entries(lambda n: f"{n}．"),
    "1、": entries(lambda n: f"{n}、"),
    "(1)": entries(lambda n: f"（{n}）"),
    "1)": entries(lambda n: f"{n}）"),
    "A.": entries(lambda n: f"{chr(64 + n)}."),
}
"""Marks that stand for （一） where nothing is numbered with figures already."""
WAYS = {
    "第一部分": chapters(lambda n: f"第{CHINESE[n - 1]}部分　"),
    "Ⅰ、": chapters(lambda n: f"{chr(0x215F + n)}、"),
    "## 一、": chapters(lambda n: f"## {CHINESE[n - 1]}、"),
    "活动一：": entries(lambda n: f"活动{CHINESE[n - 1]}："),
    "【1】": entries(lambda n: f"【{n}】"),
    "㈠": entries(lambda n: chr(0x321F + n)),
    "第一项：": entries(lambda n: f"第{CHINESE[n - 1]}项："),
    "half-width signs": lambda text: text.translate(str.maketrans("，；：（）", ",;:()")),
    "corner brackets": lambda text: text.translate(str.maketrans("“”", "「」")),
    "no-break spaces": lambda text: text.replace("　", "\u00a0"),
    "indented lines": said(r"(?m)^(?=[^\s|][^\t|\n]*$)", "　　"),
    "blanks at the end of lines": said(r"(?m)(?<=\S)$", "  "),
    "full-width figures": said(
        r"\d(?=\d?[月日])", lambda m: m[0].translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    ),
    "blanks around figures": said(r"(\d{1,2})月(\d{1,2})日", r"\1 月 \2 日"),
    "号": said(r"(?<=月)(\d{1,2})日(?!\d*印发|$)", r"\1号"),
    "a dash for 至": said(r"(?<=日)至(?=\d)", "—"),
    "a tilde for 至": said(r"(?<=日)至(?=\d)", "～"),
    "牵头单位": lambda text: text if "牵头单位" in text else text.replace("责任单位", "牵头单位"),
    "责任部门": said("责任单位", "责任部门"),
    "协办单位": said("配合单位", "协办单位"),
    "参与单位": said("配合单位", "参与单位"),
    "【责任单位】": said(r"(?m)^([ \u3000]*)([责配主承协牵]\w{1,2}单位)：(?=[^\n]+$)", r"\1【\2】"),
    "units parted by blanks": said(
        r"(?m)((?:责任|牵头|配合)单位：)([^\n。；，）]*)$", lambda m: m[1] + m[2].replace("、", "　")
    ),
    "area code in brackets": said(r"(0\d{3})-(\d{8})", r"（\1）\2"),
    "rows with pipes": said(r"(?m)^.*\t.*$", lambda m: f"| {m[0].replace(chr(9), ' | ')} |"),
    "secrecy and urgency": lambda text: "000012\n特急\n" + text,
    "a portal": lambda text: (
        f"首页 > 政务公开 > 通知公告\n发布时间：2024-08-01　来源：本站　浏览次数：33\n{text}\n打印本页　关闭窗口\n"
    ),
}


@cache
def told(text):
    """What is read of a text; of a paper as it is, for all ways of writing it."""
    found = facts(draft_json(read(text)), {})
    return {group: set(map(plain, items)) for group, items in found.items() if items}


def plain(fact):
    return tuple(value.replace("号", "日") if isinstance(value, str) else value for value in fact)


def try_on(way, names):
    changed = 0
    for name in names:
        text, _ = load(name)
        if (written := way(text)) != text:
            changed += 1
            assert told(written) == told(text), name
    return changed


@pytest.mark.parametrize("way", WAYS)
def test_another_way_of_writing_changes_nothing(way):
    first = list(WAYS).index(way) % STEP
    names = papers()
    assert try_on(WAYS[way], [*names[first::STEP], *names[(first + 3) % STEP :: STEP]])


@pytest.mark.parametrize("mark", ENTRIES_ALONE)
def test_entries_are_entries_whatever_mark_they_have(mark):
    names = [name for name in papers() if not re.search(r"(?m)^[ \u3000]*\d{1,2}[.．、]", load(name)[0])]
    assert try_on(ENTRIES_ALONE[mark], names[::2]) > STEP
