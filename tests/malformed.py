"""Requests that no browser of an office sends: each kind made at random, the same for the same seed. All are harmless.

A :class:`Shot` that is broken as a whole (method, address, body, headers) may write nothing, whoever sends it. One that
is only typed wrong goes into the fields of a form of a page and is told by its :data:`JUNK`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote

JUNK = "Nonsense-7f3a"
"""Stands in every value of which nothing may be kept."""
FORM = "application/x-www-form-urlencoded"
NUMBERS = (
    "0", "-1", "+1", "1e9", "1_000", "0x10", "1.5", "999999999999999999999", "1" * 400, "%C2%B2", "%D9%A3", "%EF%BC%91",
    "%00", "1%00", "..", "..%2F1", "%2e%2e", "1;2", "1%0d%0a2", "null", "NaN", "%FF", "%c0%ae", "%zz", "%", "%u0031",
)  # fmt: skip
VALUES = (
    "-1", "0", "9" * 30, "1" * 5000, "1e999", "NaN", "%00", "a%00b", "%ff%fe", "%zz", "%", "%F0%9F%98%80", "%ED%A0%80",
    "9999-99-99", "0000-00-00", "2015-02-30", "10000-01-01", "1-1-1", "%27--", "%3Cb%3E", "x" * 9000, "[]", "{", "null",
    "%E2%80%AE", "//elsewhere.invalid/", "%5C%5Celsewhere.invalid", "..%2F..%2F", "+", "%0d%0aX%3A1", "١٢", "true",
)  # fmt: skip
TYPED = (
    "-1", "0", "9" * 25, "1" * 5000, "1e999", "NaN", "Infinity", "-0", "1.2.3", "0x1F", "\0", "a\0b",
    "\ufffe\uffff", "9999-99-99", "0000-00-00", "2015-02-30", "10000-01-01", "0001-01-01", "9999-12-31", "24:61", "[",
    "{}", "[1, 2]", "null", '{"title": {"a": [1]}}', '"text"', "[" * 50, "\u202e", "e" * 70000, "\u0301" * 300, " ",
    "\r\n\r\n", "٣", "²", "１２", "/", "\\", "%s%n", "{{ 1 }}", "' OR 1", "<b>", "-" * 200, "a@b", "@", "True",
)  # fmt: skip
METHODS = (
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "LOCK",
    "HEAD",
    "NONSENSE",
    "get",
    "A" * 99,
)
CHARSETS = ("gbk", "gb18030", "utf-16", "utf-7", "latin-1", "nonsense", '"utf-8', "", "utf-8; charset=gbk", "x" * 300)
TYPES = (
    "application/json", "application/xml", "text/plain", "text/html", "image/png", "", "nonsense", "multipart/mixed",
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "b" * 300,
    "multipart/form-data; boundary=a b", "application/x-www-form-urlencoded; boundary=x", "a/b/c; d; e=", "/", ";",
)  # fmt: skip
BODIES = (
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe\0",
    b"<a/>",
    b"=&=&&&=",
    b"a=%zz&b=%",
    b"\0" * 50,
    b"a" * 3000,
    b"%00=%00",
)
ENCODED = b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
HEADERS: dict[str, tuple[str, ...]] = {
    "Range": ("bytes=9-1", "bytes=-", "bytes=a-b", "bytes=0-0,5-", "items=1-2", "bytes=99999999999999999999-"),
    "If-None-Match": ('"', "W/", "*", "nonsense", '"a", "b'),
    "If-Modified-Since": ("nonsense", "Thu, 99 Foo 2015 00:00:00 GMT", "0", "Thu, 01 Jan 0001 00:00:00 GMT"),
    "Accept-Language": ("zz", "*;q=9", "a" * 600, ";;;", "zh-Hans-CN-x-" + "y" * 40),
    "Accept": ("application/json", "nonsense", "*/*;q=x", ""),
    "Cookie": ("sessionid=%00", "sessionid=" + "z" * 500, "=;=;", "messages=nonsense", "django_language=..%2F", '"'),
    "Host": ("elsewhere.invalid", "a b", "[::1", "testserver:99999", "", "127.0.0.1:x"),
    "X-Forwarded-For": ("nonsense", "1.2.3.4.5", ",,,", "::g", "9" * 300),
    "Content-Length": ("-1", "abc", "", "99999999999"),
    "HX-Request": ("true", "nonsense"),
    "HX-Current-URL": ("%", "http://[", "//elsewhere.invalid/", "nonsense", "http://testserver:x/"),
    "HX-Current-URL-URI-AutoEncoded": ("true",),
    "Referer": ("http://[", "nonsense", "http://testserver:x/", "//", "http://elsewhere.invalid/"),
    "X-CSRFToken": ("nonsense", "a" * 64, ""),
    "Origin": ("null", "nonsense", "http://["),
}  # fmt: skip


@dataclass(frozen=True)
class Shot:
    """One request: who sends it where, and what of it is wrong."""

    kind: str
    method: str
    address: str
    body: bytes = b""
    content_type: str = FORM
    headers: dict[str, str] = field(default_factory=dict)
    is_whole: bool = True
    """Broken as a whole, so that nothing may be written."""


Kind = Callable[[Random, str], Shot]


def method(at: Random, address: str) -> Shot:
    """A method that no page knows."""
    return Shot("method", at.choice(METHODS), address, at.choice(BODIES), at.choice(TYPES))


def path(at: Random, address: str) -> Shot:
    """The number of a row is none, or the address is mangled."""
    asked = at.choice(("GET", "HEAD"))
    if re.search(r"\d+", address) and at.random() < 0.7:
        return Shot("path", asked, re.sub(r"\d+", lambda _m: at.choice(NUMBERS), address, count=1))
    cut = at.randrange(len(address))
    return Shot("path", asked, "/" + (address[:cut] + at.choice(VALUES + NUMBERS) + address[cut:]).lstrip("/"))


def query(at: Random, address: str, names: tuple[str, ...] = ()) -> Shot:
    """Filters that there are not, absurd pages and days, names twice."""
    chosen = [at.choice(names) for _ in range(at.randrange(1, 6))]
    parts = [f"{name}={quote(value, safe='%+') if at.random() < 0.9 else value}" for name in chosen
             for value in at.sample(VALUES, at.randrange(1, 3))]  # fmt: skip
    if at.random() < 0.02:
        parts = parts[:1] * 1500
    return Shot("query", "GET", f"{address}?{'&'.join(parts)}")


def body(at: Random, address: str) -> Shot:
    """A body that is not what its type says."""
    return Shot("body", "POST", address, at.choice(BODIES), at.choice(TYPES), is_whole=False)


def charset(at: Random, address: str) -> Shot:
    """A charset of another time, or none."""
    kind = at.choice((FORM, "multipart/form-data; boundary=b", "text/plain"))
    sent = multipart("b", JUNK.encode()) if "multipart" in kind else b"name=%B3%C2&" + JUNK.encode()
    return Shot(
        "charset", at.choice(("GET", "POST")), address, sent, f"{kind}; charset={at.choice(CHARSETS)}", is_whole=False
    )


def parts(at: Random, address: str) -> Shot:
    """A form in parts that breaks off, or whose parts lie."""
    whole = multipart(
        "b", at.choice((b"\xff" * 20, b"", JUNK.encode())), name=at.choice(("a", '"', "a\\", "\u00e9", "x" * 700))
    )
    sent = at.choice((
        whole[: at.randrange(len(whole))], whole.replace(b"--b", b"--c", 1), whole.replace(b"\r\n", b"\n"),
        whole.replace(b"Content-Disposition", b"Nonsense"), whole * 30, whole + b"--b--" * 3,
        whole.replace(b"form-data", b"attachment"), whole.replace(b"\r\n\r\n", ENCODED),
        whole.replace(b"\r\n\r\n", b'; filename="../../' + b"\xe2\x80\xae.png" + b'"\r\nContent-Type: ;;\r\n\r\n', 1),
    ))  # fmt: skip
    return Shot("parts", "POST", address, sent, "multipart/form-data; boundary=b", is_whole=False)


def header(at: Random, address: str) -> Shot:
    """Headers that say nothing."""
    chosen = at.sample(sorted(HEADERS), at.randrange(1, 4))
    return Shot("header", "GET", address, headers={name: at.choice(HEADERS[name]) for name in chosen})


def unsigned(at: Random, address: str) -> Shot:
    """A form without the token of a page, or with a wrong one."""
    token = at.choice(({}, {"X-CSRFToken": "nonsense"}, {"X-CSRFToken": "a" * 32}))
    return Shot("unsigned", "POST", address, at.choice(BODIES), at.choice((*TYPES, FORM)), dict(token))


def multipart(boundary: str, value: bytes, name: str = "name") -> bytes:
    """A form of one part."""
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
    return head.encode() + value + f"\r\n--{boundary}--\r\n".encode()


def shots(seed: int, number: int, addresses: list[str], names: tuple[str, ...]) -> Iterator[Shot]:
    """So many requests, kind after kind. Arguments: the seed; how many; the addresses of the site; names of filters."""
    at = Random(seed)
    kinds: list[Kind] = [
        method,
        path,
        lambda at, where: query(at, where, names),
        body,
        charset,
        parts,
        header,
        unsigned,
    ]
    for each in range(number):
        yield kinds[each % len(kinds)](at, at.choice(addresses))


def typed(at: Random, fields: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """What a form sends, with nonsense in some of its fields: other values, twice, without, or of a wrong name."""
    found = {name: list(values) for name, values in fields.items()}
    for name in at.sample(sorted(found), min(len(found), at.randrange(1, 4))):
        change = at.random()
        if change < 0.75:
            found[name] = [at.choice(TYPED)]
        elif change < 0.85:
            found[name] = [*found[name], at.choice(TYPED)]
        elif change < 0.95:
            del found[name]
        else:
            found[f"{name}-{at.choice(TYPED)[:20]}"] = found.pop(name)
    return found
