"""Addresses: the pattern of a page is looked up once, not for each row and each page; and as others write them down."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse

PLACE = 987_654_321_987
"""A number no row has: where it stands in an address, the row's own will."""


def address(page: str, pk: int) -> str:
    """The address of a page about one row: as ``reverse(page, args=[pk])``."""
    before, after = around(page, get_script_prefix())
    return f"{before}{pk}{after}"


def of_many() -> Callable[[str, int], str]:
    """What gives the address of a page about one row, for the rows of a list: under which prefix is asked for once."""
    prefix = get_script_prefix()

    def found(page: str, pk: int) -> str:
        before, after = around(page, prefix)
        return f"{before}{pk}{after}"

    return found


def address_of(page: str) -> str:
    """The address of a page that needs no number: as ``reverse(page)``."""
    return known(page, get_script_prefix())


@lru_cache
def known(page: str, _prefix: str) -> str:
    """The same, looked up."""
    return reverse(page)


@lru_cache
def around(page: str, _prefix: str) -> tuple[str, str]:
    """What stands before and behind the number in the address of a page."""
    before, _place, after = reverse(page, args=[PLACE]).partition(str(PLACE))
    return before, after


def whole(path: str) -> str:
    """The address for readers elsewhere (mail, messengers). Returns: empty where ``SITE_URL`` is not known."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else ""
