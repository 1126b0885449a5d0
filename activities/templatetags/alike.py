"""What looks alike: photos of a filing with pointers to photos of others, for the office."""

from collections.abc import Iterable
from typing import Any

from django import template

from activities.models.photo import Alike, Likeness, Photo
from workflow.pages import may

register = template.Library()


@register.simple_tag
def with_alike(photos: Iterable[Photo], user: Any, assignment: Any) -> list[tuple[Photo, list[Alike]]]:
    """Each photo of an assignment with those that look alike, one query for all; nothing for those who do not judge.

    Pointers somebody has judged stay with the photo, behind those nobody has.
    """
    rows = list(photos)
    judges = bool(rows) and may(user, "compare", assignment)
    found = Likeness.objects.by_photo(rows, user) if judges else {}
    return [(each, found.get(each.pk, [])) for each in rows]
