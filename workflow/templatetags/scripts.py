"""``{% scripts "frame.js" "draft.js" %}``: a page names its scripts; they carry the nonce of the answer."""

from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def scripts(context: Any, *names: str) -> SafeString:
    """Elements of scripts that wait until the page is read. Arguments: their files, in the order they run in."""
    nonce = escape(str(context["request"].csp_nonce))
    where = place.__wrapped__ if settings.DEBUG else place
    found = (f'<script src="{where(name)}" defer nonce="{nonce}"></script>' for name in names)
    return mark_safe("".join(found))  # nosec B308 # every text in it is escaped


@lru_cache
def place(name: str) -> str:
    """Where a script is; looked up once."""
    return escape(static(name))
