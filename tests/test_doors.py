"""Every door of the site with every person: closed by default, a stranger's row 404, a missing right 403, never 500.

The table below says who passes. A page that is new and not in it makes a test fail: it must be thought about.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from PIL import Image

from accounts.models import Membership, Role
from activities import cases, links, rounds, volunteer
from activities.models import (
    Assignment,
    Attachment,
    Case,
    Coverage,
    Demand,
    Entry,
    Group,
    Material,
    Package,
    Photo,
    Progress,
    PublishedCase,
    Reading,
)
from activities.models.entry import Report
from activities.states import Kind
from activities.visiting import OPEN as VISITORS
from campaigns.artwork import add_version
from campaigns.models import Asset, AssetVersion, NoticePaper, NumberSeries, Opening
from reports.models import Archive, Briefing, BriefingState
from tests.cast import (
    Cast,
    activity,
    filed,
    filed_plan,
    filed_registration,
    filed_summary,
    issued,
    make_cast,
    signed_in,
    text,
)
from workflow.models import Notification, Pulse

EVERYBODY = {
    "staff", "signer", "leader", "admin", "liaison", "head", "neighbour",
    "district_staff", "district_signer", "district_liaison", "street_liaison", "stranger",
}  # fmt: skip
OFFICE, HOST, UNIT = {"staff", "signer"}, {"staff", "signer", "leader"}, {"liaison", "head"}
OFFICES = OFFICE | {"district_staff", "district_signer"}
SEES_ROW = HOST | UNIT
SEES_CAMPAIGN = SEES_ROW | {"neighbour", "district_liaison"}
NAMING = {"admin", "head"}
SENDERS = UNIT | {"neighbour", "district_liaison"}
NO_MERGER = EVERYBODY - OFFICES - {"admin"}
HANDS_OVER = OFFICE | {"admin", "liaison"}
NOBODY: set[str] = set()

# Name of the door: what it stands before, who passes by GET, who may POST (None: the door takes none),
# who is told 403 by GET, by POST. Whoever is in neither gets 404.
Row = tuple[str, set[str] | None, set[str] | None, set[str], set[str]]
DOORS: dict[str, Row] = {
    "reports:home": ("", EVERYBODY, None, NOBODY, NOBODY),
    "accounts:password": ("", EVERYBODY, EVERYBODY, NOBODY, NOBODY),
    "accounts:inbox": ("", EVERYBODY, None, NOBODY, NOBODY),
    "accounts:message": ("message", {"liaison"}, None, NOBODY, NOBODY),
    "accounts:people": ("", {"admin"}, None, EVERYBODY - {"admin"}, NOBODY),
    "accounts:new-person": ("", {"admin"}, {"admin"}, EVERYBODY - {"admin"}, EVERYBODY - {"admin"}),
    "accounts:person": ("person", {"admin"}, {"admin"}, EVERYBODY - {"admin"}, EVERYBODY - {"admin"}),
    "accounts:deputies": ("", NAMING, NAMING, EVERYBODY - NAMING, EVERYBODY - NAMING),
    "accounts:end-deputy": ("deputy", None, {"admin"}, NOBODY, EVERYBODY - NAMING),
    "accounts:hand-overs": ("", EVERYBODY, None, NOBODY, NOBODY),
    "accounts:hand-over": ("held", HANDS_OVER, HANDS_OVER, NOBODY, NOBODY),
    "campaigns:campaigns": ("", EVERYBODY, None, NOBODY, NOBODY),
    "campaigns:campaign": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:new-campaign": ("", OFFICES, OFFICES, EVERYBODY - OFFICES, EVERYBODY - OFFICES),
    "campaigns:edit-campaign": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:move-campaign": ("campaign", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:assets": ("campaign", SEES_CAMPAIGN, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:asset": ("asset", SEES_CAMPAIGN, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:asset-file": ("artwork", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:asset-thumbnail": ("artwork", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:sayings": ("", OFFICES | {"leader"}, OFFICES, EVERYBODY - OFFICES - {"leader"}, EVERYBODY - OFFICES),
    "reports:archives": ("campaign", HOST, OFFICE, SEES_CAMPAIGN - HOST, SEES_CAMPAIGN - OFFICE),
    "reports:archive-progress": ("archive", HOST, None, NOBODY, NOBODY),
    "reports:archive-file": ("archive", HOST, None, NOBODY, NOBODY),
    "reports:archive-again": ("archive", None, OFFICE, NOBODY, {"leader"}),
    "reports:renew": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:notice": ("notice", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:new-notice": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:editor": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:addressees": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:copy-to": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:bodies": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:annexes": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:annex": ("annex", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:move-annex": ("annex", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:annex-file": ("annex", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:versions": ("notice", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "campaigns:compare-versions": ("notice", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "campaigns:version": ("version", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "campaigns:take-version": ("version", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:preview": ("notice", SEES_CAMPAIGN, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:preview-page": ("notice", NOBODY, None, NOBODY, NOBODY),
    "campaigns:compare-file": ("notice", None, SEES_CAMPAIGN, NOBODY, NOBODY),
    "campaigns:send-to-review": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:take-back": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:review": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:return-notice": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:countersign": ("notice", None, NOBODY, NOBODY, SEES_CAMPAIGN),
    "campaigns:refuse": ("notice", None, NOBODY, NOBODY, SEES_CAMPAIGN),
    "campaigns:follow-up": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:numbers": ("", OFFICES | {"leader"}, OFFICES, EVERYBODY - OFFICES - {"leader"}, EVERYBODY - OFFICES),
    "campaigns:series": ("series", HOST, OFFICE, NOBODY, {"leader"}),
    "campaigns:paper": ("notice", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:paper-file": ("notice", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:word-file": ("notice", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:activities": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:activity": ("activity", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:assignments": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:issue": ("notice", SEES_CAMPAIGN, NOBODY, NOBODY, SEES_CAMPAIGN),
    "activities:sign": ("notice", None, {"signer"}, NOBODY, SEES_CAMPAIGN - {"signer"}),
    "activities:withdraw-notice": ("notice", None, {"signer"}, NOBODY, SEES_CAMPAIGN - {"signer"}),
    "activities:cancel-hour": ("notice", None, {"signer"}, NOBODY, SEES_CAMPAIGN - {"signer"}),
    "activities:findings": ("notice", OFFICE, None, SEES_CAMPAIGN - OFFICE, NOBODY),
    "activities:handout": ("notice", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "activities:hand-out-again": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:set-again": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:receipts": ("notice", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "activities:remind": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:late-unit": ("notice", {"signer"}, {"signer"}, SEES_CAMPAIGN - {"signer"}, SEES_CAMPAIGN - {"signer"}),
    "activities:receipt": ("receipt", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:liaison": ("liaison", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:plan": ("plan", SEES_ROW, UNIT, NOBODY, HOST),
    "reports:summary": ("summary", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:behalf": ("plan", OFFICE, OFFICE, UNIT | {"leader"}, UNIT | {"leader"}),
    "activities:links": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:merge-units": ("", OFFICES | {"admin"}, OFFICES | {"admin"}, NO_MERGER, NO_MERGER),
    "activities:packages": ("campaign", HOST, HOST, SEES_CAMPAIGN - HOST, SEES_CAMPAIGN - HOST),
    "activities:package": ("package", HOST, None, NOBODY, NOBODY),
    "activities:package-progress": ("package", HOST, None, NOBODY, NOBODY),
    "activities:package-file": ("package", HOST, None, NOBODY, NOBODY),
    "activities:package-retry": ("package", None, HOST, NOBODY, NOBODY),
    "activities:revoke-link": ("link", None, OFFICE, NOBODY, NOBODY),
    "activities:withdraw": ("plan", None, UNIT, NOBODY, HOST),
    "activities:accept": ("plan", None, OFFICE, NOBODY, UNIT | {"leader"}),
    "activities:return": ("plan", None, OFFICE, NOBODY, UNIT | {"leader"}),
    "activities:ask": ("plan", UNIT, UNIT, HOST, HOST),
    "activities:open-again": ("plan", None, OFFICE, NOBODY, SEES_ROW - OFFICE),
    "activities:take-back-petition": ("petition", None, UNIT, NOBODY, HOST),
    "activities:petitions": ("campaign", HOST, OFFICE, SEES_CAMPAIGN - HOST, SEES_CAMPAIGN - OFFICE),
    "activities:terms": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:photo": ("photo", SEES_ROW, None, NOBODY, NOBODY),
    "activities:alike": ("photo", OFFICE, None, SEES_ROW - OFFICE, NOBODY),
    "activities:thumbnail": ("photo", SEES_ROW, None, NOBODY, NOBODY),
    "activities:material": ("other", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:progress": ("progress", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:case": ("case", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:coverage": ("coverage", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:attachment": ("attachment", SEES_ROW, None, NOBODY, NOBODY),
    "activities:begin": ("campaign", None, SENDERS, NOBODY, HOST),
    "activities:discard": ("plan", None, UNIT, NOBODY, HOST),
    "activities:filings": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:coverages": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:cases": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:select-case": ("case", None, OFFICE, NOBODY, SEES_ROW - OFFICE),
    "activities:published-case": ("published", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:edit-case": ("published", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:unpublish-case": ("published", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:publish-case": ("published", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:drop-case": ("published", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:tasks": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:new-task": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:task": ("activity", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:strike-task": ("activity", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:hand-out": ("activity", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:handing-out": ("hand-out", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "activities:tally": ("campaign", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "activities:task-tally": ("activity", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "activities:deliverable": ("deliverable", SEES_ROW, UNIT | OFFICE, NOBODY, {"leader"}),
    "activities:finish-deliverable": ("deliverable", None, UNIT, NOBODY, HOST),
    "activities:ask-again": ("deliverable", None, OFFICE, NOBODY, UNIT | {"leader"}),
    "activities:reject-entry": ("entry", None, OFFICE, NOBODY, UNIT | {"leader"}),
    "activities:put-back-entry": ("entry", None, OFFICE, NOBODY, UNIT | {"leader"}),
    "activities:take-back-entry": ("entry", None, UNIT, NOBODY, HOST),
    "activities:rounds": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:new-round": ("activity", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:round": ("round", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:strike-round": ("round", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:appearance": ("appearance", SEES_ROW, OFFICE | UNIT, NOBODY, {"leader"}),
    "activities:readings": ("", OFFICES, OFFICES, EVERYBODY - OFFICES, EVERYBODY - OFFICES),
    "activities:reading": ("reading", OFFICE, None, NOBODY, NOBODY),
    "activities:confirm": ("reading", None, OFFICE, NOBODY, NOBODY),
    "activities:undo": ("reading", None, OFFICE, NOBODY, NOBODY),
    "activities:proposal": ("proposal", OFFICE, OFFICE, NOBODY, NOBODY),
    "activities:mark": ("proposal", None, OFFICE, NOBODY, NOBODY),
    "activities:split": ("proposal", None, OFFICE, NOBODY, NOBODY),
    "activities:merge": ("proposal", None, OFFICE, NOBODY, NOBODY),
    "activities:units-like": ("", OFFICES, None, EVERYBODY - OFFICES, NOBODY),
    "reports:dashboard": ("campaign", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "reports:briefings": ("campaign", SEES_CAMPAIGN, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "reports:briefing": ("briefing", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "reports:progress": ("briefing", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "reports:file": ("briefing", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "reports:circulate": ("briefing", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "reports:retry": ("briefing", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
}
LINK = {"activities:link", "activities:link-page", "activities:leave-link"}
"""Doors of a visitor by personal link: activities/tests/test_links.py."""
OPEN = LINK | {"accounts:sign-in", "accounts:sign-out", "set_language", "health"}
"""Doors that are no page of a signed-in person; each has its own test below or in accounts."""

WELL = {200, 286, 302, 409, 422}
"""What a person who passes gets: a page, the end of polling, a redirect, a clash, a form with errors."""


def doors(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    """The name of every address of the site."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from doors(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


