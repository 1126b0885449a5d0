"""Whom to call: the liaison officers of all units of a campaign, in the order of the register."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from activities.burden.known import spared_contacts
from activities.models import Assignment, LiaisonOfficer
from activities.states import CAME_IN, AssignmentState, Kind
from campaigns.models import Campaign


@dataclass
class Contact:
    """One unit with the officers it named last; without any, why."""

    unit: str
    assignment: Assignment | None
    """None: it was not asked, because the register has its officers."""
    officers: Sequence[LiaisonOfficer | User] = ()
    place: tuple[int, int] = (0, 0)
    """Where the unit stands in the register."""

    @property
    def is_waived(self) -> bool:
        """It need not name anybody."""
        return bool(not self.officers and self.assignment and self.assignment.state == AssignmentState.WAIVED)

    @property
    def is_missing(self) -> bool:
        """It has not named anybody yet."""
        return not self.officers and not self.is_waived


@dataclass(frozen=True)
class Sheet:
    """All units that were asked whom to call."""

    contacts: list[Contact]

    @property
    def missing(self) -> int:
        """How many units have not named anybody."""
        return sum(each.is_missing for each in self.contacts)

    @property
    def named(self) -> int:
        """How many units have."""
        return sum(bool(each.officers) for each in self.contacts)

    @property
    def officers(self) -> int:
        """How many people there are to call."""
        return sum(len(each.officers) for each in self.contacts)


def contact_sheet(campaign: Campaign) -> Sheet:
    """The sheet of a campaign as it stands now: three queries. What a unit took back is not on it."""
    rows = Assignment.objects.required().filter(campaign=campaign, kind=Kind.LIAISON)
    rows = rows.exclude(state=AssignmentState.CLOSED).select_related("unit")
    named = newest_officers(campaign)
    found: dict[int, Contact] = {}
    for row in rows.order_by("unit__order", "unit", "submitted_at", "pk"):
        contact = found.setdefault(row.unit_id, Contact(row.unit.name, row, place=(row.unit.order, row.unit_id)))
        if officers := named.get(row.pk):  # asked by several notices: the newest answer counts
            contact.assignment, contact.officers = row, officers
    for unit, people in spared_contacts(campaign).items():
        found.setdefault(unit.pk, Contact(unit.name, None, people, (unit.order, unit.pk)))
    return Sheet(sorted(found.values(), key=lambda contact: contact.place))


def newest_officers(campaign: Campaign) -> dict[int, list[LiaisonOfficer]]:
    """The officers of the newest version submitted, by the assignment; not of what was taken back."""
    rows = LiaisonOfficer.objects.filter(
        registration__assignment__campaign=campaign,
        registration__assignment__settled__in=[each.value for each in CAME_IN],
        registration__submitted_at__isnull=False,
    ).select_related("registration")
    newest: dict[int, tuple[int, list[LiaisonOfficer]]] = {}
    for officer in rows.order_by("registration__version", "pk"):
        key, version = officer.registration.assignment_id, officer.registration.version
        if key not in newest or newest[key][0] != version:
            newest[key] = version, []
        newest[key][1].append(officer)
    return {key: officers for key, (_version, officers) in newest.items()}
