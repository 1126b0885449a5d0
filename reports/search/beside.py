"""What is looked through as it stands, without an index: units, accounts, one's own messages."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from accounts.duties import granting
from accounts.models import Role, User
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES
from accounts.people_keepers import looked_after, people_of
from accounts.unit_keepers import units_of
from accounts.unit_names import known_by, sound_of
from reports.search.finding import MOST
from reports.search.folding import fold
from workflow.compiled import Compiled
from workflow.models import Notification

KNOWS_UNITS = (*HOST_ROLES, Role.ADMIN)
"""Roles whose pages name units: the offices' people and whoever administers."""
MESSAGES = 100
"""Of one's own messages so many are looked through, the newest; all of them on the page of messages."""

UNITS = Compiled(
    lambda sounds, offices, **words: (
        units_of(offices)
        .live()
        .filter(*(called(words[f"word{place}"], words.get(f"sound{place}")) for place in range(len(sounds))))
        .order_by("order", "pk")
        .values_list("pk", "name", "full_name")[: MOST + 1]
    )
)


def called(word: Any, sound: Any) -> Q:
    """That one of a unit's names holds a word, or sounds like it."""
    return known_by(word, "", sound or "")


def units(user: Any, words: Sequence[str]) -> list[tuple[Any, ...]]:
    """The units the person's offices work with, by any of their names and by how they sound: number, names."""
    offices = user.units_as(*KNOWS_UNITS)
    if not offices:
        return []
    sounds = tuple(bool(sound_of(word)) for word in words)
    values: dict[str, Any] = {f"word{place}": word for place, word in enumerate(words)}
    values |= {f"sound{place}": sound_of(word) for place, word in enumerate(words) if sounds[place]}
    return UNITS(sounds, offices=sorted(offices), **values)


def keeps_register(user: Any) -> bool:
    """Whether the register of units is a page of this person."""
    return bool(user.units_as(Role.ADMIN, *OFFICE_ROLES))


def people(user: Any, words: Sequence[str]) -> list[User]:
    """Accounts the person looks after, by name, account, department or position; nobody's numbers."""
    if not user.units_as(*granting()):
        return []
    rows = people_of(looked_after(user, granting()))
    for word in words:
        parts = ("name", "username", "department", "position")
        fits = [Q(**{f"{part}__icontains": word}) for part in parts]
        rows = rows.filter(fits[0] | fits[1] | fits[2] | fits[3])
    return list(rows[: MOST + 1])


OWN = Compiled(
    lambda person: (
        Notification.objects.filter(person=person)
        .order_by("-pk")
        .values_list("pk", "message", "values", "body", "created_at")[:MESSAGES]
    )
)


def messages(user: Any, words: Sequence[str]) -> list[Notification]:
    """One's own messages as one reads them; only those that are found are made."""
    found = []
    for pk, message, values, body, at in OWN(person=user.pk):
        said = gettext(message) % values
        text = fold(f"{said}\n{body}")
        if all(word in text for word in words):
            found.append(Notification(pk=pk, message=message, values=values, body=body, created_at=at))
    return found
