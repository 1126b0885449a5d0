"""``python -m bench.visitor``: sign people in; print whose cookie and which pages as one line of JSON."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any
from urllib.parse import quote

import django

django.setup()

from django.conf import settings  # noqa: E402 -- Django is set up first
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts.models import Role, User  # noqa: E402
from activities.models import Activity, Assignment  # noqa: E402
from activities.states import AssignmentState, Kind  # noqa: E402
from campaigns.models import Campaign, Notice  # noqa: E402


def cookie_of(user: User) -> str:
    """The cookie of a new session in which this person is signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def pages() -> dict[str, tuple[str, str]]:
    """Every page to measure by name: who opens it, and its address."""
    campaign = Campaign.objects.latest("pk")
    notice = Notice.objects.get(campaign=campaign)
    plans = Assignment.objects.filter(campaign=campaign, kind=Kind.PLAN)
    reviewed = plans.filter(state=AssignmentState.SUBMITTED).earliest("pk")
    summary = Assignment.objects.filter(campaign=campaign, kind=Kind.SUMMARY, state=AssignmentState.OPEN).earliest("pk")
    some = Activity.objects.filter(campaign=campaign).order_by("order")[10]
    name = quote(str(some.owner)[:4])  # the first characters, as somebody types them

    def of(page: str, pk: int, query: str = "") -> str:
        return reverse(page, args=[pk]) + query

    return {
        "floor": ("office", "/bench/floor/"),
        "home": ("office", reverse("reports:home")),
        "home of a unit": (f"unit {summary.unit_id}", reverse("reports:home")),
        "dashboard": ("office", of("reports:dashboard", campaign.pk)),
        "dashboard, cache emptied": ("office", of("reports:dashboard", campaign.pk)),
        "activities": ("office", of("activities:activities", campaign.pk)),
        "tasks": ("office", of("activities:tasks", campaign.pk)),
        "assignments": ("office", of("activities:assignments", campaign.pk)),
        "assignments, page 20": ("office", of("activities:assignments", campaign.pk, "?page=20")),
        "assignments by name": ("office", of("activities:assignments", campaign.pk, f"?q={name}")),
        "waiting for review": ("office", of("activities:assignments", campaign.pk, "?standing=review")),
        "filings": ("office", of("activities:filings", campaign.pk)),
        "receipts": ("office", of("activities:receipts", notice.pk)),
        "units": ("office", reverse("accounts:units")),
        "units by name": ("office", reverse("accounts:units") + f"?q={name}"),
        "notice": ("office", notice.get_absolute_url()),
        "one filing": (f"unit {summary.unit_id}", summary.get_absolute_url()),
        "review of one filing": ("office", reviewed.get_absolute_url()),
    }


def person(who: str, campaign: Campaign) -> User:
    """One of the office's staff, or the liaison officer of a unit."""
    role, unit = (Role.STAFF, campaign.host_id) if who == "office" else (Role.LIAISON, int(who.split()[1]))
    return User.objects.filter(memberships__role=role, memberships__unit=unit).earliest("pk")


def signed_in() -> dict[str, Any]:
    """``cookies`` by person, and ``pages``: of each its person and its address."""
    found, campaign = pages(), Campaign.objects.latest("pk")
    people = {who for who, _path in found.values()}
    return {"cookies": {who: cookie_of(person(who, campaign)) for who in people}, "pages": found}


if __name__ == "__main__":
    print(json.dumps(signed_in()))
