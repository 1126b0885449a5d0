"""The head of a notice: its document number and its title."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from documents.reading.phrases.spans import Span, Text, fold, verbatim
from documents.reading.phrases.units import is_body_name
from documents.reading.structure.lines import Line, flow
from documents.reading.structure.parts import Parts
from documents.text import HAN

from .bulletin import is_issue_line
from .portal import is_portal_line, portal_fields

_NUMBER = re.compile(
    rf"(?P<code>[A-Za-z{HAN}]{{1,14}}(?:\([{HAN}]{{1,4}}\))?)(?P<open>[〔(【])(?P<year>\d{{4}})(?:年)?[〕)】](?:第)?"
    r"(?P<seq>[A-Za-z]{0,3}[-—]?\d{1,5}(?:-\d+)?)号"
)
NUMBER_LINE = re.compile(
    r"^[(〔【]\d{4}年?[)〕】](?:第)?\d{1,4}号$|"
    rf"^[(〔【]?(?:(?:发文字号|文\s*号|文件编号|字号)\s*：\s*)?(?:{_NUMBER.pattern})[)〕】]?(?:签发人：.*)?$"
)
"""A document number alone on its line, or in brackets below the title."""
_BARE_NUMBER = re.compile(r"^(?P<number>[(〔【]\d{4}年?[)〕】](?:第)?\d{1,4}号)$")
"""Minutes and bulletins are counted without the code of an office: 〔2024〕8号."""
DRAFT_LINE = re.compile(
    rf"^(?:(?:发文字号|文号|文件编号|字号)：)?(?P<number>[A-Za-z{HAN}]{{0,14}}"
    r"[〔(【]\d{4}年?[〕)】](?:第)?[Xx×*_—-]{0,8}号)(?:签发人：.*)?$"
)
"""The number of a draft, which is given at signing: 质强办〔2016〕 号."""
# so much of a paper shows how its lines are spaced, and so many of its gaps are alike
_HEAD, _MOST = 5_000, 0.98
_KINDS = (
    "通知|意见|方案|函|决定|报告|通告|公告|规定|办法|计划|规划|纲要|请示|批复|命令|通报|纪要|要点|安排|"
    "(?:安排|任务|分工|计划|日程)表|总结|小结|简报|专报|快报|倡议书?|承诺书|公报|启事|公示|邀请书?|汇报|情况说明|"
    "(?:任务|工作|责任|问题|活动)清单|实施细则|(?:推进|进度|责任|清单|统计|汇总|明细|分解)表|议程|日程|指南|须知|公约|号召书|责任书|一览表|(?:口号|标语|作品|主题|案例|海报|标识|视频|故事|论文|选题)征集(?:活动)?"
)
_ALONE = re.compile("(?:通知|公告|通告|启事|倡议书|承诺书|邀请函|请示|报告|函|公示|通报|会议纪要|方案|实施方案)$")
"""Kinds that are the whole last line of a title, or a title by themselves."""
_TITLE_END = re.compile(rf"(?:{_KINDS})(?:\(.{{1,12}}\))?$")
_TITLE_KEYS = {"信息名称", "标题", "名称"}
HEADER_END = re.compile(r"文件$")
_MARGINAL = re.compile(
    r"\d{6}|(?:绝密|机密|秘密)(?:★.{0,8})?|[特加平]急|特提|内部(?:资料|文件)(?:注意保存)?|(?:讨论|征求意见)稿"
)
"""Number of the copy, secrecy and urgency stand above the head and are no part of the title."""
_URL = re.compile(r"https?：?//|www\.")


def find_number(source: str, parts: Parts, lines: list[Line]) -> tuple[Text | None, tuple[Text, ...]]:
    """Return the notice's own document number and the numbers it cites."""
    fields = [text for line in lines[:60] for key, text in portal_fields(source, line) if key == "文号"]
    own: Text | None = next((text for text in fields if _NUMBER.search(fold(re.sub(r"\s", "", text.value)))), None)
    cited: list[Text] = []
    head = {id(line) for line in head_lines(parts)}
    for line in lines:
        if "号" not in line.text:
            continue
        bare = flow(source, [line])
        alone = NUMBER_LINE.match(bare.text) is not None
        for match in _NUMBER.finditer(bare.text):
            text = Text(bare.value(*match.span()), bare.span(*match.span()))
            if own is None and alone and (id(line) in head or "号：" in bare.text):
                own = text
            elif own is None or text.span != own.span:
                cited.append(text)
        draft = DRAFT_LINE.match(bare.text) or _BARE_NUMBER.match(bare.text)
        if own is None and draft and id(line) in head:
            own = Text(bare.value(*draft.span("number")), bare.span(*draft.span("number")))
    return own, tuple(cited)


def head_lines(parts: Parts) -> list[Line]:
    """Return the lines before the first sentence."""
    lines = []
    for line in (line for line in parts.notice.body[:40] if not _MARGINAL.fullmatch(line.bare)):
        if line.text[-1] in "。；" or line.numbering is not None:
            break
        lines.append(line)
    return lines