class Site:
    """The cast with something behind every door, all of it the water bureau's: there is something that could leak."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        rows = {str(row.kind): row for row in cast.water.assignments.filter(campaign=cast.campaign)}
        filed_plan(rows["plan"], cast.liaison, goal="Secret goal")
        filed_summary(rows["summary"], cast.liaison, 120, 3000, overview="Secret overview")
        filed_registration(rows["liaison"], cast.liaison, "Secret officer")
        material = Material.draft(rows["other"])
        material.text = "Secret names"
        filed(material, cast.liaison)
        rows["receipt"].submit(by=cast.liaison)
        reading = Reading.objects.create(
            host=cast.office, text="Secret plans", fingerprint="0", read_by=cast.staff, read_at=timezone.now()
        )
        proposal = reading.proposals.create(group=Group.NOTICE, field="title", order=1, values={"text": "Secret title"})
        paper = NoticePaper.objects.get()
        NoticePaper.objects.update(state="ready", **paper.store(b"%PDF-1.7", b"PK"))
        briefing = Briefing.objects.create(
            campaign=cast.campaign, edition=1, made_by=cast.staff,
            state=BriefingState.CIRCULATED, circulated_at=timezone.now(),
        )  # fmt: skip
        briefing.file.save("briefing.pdf", ContentFile(b"%PDF-1.7"))
        annex = cast.notice.annexes.create(order=1, title="Form", content="file", file_name="form.pdf")
        annex.file.save("form.pdf", ContentFile(b"%PDF-1.7"))
        photo = Photo(assignment=rows["summary"], sha256="0", added_by=cast.liaison, added_at=timezone.now())
        picture = ContentFile(PIXEL, "photo.gif")
        photo.file, photo.thumbnail = picture, ContentFile(PIXEL, "small.gif")
        photo.save()
        asset = Asset.objects.create(campaign=cast.campaign, kind="logo", title="Logo for everybody")
        version = add_version(asset, SimpleUploadedFile("logo.png", pixel_png()), by=cast.staff)
        link, self.secret = links.make(
            cast.campaign, cast.water, [rows["plan"]], person="Guest", until=UNTIL, uses=9, by=cast.staff
        )
        health = [cast.owed(cast.health, "receipt")]
        _link, self.secret_of_another = links.make(
            cast.campaign, cast.health, health, person="Guest", until=UNTIL, uses=9, by=cast.staff
        )
        package = Package.objects.create(campaign=cast.campaign, made_by=cast.staff, state="ready", size=12)
        package.parts.create(number=1, size=12, file=ContentFile(b"Secret parts", "1.part"))
        archive = Archive(campaign=cast.campaign, made_by=cast.staff, state="ready")
        archive.file.save("archive.zip", ContentFile(b"PK"))
        self.targets: dict[str, Any] = {
            "held": cast.liaison.memberships.get(),
            "package": package,
            **counted(cast),
            **posted(cast),
            "link": link,
            "asset": asset,
            "artwork": version,
            "archive": archive,
            **rows,
            "campaign": cast.campaign,
            "notice": cast.notice,
            "annex": annex,
            "version": cast.notice.versions.get(),
            "activity": cast.campaign.activities.first(),
            "briefing": briefing,
            "photo": photo,
            "reading": reading,
            "petition": rows["plan"].petitions.create(kind="waiver", reason="Secret reason", asked_at=timezone.now()),
            "proposal": proposal,
            "person": cast.head,
            "series": NumberSeries.objects.get(),
            "deputy": Membership.objects.create(
                user=cast.staff, unit=cast.office, role=Role.SIGNER, acting_for=cast.signer, until=date(2015, 8, 31)
            ),
            "message": cast.liaison.notifications.first(),
        }

        self.clients = {who: signed_in(user, raise_request_exception=False) for who, user in cast.people().items()}

    def post(self, name: str, who: str) -> str:
        """What a person meets who sends a form without any field of the page."""
        return met(self.clients[who].post(self.address(name), {"nothing": "here"}).status_code)

    def address(self, name: str) -> str:
        target = DOORS[name][0]
        return reverse(name, args=[self.targets[target].pk] if target else [])


UNTIL = date(2015, 9, 14)


def counted(cast: Cast) -> dict[str, Any]:
    """A task of the water bureau that counts, with something reported, and a round at which it speaks."""
    task = activity(cast.campaign, "Posters", [cast.water])
    deliverable = task.deliverables.create(order=1, title="Posters", target=100)
    row = task.rounds.create(order=1, on=timezone.localdate(), title="Interview")
    appearance = row.appearances.create(unit=cast.water, speaker="Secret speaker")
    rounds.owe(appearance, cast.notice)
    owed = cast.notice.assignments.create(
        campaign=cast.campaign, unit=cast.water, kind=Kind.DELIVERABLE, activity=task, deliverable=deliverable,
        due_at=timezone.now(),
    )  # fmt: skip
    report = Report("0", 40, timezone.localdate(), note="Secret wall")
    return {
        "deliverable": owed,
        "entry": Entry.report(owed, report, by=cast.liaison),
        "round": row,
        "appearance": appearance,
        "hand-out": cast.notice.handouts.get(),
    }


def posted(cast: Cast) -> dict[str, Any]:
    """What the water bureau sent of its own accord; one case is published in words that everybody may read."""
    found: dict[str, Any] = {}
    for kind, model, name in (
        (Kind.PROGRESS, Progress, "narrative"), (Kind.CASE, Case, "title"), (Kind.COVERAGE, Coverage, "outlet"),
    ):  # fmt: skip
        draft = model.draft(volunteer.begin(cast.campaign, cast.water, kind))
        setattr(draft, name, "Secret post")
        found[kind] = filed(draft, cast.liaison).assignment
    found["published"] = cases.select(found[Kind.CASE], by=cast.staff)
    PublishedCase.objects.update(title="For everybody")
    found["published"].refresh_from_db()
    cases.publish(found["published"], by=cast.staff)
    found["attachment"] = Attachment.objects.create(
        assignment=found[Kind.COVERAGE], file=ContentFile(b"Secret file", "a.txt"), name="a.txt", size=11, sha256="0",
        added_at=timezone.now(),
    )  # fmt: skip
    return found


PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff2c000000000100010000020144003b")  # the smallest GIF


def pixel_png() -> bytes:
    """The smallest PNG."""
    out = BytesIO()
    Image.new("RGB", (1, 1)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def site(db: None, media: Any) -> Site:
    cast = make_cast()
    Demand.objects.create(notice=cast.notice, order=1, title="List of names")
    return Site(issued(cast))


def content(response: Any) -> str:
    return b"".join(response).decode("latin-1") if response.streaming else text(response)


def everything() -> str:
    """A fingerprint of every row of every table of ours, but for the session and the last sign of life."""
    mark = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model is Pulse or model._meta.app_label in ("sessions", "contenttypes"):
                continue
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY 1')
            mark.update(repr((model._meta.db_table, cursor.fetchall())).encode())
    return mark.hexdigest()


def expected(deed: str) -> dict[tuple[str, str], str]:
    """What each person meets at each door: passes, forbidden, absent, or no such deed (405)."""
    found = {}
    for name, (_target, get, post, get_forbidden, post_forbidden) in DOORS.items():
        passes, forbidden = (get, get_forbidden) if deed == "get" else (post, post_forbidden)
        for who in EVERYBODY:
            kind = "passes" if who in (passes or ()) else "forbidden" if who in forbidden else "absent"
            found[name, who] = "no such deed" if passes is None else kind
    return found


def met(status: int) -> str:
    """The status as a person meets it."""
    return {403: "forbidden", 404: "absent", 405: "no such deed"}.get(status) or (
        "passes" if status in WELL else f"status {status}"
    )


def differences(found: dict[tuple[str, str], str], wanted: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Where the site is not as the table says."""
    return {key: f"{found.get(key)}, not {wanted[key]}" for key in wanted if found.get(key) != wanted[key]}


