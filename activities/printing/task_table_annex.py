"""The task table on paper: what, by when, who is responsible, who assists, and what is asked for in numbers."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Prefetch

from activities.models import Activity, Comparator, Deliverable, Share
from activities.models.activity import Part
from campaigns.models import Campaign
from documents.outline import Table
from documents.text import short_date

HEAD = ("序号", "事项", "内容", "完成时限", "责任单位", "协助单位", "备注")
WIDTHS = (1.3, 5.0, 4.6, 2.4, 2.8, 2.8, 4.2)
CONTENT, LEAD, ASSIST = 2, 4, 5
BRIEF = 120
"""Characters of a content that still stands in a cell."""
WORDS = {Comparator.AT_LEAST: "不少于", Comparator.EXACTLY: "", Comparator.AT_MOST: "不超过"}


def is_task_table(rows: Sequence[Activity]) -> bool:
    """Whether a list of activities is a task table: every row has a last day, and no text that tells all of it."""
    return bool(rows) and all(row.due_on and is_brief(row) for row in rows)


def is_brief(row: Activity) -> bool:
    """Whether the content of a row fits into a cell beside its title."""
    return len(row.description) <= BRIEF and row.title not in row.description


def task_table(campaign: Campaign) -> Table:
    """The campaign's tasks in their order; the head stands on every page, in the words of the notice."""
    asked = Prefetch("deliverables", Deliverable.objects.prefetch_related("windows"))
    rows = list(campaign.activities.for_list().prefetch_related(asked))
    lines = [line(place, row) for place, row in enumerate(rows, 1)]
    head = list(HEAD)
    head[LEAD], head[ASSIST] = word(rows, Part.LEAD, HEAD[LEAD]), word(rows, Part.ASSIST, HEAD[ASSIST])
    kept = [column for column in range(len(HEAD)) if column != CONTENT or any(cells[CONTENT] for cells in lines)]
    return Table(
        head=(tuple(head[column] for column in kept),),
        rows=tuple(tuple(cells[column] for column in kept) for cells in lines),
        widths=tuple(WIDTHS[column] for column in kept),
        landscape=len(kept) == len(HEAD),
    )


def word(rows: Sequence[Activity], part: str, usual: str) -> str:
    """How the notice calls a part, where all rows call it so."""
    said = {row.words.get(part, "") for row in rows if row.with_part(part)}
    return said.pop() if len(said) == 1 and "" not in said else usual


def line(place: int, row: Activity) -> tuple[str, ...]:
    """One task as the table prints it."""
    return (
        row.number or str(place),
        row.title.rstrip("。"),
        row.description.rstrip("。"),
        row.date_text or (short_date(row.due_on) if row.due_on else ""),
        "、".join(str(each) for each in row.leads),
        "、".join(str(each) for each in row.assists),
        row.remark or numbers(row),
    )


def numbers(row: Activity) -> str:
    """What a task asks for, where no remark says it: 张贴海报不少于100张."""
    return "；".join(said(each, row.due_on) for each in row.deliverables.all())


def said(asked: Deliverable, due: date | None) -> str:
    """One deliverable in words: how many, by which day of its own, in which windows."""
    amount = f"{WORDS[Comparator(asked.comparator)]}{asked.target}{asked.measure}" if asked.target is not None else ""
    together = "（各单位合计）" if amount and asked.share == Share.TOGETHER else ""
    by = f"，{short_date(asked.due_on)}前" if asked.due_on and asked.due_on != due else ""
    windows = "、".join(f"{short_date(each.starts_on)}至{short_date(each.ends_on)}" for each in asked.windows.all())
    return f"{asked.title}{amount}{together}{by}{f'，{windows}' if windows else ''}"
