"""Confirming a reading makes the campaign in one transaction; undoing takes away exactly what it made."""

import re
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import Unit, UnitGroup
from activities.models import Activity, Demand, Group, Part, Participation, Proposal, Reading
from activities.models.activity import Scope
from activities.reading.confirm_tasks import make_deliverables, make_rounds
from activities.reading.group_words import Meant, is_many
from activities.reading.handed_in import own_title
from activities.reading.hours import hour_of, usual_hours
from activities.reading.number_wanted import Wanted
from activities.reading.quotas import BESIDE
from activities.reading.unit_names import Named, Register
from activities.states import ReadingState
from campaigns.models import AnnexContent, Campaign, DocumentNumber, Indicator, Notice, NoticeAnnex, Point, Slogan
from campaigns.models.notice import Publicity
from campaigns.states import NoticeState
from workflow import clock
from workflow.models import MoveRefused

ABOUT = re.compile(r"关于(?:组织|认真|深入|扎实)?(?:开展|做好|举办|印发)?(.+?)(?:的通知|的意见|方案的通知)?$")
LEAST_NAME = 3
"""Shorter names of groups are not looked for inside of other words."""
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


def blockers(reading: Reading, register: Register | None = None) -> list[str]:
    """Everything that keeps a reading from being confirmed, all at once. Arguments: it; the units, if read already."""
    rows = Gathered(reading)
    found = []
    without = {row.field for row in reading.proposals.all() if row.dropped}
    for field, label in (("title", _("title")), ("issuers", _("issuing body")), ("theme", _("theme"))):
        if not rows.text(field) and (field != "theme" or "theme" not in without):
            found.append(_("Please fill in: %(what)s.") % {"what": label})
    if not rows.values("period"):
        found.append(_("Please fill in: %(what)s.") % {"what": _("period")})
    number = Wanted.of(reading, rows.text("number"), last_day(rows).year)
    if number is None:
        found.append(_("The document number must look like 质强办〔2015〕17号; without one it is given at signing."))
    elif number.seq and DocumentNumber.objects.filter(org_code=number.code, year=number.year, seq=number.seq).exists():
        found.append(_("The document number %(number)s is used already.") % {"number": rows.text("number")})
    register = register or Register(reading.host)
    if not who_gets_it(register, rows) and not register.words.groups:
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


def last_day(rows: Gathered) -> date:
    """The last day of the campaign; today where none is known yet."""
    period = rows.values("period")
    return date.fromisoformat(period["last"]) if period else clock.today()


def make_campaign(reading: Reading, rows: Gathered) -> Campaign:
    """The campaign with its theme, period and the day its summary is due."""
    period = rows.values("period")
    last = last_day(rows)
    number = Wanted.of(reading, rows.text("number"), last.year)
    return Campaign.objects.create(
        host=reading.host,
        year=number.year if number else last.year,
        title=campaign_title(rows.text("title"))[:120],
        theme=rows.text("theme")[:120],
        spirit_slogan=rows.text("spirit_slogan")[:120],
        logo_note=rows.text("logo_note"),
        guiding_ideology=rows.text("guiding_ideology"),
        starts_on=date.fromisoformat(period["first"]),
        ends_on=last,
        summary_due_on=day_by(rows, "is_summary") or last,
        plan_due_on=day_by(rows, "is_plan"),
        registration_due_on=day_by(rows, "is_registration"),
    )


def campaign_title(title: str) -> str:
    """What the notice is about: its title without who issues it and without “notice”."""
    found = ABOUT.search(title)
    return found[1] if found else title


OWN_FORMS = ("is_summary", "is_plan", "is_registration")
"""Deadlines of what the system asks for in forms of its own."""


def day_by(rows: Gathered, what: str) -> date | None:
    """The first day the notice names for something of ``OWN_FORMS``."""
    return next((day_of(row) for row in rows.of(Group.DEADLINE) if row.values.get(what) and day_of(row)), None)


def day_of(row: Proposal) -> date | None:
    """The last day of a deadline, if one is known."""
    return date.fromisoformat(row.values["due_on"]) if row.values.get("due_on") else None


def make_lists(campaign: Campaign, rows: Gathered) -> None:
    """Slogans, points and the figures of the summary in their order."""
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
    Indicator.objects.bulk_create(
        Indicator(campaign=campaign, order=order, name=row.values["name"], measure=row.values.get("measure", ""))
        for order, row in enumerate(rows.of(Group.FIGURE), 1)
    )


def owner_of(row: Proposal) -> str:
    """The unit an activity stands under; empty for a common one, and for one that stands under many."""
    owner = str(row.values.get("owner", "")) if row.values.get("scope") == Scope.MEMBER else ""
    return "" if is_many(owner) else owner


def named_for(row: Proposal, part: str) -> str:
    """The names of a part of an activity; many under which it stands lead it."""
    owner = str(row.values.get("owner", "")) if row.values.get("scope") == Scope.MEMBER else ""
    many = f"{owner}、" if part == Part.LEAD and is_many(owner) else ""
    return many + str(row.values.get(part, ""))


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
    make_rounds(campaign, keyed, rows.of(Group.ROUND), lambda text: units_of(reading, register, text, addressed))
    return addressed


