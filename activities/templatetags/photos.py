"""A photo in its place on a page."""

from typing import Any

from django import template

from activities.evidence.photo_to_come import placed
from activities.models import Photo

register = template.Library()


@register.inclusion_tag("activities/evidence/photo_part.html")
def photo_part(photo: Photo, linked: bool = False) -> dict[str, Any]:
    """The photo, or what is to be said while there is none. Arguments: it; whether it leads to its print size."""
    return placed(photo, linked=linked)
