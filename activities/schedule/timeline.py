"""What happens as bars on a line of days: under the units that lead, in the order of the office, or day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import Unit
from activities.schedule.chosen import Chosen
from activities.schedule.items import ACTIVITY, TASK, Item, Viewer, in_order
from activities.schedule.programme_items import leading

Place = tuple[int, int, str]
"""Where a unit stands in the order of the office: its place, its number, its name."""
OF_NOBODY: Place = (10**9, 0, "")


@dataclass(frozen=True, slots=True)
class Row:
    """One bar under its heading: a unit, or the day on which it begins."""

    unit: str
    day: date | None
    item: Item


def rows_of(items: list[Item], viewer: Viewer, chosen: Chosen) -> list[Row]:
    """The rows of a timeline. What several units lead stands under each of them; what nobody leads, at the end."""
    if chosen.by == "day":
        return [Row("", item.first, item) for item in in_order(items)]
    places = places_of(items, viewer, chosen)
    rows = [(place, each) for each in in_order(items) for place in places.get(each.key, [OF_NOBODY])]
    return [Row(place[2], None, item) for place, item in sorted(rows, key=lambda row: row[0])]


def places_of(items: Iterable[Item], viewer: Viewer, chosen: Chosen) -> dict[str, list[Place]]:
    """The units under which each thing stands, by its key."""
    led: dict[int, list[Place]] = {}
    for activity, unit, name, order in leading(viewer, chosen):
        led.setdefault(activity, []).append((order, unit, name))
    names = {name for each in items if each.entry for name in each.entry.who}
    known = {
        name: (order, pk, name)
        for pk, name, order in Unit.objects.filter(name__in=names).values_list("pk", "name", "order")
    }
    found: dict[str, list[Place]] = {}
    for each in items:
        if each.sort in (ACTIVITY, TASK):
            found[each.key] = led.get(each.pk, [OF_NOBODY])
        elif each.entry and each.entry.who:
            found[each.key] = [known.get(name, (0, 0, name)) for name in each.entry.who]
    return found
