"""Groups of which a task is asked and in which nobody is who could do it."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from accounts.models import UnitGroup
from activities.asking.handing_out import RESPONSIBLE
from activities.models import Activity, GroupParticipation
from campaigns.models import Notice


def why_nobody(group: UnitGroup, addressed: Collection[int] | None = None) -> str:
    """Why nobody of a group would be asked, and what helps; empty when somebody is.

    Arguments: the group; the ids of the units that get the notice, when that is to be looked at as well.
    """
    units = list(group.units.select_related("merged_into"))
    live = [unit for unit in units if unit.merged_into is None]
    if not units:
        return _("Nobody is in the group “%(group)s” yet.") % {"group": group}
    if not live:
        said = [_("%(unit)s was merged into %(into)s.") % {"unit": unit, "into": unit.successor} for unit in units]
        left = _("Nobody is left in the group “%(group)s”; put the successor into it.") % {"group": group}
        return " ".join([left, *said])
    if addressed is not None and not any(unit.pk in addressed for unit in live):
        return _("Nobody of the group “%(group)s” gets the notice.") % {"group": group}
    return ""


def asked_of_nobody(notice: Notice) -> Iterator[tuple[UnitGroup, str, list[Activity]]]:
    """Groups responsible for tasks of which nobody would be asked: the group, why, the tasks."""
    rows = GroupParticipation.objects.filter(activity__campaign=notice.campaign_id, part__in=RESPONSIBLE)
    tasks: dict[UnitGroup, list[Activity]] = {}
    for row in rows.select_related("group", "activity").order_by("group", "activity__order"):
        tasks.setdefault(row.group, []).append(row.activity)
    if not tasks:
        return
    addressed = set(notice.addressees.values_list("pk", flat=True)) or None  # that it goes to nobody is said by itself
    for group, named in tasks.items():
        if why := why_nobody(group, addressed):
            yield group, why, named
