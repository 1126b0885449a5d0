"""To whom a paper is addressed: the line that names bodies or people and ends with a colon."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.reading.phrases.spans import Flow, Text, fold
from documents.reading.structure.lines import Line, flow, soft
from documents.reading.structure.parts import Parts

from .head import DRAFT_LINE, NUMBER_LINE
from .portal import FIELD

_ADDRESSEE = re.compile(
    "(?:局|委|办|厅|部|院|会|府|署|处|站|队|海关|中心|集团|公司|社|台|所|厂|矿|馆|校|园|行|庭|店|办公室|小组|单位|部门|企业|机构|组织|"
    "媒体|们|组|[省市县区州旗盟镇乡村街]|街道|社区|大学|学校|中学|小学|幼儿园|医院|银行|院系|系部?|科室?|[部处股]室|车间|班组?|工段|"
    "支部|党委|团体|工委|站所|农场|林场|牧场|渔场|茶场|基地|协作组|妇联|科协|工商联|残联|文联|侨联|各地|高校|院校|[质消记作]协|商户|商家|业主|经营者|用户|客户|"
    "同志|同事|同仁|同学|朋友|师生|教职员?工|职工|员工|学生|家长|会员|市民|居民|群众|消费者|代表|专家|委员|负责人|成员|老师|先生|女士|干部)"
    r"(?:\([^()]{1,20}\))?$"
)
"""How the name of somebody a paper is addressed to ends: any body, or people."""
_NO_ADDRESSEE = re.compile(
    "如下|现将|现就|通知|决定|经[^济营贸委信开发]|根据|按照|为(?!民)|请|以(?![上下内])|开展|做好|提出|印发|安排|主题|时间|地点|联系|"
    "附件|内容|要求|[“”。；]|方式|包括|对象|目的|意义|情况|分为|单位是|名单"
)
"""Words of a sentence that opens a paper: no line of addressees."""
_LEVEL = re.compile(r"各?(?:省|市|州|县|区|盟|旗|自治区|自治州|直辖市|计划单列市|地区|地)(?:\([^()]*\))?$")
_LEVELS = re.compile("[省市州县区盟旗]|自治|直辖|计划单列|新疆生产")


def find_addressees(source: str, parts: Parts, title: Text | None) -> tuple[Text, tuple[Text, ...]] | None:
    """Return the line of the addressees and each of them; None when the paper is addressed to nobody."""
    begin = title.span.end if title else 0
    lines = [line for line in parts.notice.body if line.span.start >= begin][:16]
    start = 0
    for count, line in enumerate(lines):
        if line.text[-1] in "。；" or line.numbering is not None:
            return None
        if title is not None and line.bare == re.sub(r"\s", "", fold(title.value)):
            start = count + 1  # printed once more below the fields of a portal
        elif FIELD.match(line.bare) or NUMBER_LINE.match(line.bare) or DRAFT_LINE.match(line.bare):
            start = count + 1
        elif found := _run_on(source, line):
            return found
        elif line.text[-1] == "：":
            return _addressees(flow(source, lines[start : count + 1]))
        elif title is not None and line.text.startswith("各") and count < 3 and not _goes_on(lines[count:]):
            if found := _addressees(flow(source, lines[start : count + 1])):
                return found
        elif not (line.text[-1] in "、，" or len(line.text) >= 16):
            start = count + 1
    return None


def _goes_on(lines: list[Line]) -> bool:
    """Whether the first of these lines is continued by the next."""
    return len(lines) > 1 and (lines[0].text[-1] in "、，" or soft(lines[0], lines[1]))


def _run_on(source: str, line: Line) -> tuple[Text, tuple[Text, ...]] | None:
    """The addressees of a paper of one paragraph: 各村、各单位：根据…."""
    end = line.text.find("：") + 1
    if not 0 < end < min(len(line.text), 120) or not re.match("根据|按照|为|现|经|近", line.text[end:].lstrip()):
        return None
    return _addressees(
        flow(source, [replace(line, text=line.text[:end], span=line.span._replace(end=line.span.start + end))])
    )


_EVERY = re.compile("(?:各|全体|全[校厂市县区院司公镇村]|本|有关|相关|所有)[\u4e00-\u9fff()]{1,14}")


def _addressees(whole: Flow) -> tuple[Text, tuple[Text, ...]] | None:
    """Each of the addressees of a line; None when it is no such line: every piece must name somebody."""
    end = len(whole.text.rstrip("：\n"))
    pieces: list[tuple[int, int]] = []
    for start, stop in whole.cut(0, end).pieces("、，；\n"):
        if pieces and _shares_head(whole.text, pieces[-1], start, stop):
            pieces[-1] = (pieces[-1][0], stop)
        else:
            pieces.append((start, stop))
    names = [whole.text[a:b] for a, b in pieces]
    if not names or any(
        _NO_ADDRESSEE.search(name) or not (_ADDRESSEE.search(name) or _EVERY.fullmatch(name)) for name in names
    ):
        return None
    polite = 3 if names[0].startswith(("尊敬的", "亲爱的")) else 0
    pieces[0] = (pieces[0][0] + polite, pieces[0][1])
    listed = tuple(Text(whole.value(a, b), whole.span(a, b)) for a, b in pieces)
    return Text(whole.value(0, end), whole.span(0, end)), listed


def listed(whole: Flow) -> tuple[Text, ...]:
    """Return each of the addressees of a line of which the file itself says that it names them."""
    found = _addressees(whole)
    end = len(whole.text.rstrip("："))
    return found[1] if found else (Text(whole.value(0, end), whole.span(0, end)),)


def _shares_head(text: str, last: tuple[int, int], start: int, stop: int) -> bool:
    """各委、办、厅、局, 各市、县、区人民政府, 各省、自治区、直辖市…局 and 建设、施工、监理单位 each are one name."""
    if text[last[1]] != "、":
        return False
    before = text[last[0] : last[1]]
    if stop - start == 1 or before[-2:] in ("、市", "、县", "、区"):
        return True
    level = before.rpartition("、")[2]
    if _LEVEL.match(level) and (level != "各地" and _LEVELS.match(text, start)):
        return True
    return before.startswith("各") and not _ADDRESSEE.search(before)
