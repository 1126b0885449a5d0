"""A campaign of the past from its folder in ``fixtures/`` into the tables: Shenzhen 2015 unless another is named.

A folder holds ``units``, ``people``, ``campaign`` (with its notice) and ``activities`` as JSON. What a notice does not
have may be left out; docs of the keys: ``fixtures/README.md``.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.models import Membership, Unit, UnitGroup, User
from activities.models import Activity, Demand, GroupParticipation, Participation
from activities.models.activity import Scope
from campaigns.models import (
    AnnexContent,
    Campaign,
    Indicator,
    JointBody,
    Notice,
    NoticeAnnex,
    NoticeKind,
    Point,
    Slogan,
)
from campaigns.models.campaign import PointKind
from campaigns.models.notice import Publicity

SHENZHEN = "shenzhen-2015"
MEMBERS = "成员单位"
ANNEX_CONTENTS = (AnnexContent.ACTIVITIES, AnnexContent.APART, AnnexContent.SLOGANS)
"""What the annexes hold where the fixture gives their titles only."""


def fixture(name: str, of: str = SHENZHEN) -> Any:
    """The content of one file of a fixture folder."""
    return json.loads((settings.FIXTURES / of / f"{name}.json").read_text(encoding="utf-8"))


def folders() -> list[str]:
    """The fixture folders that hold a campaign."""
    return sorted(path.parent.name for path in settings.FIXTURES.glob("*/campaign.json"))


def day(text: str | None) -> date | None:
    """A day of a fixture."""
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Demonstration:
    """What was loaded: the campaign, its notice, units by every name they are known by, and the day of issue."""

    campaign: Campaign
    notice: Notice
    units: dict[str, Unit]
    issued_on: date


def load(of: str = SHENZHEN) -> Demonstration:
    """Load units, people, campaign, activities and the draft notice of a fixture folder."""
    units = load_units(fixture("units", of))
    load_people(fixture("people", of), units)
    data = fixture("campaign", of)
    campaign = load_campaign(data, units)
    groups = {group.name: group for group in campaign.host.groups.all()}
    load_activities(fixture("activities", of), campaign, units, groups)
    notice = load_notice(data["notice"], campaign, units, groups)
    return Demonstration(campaign, notice, units, date.fromisoformat(data["notice"]["issue_date"]))


def load_units(rows: list[dict[str, Any]]) -> dict[str, Unit]:
    """Units by name and alias, with the groups of the office; a row says in which it is.

    A group that nobody is in is named by the office's row: ``"empty_groups"``.
    """
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
    office = next(row for row in rows if row["kind"] == "office")
    keeper = known[office["name"]]
    Unit.objects.filter(pk__in={unit.pk for unit in known.values()} - {keeper.pk}).update(kept_by=keeper)
    grouped: dict[str, list[Unit]] = {name: [] for name in office.get("empty_groups", ())}
    for row in rows:
        for name in (*row.get("groups", ()), *([MEMBERS] if row.get("member") else ())):
            grouped.setdefault(name, []).append(known[row["name"]])
    for name, units in grouped.items():
        UnitGroup.objects.create(owner=keeper, name=name).units.set(units)
    return known


def load_people(rows: list[dict[str, Any]], units: dict[str, Unit]) -> None:
    """People with one password for all, and the units they speak for."""
    password = make_password(settings.DEMONSTRATION_PASSWORD)
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
        theme=data.get("theme", ""),
        spirit_slogan=data.get("spirit_slogan", ""),
        logo_note=data.get("logo_note", ""),
        guiding_ideology=data.get("guiding_ideology", ""),
        starts_on=date.fromisoformat(data["starts_on"]),
        ends_on=date.fromisoformat(data["ends_on"]),
        summary_due_on=date.fromisoformat(data["summary_due"]),
        plan_due_on=day(data.get("plan_due")),
        registration_due_on=day(data.get("registration_due")),
        parent=load_parent(data, units),
    )
    for kind, name in ((PointKind.FOCAL, "focal_points"), (PointKind.REQUIREMENT, "requirements")):
        Point.objects.bulk_create(Point(campaign=campaign, kind=kind, **row) for row in data.get(name, ()))
    Slogan.objects.bulk_create(
        Slogan(campaign=campaign, order=order, **row) for order, row in enumerate(data.get("slogans", ()), 1)
    )
    Indicator.objects.bulk_create(
        Indicator(campaign=campaign, order=order, name=row["name"], measure=row["unit"])
        for order, row in enumerate(data.get("indicators", ()), 1)
    )
    return campaign


def load_parent(data: dict[str, Any], units: dict[str, Unit]) -> Campaign | None:
    """The upper level's campaign that this one carries out, if the notice names one: of the same year and days."""
    upper = data.get("carries_out")
    if not upper:
        return None
    return Campaign.objects.create(
        host=units[upper["host"]],
        year=data["year"],
        title=upper["title"],
        theme=data.get("theme", ""),
        starts_on=date.fromisoformat(data["starts_on"]),
        ends_on=date.fromisoformat(data["ends_on"]),
        summary_due_on=date.fromisoformat(data["summary_due"]),
    )


