"""A list on a page: its rows as a table that becomes cards on a telephone, and what it can be narrowed by.

Put together here and not by a template, because fifty rows of ten cells are five hundred turns of a loop.
"""

from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.safestring import SafeString, mark_safe

from documents.counts import thousands
from workflow.addresses import address, address_of
from workflow.listing.columns import Column, Type
from workflow.listing.listing import MOST, SORT, WORDS, Facet, Found, Offer
from workflow.listing.shown import Shown
from workflow.words import Words

register = template.Library()


# --- rows -----------------------------------------------------------------------------------------------------------


@register.simple_tag
def list_table(shown: Shown) -> SafeString:
    """The rows of a page, with boxes to tick where something can be done with many of them."""
    words, columns, ticks = Words(), shown.found.columns, bool(shown.deeds)
    labels = [words.said(column.label) for column in columns]
    cells = [(cell_of(column, label), column.html, column) for column, label in zip(columns, labels, strict=True)]
    number_of = shown.found.source.number_of
    rows = "".join(line(row, cells, words, number_of(row) if ticks else None) for row in shown.page.object_list)
    heads = "".join(head(shown.found, column, label) for column, label in zip(columns, labels, strict=True))
    _ = words.text
    all_of = escape(_("All on this page"))
    box = f'<input class="form-check-input" type="checkbox" data-choose="row" form="bulk" aria-label="{all_of}">'
    name = escape(_("Chosen"))
    tick = (
        f'<th class="tick"><span class="visually-hidden">{name}</span><span hidden>{box}</span></th>' if ticks else ""
    )
    return mark_safe(  # nosec B308 # every text in it is escaped
        f'<table class="table list-of" data-list><thead><tr>{tick}{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def head(found: Found, column: Column, label: str) -> str:
    """The head of a column; one that can be sorted by leads to the list sorted so, a second press turns it round."""
    kind = ' class="number"' if column.type == Type.NUMBER else ""
    if not column.sort:
        return f"<th{kind}>{label}</th>"
    here = found.order.name == column.sort and bool(found.chosen.get(SORT))
    turned = f"-{column.sort}" if here and found.chosen[SORT] == column.sort else column.sort
    up = found.back
    state = f' aria-sort="{"descending" if up else "ascending"}"' if here else ""
    turned_up = "bi-caret-down-fill" if up else "bi-caret-up-fill"
    mark = f' <i class="bi {turned_up} small" aria-hidden="true"></i>' if here else ""
    return f'<th{kind}{state}><a href="?{escape(found.address(**{SORT: turned}))}">{label}{mark}</a></th>'


def cell_of(column: Column, label: str) -> str:
    """How each cell of a column begins."""
    kind = ' class="number"' if column.type == Type.NUMBER else ""
    return f'<td data-label="{label}"{kind}>'


def line(row: Any, cells: Iterable[tuple[str, Any, Column]], words: Words, pk: Any = None) -> str:
    """One row. Arguments: it; how the cell of each column begins, what writes it; words; the number it is ticked by."""
    found = []
    if pk is not None:
        ticked = f'type="checkbox" name="row" value="{pk}" form="bulk" aria-labelledby="r{pk}"'
        found = [f'<td class="tick"><input class="form-check-input" {ticked}></td>']
    for begins, html, column in cells:
        inside = html(row, words) if html else plain(column, row, words)
        found.append(f"{begins}{inside}</td>" if inside else '<td class="empty"></td>')
    return f"<tr>{''.join(found)}</tr>"


def plain(column: Column, row: Any, words: Words) -> str:
    """What a row has in a column, as a page writes it."""
    value = column.value(row)
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return f'<span class="short">{escape(value)}</span>' if is_short(value) else escape(value)
    if isinstance(value, datetime):
        return f'<span class="day">{value.astimezone(words.zone):%Y-%m-%d %H:%M}</span>'
    if isinstance(value, date):
        return f'<span class="day">{value:%Y-%m-%d}</span>'
    return thousands(value) if column.type == Type.NUMBER else words.said(value)


def is_short(text: str) -> bool:
    """Whether a text stands in one line of its column: the name of a unit, a number."""
    return len(text) <= 6 or (text.isascii() and len(text) <= 18)


# --- what it can be narrowed by ---------------------------------------------------------------------------------------


@register.simple_tag
def list_facets(found: Found) -> SafeString:
    """What the list can be narrowed by, with the number of rows each value would leave; nothing of an empty list."""
    words = Words()
    _ = words.text
    if not found.number and not found.is_narrowed:
        return SafeString()
    press = escape(_("chosen; press to give it up"))
    here = f' aria-current="true" title="{press}"'
    parts = "".join(facet(what, offers, here, words) for what, offers in found.facets())
    title = escape(_("Narrow the list"))
    summary = (
        f'<summary class="btn btn-outline-secondary"><i class="bi bi-funnel" aria-hidden="true"></i> {title}</summary>'
    )
    return mark_safe(  # nosec B308 # every text in it is escaped
        f'<details class="narrow" data-narrow open>{summary}<nav aria-label="{title}">{parts}</nav></details>'
    )


def facet(what: Facet, offers: list[Offer], here: str, words: Words) -> str:
    """One of them. Arguments: it; its values; what a chosen one is marked by; words."""
    picked = " •" if any(each.chosen for each in offers) else ""
    lines = "".join(
        f'<li><a href="?{escape(each.address)}" rel="nofollow"{here if each.chosen else ""}>'
        f"<span>{words.said(each.label)}</span> <b>{each.number:,}</b></a></li>"
        for each in offers
    )
    label = words.said(what.label)
    return f'<details class="facet" open><summary>{label}{picked}</summary><ul>{lines}</ul></details>'


# --- above it ---------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def list_tools(context: Any, shown: Shown, placeholder: str) -> SafeString:
    """Where words are typed, what the reader keeps of this list, and the list as Excel."""
    words, found = Words(), shown.found
    kept = kept_tools(context, shown, words) if context["user"].pk else ""
    table = excel(found.query, words) if shown.excel and found.number else ""
    sift = f'<div class="sift">{find(found, escape(placeholder), words)}{kept}{table}</div>'
    return mark_safe(sift)  # nosec B308 # every text in it is escaped


def find(found: Found, placeholder: str, words: Words) -> str:
    """The form in which words are typed; all else that is chosen stays."""
    others = {name: value for name, value in found.filter.items() if name != WORDS}
    if sort := found.chosen.get(SORT):
        others[SORT] = sort
    stays = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in others.items())
    _ = words.text
    typed, press = escape(found.chosen.get(WORDS, "")), escape(_("Find"))
    return (
        '<form class="find" method="get" role=search><input class="form-control" type=search name="q"'
        f' value="{typed}" maxlength="{MOST}" placeholder="{placeholder}" aria-label="{placeholder}"'
        f' data-key="Slash">{stays}<button class="btn btn-outline-primary">{press}</button></form>'
    )


