"""``python -m bench.visitor``: sign a member of the office in; print cookie and pages as one line of JSON."""

from __future__ import annotations

import json
from importlib import import_module

import django

django.setup()

from django.conf import settings  # noqa: E402 -- Django is set up first
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts.models import Role, User  # noqa: E402
from campaigns.models import Campaign  # noqa: E402


def cookie_of(user: User) -> str:
    """The cookie of a new session in which this person is signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def signed_in() -> dict[str, str]:
    """The cookie of one of the demonstration's staff, and the address of every page to measure, by name."""
    campaign = Campaign.objects.latest("pk")
    user = User.objects.filter(memberships__role=Role.STAFF, memberships__unit=campaign.host).earliest("pk")
    return {
        "cookie": cookie_of(user),
        "floor": "/bench/floor/",
        "home page": reverse("reports:home"),
        "activity list": reverse("activities:activities", args=[campaign.pk]),
        "dashboard": reverse("reports:dashboard", args=[campaign.pk]),
    }


if __name__ == "__main__":
    print(json.dumps(signed_in()))