def test_every_door_is_in_the_table() -> None:
    assert set(doors()) == set(DOORS) | OPEN


def test_without_signing_in_every_door_leads_to_the_sign_in_page(site: Site) -> None:
    stranger, before = Client(), everything()
    for name in DOORS:
        address = site.address(name)
        for deed in ("get", "post"):
            response = getattr(stranger, deed)(address)
            found = (name, deed, response.status_code, response.headers.get("Location"))
            assert found == (name, deed, 302, f"/sign-in/?next={address}")
    assert everything() == before


def test_who_passes_by_reading_and_reading_changes_nothing(site: Site) -> None:
    """What the water bureau filed reaches its own people and the host's, over all doors, and nobody else.

    Opening a message marks it read, a notice notes who opened it first, a download counts; and nothing else.
    """
    before, found, readers = everything(), {}, set()
    for name in DOORS:
        for who, client in site.clients.items():
            response = client.get(site.address(name))
            found[name, who] = met(response.status_code)
            if "Secret" in content(response):
                readers.add(who)
    assert differences(found, expected("get")) == {}
    assert readers == SEES_ROW
    Notification.objects.update(read_at=None)
    assert {opening.by.username for opening in Opening.objects.select_related("by")} <= UNIT | SENDERS
    Opening.objects.all().delete()
    AssetVersion.objects.update(downloads=0)
    assert everything() == before


