"""More time, “it does not apply to us”, “please return it”: the unit asks with a reason, the office decides."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities.available_actions import why_not_ask_return
from activities.models import Assignment, Petition
from activities.states import PetitionKind, PetitionState
from workflow import clock
from workflow.models import MoveRefused
from workflow.site_language import in_site_language
from workflow.telling import notify

FARTHEST = timedelta(days=366)


def why_not_ask(assignment: Assignment) -> str:
    """Why nothing can be asked about it now, for a person; empty when it can."""
    if assignment.volunteered:
        return _("Nobody asked for it, so it has no deadline.")
    return "" if assignment.is_owed else assignment.refusal()


def why_not_until(assignment: Assignment, until: date) -> str:
    """Why an extension cannot end on this day; empty when it can."""
    last = clock.last_day(assignment.last_moment)
    if until <= last:
        return _("The day must come after the present last day, %(day)s.") % {"day": date_format(last)}
    if until < clock.today():
        return _("This day is past.")
    if until > clock.today() + FARTHEST:
        return _("This day is more than a year away.")
    return ""


@transaction.atomic
def ask(assignment: Assignment, *, kind: str, reason: str, by: Any, until: date | None = None) -> Petition:
    """The unit asks.

    Arguments: what it owes; a PetitionKind; why; who asks; for an extension the last day asked for.
    Returns: the petition, waiting. Raises: MoveRefused when nothing can be asked, or something is asked already.
    """
    why = why_not_ask_return(assignment) if kind == PetitionKind.RETURN else why_not_ask(assignment)
    if kind == PetitionKind.EXTENSION:
        why = why or (why_not_until(assignment, until) if until else _("An extension needs a day."))
    if why:
        raise MoveRefused(why)
    try:
        with transaction.atomic():
            petition = Petition.objects.create(
                assignment=assignment,
                kind=kind,
                reason=reason,
                until=until if kind == PetitionKind.EXTENSION else None,
                asked_by=by,
                asked_at=clock.now(),
            )
    except IntegrityError as error:
        raise MoveRefused(_("Something is asked already and waits for the office.")) from error
    office = User.objects.speaking_for([assignment.campaign.host_id], *OFFICE_ROLES)
    tell(petition, office, gettext_noop("%(unit)s asks about %(what)s: %(kind)s."))
    return petition


def with_answers(petitions: Iterable[Petition]) -> list[Petition]:
    """The petitions, each with the line of the log that ended it as ``answer`` (None while it waits): one query."""
    rows = list(petitions)
    last = Petition.last_lines(rows)
    for row in rows:
        row.answer = last.get(row.pk)  # type: ignore[attr-defined]
    return rows


def withdraw(petition: Petition, *, by: Any) -> None:
    """The unit takes its question back. Raises: MoveRefused."""
    petition.move(PetitionState.WITHDRAWN, by=by, roles=UNIT_ROLES)


@transaction.atomic
def decide(petition: Petition, *, grant: bool, by: Any, note: str = "", until: date | None = None) -> None:
    """The office decides, and the unit is told.

    Arguments: the petition; whether it is granted; who decides; a remark the unit will read; for an extension
    another day than asked for.
    Raises: MoveRefused when it was decided meanwhile, or when what it asks is no longer possible.
    """
    other = until if grant and petition.kind == PetitionKind.EXTENSION and until != petition.until else None
    state = PetitionState.GRANTED if grant else PetitionState.REFUSED
    petition.move(state, by=by, note=note, roles=OFFICE_ROLES, granted_until=other)
    assignment = Assignment.objects.select_related("campaign").get(pk=petition.assignment_id)
    if other and (why := why_not_until(assignment, other)):
        raise MoveRefused(why)
    if grant and petition.kind == PetitionKind.WAIVER:
        assignment.waive(by=by, reason=petition.reason)
    elif grant and petition.kind == PetitionKind.RETURN:
        assignment.send_back(by=by, reason=note or petition.reason)
    elif grant and (day := other or petition.until):
        note = in_site_language(gettext_noop("Extended until %(day)s"), day=partial(date_format, day))
        assignment.extend(clock.end_of(day), by=by, note=note)
    tell(petition, User.objects.speaking_for([assignment.unit_id], *UNIT_ROLES), answer_to(petition))


def answer_to(petition: Petition) -> str:
    """What the unit is told of the decision."""
    if petition.granted_until:
        return gettext_noop("Granted, but until %(day)s: %(what)s, %(kind)s.")
    if petition.state == PetitionState.GRANTED:
        return gettext_noop("Granted: %(what)s, %(kind)s.")
    return gettext_noop("Refused: %(what)s, %(kind)s.")


def decide_all(
    petitions: Iterable[Petition], *, grant: bool, by: Any, note: str = "", until: date | None = None
) -> tuple[list[Petition], list[tuple[Petition, str]]]:
    """Decide many in one go, each in a transaction of its own; arguments as for :func:`decide`.

    Returns: those decided, and those that could not be, each with why.
    """
    done: list[Petition] = []
    left: list[tuple[Petition, str]] = []
    for petition in petitions:
        try:
            decide(petition, grant=grant, by=by, note=note, until=until)
            done.append(petition)
        except MoveRefused as refusal:
            left.append((petition, str(refusal)))
    return done, left


def tell(petition: Petition, people: Any, message: str) -> None:
    """One message a person and state; written in the language of the house, whatever the writer reads."""
    with translation.override(settings.LANGUAGE_CODE):
        what, kind = str(petition.assignment), str(petition.get_kind_display())
        day = date_format(petition.granted_until) if petition.granted_until else ""
    notify(
        people,
        message,
        key=f"petition-{petition.pk}-{petition.state}",
        url=petition.get_absolute_url(),
        unit=petition.assignment.unit.name,
        what=what,
        kind=kind,
        day=day,
    )
