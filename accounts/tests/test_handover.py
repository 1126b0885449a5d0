"""Handing over to a successor: what is to be done moves on, what was done keeps its names."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from accounts.handover import hand_over
from accounts.models import HandOver, Membership, Role, User
from tests.cast import Cast, person, said, signed_in, text, unit
from tests.pages import press
from workflow import clock
from workflow.models import MoveRefused, Notification
from workflow.telling import notify

NEW = {"name": "赵新", "username": "zhaoxin", "mobile": "138 0000 0009"}


def held(user: User) -> Membership:
    return user.memberships.get()


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_the_successor_files_from_now_on_and_the_predecessor_no_longer(cast: Cast) -> None:
    row = hand_over(cast.water, cast.liaison, cast.head, by=cast.liaison)
    assert (fresh(cast.liaison).is_in(cast.water, Role.LIAISON), fresh(cast.head).is_in(cast.water, Role.LIAISON)) == (
        False,
        True,
    )
    assert held(cast.liaison).until == date(2015, 8, 31), "the role stays in the history"
    assert (row.giver, row.taker, row.unit, row.by, timezone.localtime(row.at).date()) == (
        cast.liaison,
        cast.head,
        cast.water,
        cast.liaison,
        clock.today(),
    )


def test_a_new_account_is_made_and_its_password_shown_once(cast: Cast) -> None:
    address = f"/hand-overs/{held(cast.liaison).pk}/"
    page = press(signed_in(cast.liaison), address, **NEW)
    taker, password = User.objects.get(username="zhaoxin"), page.context["password"]
    assert (password in text(page), taker.check_password(password), len(password)) == (True, True, 12)
    assert fresh(taker).is_in(cast.water, Role.LIAISON)
    assert HandOver.objects.get().taker == taker
    assert signed_in(cast.liaison).get(address).status_code == 404
    past = text(signed_in(cast.liaison).get("/hand-overs/"))
    assert ("liaison → 赵新" in past, password in past) == (True, False)


def test_both_are_told_once(cast: Cast) -> None:
    hand_over(cast.water, cast.liaison, cast.head, by=cast.admin)
    told = {row.person: row.text for row in Notification.objects.all()}
    assert set(told) == {cast.liaison, cast.head}
    assert [name in told[cast.liaison] for name in ("head", "Water bureau")] == [True, True]


def message(user: User, key: str, **values: Any) -> None:
    notify([user], "%(what)s", key=key, url="/", what=key, **values)


def unread(user: User) -> list[str]:
    rows = Notification.objects.filter(person=user).unread().exclude(key__startswith="hand-over")
    return sorted(rows.values_list("key", flat=True))


def test_unread_messages_go_to_the_successor_and_read_ones_stay(cast: Cast) -> None:
    for key in ("a", "b", "c"):
        message(cast.liaison, key)
    message(cast.head, "b")
    Notification.objects.filter(person=cast.liaison, key="c").update(read_at=clock.now())
    hand_over(cast.water, cast.liaison, cast.head, by=cast.liaison)
    assert (unread(cast.head), unread(cast.liaison)) == (["a", "b"], [])
    assert Notification.objects.filter(person=cast.liaison, key="c").exists()


def test_who_speaks_for_another_unit_too_keeps_its_messages(cast: Cast) -> None:
    Membership.objects.create(user=cast.liaison, unit=cast.health, role=Role.LIAISON)
    message(cast.liaison, "water", unit=cast.water.pk)
    message(cast.liaison, "health", unit=cast.health.pk)
    hand_over(cast.water, cast.liaison, cast.head, by=cast.liaison)
    assert (unread(cast.head), unread(cast.liaison)) == (["water"], ["health"])
    assert fresh(cast.liaison).is_in(cast.health, Role.LIAISON)


def test_a_former_officer_who_comes_back_has_one_role_again(cast: Cast) -> None:
    hand_over(cast.water, cast.liaison, cast.head, by=cast.liaison)
    hand_over(cast.water, cast.head, cast.liaison, by=cast.head)
    assert fresh(cast.liaison).units_as(Role.LIAISON, Role.HEAD) == {cast.water.pk}
    assert [(row.giver, row.taker) for row in HandOver.objects.order_by("pk")] == [
        (cast.liaison, cast.head),
        (cast.head, cast.liaison),
    ]


def test_the_deputy_now_acts_for_the_successor(cast: Cast) -> None:
    deputy = person("deputy")
    Membership.objects.create(
        user=deputy, unit=cast.water, role=Role.LIAISON, acting_for=cast.liaison, until=date(2015, 9, 9)
    )
    taker = person("taker")
    hand_over(cast.water, cast.liaison, taker, by=cast.liaison)
    assert fresh(deputy).stands_in_for(cast.water.pk, Role.LIAISON) == taker
    hand_over(cast.water, taker, deputy, by=taker)
    assert fresh(deputy).stands_in_for(cast.water.pk, Role.LIAISON) is None


def test_what_makes_no_sense_is_refused(cast: Cast) -> None:
    away = person("away", is_active=False)
    for giver, taker in ((cast.liaison, cast.liaison), (cast.liaison, away), (cast.neighbour, cast.head)):
        with pytest.raises(MoveRefused):
            hand_over(cast.water, giver, taker, by=cast.admin)
    hand_over(cast.water, cast.liaison, cast.head, by=cast.liaison)
    with pytest.raises(MoveRefused):
        hand_over(cast.water, cast.liaison, person("second"), by=cast.liaison)
    assert HandOver.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"name": ""}, {"username": ""}, {"username": "staff"}, {"username": "a b"}])
def test_half_a_new_account_is_asked_back_and_nothing_happens(cast: Cast, wrong: dict[str, str]) -> None:
    page = press(signed_in(cast.liaison), f"/hand-overs/{held(cast.liaison).pk}/", **NEW | wrong)
    assert (page.status_code, HandOver.objects.count()) == (422, 0)
    assert not User.objects.filter(name="赵新").exists()


def test_a_colleague_is_chosen_of_the_same_unit_only(cast: Cast) -> None:
    address = f"/hand-overs/{held(cast.liaison).pk}/"
    client = signed_in(cast.liaison)
    assert press(client, address, forged={"colleague": cast.neighbour.pk}).status_code == 422
    press(client, address, colleague=cast.head.pk)
    assert HandOver.objects.get().taker == cast.head


def test_who_may_hand_over_for_whom(cast: Cast) -> None:
    address = f"/hand-overs/{held(cast.liaison).pk}/"
    met = {who: signed_in(user).get(address).status_code for who, user in cast.people().items()}
    assert {who for who, status in met.items() if status == 200} == {"liaison", "staff", "signer", "admin"}
    assert {status for who, status in met.items() if who not in {"liaison", "staff", "signer", "admin"}} == {404}
    foreign = person("foreign", (unit("Elsewhere"), Role.LIAISON))
    assert signed_in(cast.admin).get(f"/hand-overs/{held(foreign).pk}/").status_code == 404


def test_an_office_role_is_not_handed_over_here(cast: Cast) -> None:
    assert signed_in(cast.admin).get(f"/hand-overs/{held(cast.signer).pk}/").status_code == 404
    assert said(signed_in(cast.stranger).get("/hand-overs/")) == []
