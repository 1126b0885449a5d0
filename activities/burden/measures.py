"""What the check counts with: hours and working days for each kind of filing, and how long a paper may be.

The hours are estimates. The usual ones are reckoned from the system's own forms (``PIECES``); an office writes down its
own once it has asked some units how long they sat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from activities.models import BurdenMeasures
from activities.models.burden import COMPREHENSIVE, SPECIFIC
from activities.states import Kind
from campaigns.models import Notice, NoticeKind

FIGURE, PHOTO = "figure", "photo"
"""What is counted beside the filing it stands in."""
OVERVIEWS = (NoticeKind.PLAN, NoticeKind.BULLETIN, NoticeKind.CIRCULAR)
"""Papers about the whole; the others are about one task."""


@dataclass(frozen=True)
class Usual:
    """What is usual for a kind of filing, and from what it was reckoned."""

    label: Any
    hours: Decimal
    days: int | None
    basis: Any


def usual(kind: Kind, hours: str, days: int, basis: Promise | str) -> Usual:
    """The usual measure of a kind."""
    return Usual(kind.label, Decimal(hours), days, basis)


USUAL: dict[str, Usual] = {
    Kind.RECEIPT: usual(Kind.RECEIPT, "0.3", 1, _("the notice is opened and read, one press")),
    Kind.LIAISON: usual(Kind.LIAISON, "0.2", 2, _("six short facts of one person, most of them filled in already")),
    Kind.PLAN: usual(Kind.PLAN, "5", 3, _("five paragraphs, nine short facts, release by the head")),
    Kind.DELIVERABLE: usual(Kind.DELIVERABLE, "1", 3, _("one number with its evidence, without the work it counts")),
    Kind.ROUND: usual(Kind.ROUND, "4", 3, _("four paragraphs, and who speaks")),
    Kind.PROGRESS: usual(Kind.PROGRESS, "1.5", 3, _("one or two paragraphs, two short facts")),
    Kind.CASE: usual(Kind.CASE, "4", 5, _("four paragraphs, collected inside the unit")),
    Kind.COVERAGE: usual(Kind.COVERAGE, "0.3", 1, _("a link and three short facts")),
    Kind.OTHER: usual(Kind.OTHER, "2", 3, _("a list or a text of one page")),
    Kind.SUMMARY: usual(Kind.SUMMARY, "6", 5, _("five paragraphs, collected inside the unit, release by the head")),
    FIGURE: Usual(_("Each figure of the summary"), Decimal("0.3"), None, _("asked of the divisions and added up")),
    PHOTO: Usual(_("Each photo that is demanded"), Decimal("0.2"), None, _("chosen, captioned, sent")),
}
PIECES = _(
    "Reckoned from the forms themselves: a short fact 3 minutes, a figure or a photo 10 to 20, a paragraph 45, release "
    "by the head of the unit 30."
)


@dataclass(frozen=True)
class Measures:
    """What one office counts with."""

    hours: Mapping[str, Decimal]
    days: Mapping[str, int]
    specific: int = SPECIFIC
    comprehensive: int = COMPREHENSIVE
    source: str = ""

    def ceiling(self, notice: Notice) -> int:
        """How many characters a notice may have."""
        return self.comprehensive if notice.kind in OVERVIEWS else self.specific


def measures_of(office: Unit | int) -> Measures:
    """What an office counts with: the usual, with what it changed laid over."""
    row = BurdenMeasures.objects.filter(office=office).first()
    changed = row.changed if row else {}
    hours = {code: Decimal(changed[code][0]) if code in changed else each.hours for code, each in USUAL.items()}
    days = {
        code: changed[code][1] if code in changed else each.days
        for code, each in USUAL.items()
        if each.days is not None
    }
    if row is None:
        return Measures(hours, days)
    return Measures(hours, days, row.specific, row.comprehensive, row.source)