def load_activities(
    rows: list[dict[str, Any]], campaign: Campaign, units: dict[str, Unit], groups: dict[str, UnitGroup]
) -> None:
    """The activities in the order of the notice, with every unit's part, what they ask for, and their rounds."""
    for order, row in enumerate(rows):
        owner = row.get("owner_unit")
        activity = Activity.objects.create(
            campaign=campaign,
            order=order,
            scope=row.get("scope", Scope.COMMON),
            kind=row.get("kind", ""),
            owner=units[owner] if owner else None,
            number=row["number"],
            sub_number=row.get("sub_number", ""),
            group=row.get("parent_title") or "",
            title=row["title"],
            description=row.get("description", ""),
            date_text=row.get("date_text", ""),
            starts_on=day(row.get("starts_on")),
            ends_on=day(row.get("ends_on")),
            due_on=day(row.get("due_on")),
            remark=row.get("remark", ""),
            place=row.get("place") or "",
        )
        load_parts(row["participants"], activity, units, groups)
        load_asked(row, activity, units)


def load_parts(
    rows: list[dict[str, Any]], activity: Activity, units: dict[str, Unit], groups: dict[str, UnitGroup]
) -> None:
    """Every unit's part, and the part of every unit of a group."""
    Participation.objects.bulk_create(
        Participation(activity=activity, unit=units[row["unit"]], part=row["role"]) for row in rows if "unit" in row
    )
    GroupParticipation.objects.bulk_create(
        GroupParticipation(activity=activity, group=groups[row["group"]], part=row["role"])
        for row in rows
        if "group" in row
    )


def load_asked(row: dict[str, Any], activity: Activity, units: dict[str, Unit]) -> None:
    """The deliverables of an activity with their windows, and its rounds with the units invited."""
    for order, asked in enumerate(row.get("deliverables", ()), 1):
        windows = asked.pop("windows", ())
        made = activity.deliverables.create(order=order, **asked | {"due_on": day(asked.get("due_on"))})
        for window in windows:
            first, last = (date.fromisoformat(window[name]) for name in ("starts_on", "ends_on"))
            made.windows.create(starts_on=first, ends_on=last, text=window["text"])
    for order, each in enumerate(row.get("rounds", ()), 1):
        invited = each.pop("units")
        days = {name: day(each.get(name)) for name in ("on", "prepare_by")}
        one_round = activity.rounds.create(order=order, **each | days)
        for one in invited:
            one_round.appearances.create(unit=units[one["unit"]], position=one.get("position", ""))


def load_notice(
    data: dict[str, Any], campaign: Campaign, units: dict[str, Unit], groups: dict[str, UnitGroup]
) -> Notice:
    """The draft notice with annexes and demands, addressed to the groups and units it names, or the member units."""
    notice = Notice.objects.create(
        campaign=campaign,
        kind=data.get("kind", NoticeKind.NOTICE),
        title=data["title"],
        org_code=data["org_code"],
        year=data["year"],
        number_wanted=data["seq"],
        salutation=data["addressees"],
        body=data["body"],
        signature=data["signature"],
        publicity=data.get("publicity_kind", Publicity.REQUEST),
    )
    to = data.get("to", [MEMBERS])
    addressed = [unit for name in to if name in groups for unit in groups[name].units.all()]
    notice.addressees.set(dict.fromkeys([*addressed, *(units[name] for name in to if name not in groups)]))
    campaign.let_take_part(notice.addressees.all())
    for order, name in enumerate(data.get("joint_bodies", ()), 1):
        JointBody.objects.create(notice=notice, order=order, unit=units[name], name=units[name].official_name)
    Demand.objects.bulk_create(
        Demand(notice=notice, order=order, title=row["title"], due_on=day(row.get("due_on")))
        for order, row in enumerate(data.get("demands", ()), 1)
    )
    NoticeAnnex.objects.bulk_create(
        NoticeAnnex(notice=notice, order=order, **row) for order, row in enumerate(annexes(data), 1)
    )
    return notice


def annexes(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The annexes: each with its content, or by title only in the usual order."""
    if "annexes" in data:
        return list(data["annexes"])
    pairs = zip(data["annex_titles"], ANNEX_CONTENTS, strict=True)
    return [{"title": title, "content": content} for title, content in pairs]