def excel(query: str, words: Words) -> str:
    """What leads to the list as an Excel file."""
    _, address = words.text, f"{query}&excel=1" if query else "excel=1"
    icon = '<i class="bi bi-file-earmark-spreadsheet" aria-hidden="true"></i>'
    said = escape(_("Excel"))
    return f'<a class="btn btn-outline-secondary" href="?{escape(address)}">{icon} {said}</a>'


def kept_tools(context: Any, shown: Shown, words: Words) -> str:
    """The reader’s filters under their names, and the columns to choose from."""
    request = context["request"]
    token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{context["csrf_token"]}">'
    sent = f'{token}<input type="hidden" name="next" value="{escape(request.get_full_path())}">'
    named = f'{sent}<input type="hidden" name="listing" value="{shown.name}">'
    return filters(shown, sent, named, words) + columns(shown, named, words)


def filters(shown: Shown, sent: str, named: str, words: Words) -> str:
    """The filters that are kept, and the form that keeps one more."""
    _, query = words.text, shown.found.query
    title, number = _("My filters"), f" ({len(shown.filters)})" if shown.filters else ""
    kept = "".join(kept_filter(*each, query, sent, words) for each in shown.filters)
    known = f'<ul class="more">{kept}</ul><hr>' if kept else ""
    form = ""
    if not query:
        say = _("Narrow the list first; then the filter can be kept under a name.")
        form = f'<p class="small quiet mb-0">{say}</p>'
    elif not shown.is_kept:
        label, press = _("Keep this filter as"), _("Keep")
        form = (
            f'<form method="post" action="{address_of("lists:keep")}">{named}'
            f'<input type="hidden" name="query" value="{escape(query)}"><label class="form-label" for="filter-name">'
            f'{label}</label><input class="form-control mb-2" id="filter-name" name="name" maxlength="40" required>'
            f'<button class="btn btn-primary w-100">{press}</button></form>'
        )
    why = _("The filter is the address of this page: send it to a colleague, who sees of it what they may see.")
    return (
        '<details class="menu"><summary class="btn btn-outline-secondary"><i class="bi bi-bookmark" aria-hidden="true">'
        f'</i> {title}{number}</summary><div class="sheet">{known}{form}<p class="why">{why}</p></div></details>'
    )


