"""Units, people, and which person speaks for which unit."""

from accounts.models.memberships import Membership, Role
from accounts.models.people import User
from accounts.models.units import Unit, UnitGroup, UnitKind

__all__ = ["Membership", "Role", "Unit", "UnitGroup", "UnitKind", "User"]
