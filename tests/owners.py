"""Owners beside the cast of every test: time that is over, units that were merged, offices above and below.

Each meets at every door what somebody of the written table (``tests/doors.py``) meets, or less.
"""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from accounts.models import Membership, Role, Unit, User
from activities.models import Demand
from activities.states import Kind
from activities.units.merge import merge
from tests.cast import Cast, campaign, filed_plan, notice, person, sent_out, unit
from tests.doors import DOORS

YESTERDAY = date(2015, 8, 31)
LIKE = {
    "expired_signer": "stranger",
    "expired_liaison": "stranger",
    "merged": "neighbour",
    "elsewhere": "street_liaison",
    "upper_staff": "district_staff",
    "upper_admin": "admin",
    "lower_admin": "admin",
}
"""Who meets what whom of the table meets; where a row is behind the door, an administrator of elsewhere finds none."""
FROM_ABOVE = {
    "staff": "district_staff",
    "signer": "district_signer",
    "leader": "stranger",
    "admin": "admin",
    "liaison": "street_liaison",
    "head": "head",
    "neighbour": "street_liaison",
}
"""Who of the city meets at the district's own rows what whom of the table meets at the city's."""


def outsiders(cast: Cast) -> dict[str, User]:
    """People whose time is over, of a unit of another campaign, of a merged one, of the levels above and below."""
    above = unit("Province office", kind="office")
    Unit.objects.filter(pk=cast.office.pk).update(kept_by=above)
    return {
        "expired_signer": acting(cast.office, Role.SIGNER, cast.signer),
        "expired_liaison": acting(cast.water, Role.LIAISON, cast.liaison),
        "elsewhere": elsewhere(cast),
        "merged": merged(cast)[0],
        "upper_staff": person("upper_staff", (above, Role.STAFF)),
        "upper_admin": person("upper_admin", (above, Role.ADMIN)),
        "lower_admin": person("lower_admin", (cast.district, Role.ADMIN)),
    }


def acting(where: Unit, role: Role, absent: User) -> User:
    """Somebody who acted for another until yesterday."""
    deputy = person(f"expired_{role}")
    Membership.objects.create(user=deputy, unit=where, role=role, acting_for=absent, until=YESTERDAY)
    return deputy


def elsewhere(cast: Cast) -> User:
    """Who files for a unit of the same office that takes part in another of its campaigns only."""
    archive = unit("Archive bureau", kept_by=cast.office)
    another = campaign(cast.office, "Month of another year")
    sent_out(replace(cast, campaign=another, notice=notice(another, 9, [archive])))
    return person("elsewhere", (archive, Role.LIAISON))


def merged(cast: Cast) -> tuple[User, object]:
    """Who filed for a unit that is the health bureau's since. Returns: that person, and what it filed before."""
    fire = unit("Fire bureau", kept_by=cast.office)
    officer = person("merged", (fire, Role.LIAISON))
    cast.notice.addressees.add(fire)
    owed = cast.notice.assignments.create(
        campaign=cast.campaign, unit=fire, kind=Kind.PLAN, due_at=timezone.now(), activity=None
    )
    filed_plan(owed, officer, goal="Secret fire")
    merge(fire, cast.health, by=cast.staff, on=YESTERDAY)
    return officer, owed


def seen_from_above(cast: Cast) -> Cast:
    """The district with what it hosts in the place of the city, issued as the city's notice was."""
    street, other = cast.street, unit("Other street", kept_by=cast.district)
    cast.district_notice.addressees.add(other)
    below = replace(
        cast,
        office=cast.district,
        water=street,
        health=other,
        staff=cast.district_staff,
        signer=cast.district_signer,
        leader=person("district_leader", (cast.district, Role.LEADER)),
        admin=person("district_admin", (cast.district, Role.ADMIN)),
        liaison=cast.street_liaison,
        head=person("street_head", (street, Role.HEAD)),
        neighbour=person("street_neighbour", (other, Role.LIAISON)),
        campaign=cast.district_campaign,
        notice=cast.district_notice,
    )
    Demand.objects.create(notice=below.notice, order=1, title="List of names")
    return sent_out(below)


def meets(name: str, like: str, deed: str) -> str:
    """What somebody without a row behind this door meets there: what the table says of the one alike, or less.

    Arguments: the door, whom of the table the person is like, "get" or "post".
    """
    target, get, post, get_forbidden, post_forbidden = DOORS[name]
    passes, forbidden = (get, get_forbidden) if deed == "get" else (post, post_forbidden)
    if passes is None:
        return "no such deed"
    # the role, but of others: what others see or are addressed with is no reason
    elsewhere = target and like in ("admin", "head", "district_staff", "district_signer")
    if like in forbidden and (not elsewhere or "stranger" in forbidden):
        return "forbidden"
    return "passes" if like in passes and not elsewhere else "absent"
