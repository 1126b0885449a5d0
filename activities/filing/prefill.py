"""What a unit has filed once is offered wherever it is asked again; each value says where it was taken from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz.fuzz import ratio

from accounts.models import Unit
from accounts.models.memberships import UNIT_ROLES
from accounts.visitor import Visitor
from activities.filing.known_officers import in_register
from activities.filing.last_year import LISTS, same_last_year
from activities.models import Assignment, Case, Coverage, Filing, LiaisonOfficer, Material, Plan, Progress
from workflow import clock

FEW = 3
"""Earlier plans offered at most."""
LIKE = 55
"""From this likeness of titles on (0 to 100) an activity of the same year counts as similar."""
TEXTS = (
    "goal",
    "content",
    "schedule",
    "expected_participants",
    "budget",
    "budget_source",
    "safety",
    "health",
    "emergency",
)
"""What an earlier plan lends; its days, place and people are of another year."""


@dataclass(frozen=True)
class Offer:
    """A value and where it was taken from. ``fresh``: the person has just asked for it."""

    value: Any
    source: str
    fresh: bool = False


Offers = dict[str, Offer]


def offers(filing: Filing, person: Any = None) -> Offers:
    """What is known already of what a filing asks.

    Arguments: the filing, written in or not; who writes it (their account is the last source).
    Returns: offers by the name of the field; no empty values.
    """
    if not reads_unit(person):
        return from_notice(filing.assignment)
    source = SOURCES.get(type(filing))
    return source(filing.assignment, person) if source else {}


def reads_unit(person: Any) -> bool:
    """Whether this person may read what else the unit filed: a visitor by link reads only what the link names."""
    return not isinstance(person, Visitor)


def taken(source: str, values: Mapping[str, Any], *, fresh: bool = False) -> Offers:
    """Offers of one source, without those that are empty."""
    return {name: Offer(value, source, fresh) for name, value in values.items() if value not in (None, "")}


# --- by kind ---------------------------------------------------------------------------------------------


def for_plan(assignment: Assignment, person: Any) -> Offers:
    """Dates, place and content stand in the notice; whom to call in the registration, or in the account."""
    return {**for_call(assignment, person), **from_notice(assignment)}


def from_notice(assignment: Assignment) -> Offers:
    """What the notice says of the activity."""
    activity = assignment.activity
    if activity is None:
        return {}
    names = {"starts_on": "starts_on", "ends_on": "ends_on", "place": "place", "content": "description"}
    return taken(_("the notice"), {name: getattr(activity, known) for name, known in names.items()})


def for_call(assignment: Assignment, person: Any) -> Offers:
    """The first liaison officer the unit registered; else whoever writes for the unit; else who is in the register."""
    officer: Any = (
        LiaisonOfficer.objects.filter(
            registration__assignment__campaign=assignment.campaign_id,
            registration__assignment__unit=assignment.unit_id,
            registration__submitted_at__isnull=False,
        )
        .order_by("-registration__version", "pk")
        .first()
    )
    if officer:
        source, known = _("your registration of liaison officers"), officer
    elif person is not None and person.is_in(assignment.unit_id, *UNIT_ROLES):
        source, known = _("your account"), person
    elif person is not None and (people := in_register([assignment.unit_id]).get(assignment.unit_id)):
        source, known = _("the register"), people[0]
    else:
        return {}
    return taken(source, {"person_in_charge": known.name, "person_phone": known.mobile or known.phone})


def for_progress(assignment: Assignment, person: Any) -> Offers:
    """Where the last report stood."""
    last = newest(Progress, assignment)
    return taken(_("your last report"), {"stage": last.stage, "percent": last.percent}) if last else {}


def for_case(assignment: Assignment, person: Any) -> Offers:
    """The title stands in the notice, the background in the plan, the practice in the last report."""
    plan, progress = newest(Plan, assignment), newest(Progress, assignment)
    return {
        **taken(_("the notice"), {"title": assignment.activity.title if assignment.activity else ""}),
        **taken(_("your plan"), {"background": plan.goal if plan else ""}),
        **taken(_("your last report"), {"practice": progress.narrative if progress else ""}),
    }


def for_coverage(assignment: Assignment, person: Any) -> Offers:
    """The link and its day may stand in a material already."""
    row = newest(Material, assignment, link__gt="")
    return taken(_("your material"), {"link": row.link, "on": row.on}) if row else {}


def for_material(assignment: Assignment, person: Any) -> Offers:
    """Last year's list; place and day of the round, or of the plan once its first day has come."""
    if assignment.appearance:
        found = assignment.appearance.round
        return taken(_("the schedule of rounds"), {"on": found.on, "place": found.place})
    if assignment.demand:
        before = same_last_year(assignment) if LISTS.search(assignment.demand.title) else None
        return taken(filing_of(before), {"text": before.text, "link": before.link}) if before else {}
    plan = newest(Plan, assignment)
    if plan is None:
        return {}
    come = plan.starts_on if plan.starts_on and plan.starts_on <= clock.today() else None
    return taken(_("your plan"), {"on": come, "place": plan.place})


