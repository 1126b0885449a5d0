"""Who owes what: the columns, facets and orders of the list of assignments."""

from html import escape
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models.units import UnitKind, UnitLevel
from activities.judging.lists.source import Assignments, Owed
from activities.states import CAME_IN, AssignmentState, Kind, Standing
from activities.templatetags.rows import badge, when
from activities.templatetags.standing import ICONS
from documents.counts import so_many
from workflow.listing.columns import Column, Type
from workflow.listing.listing import Facet, Listing, Order
from workflow.words import Words

URGENCY = (
    Standing.OVERDUE,
    Standing.RETURNED,
    Standing.DUE,
    Standing.LATE,
    Standing.EXTENDED,
    Standing.ON_TIME,
    Standing.WAIVED,
    Standing.CLOSED,
)
"""What needs somebody first."""
NOT_FILED, IN, REVIEW, ALIKE = "owed", "filed", "review", "alike"
"""What may be chosen beside a standing; the last: with photos that look like those of another filing, and nobody has
said yet what to make of it."""
HEARD, UNHEARD = "yes", "no"
ASKED, OWN_ACCORD = "1", "0"


# --- columns --------------------------------------------------------------------------------------------------------


def what(row: Owed, words: Words) -> str:
    """The kind and what it is about, leading to its page."""
    kind, about = Kind(row.row.kind), row.row.about
    title = f"{words.label(kind)} · {escape(about)}" if about else words.label(kind)
    icon = f'<i class="bi bi-{ICONS[kind]}" aria-hidden="true"></i> '
    return f'{icon}<a id="r{row.pk}" href="{row.get_absolute_url()}">{title}</a>'


def due(row: Owed, words: Words) -> str:
    """Until when, and how far that is from today while it is open."""
    if row.row.volunteered:
        return ""
    until = f'<span class="day">{words.until(row.row.falls_due)}</span>'
    return f'{until}<div class="quiet small">{words.away(row.row.last_at)}</div>' if row.row.is_open else until


def filed(row: Owed, words: Words) -> str:
    """When it was filed, and on whose behalf; of what a unit has begun, since when."""
    if row.row.submitted_at and row.row.standing_at(words.now) in CAME_IN:
        day = f'<span class="day">{words.day_of(row.row.submitted_at)}</span>'
        return f'{day}<div class="quiet small">{escape(row.row.filed_by)}</div>' if row.row.filed_for else day
    return when(row.row, words) if row.row.volunteered else ""


def asked(row: Owed, words: Words) -> str:
    """When the unit was last reminded of it, and on how many days."""
    if not row.reminded_at:
        return ""
    day = f'<span class="day">{words.day_of(row.reminded_at)}</span>'
    times = so_many("%(n)s time", "%(n)s times", row.reminders)
    return f'{day}<div class="quiet small">{times}</div>'


COLUMNS = (
    Column("what", _("What is owed"), str, width=34, html=what),
    Column("kind", _("Kind"), lambda row: Kind(row.row.kind).label, shown=False),
    Column("about", _("About"), lambda row: row.row.about, width=30, shown=False),
    Column("unit", _("Unit"), lambda row: row.row.unit, width=22, sort="unit"),
    Column("level", _("Level"), lambda row: row.of and UnitLevel(row.of.level).label, shown=False),
    Column("sort", _("Kind of unit"), lambda row: row.of and UnitKind(row.of.kind).label, shown=False),
    Column("groups", _("Groups"), lambda row: "、".join(row.groups), width=22, shown=False),
    Column("officer", _("Who files"), lambda row: row.of and "、".join(row.of.officers), width=16, shown=False),
    Column("due", _("Due"), lambda row: None if row.row.volunteered else row.row.falls_due, Type.MOMENT, 18,
           "due", due),
    Column("filed", _("Filed"), lambda row: row.row.submitted_at, Type.MOMENT, 18, "filed", filed),
    Column("day", _("Day of filing"), lambda row: row.row.submitted_at and localdate(row.row.submitted_at), Type.DAY,
           12, "filed", shown=False),
    Column("by", _("Filed on behalf"), lambda row: row.row.filed_by, width=20, shown=False),
    Column("state", _("State"), lambda row: AssignmentState(row.row.state).label, shown=False),
    Column("reminded", _("Last reminded"), lambda row: row.reminded_at and localdate(row.reminded_at), Type.DAY, 12,
           html=asked),
    Column("times", _("How often reminded"), lambda row: row.reminders, Type.NUMBER, 8, shown=False),
    Column("standing", _("Standing"), lambda row: row.row.standing.label,
           html=lambda row, words: badge(row.row, words)),
)  # fmt: skip


