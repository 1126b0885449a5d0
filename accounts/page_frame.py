"""What the frame of every page shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.deputies import naming
from accounts.duties import auditing, granting
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES, Role
from accounts.sessions import BEGAN, seconds_left
from accounts.visitor import Visitor


def frame(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, in which roles, how many unread messages, and which day it is taken to be."""
    user = getattr(request, "user", None)
    oidc = {"oidc_name": settings.OIDC_NAME} if settings.OIDC_ISSUER else {}
    if user is None or not user.is_authenticated:
        return {"clock_day": settings.TODAY, **oidc}
    if isinstance(user, Visitor):
        return {"clock_day": settings.TODAY, "visitor": user}
    held = user.roles.keys()
    in_office, administers = not held.isdisjoint(OFFICE_ROLES), Role.ADMIN in held
    files, grants = not held.isdisjoint(UNIT_ROLES), not held.isdisjoint(granting())
    return {
        "clock_day": settings.TODAY,
        "signed_in": True,
        **oidc,
        "memberships": user.held,
        "in_office": in_office,
        "sees_all": not held.isdisjoint(HOST_ROLES),
        "files": files,
        "administers": administers,
        "grants": grants,
        "audits": not held.isdisjoint(auditing()),
        "hands_over": files or in_office or grants,
        "names_deputies": not held.isdisjoint(naming()),
        "unread": user.known.unread,
        "session_left": seconds_left(request) if BEGAN in request.session else 0,
    }
