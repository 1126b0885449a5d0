"""``python -m bench.rushed owed|wait|check|kept``: what the rush begins with; what came of it, in rows and files."""

from __future__ import annotations

import json
import sys
import time
from hashlib import sha256

import django

django.setup()

from django.apps import apps  # noqa: E402 -- Django is set up first
from django.conf import settings  # noqa: E402
from PIL import Image  # noqa: E402

from accounts.models import Membership, Role, User  # noqa: E402
from activities.models import Assignment, Photo  # noqa: E402
from activities.states import AssignmentState, Kind  # noqa: E402
from campaigns.models import Campaign  # noqa: E402
from reports.models import Summary  # noqa: E402

LONGEST = 3600
"""Seconds in which the workers have made every photo, or never will."""


def owed() -> dict[str, object]:
    """Somebody of the office; of each unit the person who files, and the page of its summary."""
    campaign = Campaign.objects.latest("pk")
    officers = dict(Membership.objects.filter(role=Role.LIAISON).values_list("unit", "user__username"))
    rows = Assignment.objects.filter(campaign=campaign, kind=Kind.SUMMARY, state=AssignmentState.OPEN)
    units = [(officers[each.unit_id], each.get_absolute_url()) for each in rows.order_by("pk")]
    staff = User.objects.filter(memberships__role=Role.STAFF, memberships__unit=campaign.host_id).earliest("pk")
    return {"staff": staff.username, "units": units}


def wait() -> None:
    """Wait until no photo waits. Raises: SystemExit when they never end."""
    end = time.monotonic() + LONGEST
    while Photo.objects.unseen().exists():
        if time.monotonic() > end:
            sys.exit(f"{Photo.objects.unseen().count()} photos were not made")
        time.sleep(0.5)


def check(sent: dict[str, list[str]]) -> dict[str, int]:
    """Each unit has filed once, with the photos it sent, and each of them can be opened.

    Arguments: the hashes of the photos by the page of the summary. Raises: SystemExit naming what is missing.
    """
    wrong, photos = [], 0
    rows = {each.get_absolute_url(): each for each in Assignment.objects.filter(kind=Kind.SUMMARY)}
    for path, hashes in sent.items():
        row = rows[path]
        versions = Summary.objects.filter(assignment=row, submitted_at__isnull=False).count()
        kept = {each.sha256: each for each in row.photos.all()}
        if (row.state, versions, sorted(kept)) != (AssignmentState.SUBMITTED, 1, sorted(hashes)):
            wrong.append(f"{path}: {row.state}, {versions} versions, {len(kept)} photos")
        wrong += [f"{path}: {trouble}" for each in kept.values() if (trouble := trouble_with(each))]
        photos += len(kept)
    if wrong:
        sys.exit("\n".join(wrong[:20]))
    return {"filings": len(sent), "photos": photos, "doubled": 0, "lost": 0}


def kept() -> dict[str, object]:
    """How many rows each table holds; how many photos there are, and what is wrong with them."""
    photos = list(Photo.objects.all())
    rows = {each._meta.db_table: each._base_manager.count() for each in apps.get_models(include_auto_created=True)}
    wrong = [said for each in photos if (said := trouble_with(each))]
    return {"rows": rows, "photos": len(photos), "wrong": wrong[:20]}


def trouble_with(photo: Photo) -> str:
    """What is wrong with a photo's file; empty when nothing is."""
    try:
        if photo.sent:
            with photo.sent.open("rb") as file:
                return "" if sha256(file.read()).hexdigest() == photo.sha256 else "another file than was sent"
        with photo.file.open("rb") as file, Image.open(file) as image:
            image.load()
    except (OSError, ValueError) as error:
        return f"photo {photo.pk}: {error}"
    return ""


if __name__ == "__main__":
    assert settings.configured
    match sys.argv[1]:
        case "owed":
            print(json.dumps(owed()))
        case "wait":
            wait()
        case "check":
            print(json.dumps(check(json.load(sys.stdin))))
        case "kept":
            print(json.dumps(kept()))
