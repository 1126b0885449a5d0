"""Receipts as a list: fifty a page, put together here."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from activities.asking.receipt_list import Receipt
from activities.states import PAGES, Kind
from workflow.addresses import address
from workflow.templatetags.clock import short_moment
from workflow.words import Words

register = template.Library()


@register.simple_tag
def receipt_rows(rows: Iterable[Receipt], runs: Any) -> SafeString:
    """The list: each unit, who signed or opened it and when; the office may sign where the unit telephoned.

    Arguments: the rows; whether the reader may sign on behalf of units.
    """
    words = Words()
    lines = [line(each, words, bool(runs)) for each in rows]
    return mark_safe(f'<ul class="rows">{"".join(lines)}</ul>')  # nosec B308 # every text in it is escaped below


def line(row: Receipt, words: Words, runs: bool) -> str:
    """One receipt."""
    icon = "pen" if row.is_filed else "envelope-open" if row.was_opened else "envelope"
    page = address(PAGES[Kind.RECEIPT], row.pk)
    about = f'<div class="small quiet">{who(row, words)}</div>'
    when = short_moment(row.submitted_at) if row.is_filed else missing(row, page, words, runs)
    return (
        f'<li><span class="icon"><i class="bi bi-{icon}" aria-hidden="true"></i></span>'
        f'<div class="what"><a href="{page}">{escape(row.unit)}</a>{about}</div>'
        f'<div class="when">{when}</div></li>'
    )


def who(row: Receipt, words: Words) -> str:
    """Who signed, and how that came; who opened it; or that nobody has."""
    _ = words.text
    if row.is_filed:
        return escape(row.filed_by) + (f" · {escape(row.filed_note)}" if row.filed_note else "")
    if row.was_opened:
        return escape(_("opened by %(who)s, %(at)s") % {"who": row.opened_by, "at": short_moment(row.opened_at)})
    return _("nobody of the unit has opened it")


def missing(row: Receipt, page: str, words: Words, runs: bool) -> str:
    """That it is not signed, and the way to sign on behalf."""
    _ = words.text
    style, label = ("late", _("opened")) if row.was_opened else ("overdue", _("not opened"))
    on_behalf = _("Sign on its behalf")
    sign = f'<div class="small mt-1"><a href="{page}?behalf=1">{on_behalf}</a></div>'
    return f'<span class="badge-of {style}">{label}</span>{sign if runs and row.is_owed else ""}'