def test_who_passes_by_writing(site: Site) -> None:
    """Those who may not, change nothing; those who may, never meet a 500, even with an empty form."""
    wanted, before = expected("post"), everything()
    outsiders = [key for key, meets in wanted.items() if meets != "passes"]
    found = {(name, who): site.post(name, who) for name, who in outsiders}
    assert everything() == before
    found |= {(name, who): site.post(name, who) for name, who in wanted if (name, who) not in found}
    assert differences(found, wanted) == {}


def behind(site: Site, secret: str) -> tuple[dict[tuple[str, str], tuple[int, str]], bool]:
    """What a visitor by a link meets at every door, and whether anything of the water bureau is read there."""
    found, leaked = {}, False
    visitor = Client(raise_request_exception=False)
    visitor.get(reverse("activities:link", args=[secret]))
    for name in DOORS:
        for deed in ("get", "post"):
            response = getattr(visitor, deed)(site.address(name))
            goes = response.headers.get("Location", "").partition("?")[0]
            found[name, deed] = (response.status_code, goes)
            leaked = leaked or "Secret" in content(response)
    return found, leaked


def test_a_link_of_one_unit_opens_nothing_of_another(site: Site) -> None:
    """The health bureau's link at the water bureau's doors: absent where visitors pass at all, else to sign in."""
    before = everything()
    found, leaked = behind(site, site.secret_of_another)
    shut, absent = (302, "/sign-in/"), (404, "")
    wanted = {(name, deed): absent if name in VISITORS else shut for name in DOORS for deed in ("get", "post")}
    # a page that takes no POST says so before it looks for the row
    odd = {key: met for key, met in found.items() if met != wanted[key] and met[0] != 405}
    assert (odd, leaked, everything() == before) == ({}, False, True)


