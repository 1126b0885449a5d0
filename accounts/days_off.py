"""An office enters the days off of a year from the State Council's text: first to look at, then for everybody.

The arrangement is one for the whole country, so there is one for the whole installation; whoever looks after the units
of an office may enter it, and it is shown who did.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

import documents
from accounts.audit_trail import note
from accounts.models import Act
from accounts.unit_keepers import KEEPERS
from documents.counts import so_many
from workflow import clock
from workflow.models import YearArranged
from workflow.workdays import DAY_OFF, holidays_of, shipped


def may_enter(user: Any) -> bool:
    """Whether somebody may enter the days off: staff, signers and administrators of an office."""
    return bool(user.units_as(*KEEPERS))


def newest_of(year: int) -> YearArranged | None:
    """What counts for a year, with who entered it; None: nobody has entered it."""
    found: YearArranged | None = YearArranged.objects.filter(year=year).select_related("by").first()
    return found


def silent_of(found: "documents.reading.DaysOff") -> list[str]:
    """The holidays of the year of which a text says nothing."""
    return [name for name, days in holidays_of(found.year).items() if days and not found.off.keys() & set(days)]


def proposed(found: "documents.reading.DaysOff", text: str, by: Any) -> YearArranged:
    """What a text would make of its year, not saved.

    A text that speaks of every holiday stands alone. Of others what it says goes over what is known of the year.
    Arguments: what was read; the text; who enters it.
    """
    off = {str(day): name or name_of(day) for day, name in found.off.items()}
    worked, is_complete = {str(day) for day in found.worked}, not silent_of(found)
    if not is_complete:
        known, exchanged = shipped(found.year)
        off = {day: name for day, name in known.items() if day not in worked} | off
        worked |= {day for day in exchanged if day not in off}
    days = {"off": dict(sorted(off.items())), "worked": sorted(worked)}
    return YearArranged(year=found.year, text=text, is_complete=is_complete, by=by, at=clock.now(), **days)


def name_of(day: date) -> str:
    """The holiday on a day of which the text does not say for what it is free."""
    names = [name for name, days in holidays_of(day.year).items() if day in days]
    return "、".join(names) or DAY_OFF


def wrong_of(found: "documents.reading.DaysOff") -> list[str]:
    """What cannot be in a text, for the person who pasted it."""
    words = {
        "weekday": _("“%(words)s”: the day of the week in brackets does not fit the date."),
        "no-day": _("“%(words)s”: there is no such day."),
        "weekend": _("%(words)s is to be worked, but is no Saturday or Sunday."),
        "both": _("%(words)s is free and worked at once."),
        "year": _("“%(words)s” lies in another year than the text is about."),
    }
    return [
        miscounted(each) if each.what == "count" else words[each.what] % {"words": each.words} for each in found.wrong
    ]


def miscounted(wrong: "documents.reading.Wrong") -> str:
    """How many days dates come to that are said to be more or fewer."""
    return so_many(
        "“%(words)s”: the dates come to %(n)s day, not to the number printed.",
        "“%(words)s”: the dates come to %(n)s days, not to the number printed.",
        wrong.count,
        words=wrong.words,
    )


@transaction.atomic
def enter(row: YearArranged, *, request: HttpRequest) -> None:
    """From now on this counts for its year. Arguments: what was proposed and seen; the request, for the audit trail."""
    row.save()
    note(Act.ARRANGED, f"working days {row.year}", request=request, detail=row.text[:2000])