def find_title(source: str, parts: Parts) -> Text | None:
    """Return the title: of the lines above the addressees those that read 关于…的通知, joined."""
    head = head_lines(parts)
    for line in head:
        for key, text in portal_fields(source, line):
            if key in _TITLE_KEYS and _TITLE_END.search(re.sub(r"\s", "", text.value)):
                return text
    run = _title_run(source, [line for line in head if not is_portal_line(line)])
    if not run:
        return None
    span = Span(run[0].span.start, run[-1].span.end)
    return Text(verbatim(source, span), span)


def apart(source: str, above: Line, line: Line) -> bool:
    """Return whether an empty line stands between two lines, in a paper where not each line has one behind it."""
    return source.count("\n", above.span.end, line.span.start) > _usual_gap(source)


@lru_cache(maxsize=4)
def _usual_gap(source: str) -> int:
    """How many line ends stand between two lines: two where a portal left a line empty behind each."""
    gaps = [gap.count("\n") for gap in re.findall(r"\n\s*(?=\S)", source[:_HEAD])]
    return 2 if gaps and sum(gap > 1 for gap in gaps) > _MOST * len(gaps) else 1


def _title_run(source: str, head: list[Line]) -> list[Line]:
    """The line that ends with a kind of document, and the lines above that belong to the same title.

    Of two the lower: portals print the title above the document once more.
    """
    ends = [index for index, line in enumerate(head) if line.text[-1] == "："]
    titled = [index for index, line in enumerate(head) if _TITLE_END.search(line.bare)]
    head = head[: next((index for index in ends if titled and index > titled[0]), len(head))]
    for end, line in reversed(list(enumerate(head))):
        bare = line.bare
        if not _TITLE_END.search(bare) or "：" in bare or len(bare) > 90 or not _may_end_title(head, end):
            continue
        start = end
        joint = end > 1 and all(_is_of_red_head(above) for above in head[end - 2 : end])
        if joint and _names_open_title(source, head[: end + 1]):
            return head[: end + 1]
        while (
            start > 0
            and end - start < 3
            and _goes_up(head[start - 1], "".join(each.bare for each in head[start : end + 1]))
        ):
            if is_body_name(head[start - 1].bare) and (joint or apart(source, head[start - 1], head[start])):
                break
            start -= 1
        return head[start - _headed_by(source, head, start) : end + 1]
    return []


def _names_open_title(source: str, head: list[Line]) -> bool:
    """Whether the bodies in rows above 关于… open the title: the paper begins with them, without 文件."""
    *names, last = head
    is_close = not any(apart(source, one, other) for one, other in pairwise(head))
    return is_close and last.bare.startswith("关于") and all(is_body_name(line.bare) for line in names)


def _is_of_red_head(line: Line) -> bool:
    """Whether a line is the names of bodies, with 文件 beside them or without, or 文件 alone."""
    return all(is_body_name(name) for name in line.bare.split("文件") if name)


def _headed_by(source: str, head: list[Line], start: int) -> bool:
    """Whether the first line of the paper is the body whose plan the line below it names."""
    plan = re.match(r"(?:\d{4}年|“|开展)", head[start].bare) is not None
    return start == 1 and plan and is_body_name(head[0].bare) and not apart(source, head[0], head[1])


def _may_end_title(head: list[Line], end: int) -> bool:
    """A kind alone (通知) ends the title that the line above begins, or is the title when nothing else is."""
    bare = head[end].bare
    if not _ALONE.match(bare):
        return len(bare) >= 4
    above = head[end - 1].bare if end else ""
    if not above or "关于" in above or above[-1] == "的" or len(bare) >= 4 or is_body_name(above):
        return True
    return bare in ("方案", "计划", "安排", "总结") and re.fullmatch("[^，。；：]{4,30}", above) is not None


def _goes_up(above: Line, title: str) -> bool:
    """Whether the line above belongs to the title: it has not begun yet, or 关于 wants the body that issues it."""
    text = above.bare
    if (
        NUMBER_LINE.match(text)
        or DRAFT_LINE.match(text)
        or "：" in text
        or _URL.search(text)
        or is_issue_line(above)
        or HEADER_END.search(text)
        or text[-1] in "。；！"
    ):
        return False
    if "关于" in title:
        names = re.split(r"[\s、]+", above.text)
        begun = title.partition("关于")[0]
        if begun and is_body_name(begun):  # of joint bodies the last stands before 关于
            return len(names) > 1 and begun not in names and all(map(is_body_name, names))
        return title.startswith("关于") and (is_body_name(text) or all(map(is_body_name, names)))
    return len(text) <= 45 and (
        "关于" in text or len(title) < 8 or not re.search("方案|计划|要点|规划|纲要|安排", title)
    )
