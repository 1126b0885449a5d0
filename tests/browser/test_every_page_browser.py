"""Every page of the site, wide and narrow: it fits its window, loads whole, and stands in nobody's way.

The doors are those of the table of tests/doors.py, so a new page is looked at without being named here.
"""

from __future__ import annotations

from typing import Any

import pytest

from activities.models import Demand
from tests.browser.conftest import Desks
from tests.browser.desk import Desk
from tests.cast import issued, make_cast
from tests.doors import DOORS
from tests.site import Site

pytestmark = pytest.mark.browser

DESKS = (("staff", "signer", "admin"), ("liaison", "head"))
"""Those of the office and those of a unit, each in the order in which a page is tried with them."""


@pytest.fixture
def site(transactional_db: None, media: Any) -> Site:
    """The cast with something behind every door."""
    cast = make_cast()
    Demand.objects.create(notice=cast.notice, order=1, title="List of names")
    return Site(issued(cast))


def readers(name: str) -> list[str]:
    """Who looks at a page: one of the office and one of a unit, where they may."""
    allowed = DOORS[name][1] or set()
    found = [next((who for who in group if who in allowed), None) for group in DESKS]
    return [who for who in found if who] or sorted(allowed)[:1]


def is_page(desk: Desk, address: str) -> bool:
    """Whether there is a whole page of HTML at an address, no file and no part of a page."""
    _status, kind, body = desk.fetch(address)
    return kind.startswith("text/html") and b"<html" in body


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "390"])
def test_every_page_can_be_read_by_everybody(desks: Desks, site: Site, narrow: bool) -> None:
    opened: dict[str, Desk] = {}
    looked_at = set()
    for name in DOORS:
        address = site.address(name)
        for who in readers(name):
            if who not in opened:
                opened[who] = desks(who, narrow=narrow, form=False)
            if is_page(opened[who], address):
                opened[who].open(address)
                looked_at.add(name)
    assert len(looked_at) > len(DOORS) / 3, "a third of the doors at least are pages"
