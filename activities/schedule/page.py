"""What a page of the calendar holds: everything on its days, what clashes, what has no day; names of what is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from activities.schedule.chosen import Chosen
from activities.schedule.clashes import Clash, by_item, clashes, to_fill
from activities.schedule.deadlines import office_deadlines, own_deadlines
from activities.schedule.items import Item, Viewer, in_order, within
from activities.schedule.meeting_items import meetings
from activities.schedule.programme_items import activities, fill, rounds, undated

BESIDE = 12
"""Activities without a day that stand beside a month."""
NAMED = 12
"""Clashes that a page spells out."""


@dataclass(slots=True)
class Happening:
    """All that happens between two days, as far as the reader may see and has chosen."""

    items: list[Item]
    first: date
    last: date
    met: list[Clash]
    of_item: dict[str, list[Clash]]

    @classmethod
    def between(cls, viewer: Viewer, chosen: Chosen, first: date, last: date) -> "Happening":
        """Read it: few columns; nothing of what is shown. Arguments: who looks, what is chosen, the days."""
        owed = [*own_deadlines(viewer, chosen), *office_deadlines(viewer, chosen)]
        found = [
            *within(owed, first, last),
            *meetings(viewer, chosen, first, last),
            *rounds(viewer, chosen, first, last),
            *activities(viewer, chosen, first, last),
        ]
        met = clashes(found, first, last)
        return cls(found, first, last, met, by_item(met))

    def show(self, shown: Iterable[Item], *, names: bool) -> None:
        """Put in what is shown of these things, and of those that clash with them.

        Arguments: the things; whether to name who leads them.
        """
        known = list(shown)
        spoken_of = {id(clash): clash for item in known for clash in self.of_item.get(item.key, [])}
        spoken_of |= {id(clash): clash for clash in self.met[:NAMED]}
        fill([*known, *to_fill(spoken_of.values())], names=names)

    @property
    def spelled_out(self) -> list[Clash]:
        """The clashes a page spells out."""
        return self.met[:NAMED]

    @property
    def in_order(self) -> list[Item]:
        """Everything by its days."""
        return in_order(self.items)


def beside(viewer: Viewer, chosen: Chosen) -> tuple[list[Item], int]:
    """The first activities without a day, filled in, and how many there are."""
    found, number = undated(viewer, chosen, BESIDE)
    fill(found, names=False)
    return found, number
