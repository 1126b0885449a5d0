"""People at their browsers, for benchmarks: they sign in, open the page of a summary, and file it with photos."""

from __future__ import annotations

import http.client
import multiprocessing
import re
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, TypeVar
from urllib.parse import urlencode

Given = TypeVar("Given")
Done = TypeVar("Done")
CLIENTS = 16
"""So many act at the same moment."""
URLENCODED = "application/x-www-form-urlencoded"
PATIENCE = 120.0
"""Seconds after which somebody gives up."""
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
FIGURE = re.compile(r'name="(figure_\d+)"')
TEXT = "围绕“质量月”主题，组织开展质量开放日、标准宣贯和质量比对活动，现场整改问题并形成清单。" * 4
SECTIONS = ("overview", "practice", "effect", "problems", "suggestions")


@dataclass
class Person:
    """Somebody with a browser: the port of the site, the cookies it holds."""

    port: int
    username: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str, bytes]:
        """One request. Returns: status, where it leads, the page. Raises: OSError, HTTPException: nothing came back."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            page = answer.read()
        finally:
            connection.close()
        for given in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(given).items()}
        return answer.status, answer.headers.get("Location", ""), page

    def sign_in(self, password: str) -> None:
        """Open the page to sign in and do it. Raises: RuntimeError when it is refused."""
        _status, _to, page = self.ask("GET", "/sign-in/")
        form = hidden(page) | {"username": self.username, "password": password}
        status, _to, _page = self.ask("POST", "/sign-in/", urlencode(form).encode(), URLENCODED)
        if status != 302:
            raise RuntimeError(f"{self.username} could not sign in: {status}")

    def filled(self, path: str) -> dict[str, str]:
        """Open the page of a summary and fill it in. Returns: what pressing “submit” sends."""
        _status, _to, page = self.ask("GET", path)
        form = hidden(page) | dict.fromkeys(SECTIONS, TEXT) | {"action": "submit"}
        return form | dict.fromkeys(FIGURE.findall(page.decode()), "3")

    def press(self, path: str, form: dict[str, str], photos: Sequence[bytes]) -> bool:
        """Send it. Returns: whether it was taken; what is not taken, or whose answer is lost, is sent again."""
        try:
            status, to, _page = self.ask("POST", path, *multipart(form, photos))
        except (OSError, http.client.HTTPException):
            return False
        return status == 302 and to == path


def hidden(page: bytes) -> dict[str, str]:
    """What the page sends beside what is typed."""
    return dict(HIDDEN.findall(page.decode()))


def multipart(form: dict[str, str], photos: Sequence[bytes]) -> tuple[bytes, str]:
    """A form as a browser sends it (RFC 7578). Returns: the body, and its content type."""
    edge = uuid.uuid4().hex
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
             for name, value in form.items()]  # fmt: skip
    for number, photo in enumerate(photos):
        head = f'--{edge}\r\nContent-Disposition: form-data; name="photos"; filename="IMG_{number}.jpg"\r\n'
        parts += [head.encode(), b"Content-Type: image/jpeg\r\n\r\n", photo, b"\r\n"]
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


def all_at_once(deed: Callable[[Given], Done], given: Sequence[Given]) -> list[Done]:
    """Everybody does it, so many at the same moment. Returns: what each did, in order."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(deed, given))


class Onlooker:
    """Somebody else, who opens a page again and again meanwhile, and how long each time took (ms).

    In a process of its own: what the others send is not to be seen in these times.
    """

    def __init__(self, person: Person, path: str, pause: float = 0.2) -> None:
        self.person, self.path, self.pause = person, path, pause
        self.times: list[float] = []
        self.lost = 0
        here = multiprocessing.get_context("fork")
        self.over, self.told = here.Event(), here.Queue()
        self.process = here.Process(target=self.look)

    def look(self) -> None:
        """Open it until it is over; an answer that is no page counts as lost."""
        times, lost = [], 0
        while not self.over.wait(self.pause):
            start = time.perf_counter()
            try:
                status = self.person.ask("GET", self.path)[0]
            except (OSError, http.client.HTTPException):
                status = 0
            if status == 200:
                times.append((time.perf_counter() - start) * 1000)
            else:
                lost += 1
        self.told.put((times, lost))

    def __enter__(self) -> Onlooker:
        self.process.start()
        return self

    def __exit__(self, *_error: Any) -> None:
        self.over.set()
        self.times, self.lost = self.told.get()
        self.process.join()


def until_taken(send: Callable[[], bool], pause: float = 0.5) -> int:
    """Send until it is taken. Returns: how often it was sent."""
    tries = 1
    while not send():
        time.sleep(pause)
        tries += 1
    return tries
