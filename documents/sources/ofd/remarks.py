"""What people have to know of an OFD besides its text, in their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import pgettext

from documents.counts import so_many, so_many_noop
from documents.messages import gettext as _

MOST = 3
_LONGEST = 40
_REMARKS = {
    "unread": so_many_noop(
        "%(n)s place of the file can be seen but not read, because the file does not say which characters it shows; "
        "□ stands for them: %(places)s. Please compare it with the file.",
        "%(n)s places of the file can be seen but not read, because the file does not say which characters it shows; "
        "□ stands for them: %(places)s. Please compare them with the file.",
    ),
    "pictures": so_many_noop(
        "%(n)s page is a picture and was not read: page %(places)s.",
        "%(n)s pages are pictures and were not read: pages %(places)s.",
    ),
    "missing": so_many_noop(
        "%(n)s page is missing in the file, or cannot be opened: page %(places)s. Please ask the sender for it.",
        "%(n)s pages are missing in the file, or cannot be opened: pages %(places)s. Please ask the sender for them.",
    ),
    "damaged": so_many_noop(
        "%(n)s page of the file is damaged and was read as far as it goes: page %(places)s.",
        "%(n)s pages of the file are damaged and were read as far as they go: pages %(places)s.",
    ),
    "watermarks": so_many_noop(
        "A watermark lies across the pages and is no part of the text: %(places)s.",
        "%(n)s watermarks lie across the pages and are no part of the text: %(places)s.",
    ),
    "stamps": so_many_noop(
        "A stamp stands on the pages: %(places)s.",
        "%(n)s stamps stand on the pages: %(places)s.",
    ),
    "written": so_many_noop(
        "A remark was written on a page and is no part of the text: page %(places)s.",
        "%(n)s remarks were written on the pages and are no part of the text: page %(places)s.",
    ),
    "seals": so_many_noop(
        "The file carries %(n)s electronic signature (%(places)s). It was not verified here.",
        "The file carries %(n)s electronic signatures (%(places)s). They were not verified here.",
    ),
    "attachments": so_many_noop(
        "%(n)s file is attached to it and was not read: %(places)s. Hand it in as a file of its own.",
        "%(n)s files are attached to it and were not read: %(places)s. Hand them in as files of their own.",
    ),
}
"""By what ``reader.Reader`` calls them."""


def remarks(found: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    """Yield what is to be said. found: kinds, each with places or names."""
    for kind, places in found:
        if kind == "round":
            yield _("Parts of the file draw on one another in a circle; what they would repeat was left out.")
        elif kind in _REMARKS:
            one, many = _REMARKS[kind]
            yield so_many(one, many, len(places), places=_listed(kind, places))


def _listed(kind: str, places: list[str]) -> str:
    separator = pgettext("between names", ", ")
    shown = [_place(kind, each) for each in dict.fromkeys(places)]
    return separator.join(shown[:MOST]) + ("…" if len(shown) > MOST else "")


def _place(kind: str, place: str) -> str:
    """A place as people find it: a page, and what stands there."""
    if kind in ("unread", "written"):
        page, text = place.split(" ", 1)
        return f"{page} “{_cut(text)}”"
    if kind in ("pictures", "missing", "damaged"):
        return place
    return _("without a name") if place == "?" else f"“{_cut(place)}”"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