def filing_of(row: Material) -> str:
    """How a filing of an earlier year is named as a source."""
    return _("your filing of %(year)s") % {"year": row.assignment.campaign.year}


SOURCES: dict[type[Filing], Callable[[Assignment, Any], Offers]] = {
    Plan: for_plan,
    Progress: for_progress,
    Case: for_case,
    Coverage: for_coverage,
    Material: for_material,
}


def newest(model: type[Any], assignment: Assignment, **more: Any) -> Any:
    """What the unit submitted last of a kind for the same activity, in another assignment; None when nothing."""
    if assignment.activity_id is None:
        return None
    rows = model.objects.filter(
        assignment__campaign=assignment.campaign_id,
        assignment__unit=assignment.unit_id,
        assignment__activity=assignment.activity_id,
        submitted_at__isnull=False,
        **more,
    )
    return rows.exclude(assignment=assignment).order_by("submitted_at", "pk").last()


# --- the text of an earlier plan ---------------------------------------------------------------------------


def earlier_plans(assignment: Assignment) -> list[Plan]:
    """Plans of the unit that may lend their text, the likest first: of earlier years, or of a similar activity.

    Arguments: the assignment of the plan to be written. Returns: at most three, each in its newest version.
    """
    latest: dict[int, Plan] = {plan.assignment_id: plan for plan in plans_of(assignment)}
    title = str(assignment.activity or "")
    ranked = [(likeness(title, plan), plan) for plan in latest.values()]
    fitting = [
        (like, plan)
        for like, plan in ranked
        if like >= LIKE or plan.assignment.campaign.year < assignment.campaign.year
    ]
    fitting.sort(key=lambda pair: (-pair[0], -pair[1].assignment.campaign.year, pair[1].pk))
    return [plan for _like, plan in fitting[:FEW]]


def plans_of(assignment: Assignment) -> Any:
    """What the unit, and whoever was merged into it, has submitted as plans, older versions first."""
    units = [assignment.unit_id, *Unit.objects.filter(merged_into=assignment.unit_id).values_list("pk", flat=True)]
    rows = Plan.objects.filter(assignment__unit__in=units, submitted_at__isnull=False)
    rows = rows.exclude(assignment=assignment).select_related("assignment__activity", "assignment__campaign")
    return rows.order_by("version", "pk")


def likeness(title: str, plan: Plan) -> float:
    """How like the titles of two activities are, from 0 to 100."""
    return float(ratio(title, str(plan.assignment.activity or "")))


def lent(assignment: Assignment, chosen: str) -> Offers:
    """The text of the earlier plan somebody asked for; nothing when it is not the unit's own."""
    plan = plans_of(assignment).filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 18 else None
    if plan is None:
        return {}
    source = f"{plan.assignment.campaign} · {plan.assignment.activity or ''}".strip(" ·")
    return taken(source, {name: getattr(plan, name) for name in TEXTS}, fresh=True)
