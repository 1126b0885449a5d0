"""The deeds of a question: asked of some units, corrected, given more time, closed."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit, User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities.models import Assignment, Question
from activities.models.listed import OPEN_YET
from activities.states import AssignmentState, Kind, QuestionState
from campaigns.finding import OVER
from campaigns.models import Campaign, Notice, NoticeKind
from campaigns.states import IN_FORCE
from workflow import clock
from workflow.models import MoveRefused
from workflow.site_language import in_site_language
from workflow.telling import notify
from workflow.templatetags.clock import deadline


def notice_for(campaign: Campaign) -> Notice | None:
    """The notice in force under which a question is asked; None when there is none, so that nothing can be asked."""
    rows = campaign.notices.filter(state__in=IN_FORCE).exclude(kind=NoticeKind.BULLETIN)
    return rows.order_by("pk").first()


def why_not_asked(campaign: Campaign) -> str:
    """Why nothing can be asked in a campaign; empty when it can."""
    if campaign.state in OVER:
        return _("The campaign is closed: nothing new is asked in it.")
    return "" if notice_for(campaign) else _("No notice of this campaign is in force, so nothing can be asked.")


@transaction.atomic
def ask(question: Question, units: Collection[int], *, by: Any) -> int:
    """Ask it: each unit owes an answer, and its people are told at once.

    Arguments: the question, not saved yet; ids of units; who asks. Returns: how many units were asked.
    Raises: MoveRefused when no notice is in force, nobody is asked, or the same is asked already.
    """
    Campaign.objects.select_for_update().get(pk=question.campaign_id)  # a second press waits for the first
    notice = notice_for(question.campaign)
    if notice is None or question.campaign.state in OVER:
        raise MoveRefused(why_not_asked(question.campaign))
    asked = list(Unit.objects.live().filter(pk__in=units).order_by("order", "pk").values_list("pk", flat=True))
    if not asked:
        raise MoveRefused(_("Nobody is chosen, so nothing was asked."))
    same = Question.objects.filter(campaign=question.campaign_id, text=question.text, state=QuestionState.ASKED)
    if same.filter(assignments__unit__in=asked).exists():
        raise MoveRefused(_("This is asked already. Correct that question, or give more time for it."))
    question.notice, question.asked_by = notice, by
    question.save()
    rows = [
        Assignment(
            campaign_id=question.campaign_id, notice=notice, unit_id=unit, kind=Kind.QUESTION, question=question,
            due_at=question.due_at,
        )
        for unit in asked
    ]  # fmt: skip
    Assignment.objects.bulk_create(rows, batch_size=1000)
    question.log(question.state, by=by, roles=OFFICE_ROLES)
    tell(question, asked, gettext_noop("A question: %(question)s Please answer by %(at)s."), "asked")
    return len(asked)


def tell(question: Question, units: Collection[int], message: str, what: str) -> None:
    """One message to each person of these units, whose link leads to the answer."""
    with translation.override(settings.LANGUAGE_CODE):  # kept for readers, whatever language the office works in
        at = deadline(question.due_at)
    notify(
        User.objects.speaking_for(units, *UNIT_ROLES),
        message,
        key=f"question-{question.pk}-{what}",
        url=reverse("activities:answer-question", args=[question.pk]),
        question=question.text,
        at=at,
    )


def hold(question: Question) -> Question:
    """The question as it stands; whoever comes second waits. Raises: MoveRefused when it is closed."""
    rows = Question.objects.select_for_update(of=("self",)).select_related("campaign__host", "about_activity")
    question = rows.get(pk=question.pk)
    if why := question.why_not_changed():
        raise MoveRefused(why)
    return question


def unanswered(question: Question) -> Any:
    """What of it is owed still."""
    return question.assignments.filter(settled=OPEN_YET)


def units_of(rows: Any) -> list[int]:
    """Whose these assignments are, by id."""
    return list(rows.order_by("unit").values_list("unit", flat=True).distinct())


@transaction.atomic
def correct(question: Question, before: str, *, by: Any) -> None:
    """Write the corrected words, and tell everybody asked. Arguments: the question as corrected; its words before."""
    question.save(update_fields=["text", "hint", "choices", "measure"])
    question.remark(gettext_noop("Corrected; before: %(words)s"), by=by, roles=OFFICE_ROLES, words=before)
    number = question.history().count()
    everybody = question.assignments.exclude(state=AssignmentState.CLOSED)
    tell(question, units_of(everybody), gettext_noop("A question was corrected: %(question)s"), f"corrected-{number}")


@transaction.atomic
def extend(question: Question, until: datetime, *, by: Any) -> int:
    """Give more time to those who have not answered; what was answered late stays late.

    Returns: how many units have more time. Raises: MoveRefused when it is closed, everybody has answered, or the
    moment comes no later than the present one.
    """
    question = hold(question)
    rows = unanswered(question)
    if not rows.exists():
        raise MoveRefused(_("Everybody has answered."))
    if rows.filter(last_at__gte=until).exists() or until <= clock.now():
        raise MoveRefused(_("The new hour must come after the present one."))
    found = list(rows.order_by("pk").values_list("pk", "state"))
    units = units_of(rows)
    Assignment.objects.filter(pk__in=[pk for pk, _state in found]).update(extended_until=until)
    note = in_site_language(gettext_noop("Extended until %(day)s"), day=partial(deadline, until))
    Assignment.log_all(found, None, by=by, acting_for=question.acting_for(by, OFFICE_ROLES), note=note)
    question.log(question.state, by=by, note=note, roles=OFFICE_ROLES)
    question.due_at = until  # what is told, not what is kept: each answer knows by when it was asked first
    number = question.history().count()
    tell(question, units, gettext_noop("More time for a question: %(question)s Until %(at)s."), f"extended-{number}")
    return len(found)


@transaction.atomic
def close(question: Question, *, by: Any) -> int:
    """Nothing is asked any more: what came in stays, the rest is no longer owed. Returns: how many had not answered.

    Raises: MoveRefused.
    """
    question = hold(question)
    question.move(QuestionState.CLOSED, by=by, roles=OFFICE_ROLES)
    rows = Assignment.objects.filter(pk__in=unanswered(question).values("pk"))
    units = units_of(rows)
    note = in_site_language(gettext_noop("The question is closed."))
    acting_for = question.acting_for(by, OFFICE_ROLES)
    moved = Assignment.move_all(rows, AssignmentState.CLOSED, by=by, acting_for=acting_for, note=note)
    tell(question, units, gettext_noop("No longer asked: %(question)s"), "closed")
    return len(moved)
