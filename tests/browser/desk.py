"""A person at a browser: opens, follows, fills, presses, reads; looks at every page the way axe does."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, Response, ViewportSize, expect

from documents.counts import so_many
from tests.settings import SCRATCH

PASSWORD: str = settings.DEMONSTRATION_PASSWORD
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
WAIT = 120_000
"""Milliseconds after which what never comes is called so; what does come is waited for, however busy the machine."""
expect.set_options(timeout=WAIT)
AXE = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"
MET = Path(os.environ[SCRATCH]) / "met"
"""The kinds of page looked at in this run, by all its processes, so that each is judged once at each width."""


def said(message: str, **values: Any) -> str:
    """A message of the site as this office reads it."""
    with translation.override("zh-hans"):
        return gettext(message) % values if values else gettext(message)


def said_of(number: int, one: str, many: str) -> str:
    """The same of a message that counts."""
    with translation.override("zh-hans"):
        return so_many(one, many, number)


class Desk:
    """One person's browser window. Whatever goes wrong in it is kept in ``trouble``."""

    def __init__(self, page: Page, base_url: str, *, script: bool = True) -> None:
        self.page, self.host, self.script = page, urlsplit(base_url).netloc, script
        self.trouble: list[str] = []
        page.set_default_timeout(WAIT)
        page.on("console", lambda note: self.note(note.type == "error", f"console: {note.text}"))
        page.on("pageerror", lambda error: self.note(True, f"script: {error}"))
        page.on("request", lambda asked: self.note(self.is_foreign(asked.url), f"called: {asked.url}"))
        page.on("response", lambda got: self.note(self.is_lost(got), f"{got.status} instead of {got.url}"))

    def note(self, wrong: bool, what: str) -> None:
        """Keep what went wrong, but not the refusals a test provokes on purpose (422, 404 and the like)."""
        if wrong and "the server responded with a status of 4" not in what:
            self.trouble.append(f"{self.page.url}: {what}")

    def is_foreign(self, url: str) -> bool:
        """Whether an address lies outside this site: an isolated office network has nothing else."""
        at = urlsplit(url)
        return at.scheme.startswith("http") and at.netloc != self.host

    def is_lost(self, got: Response) -> bool:
        """Whether a style, script or picture the page asks for is not there."""
        return got.status >= 400 and got.request.resource_type in ("stylesheet", "script", "font", "image")

    # --- going about -------------------------------------------------------------------------------

    def sign_in(self, username: str) -> None:
        """Sign in on the page for it."""
        self.open("/sign-in/")
        self.write(username=username, password=PASSWORD)
        self.press("Sign in", "main")
        expect(self.page.locator(".menu summary")).to_be_visible()

    def open(self, path: str, status: int = 200) -> None:
        """Go to an address, which answers with this status."""
        answer = self.page.goto(path)
        assert answer and answer.status == status, (path, answer and answer.status)
        self.look()

    def follow(self, text: str, within: str = "main") -> None:
        """Follow the link of this text."""
        self.page.locator(within).get_by_role("link", name=text).first.click()
        self.look()

    def press(self, message: str, within: str = "main") -> None:
        """Press the button of this label."""
        self.button(message, within).click()
        self.look()

    def write(self, **values: str) -> None:
        """Fill in fields by their names."""
        for name, value in values.items():
            self.page.locator(f"main [name='{name}']").fill(value)

    # --- looking -----------------------------------------------------------------------------------

    def button(self, message: str, within: str = "main") -> Locator:
        """The button with this message id as its label."""
        return self.page.locator(within).get_by_role("button", name=said(message), exact=True)

    def sees(self, *texts: str) -> None:
        """Each of these stands on the page, or comes within some seconds."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text, timeout=WAIT)

    def misses(self, text: str) -> None:
        """This does not stand on the page."""
        expect(self.page.locator("body")).not_to_contain_text(text)

    def cannot_press(self, message: str, why: str) -> None:
        """The button is there, cannot be used, and the page says why."""
        expect(self.button(message)).to_be_disabled()
        self.sees(why)

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.page.locator(f"main [name='{name}']").input_value()

    def look(self) -> None:
        """Each kind of page once: it fits its window, and nothing stands in anybody's way."""
        window = self.page.viewport_size
        assert window
        self.page.wait_for_load_state()
        at = urlsplit(self.page.url)
        path = re.sub(r"\d+", "1", at.path) + "".join(parse_qs(at.query).get("look", []))
        parts = [self.page.locator(part).count() for part in ("form", "button", ".alert", ".badge-of, .light")]
        kind = f"{path} {[min(number, 3) for number in parts]} {window['width']} {self.script}"
        if not is_new(kind):
            return
        wide = self.width()
        assert wide <= window["width"], f"{self.page.url} is {wide} pixels wide in {window}"
        if self.script:  # axe waits for timers, which do not run where scripts are off
            self.trouble += in_the_way(self.page)

    def width(self) -> int:
        """How wide the page is. A click returns when the next document has begun, which then has no root yet."""
        while not (wide := self.page.evaluate("document.documentElement?.scrollWidth")):
            self.page.wait_for_load_state()
        return int(wide)

    def look_narrow(self) -> None:
        """Look at the page in the window of a telephone as well, and make the window wide again."""
        self.page.set_viewport_size(NARROW)
        telephone = self.page.context.new_cdp_session(self.page)
        telephone.send("Emulation.setDeviceMetricsOverride", {**NARROW, "deviceScaleFactor": 1, "mobile": True})
        self.look()
        telephone.detach()
        self.page.set_viewport_size(WIDE)

    def fetch(self, path: str) -> tuple[int, str, bytes]:
        """Status, kind and bytes of an address, with the cookies of this window."""
        answer = self.page.request.get(path)
        return answer.status, answer.headers.get("content-type", ""), answer.body()

    def file_behind(self, text: str) -> bytes:
        """The PDF that the link of this text leads to."""
        link = self.page.locator("main").get_by_role("link", name=text)
        status, kind, data = self.fetch(link.get_attribute("href") or "")
        assert (status, kind, data[:5]) == (200, "application/pdf", b"%PDF-")
        return data


def is_new(kind: str) -> bool:
    """Whether no process of this run has looked at this kind of page before."""
    try:
        (MET / sha256(kind.encode()).hexdigest()).mkdir(parents=True)
    except FileExistsError:
        return False
    return True


def in_the_way(page: Page) -> list[str]:
    """What axe finds that stands in somebody's way, of whatever impact, with its first places."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(AXE)
    return [
        f"{page.url}: axe {each['impact']} {each['id']}: {each['help']}: "
        + " | ".join(node["html"][:160] for node in each["nodes"][:3])
        for each in found
    ]
