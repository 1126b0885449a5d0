"""Units behind a label: 责任单位：A、B；配合单位：C."""

from __future__ import annotations

import re
from dataclasses import replace

from .spans import Flow
from .units import Register, UnitFound, named

_LABELS = {
    "lead": r"(?:责任|主办|牵头|负责|主责|主管|第一责任|组织|实施)(?:单位|部门|科室|处室|股室)|主办|牵头|负责单位",
    "undertake": r"承办(?:单位|部门)?",
    "assist": r"(?:协办|配合|协助|参与|参加|支持|联合|协同)(?:单位|部门|科室|处室|股室)?|协作单位",
    "other": r"(?:指导|监督|特邀|媒体支持)(?:单位|部门)?",
}
_LABEL = re.compile("|".join(rf"(?P<{role}>{form})" for role, form in _LABELS.items()))
_LABELLED = re.compile(
    rf"(?:[\u4e00-\u9fff]{{2}}(?:单位|部门|科室|处室|股室)(?:：|[为是](?![了否])))|(?:^|(?<=\n))(?:主办|承办|协办|支持|牵头|责任|协助|配合)(?:单位|部门)\n|(?:^|(?<=[。；，\n(、】]))(?:{'|'.join(_LABELS.values())})[：]|【(?:{'|'.join(_LABELS.values())})】|(?:承办|协办)："
)
_NEXT_LABEL = re.compile(
    r"[，、](?=[\u4e00-\u9fff]{2,4}(?:单位|部门)[为是])|"
    rf"[。；\n)〕】]|[，、。；\n (](?=[^，。；：、\n()]{{2,6}}：)|(?=(?:{'|'.join(_LABELS.values())})：)|"
    rf"(?=(?:时间|地点|联系人|内容|参加人员|参加对象|参赛对象|主题|形式)：)"
)


def labelled(flow: Flow, register: Register) -> list[UnitFound]:
    """Return the units behind labels: 责任单位：A、B；配合单位：C."""
    found: list[UnitFound] = []
    for match in _LABELLED.finditer(flow.text):
        label = _LABEL.search(flow.text, match.start(), match.end())
        stop = _NEXT_LABEL.search(flow.text, match.end())
        end = stop.start() if stop else len(flow.text)
        if label is not None:
            names = flow.cut(match.end(), _list_end(flow.text, match.end(), end))
            found += named(names, str(label.lastgroup), label[0], register, gaps=True)
    led = any(re.match("牵头|主办|主责", unit.cue) for unit in found)
    does = led and [unit for unit in found if re.match("责任|实施|落实", unit.cue)]
    return [replace(unit, role="assist") if does and unit in does else unit for unit in found]


def _list_end(text: str, start: int, end: int) -> int:
    """Leave a closing bracket out, and keep one that belongs to a name: 各县（市、区）."""
    while end < len(text) and text[end] == ")" and text.count("(", start, end) > text.count(")", start, end):
        stop = _NEXT_LABEL.search(text, end + 1)
        end = stop.start() if stop else len(text)
    return end
