"""Addresses of rows in a list: the pattern is looked up once, not for each row."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

PLACE = 987_654_321_987
"""A number no row has: where it stands in an address, the row's own will."""


def address(page: str, pk: int) -> str:
    """The address of a page about one row: as ``reverse(page, args=[pk])``."""
    before, after = around(page, get_script_prefix())
    return f"{before}{pk}{after}"


@lru_cache
def around(page: str, _prefix: str) -> tuple[str, str]:
    """What stands before and behind the number in the address of a page."""
    before, _place, after = reverse(page, args=[PLACE]).partition(str(PLACE))
    return before, after
