"""Many units by few names: a group whose units are all meant is named by its name."""

from collections.abc import Iterable

from accounts.models import Unit, UnitGroup

SHORT = 3
"""The units of a group that is no larger are named one by one."""
Members = dict[str, set[int]]


def members_of(office: Unit) -> Members:
    """The ids of the units in each of the office's groups, by the name of the group; one question."""
    found: Members = {}
    rows = UnitGroup.units.through.objects.filter(unitgroup__owner=office, unit__merged_into=None)
    for name, pk in rows.order_by("unitgroup_id").values_list("unitgroup__name", "unit_id"):
        found.setdefault(name, set()).add(pk)
    return found


def in_short(units: Iterable[Unit], groups: Members) -> tuple[list[Unit], list[str]]:
    """Which of the units are named themselves, and the groups that stand for the others.

    Arguments: the units; the groups of the office. Returns: units in their order; names of groups.
    """
    units = list(units)
    meant = {unit.pk for unit in units}
    names, covered = [], set[int]()
    for name, members in groups.items():
        if len(members) > SHORT and members <= meant and not members <= covered:
            names.append(name)
            covered |= members
    return [unit for unit in units if unit.pk not in covered], names
