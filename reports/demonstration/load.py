"""The demonstration campaign, Shenzhen 2015, from ``fixtures/`` into the tables."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.models import Membership, Unit, UnitGroup, User
from activities.models import Activity, Participation
from campaigns.models import AnnexContent, Campaign, Notice, NoticeAnnex, Point, Slogan
from campaigns.models.campaign import PointKind
from campaigns.models.notice import Publicity
from reports.models import Indicator

FOLDER = settings.FIXTURES / "shenzhen-2015"
PASSWORD = "quality-month"  # shown on purpose: the demonstration's accounts
MEMBERS = "成员单位"
ANNEX_CONTENTS = (AnnexContent.ACTIVITIES, AnnexContent.APART, AnnexContent.SLOGANS)


def fixture(name: str) -> Any:
    """The content of one fixture file."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Demonstration:
    """What was loaded: the campaign, its notice, and units by every name they are known by."""

    campaign: Campaign
    notice: Notice
    units: dict[str, Unit]


def load() -> Demonstration:
    """Load units, people, campaign, activities and the draft notice."""
    units = load_units(fixture("units"))
    load_people(fixture("people"), units)
    data = fixture("campaign")
    campaign = load_campaign(data, units)
    load_activities(fixture("activities"), campaign, units)
    return Demonstration(campaign, load_notice(data["notice"], campaign), units)


def load_units(rows: list[dict[str, Any]]) -> dict[str, Unit]:
    """Units by name and alias, with the group of member units."""
    known: dict[str, Unit] = {}
    for order, row in enumerate(rows):
        unit = Unit.objects.create(
            name=row["name"],
            full_name=row["full_name"],
            kind=row["kind"],
            level=row["level"],
            aliases=row["aliases"],
            parent=known.get(row["parent"] or ""),
            order=order,
        )
        known |= dict.fromkeys((row["name"], row["full_name"], *row["aliases"]), unit)
    office = next(known[row["name"]] for row in rows if row["kind"] == "office")
    group = UnitGroup.objects.create(owner=office, name=MEMBERS)
    group.units.set(known[row["name"]] for row in rows if row["member"])
    return known


def load_people(rows: list[dict[str, Any]], units: dict[str, Unit]) -> None:
    """People with one password for all, and the units they speak for."""
    password = make_password(PASSWORD)
    for row in rows:
        parts = row.pop("memberships")
        user = User.objects.create(password=password, **row)
        Membership.objects.bulk_create(
            Membership(user=user, unit=units[part["unit"]], role=part["role"]) for part in parts
        )


def load_campaign(data: dict[str, Any], units: dict[str, Unit]) -> Campaign:
    """The campaign with its points, slogans and the figures it asks for."""
    campaign = Campaign.objects.create(
        host=units[data["host"]],
        year=data["year"],
        title=data["title"],
        theme=data["theme"],
        spirit_slogan=data["spirit_slogan"],
        logo_note=data["logo_note"],
        guiding_ideology=data["guiding_ideology"],
        starts_on=date.fromisoformat(data["starts_on"]),
        ends_on=date.fromisoformat(data["ends_on"]),
        summary_due_on=date.fromisoformat(data["summary_due"]),
    )
    for kind, rows in (
        (PointKind.FOCAL, data["focal_points"]),
        (PointKind.REQUIREMENT, data["requirements"]),
    ):
        Point.objects.bulk_create(Point(campaign=campaign, kind=kind, **row) for row in rows)
    Slogan.objects.bulk_create(
        Slogan(campaign=campaign, order=order, **row) for order, row in enumerate(data["slogans"], 1)
    )
    Indicator.objects.bulk_create(
        Indicator(campaign=campaign, order=order, name=row["name"], measure=row["unit"])
        for order, row in enumerate(data["indicators"], 1)
    )
    return campaign


def load_activities(rows: list[dict[str, Any]], campaign: Campaign, units: dict[str, Unit]) -> None:
    """The activities in the order of the notice, with every unit's part."""
    for order, row in enumerate(rows):
        activity = Activity.objects.create(
            campaign=campaign,
            order=order,
            scope=row["scope"],
            kind=row["kind"],
            owner=units[row["owner_unit"]] if row["owner_unit"] else None,
            number=row["number"],
            sub_number=row["sub_number"],
            group=row["parent_title"] or "",
            title=row["title"],
            description=row["description"],
            date_text=row["date_text"],
            starts_on=row["starts_on"] and date.fromisoformat(row["starts_on"]),
            ends_on=row["ends_on"] and date.fromisoformat(row["ends_on"]),
            place=row["place"] or "",
        )
        Participation.objects.bulk_create(
            Participation(activity=activity, unit=units[part["unit"]], part=part["role"])
            for part in row["participants"]
        )


def load_notice(data: dict[str, Any], campaign: Campaign) -> Notice:
    """The draft notice, addressed to the member units."""
    notice = Notice.objects.create(
        campaign=campaign,
        title=data["title"],
        org_code=data["org_code"],
        year=data["year"],
        number_wanted=data["seq"],
        salutation=data["addressees"],
        body=data["body"],
        signature=data["signature"],
        publicity=Publicity.REQUEST,
    )
    notice.addressees.set(UnitGroup.objects.get(owner=campaign.host, name=MEMBERS).units.all())
    NoticeAnnex.objects.bulk_create(
        NoticeAnnex(notice=notice, order=order, title=title, content=content)
        for order, (title, content) in enumerate(zip(data["annex_titles"], ANNEX_CONTENTS, strict=True), 1)
    )
    return notice
