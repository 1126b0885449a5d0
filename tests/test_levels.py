"""Who sees what over four levels, roles and campaigns: every cell of the table is opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Role, Unit, UnitGroup, User
from activities.models import Assignment
from activities.states import Kind
from campaigns.models import Campaign, DocumentNumber, Notice
from campaigns.states import NoticeState
from tests.cast import campaign, person, signed_in, unit
from tests.levels import ABSENT, FORBIDDEN, HOSTS, LEVELS, PAGES, ROLES, SEES, cells, table
from workflow import clock

MET = {200: SEES, 302: SEES, 403: FORBIDDEN, 404: ABSENT}


def people_of(place: Unit, level: str) -> dict[tuple[str, str], User]:
    """Somebody in each role; in a town nobody runs an office."""
    roles = ROLES if level != "town" else ("head", "liaison")
    return {(level, role): person(f"{level}-{role}", (place, Role(role))) for role in roles}


def owed(of: Campaign, notice: Notice, by: Unit) -> dict[str, Assignment]:
    """A summary and a plan that a unit owes."""
    task = of.activities.create(order=0, scope="common", title="Open day")
    about: dict[str, Any] = {"campaign": of, "notice": notice, "unit": by, "due_at": clock.end_of(date(2015, 10, 15))}
    return {
        "summary": Assignment.objects.create(**about, kind=Kind.SUMMARY),
        "plan": Assignment.objects.create(**about, kind=Kind.PLAN, activity=task),
    }


def planted() -> tuple[dict[tuple[str, str], User], dict[str, dict[str, Any]]]:
    """Four levels, each carrying out the campaign above; people, and what stands behind the pages, by host."""
    places = {level: unit(f"{level} office", kind="office", level=level) for level in LEVELS}
    people = {key: user for level, place in places.items() for key, user in people_of(place, level).items()}
    rows: dict[str, dict[str, Any]] = {}
    above: Campaign | None = None
    for number, level in enumerate(HOSTS):
        below = places[LEVELS[number + 1]]
        UnitGroup.objects.create(owner=places[level], name="Units").units.add(below)
        made = campaign(places[level], f"Month of {level}")
        Campaign.objects.filter(pk=made.pk).update(parent=above)
        number_of = DocumentNumber.objects.give(f"{level}〔", 2015, by=people[level, "staff"], owner=places[level])
        notice = Notice.objects.create(
            campaign=made, title=f"Notice of {level}", year=2015, body="Everybody takes part.", issued_at=clock.now(),
            state=NoticeState.ISSUED, document_number=number_of, salutation="All",
        )  # fmt: skip
        notice.addressees.add(below)
        rows[level] = {"campaign": made, "notice": notice, **owed(made, notice, below)}
        above = Campaign.objects.get(pk=made.pk)
    return people, rows


@pytest.mark.django_db
def test_every_cell_of_the_table() -> None:
    people, rows = planted()
    clients = {key: signed_in(user, raise_request_exception=False) for key, user in people.items()}
    wrong = {}
    for page, host, level, role, meets in cells():
        if (level, role) not in clients:
            continue
        response = clients[level, role].get(reverse(page, args=[rows[host][PAGES[page][0]].pk]))
        if MET.get(response.status_code, str(response.status_code)) != meets:
            wrong[page, host, level, role] = (response.status_code, meets)
    assert wrong == {}


def test_the_table_stands_in_the_documentation() -> None:
    assert table() in (Path(__file__).parent.parent / "docs" / "levels.md").read_text()
