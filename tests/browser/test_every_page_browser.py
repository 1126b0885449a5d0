"""Every page of the site, wide and narrow: it fits its window, loads whole, and stands in nobody's way.

The doors are those of the table of tests/doors.py, so a new page is looked at without being named here.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Desks
from tests.browser.desk import Desk
from tests.doors import DOORS
from tests.site import Site, whole_site

pytestmark = pytest.mark.browser

DESKS = {"office": ("staff", "signer", "admin"), "unit": ("liaison", "head")}
"""Those of the office and those of a unit, each in the order in which a page is tried with them."""
PAGES = {"office": 3, "unit": 5}
ONLY_FOR_OTHERS = "office"
"""With these goes whoever passes where nobody of either does."""


@pytest.fixture
def site(transactional_db: None, media: Any) -> Site:
    """The cast with something behind every door."""
    return whole_site()


def reader(name: str, group: str) -> str | None:
    """Who of the office or of a unit looks at a page, where they may."""
    allowed = DOORS[name][1] or set()
    found = {each: next((who for who in DESKS[each] if who in allowed), None) for each in DESKS}
    if not any(found.values()) and group == ONLY_FOR_OTHERS:
        return next(iter(sorted(allowed)), None)
    return found[group]


def is_page(desk: Desk, address: str) -> bool:
    """Whether there is a whole page of HTML at an address, no file and no part of a page."""
    _status, kind, body = desk.fetch(address)
    return kind.startswith("text/html") and b"<html" in body


@pytest.mark.parametrize("group", DESKS)
def test_every_page_can_be_read_by_everybody(desks: Desks, site: Site, group: str) -> None:
    """Opened once, wide; then the same window is a telephone's."""
    opened: dict[str, Desk] = {}
    looked_at = set()
    for name in DOORS:
        address, who = site.address(name), reader(name, group)
        if not who:
            continue
        if who not in opened:
            opened[who] = desks(who, form=False)
        if is_page(opened[who], address):
            opened[who].open(address)
            opened[who].look_narrow()
            looked_at.add(name)
    assert len(looked_at) > len(DOORS) / PAGES[group], "a third of the doors at least are pages"
