"""The draft of the lower notice: it begins with the sentence that names the upper one by title and number."""

from __future__ import annotations

from collections.abc import Iterator

from activities.models import Activity
from campaigns.models import Campaign, Notice
from documents.numerals import in_chinese
from documents.text import short_date


def opening(upper: Notice, campaign: Campaign) -> str:
    """根据《…》（…〔2010〕…号）要求: the sentence by which a notice says what it carries out."""
    number = f"（{upper.number}）" if upper.document_number else ""
    about = campaign.title if campaign.title.endswith("活动") else f"{campaign.title}活动"
    return f"根据《{upper.title}》{number}要求，结合实际，现就开展{about}有关事项通知如下："


def body(upper: Notice, campaign: Campaign) -> str:
    """The whole text: theme, activities, requirements, and by when the summary is due."""
    chapters = [
        ("活动主题", [f"{campaign.theme}。"] if campaign.theme else []),
        ("活动时间", [f"{short_date(campaign.starts_on)}至{short_date(campaign.ends_on)}。"]),
        ("活动内容", list(entries(campaign))),
        ("有关要求", list(requirements(campaign))),
    ]
    lines = [opening(upper, campaign)]
    for number, (heading, rows) in enumerate((each for each in chapters if each[1]), 1):
        lines += [f"{in_chinese(number)}、{heading}", *rows]
    return "\n".join(lines)


def entries(campaign: Campaign) -> Iterator[str]:
    """The activities, numbered anew."""
    rows: list[Activity] = list(campaign.activities.all())
    for number, row in enumerate(rows, 1):
        said = row.description.strip().rstrip("。")
        yield f"（{in_chinese(number)}）{row.title}。{f'{said}。' if said else ''}"


def requirements(campaign: Campaign) -> Iterator[str]:
    """What was demanded above, and what the units hand in."""
    number = 0
    for number, row in enumerate(campaign.requirements, 1):
        said = row.body.strip().rstrip("。")
        yield f"（{in_chinese(number)}）{row.heading}。{f'{said}。' if said else ''}"
    due = f"请各单位于{short_date(campaign.summary_due_on)}前将活动总结报送{campaign.host.official_name}。"
    yield f"（{in_chinese(number + 1)}）按时报送总结。{due}"
