"""Everybody of one office, or of one unit, acts together, presses every deed in any order, and wants power elsewhere.

What they make, name, invite or give a password to is theirs from then on. The written table is the oracle:

- the roles of an office are given by its own administrator;
- who looks after a unit names who files for it, and nothing else, neither there nor further down;
- a head or liaison officer hands on and deputises what they hold themselves.

So whatever is pressed, theirs hold only what :meth:`Grab.may_hold` lists, and the people of others keep what they had.
The deeds are pressed at the views themselves, with values that no page would offer, and no page is drawn. What was
pressed before, after the very same deeds, and wrote nothing is not pressed again: most presses of a search are such.
CI runs 2,000 sequences; ``GRABS=20000 python -m pytest accounts/tests/test_power_grab.py`` as many.
"""

import os
from collections.abc import Hashable, Iterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q
from django.http import Http404
from django.test import RequestFactory
from hypothesis import HealthCheck, Phase
from hypothesis import settings as searching
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.deputies import naming
from accounts.models import Membership, Role, Unit, UnitGroup, User
from accounts.models.memberships import UNIT_ROLES
from accounts.views import deputies, groups, handovers, people, units
from activities.units.merge import in_hand_of as merged_by
from activities.units.views import merging
from campaigns.models import Campaign
from tests.cast import make_cast, person, unit
from tests.pages import forge

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NUMBER = st.integers(0, 30)
ROLE = st.sampled_from(Role.values)
PASSWORD = "a password of theirs"
UNTIL = "2015-09-20"
SEQUENCES = int(os.environ.get("GRABS", "2000"))

Power = set[tuple[int, int, str]]
"""Who holds which role where: person, unit, role."""


def pick(rows: Any, number: int) -> Any:
    found = list(rows)
    return found[number % len(found)] if found else None


class Pressed:
    """What is known of presses: each holds the number of what was done before, and leads to another or to the same."""

    def __init__(self) -> None:
        self.written = 0
        self.led_to: dict[Hashable, int] = {}

    def note(self, execute: Any, sql: str, *more: Any) -> Any:
        """Count the statements that write; every one goes through here."""
        self.written += sql.startswith(("INSERT", "UPDATE", "DELETE"))
        return execute(sql, *more)


