"""What is done with an evaluation, step by step: rules published, sheets shown, units heard, result released."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit, User
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES
from activities.models import Assignment
from activities.states import FILED
from documents.counts import thousands
from documents.text import short_date
from reports.evaluation.guard import refusal
from reports.evaluation.sheets import Sheet, by_place, evaluated, sheets_of, unanswered
from reports.models import Adjustment, Criterion, Mark, Release, Scheme, SchemeState, SheetComment
from workflow import clock
from workflow.models import MoveRefused
from workflow.telling import notify
from workflow.templatetags.clock import short_day

ASSESSORS = 2
"""So many at least, where points are given by hand."""
HEARD = timedelta(days=7)
"""So long units may comment on their sheets, unless the office says otherwise."""


def hold(scheme: Scheme) -> Scheme:
    """The scheme, locked until the transaction ends."""
    return Scheme.objects.select_for_update(of=("self",)).select_related("campaign__host").get(pk=scheme.pk)


# --- rules -------------------------------------------------------------------------------------------------


def stands_against(scheme: Scheme) -> list[str]:
    """What has to be done before the rules can be published, in words; nothing when they can."""
    criteria, found = list(scheme.criteria.all()), []
    if not criteria:
        found.append(_("No criterion is written yet."))
    found += [refused_because(each) for each in criteria if is_refused(each)]
    by_hand = any(each.is_by_hand for each in criteria)
    if by_hand and scheme.assessors.count() < ASSESSORS:
        found.append(_("Points are given by hand: please name at least two assessors."))
    if clock.today() > scheme.campaign.ends_on and not scheme.published_before:
        found.append(_("The campaign is over: rules are published before its end. If they were, say where and when."))
    return found


def is_refused(criterion: Criterion) -> bool:
    """Whether a criterion must not be scored, and no administrator let it pass."""
    return criterion.waved_by_id is None and refusal(criterion.name, criterion.note) is not None


def refused_because(criterion: Criterion) -> str:
    """Why a criterion must not be scored, with the rule."""
    kind = refusal(criterion.name, criterion.note)
    return refused_as(criterion.name, kind.name, kind.rule) if kind else ""


def refused_as(what: str, kind: str, rule: str) -> str:
    """The words of a refusal."""
    said = _("“%(what)s” scores %(kind)s: %(rule)s does not allow it.")
    return said % {"what": what, "kind": kind, "rule": rule}


@transaction.atomic
def wave(criterion: Criterion, *, by: Any, reason: str) -> None:
    """An administrator lets a refused criterion pass; the reason stands in the log. Raises: MoveRefused."""
    scheme = hold(criterion.scheme)
    row = Criterion.objects.select_for_update().get(pk=criterion.pk)
    if not scheme.is_draft or not is_refused(row):
        raise MoveRefused(_("There is nothing to let pass any more."))
    row.waved_by, row.waved_because = by, reason
    row.save(update_fields=["waved_by", "waved_because"])
    scheme.remark(gettext_noop("Criterion “%(what)s” let pass: %(why)s"), by=by, what=row.name, why=reason)


@transaction.atomic
def publish(scheme: Scheme, *, by: Any) -> None:
    """The rules hold from now on, and every unit may read them. Raises: MoveRefused."""
    scheme = hold(scheme)
    if found := stands_against(scheme):
        raise MoveRefused(" ".join(found))
    scheme.move(SchemeState.PUBLISHED, by=by)
    tell_units(scheme, gettext_noop("The rules of the evaluation are published: %(what)s."), "published")


# --- points ------------------------------------------------------------------------------------------------


@transaction.atomic
def mark(criterion: Criterion, unit: Unit, *, by: Any, points: Decimal, reason: str) -> None:
    """An assessor gives a unit points for a criterion; again: the new ones hold, the log keeps both.

    Raises: MoveRefused.
    """
    scheme = hold(criterion.scheme)
    if scheme.is_draft:
        raise MoveRefused(_("The rules are not published yet."))
    before = Mark.objects.filter(criterion=criterion, unit=unit, by=by).first()
    if before:
        note_change(scheme, before, str(points), by)
    Mark.objects.update_or_create(
        criterion=criterion, unit=unit, by=by, defaults={"points": points, "reason": reason, "at": clock.now()}
    )


@transaction.atomic
def take_mark_back(criterion: Criterion, unit: Unit, *, by: Any) -> None:
    """An assessor takes points back that were given by mistake: they are missing again. Raises: MoveRefused."""
    scheme = hold(criterion.scheme)
    before = Mark.objects.filter(criterion=criterion, unit=unit, by=by).first()
    if before is None:
        raise MoveRefused(_("They are taken back already."))
    note_change(scheme, before, "–", by)
    before.delete()


def note_change(scheme: Scheme, before: Mark, now: str, by: Any) -> None:
    """A line of the log: whose points, for what, from what to what."""
    scheme.remark(
        gettext_noop("%(unit)s, %(what)s: %(before)s → %(now)s points"),
        by=by, unit=str(before.unit), what=before.criterion.name, before=str(before.points), now=now,
    )  # fmt: skip


@transaction.atomic
def adjust(
    scheme: Scheme, unit: Unit, *, by: Any, points: Decimal, reason: str, evidence: Assignment, ask: bool = False
) -> Adjustment:
    """Add points or take some off, for something the unit filed.

    Arguments: the evaluation, the unit, who, how many points, why, for what; ask: what must not be scored waits for an
    administrator instead of being refused. Returns: the points. Raises: MoveRefused.
    """
    scheme = hold(scheme)
    if scheme.is_draft:
        raise MoveRefused(_("The rules are not published yet."))
    kind = refusal(reason)
    if kind and not ask:
        raise MoveRefused(refused_as(reason, kind.name, kind.rule))
    if evidence.unit_id != unit.pk or evidence.campaign_id != scheme.campaign_id or evidence.state not in FILED:
        raise MoveRefused(_("The evidence is something this unit has filed in this campaign."))
    same = {"scheme": scheme, "unit": unit, "points": points, "reason": reason, "evidence": evidence, "by": by}
    there = Adjustment.objects.filter(withdrawn_at=None, **same).first()  # a double click
    return there or Adjustment.objects.create(waits=bool(kind), **same)


@transaction.atomic
def wave_adjustment(row: Adjustment, *, by: Any, reason: str) -> None:
    """An administrator lets points pass that the guard refuses; the reason stands in the log. Raises: MoveRefused."""
    scheme = hold(row.scheme)
    rows = Adjustment.objects.filter(pk=row.pk, waits=True, withdrawn_at=None)
    if not rows.update(waits=False, waved_by=by, waved_because=reason):
        raise MoveRefused(_("There is nothing to let pass any more."))
    told = gettext_noop("%(points)s points of %(unit)s (%(what)s) let pass: %(why)s")
    scheme.remark(told, by=by, points=f"{row.points:+}", unit=str(row.unit), what=row.reason, why=reason)


def withdraw(row: Adjustment, *, by: Any) -> None:
    """Take back what was added or taken off; it stays in the list, struck out."""
    rows = Adjustment.objects.filter(pk=row.pk, withdrawn_at=None)
    rows.update(withdrawn_by=by, withdrawn_at=clock.now())


# --- the units are heard -----------------------------------------------------------------------------------


@transaction.atomic
def show(scheme: Scheme, *, by: Any, until: date | None = None) -> None:
    """Every unit sees its own sheet from now on, and may comment on it until a day.

    Arguments: the evaluation, who, the last day for comments (a week from today if none is given).
    Raises: MoveRefused, also when that day is past.
    """
    scheme = hold(scheme)
    last = until or clock.today() + HEARD
    if last < clock.today():
        raise MoveRefused(_("The last day for comments is past."))
    insist_on_marks(scheme, sheets_of(scheme))
    scheme.move(SchemeState.SHOWN, by=by, comments_until=last)
    told = gettext_noop("Your evaluation sheet can be read; until %(day)s you may comment on it: %(what)s.")
    tell_units(scheme, told, "shown", day=short_date(last))


def insist_on_marks(scheme: Scheme, sheets: Iterable[Sheet]) -> None:
    """Raises: MoveRefused naming what not every assessor has judged."""
    missing = list(unanswered(sheets, assessors_of(scheme)))
    if missing:
        first, line, who = missing[0]
        said = _("Points by hand are missing %(n)s times, first: %(unit)s, %(what)s (%(who)s).")
        named = {"unit": first.unit, "what": line.criterion, "who": who}
        raise MoveRefused(said % {"n": thousands(len(missing)), **named})
    if any(each.is_by_hand for each in scheme.criteria.all()) and is_short_of_assessors(scheme):
        raise MoveRefused(_("Points are given by hand: please name at least two assessors."))


def assessors_of(scheme: Scheme) -> list[User]:
    """Who assesses: those named, as long as they are of the host. Whoever left holds nothing up."""
    present = User.objects.speaking_for([scheme.campaign.host_id], *HOST_ROLES)
    return list(scheme.assessors.filter(pk__in=present.values("pk")).order_by("pk"))


def is_short_of_assessors(scheme: Scheme) -> bool:
    """Whether fewer than two judged or can judge: whoever left after judging counts, whoever left before does not."""
    left = scheme.assessors.exclude(pk__in=[each.pk for each in assessors_of(scheme)])
    judged = Mark.objects.filter(criterion__scheme=scheme, by__in=left).values("by").distinct().count()
    return len(assessors_of(scheme)) + judged < ASSESSORS


@transaction.atomic
def name_assessors(scheme: Scheme, people: Collection[User], *, by: Any) -> None:
    """Other assessors after the rules were published, since people come and go; the log keeps who.

    Raises: MoveRefused with fewer than two, and once the sheets are shown.
    """
    scheme = hold(scheme)
    if scheme.state != SchemeState.PUBLISHED:
        raise MoveRefused(_("The assessors are named before the sheets are shown."))
    if len(people) < ASSESSORS:
        raise MoveRefused(_("Points are given by hand: please name at least two assessors."))
    before, now = set(scheme.assessors.all()), set(people)
    if before == now:
        return
    scheme.assessors.set(people)
    names = {"gone": "、".join(map(str, before - now)) or "–", "come": "、".join(map(str, now - before)) or "–"}
    scheme.remark(gettext_noop("Assessors: %(gone)s → %(come)s"), by=by, **names)


@transaction.atomic
def comment(scheme: Scheme, unit: Unit, text: str, *, by: Any) -> None:
    """A unit says something to its sheet, and the office is told. Raises: MoveRefused."""
    scheme = hold(scheme)
    if not scheme.is_shown:
        raise MoveRefused(_("The sheets are not shown yet."))
    if not scheme.hears:
        raise MoveRefused(_("Units could comment until %(day)s.") % {"day": short_day(scheme.comments_until)})
    row, _new = SheetComment.objects.get_or_create(scheme=scheme, unit=unit, text=text, by=by, answered_at=None)
    office = User.objects.speaking_for([scheme.campaign.host_id], *OFFICE_ROLES)
    told = gettext_noop("%(unit)s comments on its evaluation sheet.")
    notify(office, told, key=f"sheet-comment-{row.pk}", url=sheet_address(scheme, unit), unit=str(unit))


@transaction.atomic
def answer(row: SheetComment, text: str, *, by: Any) -> None:
    """The office answers, once, and the unit is told. Raises: MoveRefused."""
    rows = SheetComment.objects.filter(pk=row.pk, answered_at=None)
    if not rows.update(answer=text, answered_by=by, answered_at=clock.now()):
        raise MoveRefused(_("It was answered already."))
    people = User.objects.speaking_for([row.unit_id], *UNIT_ROLES)
    told = gettext_noop("The office answered what you said to your evaluation sheet.")
    notify(people, told, key=f"sheet-answer-{row.pk}", url=sheet_address(row.scheme, row.unit))


# --- the result --------------------------------------------------------------------------------------------


@transaction.atomic
def release(scheme: Scheme, *, by: Any, why: str = "") -> Release:
    """Freeze the result as it stands as the next edition; from the second on a reason says what is corrected.

    Raises: MoveRefused while a comment waits, marks are missing, or nothing changed since the edition before.
    """
    scheme = hold(scheme)
    if not scheme.is_shown:
        raise MoveRefused(_("First the units see their sheets."))
    if scheme.state == SchemeState.SHOWN and scheme.hears and scheme.comments_until:
        said = _("Units may comment until %(day)s; the result is released afterwards.")
        raise MoveRefused(said % {"day": short_day(scheme.comments_until)})
    if scheme.comments.filter(answered_at=None).exists():
        raise MoveRefused(_("A unit waits for an answer to its comment."))
    sheets = sheets_of(scheme)
    insist_on_marks(scheme, sheets)
    rows, before = [frozen(each) for each in by_place(sheets)], scheme.releases.first()
    changes = changed(before.rows, rows) if before else []
    if before and not changes:
        raise MoveRefused(_("Nothing changed since %(edition)s.") % {"edition": before})
    if before and not why:
        raise MoveRefused(_("Please say why the result is corrected."))
    edition = before.edition + 1 if before else 1
    found = Release.objects.create(scheme=scheme, edition=edition, rows=rows, changes=changes, why=why, by=by)
    if scheme.state == SchemeState.SHOWN:
        scheme.move(SchemeState.RELEASED, by=by)
    tell_units(scheme, gettext_noop("The result of the evaluation is released: %(what)s."), f"released-{edition}")
    return found


def frozen(sheet: Sheet) -> dict[str, Any]:
    """A sheet as a release keeps it: unit, place, total, each criterion with its points."""
    return {
        "unit": sheet.unit.pk,
        "name": sheet.unit.official_name,
        "place": sheet.place,
        "total": str(sheet.total),
        "lines": [[row.criterion.name, "" if row.points is None else str(row.points)] for row in sheet.lines],
        "added": str(sheet.added),
        "taken_off": str(sheet.taken_off),
    }


def changed(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each unit whose row is another one: what it was called, what changed from what to what."""
    then, after = ({row["unit"]: row for row in rows} for rows in (before, now))
    found = []
    for unit in [*after, *(unit for unit in then if unit not in after)]:
        old, new = flat(then.get(unit)), flat(after.get(unit))
        what = [
            [shown(key), old.get(key, ""), new.get(key, "")] for key in {**old, **new} if old.get(key) != new.get(key)
        ]
        if what:
            found.append({"name": (after.get(unit) or then[unit])["name"], "what": what})
    return found