# --- facets ---------------------------------------------------------------------------------------------------------


STANDINGS = [
    *((each.value, each.label) for each in URGENCY),
    (REVIEW, _("Waiting for review")),
    (NOT_FILED, _("Not filed yet")),
    (IN, _("Filed, also what is to be corrected")),
    (ALIKE, _("Photos that look alike")),
]
KINDS, STATES, LEVELS, SORTS = Kind.choices, AssignmentState.choices, UnitLevel.choices, UnitKind.choices


def standings(source: Assignments) -> list[tuple[str, Any]]:
    """How it may stand; photos that look alike are for the office."""
    return STANDINGS if source.alike else STANDINGS[:-1]


def stands(source: Assignments, value: str) -> int:
    """The rows that stand so."""
    if value == REVIEW:
        return source.to_review()
    if value == ALIKE:
        known, alike = source.sheet.place, source.alike() if source.alike else ()
        return source.sheet.mask_of(known[pk] for pk in alike if pk in known)
    several = {NOT_FILED: (Standing.OVERDUE, Standing.DUE), IN: CAME_IN}.get(value) or (Standing(value),)
    found = 0
    for standing in several:
        found |= source.standing(standing)
    return found


def unit_named(source: Assignments, value: str) -> str | None:
    """The name of a unit that owes something here."""
    known = source.units.units.get(int(value)) if value.isdecimal() and len(value) < 19 else None
    return known.name if known else None


FACETS = (
    Facet("standing", _("Standing"), standings, stands),
    Facet("kind", _("Kind"), lambda _source: KINDS, lambda source, value: source.sheet.having("kind", value)),
    Facet("state", _("State"), lambda _source: STATES,
          lambda source, value: source.sheet.having("state", value)),
    Facet("group", _("Group"), lambda source: [(str(pk), name) for pk, name in source.units.groups],
          lambda source, value: source.of_units(f"group{value}", lambda: source.units.of_group(int(value)))),
    Facet("level", _("Level"), lambda _source: LEVELS,
          lambda source, value: source.of_units(f"level{value}", lambda: source.units.of_level(value))),
    Facet("sort", _("Kind of unit"), lambda _source: SORTS,
          lambda source, value: source.of_units(f"sort{value}", lambda: source.units.of_kind(value))),
    Facet("officer", _("Who files"), lambda _source: [(HEARD, _("Somebody")), (UNHEARD, _("Nobody files for it"))],
          lambda source, value: source.of_units(f"officer{value}", lambda: source.units.heard(value == HEARD))),
    Facet("asked", _("Where it comes from"),
          lambda _source: [(ASKED, _("Asked for")), (OWN_ACCORD, _("Of its own accord"))],
          lambda source, value: source.sheet.having("volunteered", value == OWN_ACCORD)),
    Facet("unit", _("Unit"), None, lambda source, value: source.sheet.listed("unit", [int(value)]), unit_named),
)  # fmt: skip


def urgency(source: Assignments) -> list[int]:
    """The rows by how they stand, the most urgent first."""
    return [source.standing(each) for each in URGENCY]


OWED = Listing(
    "assignments",
    _("Who owes what"),
    COLUMNS,
    FACETS,
    (Order("urgency", "due", urgency), Order("due", "due"), Order("unit", "unit"), Order("filed", "filed", back=True)),
)
