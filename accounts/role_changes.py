"""Power leaves a trace: each role given or taken, each password set by somebody else is a line, and people hear of it.

The person hears of it, and so does, of an office's own roles, whoever administers or signs there: nobody becomes signer
unseen. Lines carry the real time, also where the site shows the day of a past campaign.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.duties import ADMINISTRATORS
from accounts.models import Deed, Membership, Role, RoleChange, Unit, User
from accounts.models.memberships import UNIT_ROLES
from workflow.site_language import in_site_language
from workflow.telling import notify

WATCHING = (*ADMINISTRATORS, Role.SIGNER)
"""Who hears when somebody gets or loses a role of their office."""
SAID = {
    Deed.GIVEN: gettext_noop("%(person)s is now %(role)s of %(unit)s; the role was given by %(by)s."),
    Deed.TAKEN: gettext_noop("%(person)s is no longer %(role)s of %(unit)s; the role was taken away by %(by)s."),
    Deed.DEPUTY: gettext_noop("%(person)s now acts as %(role)s of %(unit)s; named deputy by %(by)s."),
    Deed.ENDED: gettext_noop("%(person)s no longer acts as %(role)s of %(unit)s; ended by %(by)s."),
    Deed.PASSWORD: gettext_noop("%(by)s set a new password for %(person)s."),
    Deed.FACTOR: gettext_noop("%(by)s switched off the second step of signing in of %(person)s."),
    Deed.INVITED: gettext_noop("%(by)s made a link by which %(person)s chooses a password."),
    Deed.LINKED: gettext_noop(
        "%(by)s connected an account elsewhere with that of %(person)s, who may sign in with it."
    ),
    Deed.UNLINKED: gettext_noop("%(by)s took the connection with an account elsewhere away from %(person)s."),
    Deed.ACCOUNT: gettext_noop("%(by)s changed the name of the account of %(person)s."),
    Deed.SHUT: gettext_noop("%(by)s shut the account of %(person)s."),
    Deed.OPENED: gettext_noop("%(by)s opened the account of %(person)s again."),
}
"""What is told; handing over and merging tell in words of their own."""
TOLD_ALREADY = (Deed.DEPUTY,)
"""Of these the person hears from the deed itself."""


def record(deed: Deed, person: User, *, by: Any, of: Membership | None = None) -> RoleChange:
    """Write the line of a deed and tell those concerned.

    Arguments: the deed; whose power changed; who did it (None: a command on the server); the role it is about, which
    a deed on the account (password, shut) has none of.
    """
    role: dict[str, Any] = {}
    if of:
        role = {"unit": of.unit, "role": of.role, "until": of.until, "acting_for": of.acting_for}
    row = RoleChange.objects.create(person=person, deed=deed, by=by, at=timezone.now(), **role)
    if deed in SAID:
        tell(row)
    return row


def tell(row: RoleChange) -> None:
    """The person hears of it, and those who watch over the office; never who did it."""
    who = row.by or in_site_language(gettext_noop("a command on the server"))
    values = {"person": str(row.person), "by": str(who)}
    if row.unit:
        values |= {"unit": str(row.unit), "role": in_site_language("%(role)s", role=lambda: Role(row.role).label)}
    told = {"key": f"role-change-{row.pk}", **values}
    if row.deed not in TOLD_ALREADY and row.person != row.by:
        notify([row.person], SAID[Deed(row.deed)], url=reverse("reports:home"), **told)
    others = watchers(row).exclude(pk__in=[row.person_id, row.by_id or 0, row.acting_for_id or 0])
    notify(others, SAID[Deed(row.deed)], url=reverse("accounts:role-changes"), **told)


def watchers(row: RoleChange) -> "QuerySet[User]":
    """Who watches over the roles of the office concerned; over who files for a unit nobody needs to."""
    if row.unit_id:
        offices = [row.unit_id] if row.role not in UNIT_ROLES else []
    else:
        held = Membership.objects.held_now().filter(user=row.person).exclude(role__in=UNIT_ROLES)
        offices = list(held.values_list("unit", flat=True))
    return User.objects.speaking_for(offices, *WATCHING)


def changes_in(units: "QuerySet[Unit]") -> "QuerySet[RoleChange]":
    """The lines about roles in these units and about the accounts of people who have one there, the newest first."""
    here = Membership.objects.filter(unit__in=units).values("user")
    rows = RoleChange.objects.filter(Q(unit__in=units) | Q(unit=None, person__in=here))
    return rows.select_related("person", "unit", "acting_for", "by")