def test_a_link_opens_what_it_names_and_nothing_else_of_its_own_unit(site: Site) -> None:
    found, leaked = behind(site, site.secret)
    passed = {name for (name, deed), (status, _goes) in found.items() if deed == "get" and status == 200}
    refused = {status for (name, _deed), (status, _goes) in found.items() if name in VISITORS - {"activities:plan"}}
    assert (passed, refused <= {404, 405}, leaked) == ({"activities:plan"}, True, True)


def test_a_row_that_is_not_there_is_404(site: Site) -> None:
    found = {}
    for name in (name for name, row in DOORS.items() if row[0]):
        client = site.clients["admin" if DOORS[name][0] in ("person", "deputy") else "staff"]
        send = client.post if DOORS[name][1] is None else client.get
        for number in (0, 999_999_999, 10**30):
            found[name, number] = send(reverse(name, args=[number])).status_code
    assert {key: status for key, status in found.items() if status != 404} == {}


def test_rows_of_one_kind_are_not_opened_by_the_page_of_another(site: Site) -> None:
    kinds = {"receipt", "liaison", "plan", "summary", "other"}
    client = signed_in(site.cast.liaison)
    for page in kinds:
        name = {"summary": "reports:summary", "other": "activities:material"}.get(page, f"activities:{page}")
        statuses = {kind: client.get(reverse(name, args=[site.targets[kind].pk])).status_code for kind in kinds}
        assert statuses == {kind: 200 if kind == page else 404 for kind in kinds}


