"""Many rows of a list at once: those that were ticked, or all of the filter."""

from typing import Any

from django.http import HttpRequest, QueryDict

from workflow.listing.listing import Found, Listing, Source

LONGEST = 4000
"""Signs of a filter in an address."""
TICKS = 1000
"""Boxes of a page; more were never on one."""


def sent(text: str) -> dict[str, str]:
    """A filter as it stands in an address, from a field of a page. What is longer than any filter ends before the part
    that would be cut."""
    whole = text if len(text) <= LONGEST else text[:LONGEST].rpartition("&")[0]
    found: dict[str, str] = QueryDict(whole).dict()
    return found


def ticked(request: HttpRequest) -> list[int]:
    """The numbers of the rows that were ticked, whoever may see them."""
    asked = request.POST.getlist("row")[:TICKS]
    return [int(each) for each in asked if each.isdecimal() and len(each) < 19]


def meant(request: HttpRequest, listing: Listing, source: Source) -> list[Any]:
    """The numbers of the rows of a list that a form means, in the order of its filter; only what the reader sees.

    Arguments: the request with the form of ``listing/deeds.html``; the list; where its rows come from.
    """
    found = Found(listing, source, sent(request.POST.get("filter", "")))
    if request.POST.get("all"):
        return found.pks()
    sheet, chosen = source.sheet, ticked(request)
    mask = source.seen & sheet.mask_of(sheet.place[pk] for pk in chosen if pk in sheet.place)
    return sheet.part(mask, found.order.key, range(len(chosen)), back=found.back)
