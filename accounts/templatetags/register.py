"""The register of units as a list: fifty a page, put together here."""

from collections.abc import Collection, Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Role, UnitKind
from accounts.register import ListedUnit
from workflow.addresses import address
from workflow.words import Words

register = template.Library()


@register.simple_tag
def unit_kinds() -> list[tuple[str, Any]]:
    """Every kind of unit with its label."""
    return UnitKind.choices


@register.simple_tag
def unit_rows(rows: Iterable[ListedUnit], offices: Collection[int]) -> SafeString:
    """The list: each unit with its names, its groups, who looks after it and who files for it.

    Arguments: the rows; the offices that look.
    """
    words = Words()
    lines = [line(each, words, offices) for each in rows]
    return mark_safe(f'<ul class="rows">{"".join(lines)}</ul>')  # nosec B308 # every text in it is escaped below


def line(row: ListedUnit, words: Words, offices: Collection[int]) -> str:
    """One unit."""
    _, name = words.text, escape(row.name)
    nobody, no_group = _("nobody files for it"), _("in no group")
    mended = row.is_mended(offices)
    title = f'<a href="{address("accounts:unit", row.pk)}">{name}</a>' if mended else f"<strong>{name}</strong>"
    official = f'<div class="small">{escape(row.full_name)}</div>' if row.full_name not in ("", row.name) else ""
    kept = "" if mended else f" — {keeper(row, words, offices)}"
    silent = f'<span class="badge-of late">{nobody}</span>' if row.is_silent(offices) else ""
    return (
        '<li><span class="icon"><i class="bi bi-building" aria-hidden="true"></i></span>'
        f'<div class="what">{title} <span class="quiet small">{words.label(UnitKind(row.kind))}</span>{official}'
        f'<div class="small quiet">{words.names(row.groups) or no_group}{kept}</div></div>'
        f'<div class="when">{silent}{"".join(speaker(each, words) for each in row.speakers)}</div></li>'
    )


def keeper(row: ListedUnit, words: Words, offices: Collection[int]) -> str:
    """Why the office does not mend it."""
    _ = words.text
    if row.kept_by and row.kept_by not in offices:
        return escape(_("looked after by %(office)s") % {"office": row.keeper})
    return _("an office of its own: it words its own name")


def speaker(found: tuple[str, str], words: Words) -> str:
    """Somebody who files for the unit or runs it, with the role."""
    name, role = found
    label = words.label(Role(role))
    return f'<span class="d-block small">{escape(name)} <span class="quiet">{label}</span></span>'