def test_deeds_ask_for_the_token_of_the_page(site: Site) -> None:
    client = signed_in(site.cast.staff, enforce_csrf_checks=True)
    plan = site.targets["plan"]
    response = client.post(reverse("activities:accept", args=[plan.pk]))
    assert (response.status_code, Assignment.objects.get(pk=plan.pk).state) == (403, "submitted")
    assert "The page was open too long" in text(response)


def test_error_pages_wear_the_same_face_and_show_the_way_on(site: Site) -> None:
    client = signed_in(site.cast.liaison)
    pages = {
        404: (client.get("/nowhere/"), "This page is not there"),
        403: (client.get("/people/"), "Your role does not allow this"),
    }
    for status, (response, words) in pages.items():
        assert (response.status_code, words in text(response), 'href="/"' in text(response)) == (status, True, True)


def test_a_failure_is_a_page_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("a secret of the machine room")

    monkeypatch.setattr("reports.views.home.unit_part", fail)
    response = signed_in(site.cast.liaison, raise_request_exception=False).get("/")
    assert (response.status_code, "Something went wrong on our side" in text(response)) == (500, True)
    assert "machine room" not in text(response)


def test_health_says_whether_the_parts_answer(db: None) -> None:
    response = Client().get("/health/")
    assert (response.status_code, response.json()) == (200, {"database": True, "cache": True, "worker": False})


def test_pages_may_not_be_framed_nor_run_foreign_scripts(site: Site) -> None:
    headers = signed_in(site.cast.staff).get("/").headers
    assert headers["X-Frame-Options"] == "DENY"
    policy = headers["Content-Security-Policy"]
    assert ("default-src 'self'" in policy, "unsafe" in policy, "frame-ancestors 'none'" in policy) == (
        True,
        False,
        True,
    )
