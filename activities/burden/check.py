"""The burden check: all that a notice asks more than it has to, each with its rule and its mend."""

from collections.abc import Iterator

from activities.burden import measured, twice
from activities.burden.asked import Asked
from activities.burden.wording import wording
from activities.finding import Finding


def burdens(asked: Asked) -> Iterator[Finding]:
    """Everything it finds; nothing of it blocks. What nobody is asked weighs nothing."""
    yield from wording(asked)
    yield from measured.length(asked)
    yield from measured.more_papers(asked)
    if not asked.owed:
        return
    yield from measured.more_than_before(asked)
    yield from measured.below_county(asked)
    yield from measured.lead_time(asked)
    yield from measured.photos(asked)
    yield from twice.usual_again(asked)
    yield from twice.alike(asked)
    yield from twice.reports_and_summary(asked)
    yield from twice.figures_twice(asked)
    yield from twice.known_already(asked)
