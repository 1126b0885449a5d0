"""A photo in its place on a page."""

from typing import Any

from django import template

from activities.evidence.photo_to_come import placed, waiting
from activities.models import Photo

register = template.Library()


@register.inclusion_tag("activities/evidence/photo_part.html", takes_context=True)
def photo_part(context: Any, photo: Photo, linked: bool = False) -> dict[str, Any]:
    """The photo, or what is to be said while there is none. Arguments: it; whether it leads to its print size.

    How many wait is counted once for a page.
    """
    kept = context.render_context

    def number() -> int:
        if waiting not in kept:
            kept[waiting] = waiting()
        return int(kept[waiting])

    return placed(photo, linked=linked, number=number)
