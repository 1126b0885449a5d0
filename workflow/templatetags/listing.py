"""A list on a page: its rows as a table that becomes cards on a telephone, and what it can be narrowed by.

Put together here and not by a template, because fifty rows of ten cells are five hundred turns of a loop.
"""

from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from documents.counts import thousands
from workflow.listing.columns import Column, Type
from workflow.listing.listing import SORT, Found
from workflow.listing.shown import Shown
from workflow.words import Words

register = template.Library()
NUMERIC = (Type.NUMBER,)


@register.simple_tag
def list_table(shown: Shown) -> SafeString:
    """The rows of a page, with boxes to tick where something can be done with many of them."""
    words, columns, ticks = Words(), shown.found.columns, bool(shown.deeds)
    labels = [escape(str(column.label)) for column in columns]
    rows = "".join(line(shown.found, row, columns, labels, words, ticks) for row in shown.page)
    heads = "".join(head(shown.found, column, label) for column, label in zip(columns, labels, strict=True))
    all_of = escape(_("All on this page"))
    box = f'<input class="form-check-input" type="checkbox" data-choose="row" form="bulk" aria-label="{all_of}">'
    tick = f'<th class="tick"><span hidden>{box}</span></th>' if ticks else ""
    return mark_safe(  # nosec B308 # every text in it is escaped
        f'<table class="table list-of" data-list><thead><tr>{tick}{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def head(found: Found, column: Column, label: str) -> str:
    """The head of a column; one that can be sorted by leads to the list sorted so, a second press turns it round."""
    kind = ' class="number"' if column.type in NUMERIC else ""
    if not column.sort:
        return f"<th{kind}>{label}</th>"
    here = found.order.name == column.sort and bool(found.chosen.get(SORT))
    turned = f"-{column.sort}" if here and found.chosen[SORT] == column.sort else column.sort
    address = escape(found.address(**{SORT: turned}))
    up = found.back
    state = f' aria-sort="{"descending" if up else "ascending"}"' if here else ""
    turned_up = "bi-caret-down-fill" if up else "bi-caret-up-fill"
    mark = f' <i class="bi {turned_up} small" aria-hidden="true"></i>' if here else ""
    return f'<th{kind}{state}><a href="?{address}">{label}{mark}</a></th>'


def line(found: Found, row: Any, columns: Iterable[Column], labels: list[str], words: Words, ticks: bool) -> str:
    """One row."""
    pk = found.source.number_of(row)
    ticked = f'type="checkbox" name="row" value="{pk}" form="bulk" aria-labelledby="r{pk}"'
    box = f'<input class="form-check-input" {ticked}>'
    cells = [f'<td class="tick">{box}</td>'] if ticks else []
    for column, label in zip(columns, labels, strict=True):
        inside = column.html(row, words) if column.html else plain(column, row)
        kind = ' class="number"' if column.type in NUMERIC else ""
        cells.append(f'<td data-label="{label}"{kind}>{inside}</td>' if inside else f'<td class="empty"{kind}></td>')
    return f"<tr>{''.join(cells)}</tr>"


def plain(column: Column, row: Any) -> str:
    """What a row has in a column, as a page writes it."""
    value = column.value(row)
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return thousands(value) if column.type == Type.NUMBER else escape(str(value))


@register.simple_tag
def list_facets(found: Found) -> SafeString:
    """What the list can be narrowed by, with the number of rows each value would leave."""
    return mark_safe("".join(facet(*each) for each in found.facets()))  # nosec B308 # every text in it is escaped


def facet(what: Any, offers: Any) -> str:
    """One of them."""
    label, picked = escape(str(what.label)), any(each.chosen for each in offers)
    press = escape(_("chosen; press to give it up"))
    here = f' aria-current="true" title="{press}"'
    lines = "".join(
        f'<li><a href="?{escape(each.address)}" rel="nofollow"{here if each.chosen else ""}>'
        f"<span>{escape(str(each.label))}</span> <b>{thousands(each.number)}</b></a></li>"
        for each in offers
    )
    return f'<details class="facet" open><summary>{label}{" •" if picked else ""}</summary><ul>{lines}</ul></details>'