class Grab(RuleBasedStateMachine):
    """The city's people: their office, and the units it looks after."""

    cast: Any
    pressed: Pressed
    APART = False
    """Whether administrators are three."""
    THEIRS = ("admin", "staff", "signer", "leader")

    def __init__(self) -> None:
        super().__init__()
        self.begun = transaction.savepoint()
        self.done, self.read = 0, -1
        self.before = self.power()
        self.theirs = [getattr(self.cast, name).pk for name in self.THEIRS]
        self.own = set(self.theirs)
        self.units, self.users = list(self.cast.units), list(self.cast.users)
        self.kept = {each.pk for each in (self.cast.water, self.cast.health, self.cast.district, self.cast.free)}
        self.guarded = {self.cast.street.pk, self.cast.alone.pk}

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.begun)

    def power(self) -> Power:
        """Who holds what today, read anew when something was written."""
        if self.read != self.done:
            self.held = set(Membership.objects.held_now().order_by().values_list("user", "unit", "role"))
            self.read = self.done
        return self.held

    def may_hold(self, unit: int, role: str) -> bool:
        """The written table: all roles of the own office; of what it looks after those who file."""
        return unit == self.cast.office.pk or (unit in self.kept and role in UNIT_ROLES)

    def one(self, who: int) -> int:
        """One of theirs: half the time the first, who may do most."""
        return self.theirs[0] if who % 2 else pick(self.theirs, who // 2)

    def presses(self, actor: int, view: Any, values: dict[str, Any], **row: int) -> None:
        """Send what no page would offer, as one of theirs; not when it is known to come to nothing."""
        values = {key: value for key, value in values.items() if value is not None}
        deed, before = (self.done, actor, view, *values.items(), *row.items()), self.pressed.written
        if self.pressed.led_to.get(deed) == self.done:
            return
        self.sends(actor, view, values, row)
        if self.pressed.written == before:
            self.pressed.led_to[deed] = self.done
        else:
            self.done = self.pressed.led_to.setdefault(deed, len(self.pressed.led_to) + 1)

    def sends(self, actor: int, view: Any, values: dict[str, Any], row: dict[str, int]) -> None:
        """One request, as the person who is signed in."""
        request = forge(RequestFactory(), "/", values)
        request.user, request.session = User.objects.get(pk=actor), {}
        request._messages = CookieStorage(request)
        if request.user.is_active:
            with suppress(PermissionDenied, Http404), transaction.atomic():
                view(request, **row)

    def grow(self, **who: Any) -> None:
        """Somebody they made is theirs."""
        made = list(User.objects.filter(**who).values_list("pk", flat=True))
        self.users += made
        self.theirs += made

    # --- people and roles

    @rule(who=NUMBER, where=NUMBER, role=ROLE, user=NUMBER)
    def give_a_role(self, who: int, where: int, role: str, user: int) -> None:
        known = User.objects.get(pk=pick(self.users, user))
        data = {"username": known.username, "name": known.name, "is_active": "on"}
        data |= {"unit": pick(self.units, where), "role": role}
        self.presses(self.one(who), people.person, data, pk=known.pk)

    @rule(who=NUMBER, held=NUMBER)
    def take_a_role(self, who: int, held: int) -> None:
        row = pick(Membership.objects.order_by("pk"), held)
        self.presses(self.one(who), people.person, {"remove": row.pk}, pk=row.user_id)

    @rule(who=NUMBER, where=NUMBER, role=ROLE, invited=st.booleans())
    def make_a_person(self, who: int, where: int, role: str, invited: bool) -> None:
        name = f"made{len(self.users)}"
        secret = {"invite": "1"} if invited else {"new_password": PASSWORD}
        data = {"username": name, "name": name, "is_active": "on", "unit": pick(self.units, where), "role": role}
        self.presses(self.one(who), people.new_person, data | secret)
        self.grow(username=name)

    @rule(who=NUMBER, user=NUMBER, invited=st.booleans())
    def open_an_account(self, who: int, user: int, invited: bool) -> None:
        """A new password, or a link by which one is chosen."""
        opened = list[int]()
        with (
            patch("accounts.views.people.link_for", lambda _site, known, _kind: opened.append(known.pk)),
            patch.object(User, "give_password", lambda known, _words: opened.append(known.pk)),
        ):
            secret = {"invite": "1"} if invited else {"reset": "password", "new_password": PASSWORD}
            self.presses(self.one(who), people.person, secret, pk=pick(self.users, user))
        self.theirs += [pk for pk in opened if pk not in self.theirs]

    @rule(who=NUMBER, absent=NUMBER, deputy=NUMBER)
    def name_a_deputy(self, who: int, absent: int, deputy: int) -> None:
        """One who names deputies somewhere names one of theirs who is there for somebody who is there."""
        names = pick(Membership.objects.filter(user__in=self.theirs, role__in=naming()).order_by("pk"), who)
        if names:
            there = list(Membership.objects.filter(unit=names.unit_id).order_by("pk"))
            helper = pick([each for each in there if each.user_id in self.theirs], deputy)
            data = {"absent": pick(there, absent).pk, "until": UNTIL, "deputy": helper.user_id}
            self.presses(names.user_id, deputies.deputies, data)

    @rule(who=NUMBER, absent=NUMBER, deputy=NUMBER)
    def name_any_deputy(self, who: int, absent: int, deputy: int) -> None:
        row, helper = pick(Membership.objects.order_by("pk"), absent), pick(self.theirs, deputy)
        self.presses(self.one(who), deputies.deputies, {"absent": row.pk, "until": UNTIL, "deputy": helper})

    @rule(who=NUMBER, held=NUMBER)
    def end_a_deputy(self, who: int, held: int) -> None:
        row = pick(Membership.objects.order_by("pk"), held)
        self.presses(self.one(who), deputies.end_deputy, {}, pk=row.pk)

    @rule(who=NUMBER, held=NUMBER, taker=NUMBER, new=st.booleans())
    def hand_over(self, who: int, held: int, taker: int, new: bool) -> None:
        row, name = pick(Membership.objects.order_by("pk"), held), f"taker{len(self.users)}"
        data = {"username": name, "name": name} if new else {"colleague": pick(self.theirs, taker)}
        self.presses(self.one(who), handovers.hand_over, data, pk=row.pk)
        self.grow(username=name)

    # --- units and groups

    @rule(who=NUMBER, ends=NUMBER, stays=NUMBER)
    def merge(self, who: int, ends: int, stays: int) -> None:
        actor = User.objects.get(pk=self.one(who))
        units = list(merged_by(actor).order_by("pk").values_list("pk", flat=True)) or self.units
        data = {"unit": pick(units, ends), "into": pick(units, stays), "on": "2015-09-01"}
        self.presses(actor.pk, merging.merge, data)

    @rule(who=NUMBER)
    def make_a_unit(self, who: int) -> None:
        name = f"Unit {len(self.units)}"
        self.presses(self.one(who), units.new_unit, {"name": name, "kind": "bureau", "level": "city"})
        made = list(Unit.objects.filter(name=name).values_list("pk", flat=True))
        self.units += made
        self.kept |= set(made)

    @rule(who=NUMBER, which=NUMBER, above=NUMBER)
    def put_a_unit_right(self, who: int, which: int, above: int) -> None:
        pk = pick(self.units, which)
        data = {"name": f"Renamed {pk}", "kind": "office", "level": "city", "parent": pick(self.units, above)}
        self.presses(self.one(who), units.unit, data | {"kept_by": self.cast.office.pk}, pk=pk)

    @rule(who=NUMBER, group=NUMBER, which=NUMBER, deed=st.sampled_from(["in", "out"]))
    def change_a_group(self, who: int, group: int, which: int, deed: str) -> None:
        rows, chosen = UnitGroup.objects.order_by("pk").values_list("pk", flat=True), pick(self.units, which)
        data = {"deed": deed, "add": chosen, "remove": chosen}
        self.presses(self.one(who), groups.group, data, pk=pick(rows, group))

    # --- what must hold

    @invariant()
    def the_written_table_holds(self) -> None:
        """Theirs gain what it lists and nothing else; nobody comes into an account that holds more; an office that runs
        itself, and a unit nobody gave them, gain nobody and lose nobody."""
        power = self.power()
        if power == self.before:
            return
        theirs, gained = set(self.theirs), power - self.before
        assert {each for each in gained if each[0] in theirs and not self.may_hold(*each[1:])} == set()
        assert {each for each in power if each[0] in theirs - self.own and not self.may_hold(*each[1:])} == set()
        assert {each for each in power ^ self.before if self.is_guarded(*each[1:])} == set()

    def is_guarded(self, unit: int, role: str) -> bool:
        """Roles that are none of their business, whoever holds them."""
        return unit in self.guarded or (unit == self.cast.district.pk and role not in UNIT_ROLES)


class GrabThroughAHead(Grab):
    """The same, begun with what the city may do: it has named a head of the district."""

    @initialize()
    def name_a_head(self) -> None:
        self.make_a_person(0, self.units.index(self.cast.district.pk), Role.HEAD, False)


class GrabFromBelow(Grab):
    """The people of a unit: they hold on to it, and come nowhere else."""

    THEIRS = ("head", "liaison")

    def may_hold(self, unit: int, role: str) -> bool:
        return unit == self.cast.water.pk and role in UNIT_ROLES


class GrabApart(Grab):
    """Three administrators: without the one for security nobody of the office comes to a role of it."""

    APART = True

    def may_hold(self, unit: int, role: str) -> bool:
        return unit in self.kept and role in UNIT_ROLES


class GrabWithSecurity(Grab):
    """Three administrators, and the one for security is in it: nobody comes to hold two of the three."""

    APART = True
    THEIRS = ("security", *Grab.THEIRS)

    @invariant()
    def nobody_holds_two_of_the_three(self) -> None:
        held = [each[0] for each in self.power() if each[2] in (Role.ADMIN, Role.SECURITY, Role.AUDITOR)]
        assert len(held) == len(set(held))


KNOWN = {"units": Unit, "users": User}
MACHINES = [Grab, GrabThroughAHead, GrabFromBelow, GrabApart, GrabWithSecurity]
FEW = searching(
    max_examples=SEQUENCES // len(MACHINES), stateful_step_count=12, deadline=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(autouse=True)
def scene() -> Iterator[None]:
    """The cast, with a unit that is nobody's and one that somebody of its own speaks for; no page is drawn."""
    cast = make_cast()
    Campaign.objects.filter(host=cast.district).update(state="closed")  # so that the district may be merged as well
    free, alone = unit("Free bureau"), unit("Guarded bureau")
    person("guard", (alone, Role.LIAISON))
    security = person("security", (cast.office, Role.SECURITY))
    known = {name: list(model.objects.order_by("pk").values_list("pk", flat=True)) for name, model in KNOWN.items()}
    Grab.cast = SimpleNamespace(**vars(cast), **known, free=free, alone=alone, security=security)
    Grab.pressed = Pressed()
    page = patch("django.shortcuts.loader.render_to_string", lambda *_given, **_more: "")
    with page, connection.execute_wrapper(Grab.pressed.note):
        yield


@pytest.mark.parametrize("machine", MACHINES)
def test_whatever_they_press_others_keep_their_power(machine: Any, settings: Any) -> None:
    settings.SEPARATE_ADMINISTRATORS = machine.APART
    run_state_machine_as_test(machine, settings=FEW)


def every_role_of_a_head(by: Any) -> Q:
    """Whom heads named deputies of, once: everybody of their unit."""
    return Q(unit__in=by.units_as(Role.ADMIN, Role.HEAD))


@pytest.mark.parametrize(
    ("machine", "place", "as_it_was"),
    [
        (GrabThroughAHead, "accounts.forms.represented_by", every_role_of_a_head),
        (Grab, "accounts.forms.UNIT_ROLES", Role.values),  # who looks after a unit names its signers
        (Grab, "accounts.people_keepers.UNIT_ROLES", Role.values),  # and gives passwords to them
    ],
)
def test_the_search_finds_a_hole_that_is_put_back(machine: Any, place: str, as_it_was: Any) -> None:
    many = searching(FEW, max_examples=400, phases=[Phase.generate])
    with patch(place, as_it_was), pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=many)
