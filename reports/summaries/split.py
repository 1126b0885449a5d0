"""A summary that a unit has as a Word file, split into the sections by its headings. Pure: text in, pieces out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from activities.behalf.field_labels import SUMMARY
from activities.behalf.mail_to_fields import Labels, cut
from activities.states import Kind
from reports.models import Passage, Section

MORE: Labels = {
    "overview": ("组织领导情况", "组织领导", "组织情况", "组织发动情况", "组织实施情况"),
    "practice": ("活动开展情况", "开展的活动", "活动组织开展情况"),
    "figures": ("工作数据", "数据统计", "统计数据", "主要数据", "活动数据"),
    "cases": ("典型案例", "典型经验", "特色亮点", "工作亮点", "亮点工作", "经验做法"),
}
"""What units call the usual sections beside what mails call them."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the text under its heading, and the section it belongs to (empty: none is known)."""

    key: str
    heading: str
    text: str


def labels_of(sections: Iterable[Section]) -> Labels:
    """What units call each section: its own heading first."""
    found = {}
    for each in sections:
        own = re.sub(r"[\s\u3000]|[（(][^（）()]*[)）]", "", each.heading)
        found[each.key] = (own, *SUMMARY.get(each.key, ()), *MORE.get(each.key, ()))
    return found


def pieces(text: str, sections: Iterable[Section]) -> list[Piece]:
    """A text in pieces. Together they hold every line of it but the headings by which they were known.

    Arguments: the text, a row of a table as one line with tabs; the sections there are. Returns: in their order.
    """
    found = cut(text, Kind.SUMMARY, labels_of(sections))
    return [Piece(each.name, each.label, each.text) for each in found if each.text]


def placed(passages: Iterable[Passage], found: Iterable[Piece], *, instead: bool) -> list[Passage]:
    """The passages with the pieces in their sections; what has no section is left out.

    Arguments: what stands there; the pieces; whether they take the place of it or stand behind it.
    """
    texts: dict[str, list[str]] = {}
    for each in found:
        if each.key:
            texts.setdefault(each.key, []).append(each.text)
    return [
        Passage(
            each.key, each.heading, "\n".join([*([each.text] if each.text and not instead else []), *texts[each.key]])
        )
        if each.key in texts
        else each
        for each in passages
    ]
