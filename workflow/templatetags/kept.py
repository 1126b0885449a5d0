"""Parts of a page that depend on little are rendered once for each process: menus, tabs, lists of choices.

``{% kept "parts/menu.html" here=view_name offices=in_office %}`` renders the template with nothing but what is named,
and keeps what came of it for the same language and the same values. So such a template must ask for nothing else: no
person, no clock, no database.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

PARTS = 2000
"""How many are kept; those asked for longest ago go."""


@register.simple_tag
def kept(name: str, **given: Any) -> SafeString:
    """A part of the page. Arguments: its template, and all it may know: texts, numbers, days, and rows of these."""
    values = tuple((key, plain(value)) for key, value in given.items())
    kinds = tuple(type(value) for _key, value in values)  # True is no 1 on a page
    make = part.__wrapped__ if settings.DEBUG else part
    return make(name, get_language(), values, kinds)


@lru_cache(maxsize=PARTS)
def part(name: str, _language: str, values: tuple[tuple[str, Any], ...], _kinds: tuple[type, ...]) -> SafeString:
    """What the template gives for these values, in the language that is active."""
    return render_to_string(name, dict(values))


def plain(value: Any) -> Any:
    """A value to be kept by. A text loses what somebody vouched for: the part escapes it anew.

    Raises: TypeError for what may change while it is kept.
    """
    if value is None or isinstance(value, bool | int | date):
        return value
    if isinstance(value, str):
        return "".join((value,))
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    raise TypeError(f"{type(value).__name__} is nothing to keep a part of a page by")
