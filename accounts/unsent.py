"""What was typed and not done, because the session had ended or the deed was refused: kept in the session until the
page of its form is opened next.

Only the text of a form that a page of ours sent, no passwords and no files, for half an hour and up to a size. Nothing
of it was done: :mod:`accounts.unsent_page` puts it back into its form and says so.
"""

import re
from time import time
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.network import address_of

UNSENT = "unsent"
"""Where the session has it: the newest last, each with ``trail``, the pages that may show it, the likeliest first."""
SECONDS = 30 * 60
MOST = 200_000
"""Characters of one form; a notice of an office has a tenth of it."""
HOME = "/"
AT_ONCE = 5
"""Forms of one browser: one a tab."""
MOST_A_MINUTE = 10_000_000
"""Characters kept for one address of the network in a minute: whoever is not signed in fills no database."""
STANDS = ("base", "seen")
"""What a page showed when it was opened, so that a second writer is told."""
NEVER = re.compile(r"passw|csrfmiddlewaretoken", re.IGNORECASE)
SHAPELESS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def keep(request: HttpRequest, *instead: str, refused: bool = False) -> None:
    """Keep what was posted, and from which page.

    Arguments: the request that did nothing; where to show it instead; whether that page says why it was refused.
    """
    fields = [(name, SHAPELESS.sub("", each)) for name in request.POST for each in request.POST.getlist(name)]
    fields = [(name, each) for name, each in fields if not NEVER.search(name)]
    if refused:  # that page says by itself what stands now
        fields = [(name, each) for name, each in fields if name not in STANDS]
    size = sum(len(name) + len(each) for name, each in fields)
    too_long = size > MOST or kept_too_much(request, size)
    entry = {
        "action": request.path,
        "trail": list(instead) or trail(request),
        "refused": refused,
        "pressed_on": pressed_on(request),
        "fields": [] if too_long else fields,
        "too_long": too_long,
        "files": bool(request.FILES),
        "at": int(time()),
    }
    if request.session.is_empty():
        request.session.set_expiry(SECONDS)  # given up at sign-in, so that nothing lies about if nobody does
    others = [each for each in fresh(request) if each["action"] != request.path]
    request.session[UNSENT] = [*others, entry][-AT_ONCE:]


def kept_too_much(request: HttpRequest, size: int) -> bool:
    """Count what is kept for this address of the network."""
    key = f"unsent-{address_of(request)}"
    cache.add(key, 0, 60)
    try:
        return cache.incr(key, size) > MOST_A_MINUTE
    except ValueError:  # it ran out between the two lines
        return False


def trail(request: HttpRequest) -> list[str]:
    """Pages that may hold the form: its own address, the page it was pressed on, the row above it, the first page.

    A list above it is none of them: it may be open to people who may not see the row.
    """
    above, pages = request.path, [request.get_full_path(), pressed_on(request)]
    while above.strip("/"):
        above = above.rstrip("/").rpartition("/")[0] + "/"
        pages.append(above if re.search(r"\d", above) else HOME)
    return list(dict.fromkeys(page for page in pages if page and is_page(page)))


def pressed_on(request: HttpRequest) -> str:
    """The page of ours on which the button was pressed; nothing where the browser does not say or it is another's."""
    address = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(address)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if url_has_allowed_host_and_scheme(path, None) else ""


def is_page(path: str) -> bool:
    """Whether the site has such an address."""
    try:
        return resolve(urlsplit(path).path).view_name not in ("accounts:sign-in", "accounts:sign-out")
    except Resolver404:
        return False


def fresh(request: HttpRequest) -> list[dict[str, Any]]:
    """All that is kept and not too old."""
    return [each for each in request.session.get(UNSENT, ()) if each["at"] > time() - SECONDS]


def of(request: HttpRequest) -> dict[str, Any] | None:
    """What is to be shown on this page, the newest."""
    here = [each for each in fresh(request) if urlsplit(each["trail"][0]).path == request.path]
    return here[-1] if here else None


def sent_to(request: HttpRequest) -> dict[str, Any] | None:
    """What was sent to this address."""
    return next((each for each in fresh(request) if each["action"] == request.path), None)


def follow(request: HttpRequest, entry: dict[str, Any], trail: list[str]) -> None:
    """It is to be shown on another page; on none if the trail is empty.

    On the first page, which everybody may open, without its words, unless that is where they were typed.
    """
    left = [each for each in fresh(request) if each != entry]
    kept = entry["fields"] if trail and (urlsplit(trail[0]).path != HOME or entry["pressed_on"] == HOME) else []
    request.session[UNSENT] = left + ([{**entry, "trail": trail, "fields": kept}] if trail else [])


def forget(request: HttpRequest, path: str) -> None:
    """It was sent again, or is not wanted any more. Arguments: the request, the address it was posted to."""
    if UNSENT in request.session:
        request.session[UNSENT] = [each for each in fresh(request) if each["action"] != path]
