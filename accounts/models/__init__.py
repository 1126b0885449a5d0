"""Units, people, and which person speaks for which unit."""

from accounts.models.audit_entry import Act, AuditEntry
from accounts.models.handover import HandOver
from accounts.models.linked_account import LinkedAccount
from accounts.models.memberships import Membership, Role
from accounts.models.people import User
from accounts.models.role_change import Deed, RoleChange
from accounts.models.session import Session
from accounts.models.units import Unit, UnitGroup, UnitKind
from accounts.models.wrong_try import WrongTry

__all__ = [
    "Act", "AuditEntry", "Deed", "HandOver", "LinkedAccount", "Membership", "Role", "RoleChange", "Session", "Unit",
    "UnitGroup", "UnitKind", "User", "WrongTry",
]  # fmt: skip
