"""Where each word of a paper went: into a row, the frame, prose, or nowhere yet; exactly one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from documents.reading.phrases.spans import Span, fold
from documents.reading.structure.dissection import Paper

from .draft import NoticeDraft, Placed

ROW, FRAME, PROSE, UNPLACED = "row", "frame", "prose", "unplaced"
_KINDS = (UNPLACED, PROSE, FRAME, ROW)
# what is left of a line whose other words were placed: labels and joints, shorter than anything that says something
_LABEL = re.compile(
    r"\s|[^\w]|_|\d|联系|电话|手机|传真|邮箱|电子|地址|邮编|附件?|附表|咨询|办公|姓名|单位|时间|地点|备注|序号|投稿|方式|发至|抄送|主送|印发|此件|公开|"
    r"其中|以及|同时|并且|现将|如下|特此|通知|函告|报告|请|并|和|及|等|的|为|于|将|由|在|以|第[一二三四五六七八九十]期"
)
_SAYS = 4


def placed(paper: Paper, rows: Iterable[Span], frame: Iterable[Span], prose: Iterable[Span]) -> list[Placed]:
    """Return the stretches of the source in order, each with where it went; together they are the whole source.

    A row outweighs the frame, and that outweighs prose. Of a line with nothing left but labels these are of the frame.
    """
    marks = bytearray(len(paper.source))
    for kind, spans in ((1, prose), (2, frame), (3, rows)):
        for start, end in spans:
            marks[start:end] = bytes([kind]) * (end - start)
    for line in _stretches(paper.source, marks):
        if not _says(paper.source[line.start : line.end]):
            marks[line.start : line.end] = b"\2" * (line.end - line.start)
    at, found = 0, []
    for kind, run in groupby(marks):
        length = sum(1 for _ in run)
        found.append(Placed(_KINDS[kind], Span(at, at + length)))
        at += length
    return found


def _stretches(source: str, marks: bytearray) -> list[Span]:
    """The stretches of lines that nothing has taken."""
    found = []
    for match in re.finditer(b"\0+", bytes(marks)):
        start = match.start()
        for line in re.finditer(r"[^\n]*\n?", source[start : match.end()]):
            if line.end() > line.start():
                found.append(Span(start + line.start(), start + line.end()))
    return found


def _says(text: str) -> bool:
    return len(_LABEL.sub("", fold(text))) >= _SAYS


_ASKS = re.compile(
    r"请(?!示|柬|帖|假|客|求|愿|教)|须(?!知|弥)|务必|应(?:于|在|当|及时|按时|按照|将|向|填|提交|做好|报|予)|要(?:于|在[^，。；]{1,14}前|按时|及时|将)|"
    r"于[^，。；：]{1,14}前|报送|填报|上报|呈报|确定[^，。；]{0,6}名|指定[^，。；]{0,8}(?:负责|人)|截[止至]"
)
_GENERAL = re.compile(
    r"请(?:你们?|各[^，。；]{0,12})?(?:遵照|认真|结合|抓好|贯彻|组织(?:实施|落实|学习)|审议|批示|审阅|指示|批复|审批|支持|理解|予以?支持|给予|积极|踊跃|广泛)[^，。；]{0,20}(?:[。；！]|$)|"
    r"未(?:按时|按要求|及时|按规定)?(?:报送|上报)[^，。；]{0,8}。|^(?:以上|妥否|当否|可否)|遵照执行|贯彻落实。?$|(?:如下|通知如下)[：。]?$"
)


def asking(draft: NoticeDraft, places: list[Placed]) -> list[Span]:
    """Return the sentences that ask for something and became no row."""
    found = []
    for place in places:
        if place.kind in (FRAME, ROW):
            continue
        for sentence in re.finditer(r"[^。；！\n]+[。；！]?", draft.source[place.span.start : place.span.end]):
            text = re.sub(r"\s", "", fold(sentence[0]))
            if _ASKS.search(text) and not _GENERAL.search(text):
                found.append(Span(place.span.start + sentence.start(), place.span.start + sentence.end()))
    return found


def unplaced_in(source: str, places: list[Placed]) -> list[Span]:
    """Return the stretches that went nowhere, line by line, without the white space around them."""
    found = []
    for place in places:
        if place.kind == UNPLACED:
            for line in re.finditer(r"[^\n]*\S", source[place.span.start : place.span.end]):
                blank = len(line[0]) - len(line[0].lstrip(" \t\u3000，、。；：,;:)）"))
                found.append(Span(place.span.start + line.start() + blank, place.span.start + line.end()))
    return found
