"""Units, people, and which person speaks for which unit."""

from accounts.models.handover import HandOver
from accounts.models.memberships import Membership, Role
from accounts.models.people import User
from accounts.models.units import Unit, UnitGroup, UnitKind

__all__ = ["HandOver", "Membership", "Role", "Unit", "UnitGroup", "UnitKind", "User"]
