"""The task table on paper: what, by when, who is responsible, who assists, and what is asked for in numbers."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Prefetch

from activities.models import Activity, Comparator, Deliverable, Share
from campaigns.models import Campaign
from documents.outline import Table

HEAD = ("序号", "事项", "完成时限", "责任单位", "协助单位", "备注")
WIDTHS = (1.3, 5.0, 2.4, 2.8, 2.8, 4.2)
WORDS = {Comparator.AT_LEAST: "不少于", Comparator.EXACTLY: "", Comparator.AT_MOST: "不超过"}


def is_task_table(rows: Sequence[Activity]) -> bool:
    """Whether a list of activities is a task table: every row has a last day, and no text but a remark."""
    return bool(rows) and all(row.due_on and not row.description for row in rows)


def task_table(campaign: Campaign) -> Table:
    """The campaign's tasks in their order; the head stands on every page."""
    asked = Prefetch("deliverables", Deliverable.objects.prefetch_related("windows"))
    rows = campaign.activities.for_list().prefetch_related(asked)
    lines = tuple(line(place, row) for place, row in enumerate(rows, 1))
    return Table(head=(HEAD,), rows=lines, widths=WIDTHS, landscape=False)


def line(place: int, row: Activity) -> tuple[str, ...]:
    """One task as the table prints it."""
    return (
        row.number or str(place),
        row.title.rstrip("。"),
        row.date_text or (day(row.due_on) if row.due_on else ""),
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
    by = f"，{day(asked.due_on)}前" if asked.due_on and asked.due_on != due else ""
    windows = "、".join(f"{day(each.starts_on)}至{day(each.ends_on)}" for each in asked.windows.all())
    return f"{asked.title}{amount}{together}{by}{f'，{windows}' if windows else ''}"


def day(on: date) -> str:
    """A day without its year."""
    return f"{on.month}月{on.day}日"
