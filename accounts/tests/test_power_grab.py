"""Everybody of the city's office acts together, presses every deed in any order, and wants power in the district.

What people of the city make, name or give a password to is theirs from then on. The written rule is the oracle: the
roles of an office are given by its own administrator, and the district's never acts here. So nobody may ever
hold one.
"""

from contextlib import suppress
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.deputies import naming
from accounts.models import Membership, Role, User
from accounts.models.memberships import UNIT_ROLES
from activities.units.merge import in_hand_of as merged_by
from campaigns.models import Campaign
from tests.cast import make_cast, signed_in
from tests.pages import NoSuchForm, press

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NUMBER = st.integers(0, 10**6)
PASSWORD = "a password of theirs"
UNTIL = "2015-09-20"


def pick(rows: Any, number: int) -> Any:
    found = list(rows)
    return found[number % len(found)] if found else None


class Grab(RuleBasedStateMachine):
    """The city's people, with one more whom they may name as they like."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = transaction.savepoint()
        cast = make_cast()
        Campaign.objects.filter(host=cast.district).update(state="closed")  # so that the district may be merged as well
        self.units = [cast.office, cast.water, cast.district]
        self.wanted = [cast.district.pk, cast.street.pk]
        self.before = self.power()
        self.theirs = [each.pk for each in (cast.admin, cast.staff, cast.signer, cast.leader)]

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.begun)

    def power(self) -> set[tuple[Any, ...]]:
        """Who holds which role of the district's and the street's office."""
        held = Membership.objects.held_now().filter(unit__in=self.wanted).exclude(role__in=UNIT_ROLES)
        return set(held.values_list("user", "unit", "role"))

    def tries(self, actor: int, address: str, button: str = "", **values: Any) -> None:
        """Press a button, where the page of this person has it."""
        User.objects.filter(pk=actor).update(password_chosen_at=timezone.now())  # theirs: they have chosen one
        with suppress(NoSuchForm):
            press(signed_in(User.objects.get(pk=actor)), address, button, follow=False, **values)

    @rule(who=NUMBER, unit=NUMBER, role=st.sampled_from(Role.values), person=NUMBER)
    def give_a_role(self, who: int, unit: int, role: str, person: int) -> None:
        user, where = pick(User.objects.order_by("pk"), person), pick(self.units, unit)
        address = reverse("accounts:person", args=[user.pk])
        self.tries(pick(self.theirs, who), address, form="#person", unit=where.pk, role=role)

    @rule(unit=NUMBER, role=st.sampled_from(Role.values))
    def make_a_person(self, unit: int, role: str) -> None:
        where, name = pick(self.units, unit), f"made{User.objects.count()}"
        self.tries(self.theirs[0], reverse("accounts:new-person"), form="#person", username=name, name=name,
                   new_password=PASSWORD, unit=where.pk, role=role)  # fmt: skip
        self.theirs += User.objects.filter(username=name).values_list("pk", flat=True)

    @rule(person=NUMBER)
    def set_a_password(self, person: int) -> None:
        user = pick(User.objects.order_by("pk"), person)
        self.tries(self.theirs[0], reverse("accounts:person", args=[user.pk]), "reset=password", new_password=PASSWORD)
        user.refresh_from_db()
        if user.check_password(PASSWORD) and user.pk not in self.theirs:
            self.theirs.append(user.pk)

    @rule(who=NUMBER, absent=NUMBER, deputy=NUMBER)
    def name_a_deputy(self, who: int, absent: int, deputy: int) -> None:
        names = pick(Membership.objects.filter(user__in=self.theirs, role__in=naming()).order_by("pk"), who)
        row = pick(Membership.objects.filter(unit=names.unit).order_by("pk"), absent)
        helper = pick(User.objects.filter(pk__in=self.theirs, memberships__unit=names.unit).order_by("pk"), deputy)
        self.tries(names.user_id, reverse("accounts:deputies"), "Name this deputy", absent=row.pk, until=UNTIL,
                   deputy=helper.pk)  # fmt: skip

    @rule(who=NUMBER, held=NUMBER, taker=NUMBER)
    def hand_over(self, who: int, held: int, taker: int) -> None:
        row = pick(Membership.objects.filter(role__in=UNIT_ROLES).order_by("pk"), held)
        self.tries(pick(self.theirs, who), reverse("accounts:hand-over", args=[row.pk]),
                   colleague=pick(self.theirs, taker))  # fmt: skip

    @rule(who=NUMBER, unit=NUMBER, into=NUMBER)
    def merge(self, who: int, unit: int, into: int) -> None:
        actor = pick(self.theirs, who)
        units = merged_by(User.objects.get(pk=actor)).order_by("pk")
        ends, stays = pick(units, unit), pick(units, into)
        if ends and stays and ends != stays:
            about = reverse("activities:merge-units") + f"?unit={ends.pk}&into={stays.pk}&on=2015-09-01"
            self.tries(actor, about, "Merge them")

    @invariant()
    def nobody_holds_what_nobody_gave(self) -> None:
        assert self.power() <= self.before
        assert not {user for user, _unit, _role in self.power()} & set(self.theirs)


class GrabThroughAHead(Grab):
    """The same, begun with what the city may do: it has named a head of the district."""

    @initialize()
    def name_a_head(self) -> None:
        self.make_a_person(2, Role.HEAD)


FEW = settings(
    max_examples=12, stateful_step_count=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("machine", [Grab, GrabThroughAHead])
def test_whatever_the_city_presses_the_district_keeps_its_power(machine):
    run_state_machine_as_test(machine, settings=FEW)


def test_the_search_finds_the_hole_where_heads_name_deputies_of_all():
    def as_it_was(by: Any) -> Q:
        return Q(unit__in=by.units_as(Role.ADMIN, Role.HEAD))

    many = settings(FEW, max_examples=100, phases=[Phase.generate])
    with patch("accounts.forms.represented_by", as_it_was), pytest.raises(AssertionError):
        run_state_machine_as_test(GrabThroughAHead, settings=many)