SUMS = {"名次": "place", "总分": "total", "加分": "added", "减分": "taken_off"}
"""What of a row is no criterion, by its name on paper."""
Key = tuple[bool, str]
"""Whether it is a criterion, and its name: an office may call one 加分."""


def flat(row: dict[str, Any] | None) -> dict[Key, str]:
    """What of a row counts."""
    if row is None:
        return {}
    sums = {(False, name): str(row[field]) for name, field in SUMS.items()}
    return {**sums, **{(True, name): points for name, points in row["lines"]}}


def shown(key: Key) -> str:
    """Its name; a criterion that is called like a sum says that it is one."""
    is_criterion, name = key
    return f"{name}（指标）" if is_criterion and name in SUMS else name


def sheet_address(scheme: Scheme, unit: Unit) -> str:
    """The page of a unit's sheet."""
    return f"{reverse('reports:sheet', args=[scheme.campaign_id])}?unit={unit.pk}"


def tell_units(scheme: Scheme, message: str, what: str, **values: str) -> None:
    """Tell the people of every unit that is evaluated, once."""
    units = [unit.pk for unit in evaluated(scheme)]
    people = User.objects.speaking_for(units, *UNIT_ROLES)
    notify(
        people,
        message,
        key=f"scheme-{scheme.pk}-{what}",
        url=scheme.get_absolute_url(),
        what=scheme.campaign.title,
        **values,
    )
