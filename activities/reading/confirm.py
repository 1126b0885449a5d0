"""Confirming a reading makes the campaign in one transaction; undoing takes away exactly what it made."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.naming import bare
from activities.models import Activity, Demand, Group, Part, Participation, Proposal, Reading
from activities.models.activity import Scope
from activities.reading.confirm_tasks import make_deliverables, make_rounds
from activities.reading.unit_names import EVERYBODY, Register, names
from activities.states import ReadingState
from campaigns.models import AnnexContent, Campaign, DocumentNumber, Notice, NoticeAnnex, Point, Slogan
from campaigns.models.notice import Publicity
from campaigns.states import NoticeState
from workflow.models import MoveRefused

NUMBER = re.compile(r"^(.+?)[〔［\[（(](\d{4})[〕］\]）)](\d+)号?$")
ABOUT = re.compile(r"关于(?:组织|认真|深入|扎实)?(?:开展|做好|举办|印发)?(.+?)(?:的通知|的意见|方案的通知)?$")
PUBLICITY = {"主动": Publicity.OPEN, "不予": Publicity.CLOSED, "不公开": Publicity.CLOSED}


class Gathered:
    """The proposals that stand, by group and by field."""

    def __init__(self, reading: Reading) -> None:
        self.rows = [row for row in reading.proposals.all() if not row.dropped]

    def of(self, group: Group) -> list[Proposal]:
        return [row for row in self.rows if row.group == group and not row.field]

    def text(self, field: str) -> str:
        return next((str(row.values.get("text", "")).strip() for row in self.rows if row.field == field), "")

    def values(self, field: str) -> dict[str, Any]:
        return next((row.values for row in self.rows if row.field == field), {})


def blockers(reading: Reading) -> list[str]:
    """Everything that keeps a reading from being confirmed, all at once."""
    rows = Gathered(reading)
    found = []
    without = {row.field for row in reading.proposals.all() if row.dropped}
    for field, label in (("title", _("title")), ("issuers", _("issuing body")), ("theme", _("theme"))):
        if not rows.text(field) and (field != "theme" or "theme" not in without):
            found.append(_("Please fill in: %(what)s.") % {"what": label})
    number = NUMBER.match(rows.text("number"))
    if not number:
        found.append(_("The document number must look like 质强办〔2015〕17号."))
    elif DocumentNumber.objects.filter(org_code=number[1], year=number[2], seq=number[3]).exists():
        found.append(_("The document number %(number)s is used already.") % {"number": rows.text("number")})
    led = any(unit_names(row) for row in rows.of(Group.ACTIVITY))
    if not led and not reading.host.groups.exists():
        found.append(_("No activity belongs to a unit or is led by one, so nobody would be addressed."))
    return found


@transaction.atomic
def confirm(reading: Reading, *, by: Any) -> Campaign:
    """Make campaign, notice, theme, slogans, points, activities with their units, and the summary's deadline.

    Arguments: the reading, who confirms. Returns: the campaign.
    Raises: MoveRefused when it was confirmed meanwhile, or naming what is missing.
    """
    wrong = blockers(reading)
    if wrong:
        raise MoveRefused(" ".join(wrong))
    rows = Gathered(reading)
    reading.move(ReadingState.CONFIRMED, by=by)
    campaign = make_campaign(reading, rows)
    make_lists(campaign, rows)
    addressed = make_activities(reading, campaign, rows)
    make_notice(reading, campaign, rows, addressed)
    campaign.let_take_part(addressed)
    Reading.objects.filter(pk=reading.pk).update(campaign=campaign)
    reading.campaign = campaign
    return campaign


def make_campaign(reading: Reading, rows: Gathered) -> Campaign:
    """The campaign with its theme, period and the day its summary is due."""
    number = NUMBER.match(rows.text("number"))
    period = rows.values("period")
    last = date.fromisoformat(period["last"])
    return Campaign.objects.create(
        host=reading.host,
        year=int(number[2]) if number else last.year,
        title=campaign_title(rows.text("title"))[:120],
        theme=rows.text("theme")[:120],
        spirit_slogan=rows.text("spirit_slogan")[:120],
        logo_note=rows.text("logo_note"),
        guiding_ideology=rows.text("guiding_ideology"),
        starts_on=date.fromisoformat(period["first"]),
        ends_on=last,
        summary_due_on=summary_day(rows) or last,
        registration_due_on=next((day_of(row) for row in rows.of(Group.DEADLINE) if registers(row)), None),
    )


def registers(row: Proposal) -> bool:
    """Whether a deadline is for naming the liaison officers, which the system asks for in its own form."""
    return bool(row.values.get("is_registration"))


def campaign_title(title: str) -> str:
    """What the notice is about: its title without who issues it and without “notice”."""
    found = ABOUT.search(title)
    return found[1] if found else title


def summary_day(rows: Gathered) -> date | None:
    """The day by which the summary is due, if the notice says so."""
    days = [day_of(row) for row in rows.of(Group.DEADLINE) if row.values.get("is_summary")]
    return days[0] if days else None


def day_of(row: Proposal) -> date | None:
    """The last day of a deadline, if one is known."""
    return date.fromisoformat(row.values["due_on"]) if row.values.get("due_on") else None


def make_lists(campaign: Campaign, rows: Gathered) -> None:
    """Slogans and points in their order."""
    Slogan.objects.bulk_create(
        Slogan(campaign=campaign, order=order, text=row.values["text"][:120], is_theme=bool(row.values.get("is_theme")))
        for order, row in enumerate(rows.of(Group.SLOGAN), 1)
    )
    Point.objects.bulk_create(
        Point(
            campaign=campaign,
            kind=row.values["kind"],
            number=row.values["number"][:10],
            heading=row.values["title"][:120],
            body=row.values["body"],
        )
        for row in rows.of(Group.POINT)
    )


def owner_of(row: Proposal) -> str:
    """The unit an activity stands under; empty for a common one."""
    return str(row.values.get("owner", "")) if row.values.get("scope") == Scope.MEMBER else ""


def make_activities(reading: Reading, campaign: Campaign, rows: Gathered) -> list[Unit]:
    """Activities with every unit's part. Returns: the units to which the notice is addressed."""
    register = Register(reading.host)
    activities = rows.of(Group.ACTIVITY)
    addressed = addressees(reading, register, rows)
    keyed: dict[str, Activity] = {}
    for order, row in enumerate(activities):
        owner = make_unit(reading, register, owner_of(row)) if owner_of(row) else None
        made = make_activity(campaign, order, row, owner)
        make_parts(reading, register, made, row, addressed)
        keyed |= {row.values["key"]: made} if row.values.get("key") else {}
    make_deliverables(keyed, rows.of(Group.DELIVERABLE))
    make_rounds(
        campaign,
        keyed,
        rows.of(Group.ROUND),
        lambda text: [make_unit(reading, register, name) for name in register.names(text)],
    )
    return addressed


