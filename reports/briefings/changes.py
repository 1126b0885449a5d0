"""What one edition says otherwise than another, and what of an edition units have corrected since."""

from collections.abc import Mapping
from typing import Any

LONGEST = 120
"""Characters of a line that is quoted."""


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What the new one says otherwise, a line each, in the language of the paper.

    Arguments: what both say (``content``); an old one without content is not compared.
    """
    if not old:
        return []
    return [*figures_changed(old, new), *text_changed(old, new), *chapters_changed(old, new)]


def figures_changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Figures and lists that are others now."""
    before, after = old["facts"], new["facts"]
    return [
        f"“{name}”由“{before[name]}”改为“{after[name]}”"
        for name in after
        if name in before and before[name] != after[name] and name not in PHRASES
    ]


PHRASES = ("数据汇总", "总结报送情况", "审核情况", "截止时间")
"""What is put together from figures that are named by themselves."""


def text_changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Paragraphs of the paper that went or came; those that differ in figures alone are named above."""
    before, after = old["paper"]["text"].splitlines(), new["paper"]["text"].splitlines()
    gone = [f"删去：{short(line)}" for line in before if line and line not in after]
    came = [f"增加：{short(line)}" for line in after if line and line not in before]
    return [*gone, *came]


def short(line: str) -> str:
    """A paragraph as a list of changes quotes it."""
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def chapters_changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Units whose chapter came, went, or holds another version."""
    before = {each["unit"]: each for each in old["chapters"]}
    after = {each["unit"]: each for each in new["chapters"]}
    came = [f"新收录{each['title']}的总结" for unit, each in after.items() if unit not in before]
    gone = [f"不再收录{each['title']}的总结" for unit, each in before.items() if unit not in after]
    other = [
        f"{each['title']}的总结由第{before[unit]['version']}稿改为第{each['version']}稿"
        for unit, each in after.items()
        if unit in before and each["version"] != before[unit]["version"]
    ]
    return [*came, *gone, *other]
