"""What the review page shows of a proposal."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from activities.models import Comparator, Part
from activities.reading.confirm import meant_by
from activities.reading.unit_names import Named
from campaigns.models import AnnexContent
from documents.block_json import from_json
from documents.outline import Blocks

register = template.Library()

FIELDS = {
    "title": gettext_noop("title"),
    "number": gettext_noop("document number"),
    "publicity": gettext_noop("publicity"),
    "issuers": gettext_noop("issuing body"),
    "salutation": gettext_noop("addressees"),
    "theme": gettext_noop("theme"),
    "spirit_slogan": gettext_noop("spirit slogan"),
    "guiding_ideology": gettext_noop("guiding ideology"),
    "logo_note": gettext_noop("use of the logo"),
    "period": gettext_noop("period"),
}


@register.filter
def field_label(row: Any) -> str:
    """What a single field is called."""
    return _(FIELDS[row.field]) if row.field in FIELDS else ""


@register.filter
def comparator(code: str) -> str:
    """A comparator in the reader's language."""
    return str(Comparator(code).label)


@register.filter
def parts_of(row: Any, units: Any) -> list[tuple[str, list[Named]]]:
    """The units of an activity by their part, each known or new."""
    found = [(str(part.label), units.named(row.values.get(part, ""))) for part in Part]
    return [(label, named) for label, named in found if named]


@register.filter
def printed_as(row: Any) -> str:
    """What is printed of an annex."""
    return str(AnnexContent(row.values.get("content") or AnnexContent.APART).label)


@register.filter
def handed_in(row: Any) -> Blocks:
    """What was handed in of an annex, block by block."""
    part = row.values.get("part", "")
    return from_json(row.reading.annexes[part]["blocks"]) if part != "" else ()


@register.filter
def said(doubt: str) -> str:
    """A doubt in the reader's language."""
    return _(doubt)


@register.filter
def many_of(text: str, units: Any) -> list[Named]:
    """The words for many in a salutation, with what they mean."""
    return [each for each in units.named(str(text).rstrip("：:")) if each.meant]


@register.filter
def those(named: Named) -> str:
    """The names of the units a word for many means."""
    return "、".join(str(unit) for unit in meant_by(named))


@register.filter
def how_many(named: Named) -> int:
    """How many units a word for many means."""
    return len(meant_by(named))