def kept_filter(pk: int, name: str, query: str, here: str, sent: str, words: Words) -> str:
    """One of them, with the button that gives it up."""
    _, called = words.text, escape(name)
    current = ' aria-current="true"' if query == here else ""
    label = escape(_("Give up “%(name)s”") % {"name": name})
    return (
        f'<li class="kept-filter"><a href="?{escape(query)}"{current}>{called}</a>'
        f'<form method="post" action="{address("lists:drop", pk)}">{sent}'
        f'<button class="btn-close" aria-label="{label}"></button></form></li>'
    )


def columns(shown: Shown, named: str, words: Words) -> str:
    """Every column with a box to tick."""
    _ = words.text
    title, press, reset = _("Columns"), _("Show these"), _("As at first")
    boxes = "".join(
        '<div class="form-check"><input class="form-check-input" type="checkbox" name="column"'
        f' value="{name}" id="column-{name}"{" checked" if is_shown else ""}>'
        f'<label class="form-check-label" for="column-{name}">{words.said(label)}</label></div>'
        for name, label, is_shown in shown.others
    )
    return (
        '<details class="menu"><summary class="btn btn-outline-secondary"><i class="bi bi-layout-three-columns"'
        f' aria-hidden="true"></i> {title}</summary>'
        f'<form class="sheet" method="post" action="{address_of("lists:columns")}">'
        f'{named}{boxes}<button class="btn btn-primary w-100 mt-2">{press}</button>'
        f'<button class="btn btn-link w-100" name="reset" value="1">{reset}</button></form></details>'
    )


# --- its pages --------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def page_links(context: Any, page: Any) -> SafeString:
    """The way through the pages of a list; what else the address says stays."""
    number, last = page.number, page.paginator.num_pages
    if last < 2:
        return SafeString()
    words, data = Words(), context["request"].GET
    _, stays = words.text, [(name, value) for name in data if name != "page" for value in data.getlist(name)]
    before = page_link(stays, number - 1, "prev", _("Previous")) if number > 1 else "<span></span>"
    behind = page_link(stays, number + 1, "next", _("Next")) if number < last else "<span></span>"
    where = _("Page %(n)s of %(all)s") % {"n": thousands(number), "all": thousands(last)}
    pages = escape(_("Pages"))
    return mark_safe(  # nosec B308 # every text in it is escaped
        f'<nav class="d-flex justify-content-between align-items-center mt-3" aria-label="{pages}">'
        f'{before} <span class="quiet small">{escape(where)}</span> {behind}</nav>'
    )


def page_link(stays: list[tuple[str, str]], number: int, kind: str, said: str) -> str:
    """What leads to one page. Arguments: the rest of the address; its number; its relation to this one; its name."""
    address = escape(urlencode([*stays, ("page", number)]))
    return f'<a class="btn btn-outline-secondary" rel="{kind}" href="?{address}">{escape(said)}</a>'