def addressees(reading: Reading, register: Register, rows: Gathered) -> list[Unit]:
    """Groups the notice names, and the units that have activities of their own; where none has, those that lead.

    Where no unit is named at all it goes to every group of the office.
    """
    activities, salutation = rows.of(Group.ACTIVITY), rows.text("salutation")
    own = [owner_of(row) for row in activities if owner_of(row)]
    led = {bare(name) for row in activities for name in register.names(row.values.get(Part.LEAD, ""))}
    known = register.groups
    named = own or [name for row in activities for name in unit_names(row, register.names) if bare(name) not in known]
    named += [name for row in rows.of(Group.ROUND) for name in register.names(row.values["units"])]
    groups = [
        group
        for group in reading.host.groups.all()
        if group.name in salutation or bare(group.name) in led or not (named or known & led)
    ]
    units = [unit for group in groups for unit in group.units.all()]
    units += [make_unit(reading, register, name) for name in named]
    itself = bool(rows.of(Group.DELIVERABLE))  # an office with tasks of its own in the table owes them like anybody
    return [unit for unit in dict.fromkeys(units) if unit != reading.host or itself]


def unit_names(row: Proposal, names_in: Callable[[str], list[str]] = names) -> list[str]:
    """The unit an activity stands under, or those that lead it; “each unit” names nobody."""
    found = [owner_of(row)] if owner_of(row) else names_in(row.values.get(Part.LEAD, ""))
    return [name for name in found if not EVERYBODY.match(name)]


def make_unit(reading: Reading, register: Register, name: str) -> Unit:
    """The unit of a name; a new one is remembered, so that undoing can take it away."""
    unit, made = register.unit(name, reading.host)
    if made:
        reading.made_units.add(unit)
    return unit


