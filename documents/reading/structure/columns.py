"""A table as cells, and what its columns hold by the words of their heads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from documents.reading.phrases.spans import Flow, Span, fold, verbatim

HEADERS: tuple[tuple[str, str], ...] = (
    ("number", r"序号|编号|No\.?|号"),
    ("deadline",
        r"[\u4e00-\u9fff]{0,4}(?:时限|时间|期限|日期|进度)(?:安排|要求|节点)?|时间节点|完成时限",
    ),
    ("assisting", (
        r"(?:协助|配合|协办|参与|参加|协同|支持|承办)(?:单位|部门|科室|处室|股室)?|(?:协助|配合|"
        r"参加)(?:责任)?(?:单位|部门)"
    )),
    ("responsible", (
        r"(?:责任|牵头|主办|负责|组织|实施|主责|承担)(?:单位|部门|处室|科室)?(?:\(?.{0,6}\)?)?|"
        r"单位|部门|第一责任单位"
    )),
    ("venue", r"(?:[\u4e00-\u9fff]{2})?(?:地点|场地)(?:\(.{1,8}\))?|场所|会场|地\s*点"),
    ("remark", r"备\s*注|说明"),
    ("content", (
        r"(?:具体|工作|任务|活动|目标|有关)?要求|成果形式|预期成果|完成标准|量化指标|工作目标|目标|"
        "(?:活动)?形式|(?:参加|参与|活动)对象"
    )),
    ("title", (
        r"(?:主要|重点|工作|活动|具体|任务|目标|宣传|检查|培训|比赛|竞赛|演练|展示|服务|节目|课程|日程)*(?:事项|任务|内容|名称|项目|措施|举措|活动|工作)"
        r"(?:及内容|及(?:具体)?要求|名称|内容)?|.{0,6}(?:事项|任务|活动名称|活动内容)"
    )),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(form)) for kind, form in HEADERS)
_NAMES = re.compile(
    "(?!.*(?:人数|金额|形式|方式|对象|要求|经费|范围|数量|类别|领导|人员|电话|联系人|负责人|责任人))[\u4e00-\u9fff]{2,6}"
)
"""A head that may say what is held or done beside a day and a unit, though nobody foresaw the word: 主题日, 场次."""
_PERSON = re.compile("领导|责任人|负责人|联系人|人员|电话")
_LEADS = re.compile("牵头|主办|主责|第一责任")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its spans in the source (more than one when it was broken over lines)."""

    source: str
    spans: tuple[Span, ...] = ()

    @property
    def value(self) -> str:
        """The text as printed, broken pieces joined."""
        return "".join(verbatim(self.source, span) for span in self.spans)

    @property
    def flow(self) -> Flow:
        """The text folded, without white space."""
        signs: list[str] = []
        at: list[int] = []
        for span in self.spans:
            for run in re.finditer(r"\S+", fold(self.source[span.start : span.end])):
                signs.append(run[0])
                at.extend(range(span.start + run.start(), span.start + run.end()))
        return Flow(self.source, "".join(signs), at)

    def joined(self, other: Cell) -> Cell:
        """Return this cell continued by another."""
        return Cell(self.source, (*self.spans, *(span for span in other.spans if span.end > span.start)))


@dataclass(slots=True)
class Table:
    """A table: what each column holds (HEADERS), its header cells and its rows; start and end are indexes of lines."""

    kinds: list[str]
    header: list[Cell]
    rows: list[list[Cell]] = field(default_factory=list)
    start: int = 0
    end: int = 0
    dividers: list[Span] = field(default_factory=list)

    def column(self, kind: str) -> int | None:
        """Return the index of the first column of a kind."""
        return self.kinds.index(kind) if kind in self.kinds else None


def kinds_of(header: list[Cell]) -> list[str]:
    """Return what the columns hold; of two that could be the title the first names it and the second says more.

    Beside 牵头单位 the units of 责任单位 do what those lead; 承办单位 leads where nobody else does.
    """
    kinds = [kind_of_column(cell.flow.text) for cell in header]
    if "title" not in kinds and {"deadline", "responsible"} <= {*kinds}:
        unknown = [at for at, cell in enumerate(header) if not kinds[at] and _NAMES.fullmatch(cell.flow.text)]
        kinds = ["title" if at in unknown[:1] else kind for at, kind in enumerate(kinds)]
    first = kinds.index("title") if "title" in kinds else len(kinds)
    kinds = ["content" if kind == "title" and index > first else kind for index, kind in enumerate(kinds)]
    leads = [index for index, cell in enumerate(header) if _LEADS.match(cell.flow.text)]
    does = [leads and index not in leads for index in range(len(kinds))]
    kinds = ["assisting" if kind == "responsible" and other else kind for kind, other in zip(kinds, does, strict=True)]
    held = [index for index, cell in enumerate(header) if cell.flow.text.startswith("承办")]
    return ["responsible" if index in held and "responsible" not in kinds else kind for index, kind in enumerate(kinds)]


def kind_of_column(text: str) -> str:
    """Return what a column with this head holds, "" when no word tells."""
    if _PERSON.search(text):
        return ""
    for kind, form in _COMPILED:
        if form.fullmatch(text):
            return kind
    return ""