def addressees(reading: Reading, register: Register, rows: Gathered) -> list[Unit]:
    """Whom the salutation means, and the units that have activities of their own; where none has, those that lead.

    Where nobody is named at all it goes to every group of the office; words that nobody understands address nobody.
    """
    named = who_gets_it(register, rows)
    units = [unit for each in named for unit in meant_by(each)]
    units += [make_unit(reading, register, each.name) for each in named if each.meant is None]
    if not named:
        units = [unit for group in register.words.groups for unit in group.units.all()]
    tasks = [row for row in rows.of(Group.DELIVERABLE) if not str(row.values.get("of", "")).startswith(BESIDE)]
    itself = bool(tasks)  # an office with tasks of its own in the table owes them like anybody
    return [unit for unit in dict.fromkeys(units) if unit != reading.host or itself]


def who_gets_it(register: Register, rows: Gathered) -> list[Named]:
    """Every name and word by which somebody is addressed; 各单位 by itself names nobody."""
    activities = rows.of(Group.ACTIVITY)
    own = [Named(owner_of(row), None) for row in activities if owner_of(row)]
    led = [each for row in activities for each in register.named(named_for(row, Part.LEAD))]
    greeted = [each for each in register.named(rows.text("salutation").rstrip("：:")) if each.meant]
    greeted += [Named(group.name, None, Meant(group=group)) for group in register.words.groups if greets(group, rows)]
    invited = [each for row in rows.of(Group.ROUND) for each in register.named(row.values["units"])]
    found = [*greeted, *(own or led), *(each for each in led if own and each.meant), *invited]
    return [each for each in found if not (each.meant and each.meant.is_everybody)]


def greets(group: UnitGroup, rows: Gathered) -> bool:
    """Whether the salutation has the name of a group in it, in whatever words around it."""
    return len(group.name) >= LEAST_NAME and group.name in rows.text("salutation")


def meant_by(named: Named) -> list[Unit]:
    """The units a word for many means; of a single name none."""
    if named.meant is None:
        return []
    return list(named.meant.group.units.all()) if named.meant.group else list(named.meant.units)


def units_of(reading: Reading, register: Register, text: str, addressed: list[Unit]) -> list[Unit]:
    """The units of a list of names, each once: single ones, those that words for many mean, all that are addressed."""
    found: dict[Unit, None] = {}
    for named in register.named(text):
        if named.meant is None:
            found[make_unit(reading, register, named.name)] = None
        else:
            found |= dict.fromkeys(addressed if named.meant.is_everybody else meant_by(named))
    return list(found)


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
        words=values.get("words", {}),
    )


def make_parts(reading: Reading, register: Register, activity: Activity, row: Proposal, addressed: list[Unit]) -> None:
    """Each unit's part, and each group's; “each unit” is every addressee."""
    for part in Part:
        text = named_for(row, part)
        for named in register.named(text):
            if named.meant and named.meant.group:
                activity.group_participations.get_or_create(group=named.meant.group, part=part)
        single = "、".join(each.name for each in register.named(text) if not (each.meant and each.meant.group))
        units = units_of(reading, register, single, addressed)
        Participation.objects.bulk_create(Participation(activity=activity, unit=unit, part=part) for unit in units)


def make_notice(reading: Reading, campaign: Campaign, rows: Gathered, addressed: list[Unit]) -> Notice:
    """The draft notice with its text, its annexes and what it asks beside the summary."""
    number = Wanted.of(reading, rows.text("number"), campaign.year)
    if number is None:
        raise MoveRefused(" ".join(blockers(reading)))
    notice = Notice.objects.create(
        campaign=campaign,
        title=rows.text("title")[:200],
        org_code=number.code[:20],
        year=number.year,
        number_wanted=number.seq,
        due_hours=usual_hours(rows.of(Group.DEADLINE)),
        salutation=rows.text("salutation")[:200],
        body=body_of(reading, rows),
        signature=rows.text("issuers")[:120],
        publicity=next(
            (value for words, value in PUBLICITY.items() if words in rows.text("publicity")), Publicity.REQUEST
        ),
    )
    notice.addressees.set(addressed)
    make_demands(reading, notice, rows, addressed)
    NoticeAnnex.objects.bulk_create(
        annex(reading, notice, order, row) for order, row in enumerate(rows.of(Group.ATTACHMENT), 1)
    )
    return notice


def annex(reading: Reading, notice: Notice, order: int, row: Proposal) -> NoticeAnnex:
    """One annex: as it was handed in, unless the office chose otherwise. What was handed in stays with it."""
    title, part = row.values["text"][:200], row.values.get("part", "")
    made = NoticeAnnex(notice=notice, order=order, title=title, content=row.values.get("content") or AnnexContent.APART)
    made.issued = bool(row.values.get("issued"))
    if part != "":
        found = reading.annexes[part]
        made.blocks, made.heading = found["blocks"], own_title(title, found)
        made.file, made.file_name = reading.word, reading.name if reading.word else ""
    return made


def make_demands(reading: Reading, notice: Notice, rows: Gathered, addressed: list[Unit]) -> None:
    """What the notice asks beside the system's own forms: by which day, how many, of whom."""
    register = Register(reading.host)
    for order, row in enumerate(rows.of(Group.DEADLINE), 1):
        values = row.values
        if any(values.get(what) for what in OWN_FORMS):
            continue
        made = Demand.objects.create(
            notice=notice,
            order=order,
            title=values["item"][:200],
            due_on=day_of(row),
            due_hour=hour_of(row),
            target=values.get("target") or None,
            measure=str(values.get("measure", ""))[:20],
            counts=values.get("counts", ""),
        )
        named = {unit for each in register.named(str(values.get("who", ""))) for unit in units_meant(each)}
        made.units.set(named & set(addressed))


def units_meant(named: Named) -> list[Unit]:
    """The known units a name or a word for many stands for."""
    return [named.unit] if named.unit else meant_by(named)


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