def make_activity(campaign: Campaign, order: int, row: Proposal, owner: Unit | None) -> Activity:
    """One activity."""
    values = row.values
    first, last = values.get("starts_on"), values.get("ends_on")
    return Activity.objects.create(
        campaign=campaign,
        order=order,
        scope=Scope.MEMBER if owner else Scope.COMMON,
        owner=owner,
        number=values.get("number", "")[:10],
        sub_number=values.get("sub_number", "")[:10],
        group=values.get("group", "")[:120],
        title=values["title"][:200],
        description=values.get("description", ""),
        date_text=values.get("date_text", "")[:60],
        starts_on=date.fromisoformat(first) if first else None,
        ends_on=date.fromisoformat(last or first) if first else None,
        place=values.get("place", "")[:120],
        due_on=date.fromisoformat(values["due_on"]) if values.get("due_on") else None,
        remark=values.get("remark", ""),
    )


def make_parts(reading: Reading, register: Register, activity: Activity, row: Proposal, addressed: list[Unit]) -> None:
    """Each unit's part, and each group's; “each member unit” is every addressee."""
    found: dict[tuple[int, str], None] = {}
    groups = {bare(group.name): group for group in reading.host.groups.all()}
    for part in Part:
        for named in register.named(row.values.get(part, "")):
            if group := groups.get(bare(named.name)):
                activity.group_participations.get_or_create(group=group, part=part)
                continue
            units = addressed if named.is_everybody else [make_unit(reading, register, named.name)]
            found |= {(unit.pk, str(part)): None for unit in units}
    Participation.objects.bulk_create(Participation(activity=activity, unit_id=unit, part=part) for unit, part in found)


def make_notice(reading: Reading, campaign: Campaign, rows: Gathered, addressed: list[Unit]) -> Notice:
    """The draft notice with its text, its annexes and what it asks beside the summary."""
    number = NUMBER.match(rows.text("number"))
    if number is None:
        raise MoveRefused(_("The document number must look like 质强办〔2015〕17号."))
    notice = Notice.objects.create(
        campaign=campaign,
        title=rows.text("title")[:200],
        org_code=number[1][:20],
        year=int(number[2]),
        number_wanted=int(number[3]),
        salutation=rows.text("salutation")[:200],
        body=body_of(reading, rows),
        signature=rows.text("issuers")[:120],
        publicity=next(
            (value for words, value in PUBLICITY.items() if words in rows.text("publicity")), Publicity.REQUEST
        ),
    )
    notice.addressees.set(addressed)
    Demand.objects.bulk_create(
        Demand(notice=notice, order=order, title=row.values["item"][:200], due_on=day_of(row))
        for order, row in enumerate(rows.of(Group.DEADLINE), 1)
        if not row.values.get("is_summary") and not registers(row)
    )
    NoticeAnnex.objects.bulk_create(
        NoticeAnnex(notice=notice, order=order, title=row.values["text"][:200], content=annex_content(row))
        for order, row in enumerate(rows.of(Group.ATTACHMENT), 1)
    )
    return notice


def annex_content(row: Proposal) -> str:
    """Which annex is set from what the system knows: the list of activities, the slogans."""
    title = row.values["text"]
    if "口号" in title or "标识" in title:
        return AnnexContent.SLOGANS
    return AnnexContent.ACTIVITIES if "活动" in title and "方案" not in title else AnnexContent.APART


def body_of(reading: Reading, rows: Gathered) -> str:
    """The text between the addressees and the list of attachments (or the issuing body), as it was handed in."""
    begins = next((row.end for row in rows.rows if row.field == "salutation"), 0)
    after = [row.start for row in rows.rows if row.group == Group.ATTACHMENT or row.field == "issuers"]
    ends = min((place for place in after if place > begins), default=len(reading.text))
    text = reading.text[begins:ends].lstrip("：:\n 　").rstrip()
    text = re.sub(r"\n\s*附件?\s*[：:]?\s*(?:\d+\s*[.．、])?\s*$", "", text)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


@transaction.atomic
def undo(reading: Reading, *, by: Any) -> None:
    """Take away exactly what confirming made.

    Raises: MoveRefused once the notice has been issued, or when something else has come to stand on it.
    """
    campaign = reading.campaign
    if campaign is None or campaign.notices.exclude(state=NoticeState.DRAFT).exists():
        raise MoveRefused(_("The notice has been issued: what was made can no longer be taken away."))
    reading.move(ReadingState.OPEN, by=by)
    try:
        campaign.notices.all().delete()  # its demands go with it
        campaign.activities.all().delete()
        campaign.delete()
    except ProtectedError as error:
        raise MoveRefused(_("Something else stands on this campaign already, so it stays.")) from error
    for unit in reading.made_units.all():
        drop_if_unused(unit)
    reading.made_units.clear()


def drop_if_unused(unit: Unit) -> None:
    """Delete a unit this reading made, unless somebody uses it meanwhile."""
    try:
        with transaction.atomic():
            unit.delete()
    except ProtectedError:
        return
