"""Assignments as a list. A page has fifty of them, so each is put together here and not by a template of its own."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from activities.models import Listed
from activities.states import CAME_IN, AssignmentState, Kind
from activities.templatetags.standing import BADGES, ICONS
from workflow.words import Words

register = template.Library()


@register.simple_tag
def assignment_rows(rows: Iterable[Listed], show_unit: Any, line: Any = None) -> SafeString:
    """A list of assignments: what, whose, since or until when, and how it stands.

    Arguments: the rows; whether to name the units; the line of a reviewer, which their pages hand on.
    """
    words = Words()
    lines = [item(each, words, bool(show_unit), line=line) for each in rows]
    return mark_safe(f'<ul class="rows">{"".join(lines)}</ul>')  # nosec B308 # every text in it is escaped below


def item(row: Listed, words: Words, show_unit: bool, line: Any = None) -> str:
    """One row.

    Arguments: the assignment; words; whether to name its unit; the line of a reviewer.
    """
    kind = Kind(row.kind)
    label, about = words.label(kind), row.about
    title = f"{label} · {escape(about)}" if about else label
    unit = f"{escape(row.unit)} · " if show_unit else ""
    address = escape(line.at(row.get_absolute_url())) if line else row.get_absolute_url()
    return (
        f'<li><span class="icon"><i class="bi bi-{ICONS[kind]}" aria-hidden="true"></i></span>'
        f'<div class="what"><a href="{address}">{title}</a>'
        f'<div class="quiet small">{unit}{when(row, words)}</div></div>'
        f'<div class="when">{badge(row, words)}</div></li>'
    )


def when(row: Listed, words: Words) -> str:
    """Since when it is filed, or until when it is to be."""
    _ = words.text
    if row.submitted_at and row.standing_at(words.now) in CAME_IN:
        said = _("filed %(at)s") % {"at": words.day_of(row.submitted_at)}
        behalf, colon = _("On behalf"), _(": ")
        return f"{said} · {behalf}{colon}{escape(row.filed_by)}" if row.filed_for else said
    if row.volunteered:
        return _("begun %(at)s, not submitted") % {"at": words.day_of(row.made_at)}
    said = _("due %(at)s") % {"at": words.until(row.falls_due)}
    return f"{said} · {words.away(row.last_at)}" if row.is_open else said


def badge(row: Listed, words: Words) -> str:
    """How it stands; what nobody asked for has no deadline to stand against: only its state."""
    _ = words.text
    stands, state = row.standing_at(words.now), AssignmentState(row.state)
    label: str = words.label(stands)
    if row.volunteered:
        label = _("Not submitted") if row.is_open else words.label(state)
    tick = '<i class="bi bi-check2" aria-hidden="true"></i>' if state == AssignmentState.ACCEPTED else ""
    return f'<span class="badge-of {BADGES[stands]}">{tick}{label}</span>'
