"""What one press makes lighter before a notice goes out: fewer filings, more days, no photos, fewer words."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import Unit
from activities.models import CampaignPhotos, Demand, Spared
from campaigns import versions
from campaigns.models import Indicator, Notice
from campaigns.versions import StaleText
from workflow.models import MoveRefused
from workflow.once import put_once

Deed = Callable[[Any], None]
ENDS = "，。；：！？,;\n"
"""What parts the clauses of a text."""


def set_day(row: Any, field: str, day: date) -> Deed:
    """A day of a campaign, a demand, a task becomes another one."""
    return set_days([(row, field)], day)


def set_days(rows: Iterable[tuple[Any, str]], day: date) -> Deed:
    """Several days become one and the same."""
    given = list(rows)

    def deed(_by: Any) -> None:
        for row, field in given:
            type(row).objects.filter(pk=row.pk).update(**{field: day})

    return deed


def ask_of(row: Demand, units: Iterable[Unit | int]) -> Deed:
    """A demand is asked of these units only."""

    def deed(_by: Any) -> None:
        row.units.set(units)

    return deed


def drop_demand(row: Demand) -> Deed:
    """Something is not asked after all."""

    def deed(_by: Any) -> None:
        Demand.objects.filter(pk=row.pk).delete()

    return deed


def merge(rows: Sequence[Demand], units: Collection[int], day: date) -> Deed:
    """Several things are handed in as one, by one day, by the same units; photos only where each asked for them."""

    def deed(_by: Any) -> None:
        first, *others = rows
        least = [row.photos_least for row in rows if row.photos_least]
        first.title = "、".join(dict.fromkeys(row.title for row in rows))[:200]
        first.due_on, first.due_hour = day, next((row.due_hour for row in rows if row.due_on == day), None)
        if len(least) < len(rows):
            first.photos_least, first.photos_why = None, ""
        first.save()
        first.units.set(units)
        Demand.objects.filter(pk__in=[row.pk for row in others]).delete()

    return deed


def photos_optional(row: Demand | CampaignPhotos) -> Deed:
    """Photos are welcome, and nobody has to send any."""
    values = {"photos_least": None, "photos_why": ""} if isinstance(row, Demand) else {"least": None, "why": ""}

    def deed(_by: Any) -> None:
        type(row).objects.filter(pk=row.pk).update(**values)

    return deed


def drop_figure(row: Indicator) -> Deed:
    """A figure is not asked for in the summary."""

    def deed(_by: Any) -> None:
        try:
            Indicator.objects.filter(pk=row.pk).delete()
        except ProtectedError as error:
            said = _("“%(figure)s” has been reported by units already, so it stays.") % {"figure": row.label}
            raise MoveRefused(said) from error

    return deed


def spare(notice: Notice, kind: str, units: Collection[int]) -> Deed:
    """These units are not asked for a usual filing: it is known of them."""

    def deed(_by: Any) -> None:
        rows = [Spared(notice=notice, unit_id=unit, kind=kind) for unit in units]
        put_once(Spared, rows, "notice", "unit", "kind", batch_size=500)

    return deed


# --- words ---------------------------------------------------------------------------------------------------


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the clause goes in which something stands, without the sign behind it."""
    first = max(text.rfind(sign, 0, start) for sign in ENDS) + 1
    found = [at for sign in ENDS if (at := text.find(sign, end)) >= 0]
    return first, min(found, default=len(text))


def without(text: str, clause: str) -> str:
    """A text without one of its clauses; the sentence before it ends as it did. Raises: ValueError: it is not there."""
    first = text.index(clause)
    last = first + len(clause)
    before, behind = text[:first], text[last:]
    ends = behind[:1]
    if before[-1:] in ("，", ",") and (ends in ("。", "；", "！") or not ends.strip()):
        return before[:-1] + (behind if ends.strip() else "。" + behind)
    kept = before + (behind[1:] if ends.strip() else behind)
    return re.sub(r"(?m)^\s*\n", "", kept) if not line_of(before, behind) else kept


def line_of(before: str, behind: str) -> str:
    """What else stands in the line of a clause that was taken out."""
    return before.rpartition("\n")[2].strip() + behind[1:].partition("\n")[0].strip()


def strike(notice: Notice, clause: str) -> Deed:
    """A clause is taken out of the text, as a version of its own."""

    def deed(by: Any) -> None:
        try:
            versions.save_text(notice, by=by, seen=notice.revision, body=without(notice.body, clause))
        except (StaleText, ValueError) as stale:
            raise MoveRefused(_("The text was changed meanwhile: look at it again.")) from stale

    return deed
