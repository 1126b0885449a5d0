"""Why a proposal is doubtful, in words a person reads (message ids, translated where they are shown)."""

from __future__ import annotations

from documents.reading.phrases.dates import DateFound


def _(message: str) -> str:
    """Mark a message id for makemessages; the reader itself needs no settings and no language."""
    return message


TITLE = _("The title may be cut wrongly.")
NO_LEAD = _("No leading unit is named.")
LEAD_GUESSED = _("The leading unit is taken from the sentence, not from a word such as 负责 or 牵头.")
UNIT_FORM = _("A unit's name does not look like the name of a unit.")
NO_YEAR = _("The year of a date is not certain.")
NO_DAY = _("A date names a day that does not exist.")
WEEKDAY = _("The weekday printed does not fit the date.")
NO_DEADLINE = _("The row has no deadline that could be read.")
CUT_CELL = _("A cell breaks off and seems to go on in the next row.")
HOUR = _("An hour is printed: please see that it is the right one.")
RELATIVE = _("The date is relative; the day it comes to was computed.")
NOT_COMPUTED = _("The date is relative; please say which day it comes to.")
NO_RECIPIENT = _("To whom it is due is not stated.")
PHONE_DIFFERS = _("The same person is printed with different numbers.")
ASKS = _("This asks for something and became no row: is somebody to do it?")
NO_NOTICE = _("This does not look like an official notice.")
NO_TITLE = _("No title was found.")
NO_DOCUMENT_YEAR = _("No year was found in title, number or date; dates without a year stay open.")
SAME_NUMBER = _("The same number stands twice in one list.")
MISSING_NUMBER = _("A number is skipped in a list.")
PERIOD_CONTRADICTS = _("Two different periods are given for the campaign.")
DATE_BEFORE_ISSUE = _("The date lies before the date of issue.")
ENDS_BEFORE_START = _("The date ends before it begins.")
EMPTY_ANNEX = _("The text of a listed attachment is missing.")
TRUNCATED = _("The text is longer than what is read; the rest was left out.")


def weekday_differs(found: DateFound) -> bool:
    """Return whether the weekday printed beside a date is another than the calendar's."""
    return found.weekday >= 0 and found.start is not None and found.start.weekday() != found.weekday
