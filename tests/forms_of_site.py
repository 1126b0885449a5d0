"""Every form that somebody finds behind a door of the site, as it stands there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from webtest.forms import Form

from tests.doors import DOORS
from tests.pages import forms_of, page_of, sent
from tests.site import Site

FIRST = ("staff", "liaison", "head", "signer", "admin")
"""Who looks, where several may: those whose pages have the most to fill in."""
BUTTONS = 3
FORMS = "main form[method=post]"


@dataclass(frozen=True)
class FoundForm:
    """A form: behind which door, who found it, where it sends to, what it sends with one of its buttons."""

    door: str
    who: str
    target: str
    sent: dict[str, list[Any]]
    form: Form
    whole: Tag
    """The form as it stands on the page, also with what is shut and sends nothing."""


def forms_of_the_site(site: Site) -> Iterator[FoundForm]:
    """All of them, each with its first buttons; one that several doors show, once."""
    seen = set[tuple[str, str]]()
    for door, row in DOORS.items():
        for who in readers(row[1] or set()):
            response = site.clients[who].get(site.address(door))
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                for found in on_page(door, who, response):
                    key = (found.target, str(found.whole) + str(sorted(found.sent)))
                    if key not in seen:
                        seen.add(key)
                        yield found


def readers(passes: set[str]) -> list[str]:
    """One of the office and one of the unit, where both may."""
    known = [who for who in FIRST if who in passes] or sorted(passes)[:1]
    return known[:2]


def on_page(door: str, who: str, response: Any) -> Iterator[FoundForm]:
    """The forms of one page. Arguments: what to call the door and who looks; the answer."""
    page, whole = page_of(response), BeautifulSoup(response.content.decode(), "html.parser")
    for tag, shown in zip(
        forms_of(page, "main form[method=post]"), whole.select("main form[method=post]"), strict=True
    ):
        form = Form(page, str(tag))
        buttons: list[Tag | None] = list(tag.select("button")[:BUTTONS])
        for button in buttons or [None]:
            target = urljoin(page.address, str((button and button.get("formaction")) or form.action or ""))
            yield FoundForm(door, who, target, sent(form, button), form, shown)
