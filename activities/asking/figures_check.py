"""The figures of the notice's statistics form against those every summary is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

import documents
from activities.asking.handing_out import EVERYBODY_OWES
from activities.finding import Finding, Mend, in_short, mark, place
from activities.states import Kind
from campaigns.figures import ask_figures
from campaigns.models import AnnexContent, Campaign, Notice, NoticeAnnex, NoticeKind
from campaigns.models.indicator import MEASURE, NAME
from documents.counts import so_many
from documents.outline import Blocks
from documents.text import bare


def figures(notice: Notice) -> Iterator[Finding]:
    """A form whose figures the summaries do not ask, or ask beside others. Without a form there is nothing to say."""
    form = form_of(notice) if Kind.SUMMARY in EVERYBODY_OWES[NoticeKind(notice.kind)] else []
    if not form:
        return
    asked = list(notice.campaign.indicators.all())
    lacking = [
        each.name for each in form if key(each.name, each.measure) not in {key(a.name, a.measure) for a in asked}
    ]
    beyond = [each.name for each in asked if key(each.name, each.measure) not in {key(f.name, f.measure) for f in form}]
    if not lacking and not beyond:
        return
    parts = [
        _("The statistics form asks for figures the summary does not ask: %(what)s.") % {"what": in_short(lacking)},
        _("The summary asks for figures the statistics form has not: %(what)s.") % {"what": in_short(beyond)},
    ]
    text = " ".join(part for part, rows in zip(parts, (lacking, beyond), strict=True) if rows)
    label = so_many("Ask the form's %(n)s figure", "Ask the form's %(n)s figures", len(form))
    mend = Mend(label, ask_form(notice.campaign, form))
    code = f"figures:{mark(*lacking, '|', *beyond)}"
    yield Finding(code, text, where=place("campaigns:figures", notice.campaign_id), mends=(mend,))


def key(name: str, measure: str) -> tuple[str, str]:
    """What makes two figures one."""
    return bare(name), bare(measure)


def form_of(notice: Notice) -> list[documents.reading.FigureAsked]:
    """The figures of the statistics form among the annexes that are printed."""
    found = [
        each for annex in notice.annexes.all() for each in documents.reading.figures_of(annex.title, blocks_of(annex))
    ]
    return documents.reading.distinct(found)


def blocks_of(annex: NoticeAnnex) -> Blocks:
    """What is printed of an annex in words."""
    if annex.content == AnnexContent.HANDED_IN:
        return annex.handed_in
    return documents.reading.pasted_blocks(annex.text) if annex.content == AnnexContent.TEXT else ()


def ask_form(campaign: Campaign, form: list[documents.reading.FigureAsked]) -> Any:
    """Every summary is asked for the figures of the form."""

    def deed(_by: Any) -> None:
        ask_figures(campaign, [(each.name[:NAME], each.measure[:MEASURE]) for each in form])

    return deed
