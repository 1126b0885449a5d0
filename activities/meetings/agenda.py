"""An agenda as people write it: one item a line, the unit that reports in brackets at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.unit_names import Names
from activities.models import AgendaItem
from documents.numbering import recognise

MOST, LONGEST = 40, 200
REPORTS = re.compile(r"^(?P<title>.+?)\s*(?:[（(](?P<unit>[^（）()]+)[）)]|\t(?P<cell>[^\t]+))\s*$")


@dataclass(frozen=True)
class AgendaText:
    """The items of an agenda in their order, each with the unit that reports, if one does."""

    items: tuple[tuple[str, Unit | None], ...]

    @classmethod
    def read(cls, text: str, names: Names) -> AgendaText:
        """Read an agenda. Arguments: what was typed; all units by their names.

        Brackets that hold no unit are part of the item: 通报有关情况（书面）. Raises: ValidationError.
        """
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(_("An agenda has at most %(most)s items.") % {"most": MOST})
        return cls(tuple(item_of(line, names) for line in lines))


def item_of(line: str, names: Names) -> tuple[str, Unit | None]:
    """One item and its unit. Raises: ValidationError when it is too long, or several units are called so."""
    numbered = recognise(line)
    text = numbered.text if numbered and numbered.text else line
    found = REPORTS.match(text)
    units = names.called((found["unit"] or found["cell"]).strip()) if found else []
    if len(units) > 1:
        said = _("“%(name)s” may be several units: %(units)s.")
        raise ValidationError(said % {"name": line, "units": "、".join(map(str, units))})
    title = found["title"] if found and units else text
    if len(title) > LONGEST:
        said = _("“%(words)s…” is too long: at most %(most)s characters an item.")
        raise ValidationError(said % {"words": title[:20], "most": LONGEST})
    return title, units[0] if units else None


def agenda_text(items: Iterable[AgendaItem]) -> str:
    """An agenda as its form shows it."""
    return "\n".join(f"{item.title}（{item.unit.name}）" if item.unit else item.title for item in items)
