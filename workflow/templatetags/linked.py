"""Plain text in which addresses of this site, and no others, can be pressed."""

import re

from django import template
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def linked(text: str) -> SafeString:
    """The text, escaped; each whole address of this site in it leads there, under whatever name the site was asked.

    An address of another site stays words: whoever typed it is not known, and a press would leave the house.
    """
    if not settings.SITE_URL:
        return escape(text)
    ours = re.compile(rf"({re.escape(settings.SITE_URL)}/[\w/.~%?=&#+:@-]*)", re.ASCII)
    parts = ours.split(text)
    shown = [address(each) if place % 2 else escape(each) for place, each in enumerate(parts)]
    return mark_safe("".join(shown))  # nosec B308 # each part is escaped


def address(found: str) -> SafeString:
    """One address as a link; a full stop behind it is the sentence's."""
    kept = found.rstrip(".:")
    return format_html('<a href="{}">{}</a>{}', kept.removeprefix(settings.SITE_URL), kept, found[len(kept) :])
