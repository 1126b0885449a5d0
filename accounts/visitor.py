"""Somebody without an account who came by a personal link."""

from dataclasses import dataclass, field
from typing import Any

from rules import has_perm


@dataclass(frozen=True)
class Visitor:
    """Answers what pages ask of a person, and holds no role anywhere.

    So every list and every rule of the site says no by itself; only those that know visitors say yes, and only for
    the assignments the link names.
    """

    link: int
    person: str
    assignments: frozenset[int]
    held: tuple[Any, ...] = ()
    roles: dict[str, set[int]] = field(default_factory=dict)
    department: str = ""
    position: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    pk: None = None
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False
    is_staff: bool = False
    is_superuser: bool = False
    must_choose_password: bool = False

    def __str__(self) -> str:
        return self.person

    @property
    def name(self) -> str:
        """As a user's name: what forms begin with."""
        return self.person

    def units_as(self, *_roles: str) -> set[int]:
        """For no unit."""
        return set()

    def is_in(self, _unit: Any, *_roles: str) -> bool:
        """In no unit."""
        return False

    def stands_in_for(self, _unit: int, *_roles: str) -> None:
        """For nobody."""
        return None

    def has_perm(self, name: str, row: Any = None) -> bool:
        """What the rules say of somebody without a role."""
        return bool(has_perm(name, self, row))

    def files(self, assignment: Any) -> bool:
        """Whether the link names this assignment."""
        return assignment.pk in self.assignments


def account(user: Any) -> Any:
    """The account behind whoever acts, for the log and for “saved by”: a visitor has none."""
    return None if isinstance(user, Visitor) else user
