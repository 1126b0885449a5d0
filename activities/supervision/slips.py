"""The way of a supervision slip: drafted, signed and issued with its number, closed or withdrawn.

The signer's press numbers it, makes the unit owe the reply and tells its people. Whatever was filed since it was
drafted is left out of it on that day.
"""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Role, Unit, User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities.models import Assignment, Grade, Slip, SlipDebt, SlipPaper
from activities.states import AssignmentState, Kind, SlipState
from activities.supervision.debts import Debt, named_in
from campaigns.finding import OVER
from campaigns.models import Campaign, DocumentNumber, Notice
from documents.counts import thousands
from workflow import clock
from workflow.models import MoveRefused
from workflow.pages import may
from workflow.site_language import in_site_language
from workflow.telling import notify
from workflow.workdays import working_days

TERM = {Grade.BLUE: 5, Grade.YELLOW: 3, Grade.RED: 2}
"""Working days a unit is proposed to have for its reply."""
REQUIREMENT = "请立即补报上述事项，并书面说明未按时报送的原因和整改措施。"
CODE = "督办"
"""What the office's own code is followed by in the numbers of slips, unless it chooses another."""


def proposed_day(grade: int) -> date:
    """By when a reply is proposed to be due."""
    return working_days().later(clock.today(), TERM[Grade(grade)])


def next_grades(debts: dict[int, list[Debt]]) -> dict[int, Grade]:
    """The grade of the next slip to each unit, by the debts it is to name: one above the highest so far."""
    named = [debt.row.pk for each in debts.values() for debt in each]
    rows = SlipDebt.objects.filter(
        assignment__in=named, slip__state__in=(SlipState.ISSUED, SlipState.CLOSED), slip__issued_at__isnull=False
    )
    highest = dict(rows.order_by().values_list("slip__unit").annotate(highest=Max("slip__grade")))
    return {unit: Grade(min(highest.get(unit, 0) + 1, Grade.RED)) for unit in debts}


def house_words(campaign: Campaign, notice: Notice) -> dict[str, str]:
    """Code and name under which the office writes slips: as in its last one, else as in the notice."""
    last = Slip.objects.filter(campaign__host=campaign.host_id).order_by("-pk").first()
    if last:
        return {"org_code": last.org_code, "signature": last.signature}
    code = notice.org_code[: 20 - len(CODE)]
    return {"org_code": f"{code}{CODE}", "signature": notice.signature or campaign.host.official_name}


@transaction.atomic
def draft(campaign: Campaign, unit: Unit, debts: list[Debt], grade: Grade, *, by: Any) -> Slip:
    """Draft a slip to a unit about what it owes, the worst first. Returns: the slip, to be signed."""
    notice = Notice.objects.get(pk=debts[0].notice)
    slip = Slip.objects.create(
        campaign=campaign,
        notice=notice,
        unit=unit,
        grade=grade,
        year=clock.today().year,
        requirement=REQUIREMENT,
        due_on=proposed_day(grade),
        made_by=by,
        **house_words(campaign, notice),
    )
    SlipDebt.objects.bulk_create(SlipDebt(slip=slip, assignment_id=each.row.pk) for each in debts)
    slip.log(slip.state, by=by)
    return slip


def tell_signers(campaign: Campaign, slips: Iterable[Slip], *, by: Any) -> None:
    """Those who sign for the office hear that slips wait for them; not who drafted them."""
    drafted = list(slips)
    signers = User.objects.speaking_for([campaign.host_id], Role.SIGNER).exclude(pk=by.pk)
    if drafted:
        notify(
            signers,
            gettext_noop("Supervision slips wait for your signature: %(number)s."),
            key=f"slips-to-sign-{drafted[-1].pk}",
            url=address_of_list(campaign),
            number=thousands(len(drafted)),
        )


def address_of_list(campaign: Campaign) -> str:
    """Where the slips of a campaign stand."""
    return reverse("activities:slips", args=[campaign.pk])


def why_not_asked(campaign: Campaign) -> str:
    """Why no slip is written in a campaign any more, for a person; empty while it runs."""
    return _("The campaign is closed: nothing new is asked in it.") if campaign.state in OVER else ""


def why_not_issued(slip: Slip, debts: list[Debt]) -> list[str]:
    """All that stands against signing it now, for a person."""
    found = [why] if (why := why_not_asked(slip.campaign)) else []
    if all(each.is_settled for each in debts):
        found.append(_("Nothing of it is overdue any more: everything was filed, or there is time again."))
    if slip.due_on < clock.today():
        found.append(_("The day the reply is due by is past. Choose another one."))
    if slip.unit.merged_into_id:
        found.append(_("%(unit)s was merged into another unit.") % {"unit": slip.unit})
    return found


@transaction.atomic
def issue(slip: Slip, *, by: Any, seen: str | None = None) -> Slip:
    """Sign and issue it: it gets its number, the unit owes a reply, its people are told, the paper is set.

    Arguments: the slip; who signs; the mark of what the signer read (None: nobody read a page).
    Returns: the slip as issued. Raises: MoveRefused when somebody was faster, or something stands against it.
    """
    slip = hold(slip)
    if slip.state != SlipState.DRAFT:
        raise MoveRefused(slip.refusal())
    if seen not in (None, slip.mark):
        raise MoveRefused(_("It has been changed meanwhile: read it once more."))
    hold_debts(slip)
    debts = named_in(slip)
    if whys := why_not_issued(slip, debts):
        raise MoveRefused(" ".join(whys))
    keep_as_issued(slip, debts)
    first = next(each for each in debts if not each.is_settled)
    year = clock.today().year
    number = DocumentNumber.objects.give(slip.org_code, year, by=by, owner=slip.campaign.host)
    used_for = in_site_language(gettext_noop("Supervision slip to %(unit)s"), unit=slip.unit)
    DocumentNumber.objects.filter(pk=number.pk).update(reason=used_for[:200])
    slip.move(
        SlipState.ISSUED, by=by, note=str(number), roles=(Role.SIGNER,),
        document_number=number, year=year, issued_by=by, issued_at=clock.now(),
        notice=Notice.objects.get(pk=first.notice),
    )  # fmt: skip
    reply = Assignment.objects.create(
        campaign=slip.campaign, notice=slip.notice, unit=slip.unit, kind=Kind.SLIP, slip=slip,
        due_at=clock.end_of(slip.due_on),
    )  # fmt: skip
    SlipPaper.objects.create(slip=slip).hint()
    tell_unit_of(slip, gettext_noop("A supervision slip to your unit: %(number)s. A reply is due."), "issued")
    slip.reply = reply
    return slip


def hold(slip: Slip) -> Slip:
    """The slip as it stands; whoever comes second waits until this transaction ends."""
    rows = Slip.objects.select_for_update(of=("self",))
    return rows.select_related("campaign__host", "unit", "notice", "document_number").get(pk=slip.pk)


def hold_debts(slip: Slip) -> None:
    """Wait for whoever files anything it names just now, so that what is read next is what stands."""
    rows = Assignment.objects.filter(pk__in=slip.named.order_by().values("assignment")).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))


def keep_as_issued(slip: Slip, debts: list[Debt]) -> None:
    """Write down how each debt stands today; what is no longer owed is left out."""
    for each in debts:
        named = SlipDebt.objects.filter(slip=slip, assignment=each.row.pk)
        if each.is_settled:
            named.delete()
            slip.remark(gettext_noop("Left out, no longer overdue: %(what)s"), by=None, what=partial(str, each))
        else:
            named.update(overdue_days=each.overdue_days, reminded=each.reminded, reminded_at=each.reminded_at)


@transaction.atomic
def withdraw(slip: Slip, *, by: Any, reason: str) -> None:
    """Withdraw it with a reason. A number that was given stays taken; the reply is no longer asked, the unit is told.

    Raises: MoveRefused.
    """
    slip = hold(slip)
    was_issued = slip.state == SlipState.ISSUED
    if not may(by, "withdraw", slip):  # a draft that was signed meanwhile is the signer's to withdraw
        signed = _("It has been signed meanwhile: only the signer can withdraw it.")
        raise MoveRefused(signed if was_issued else slip.refusal())
    slip.move(SlipState.WITHDRAWN, by=by, note=reason, roles=(Role.SIGNER,) if was_issued else OFFICE_ROLES)
    if was_issued:
        end_reply(slip, by=by, note=reason)
        tell_unit_of(slip, gettext_noop("The supervision slip %(number)s was withdrawn."), "withdrawn")


def why_not_closed(slip: Slip, debts: list[Debt]) -> str:
    """Why it cannot be closed now; empty when its reply is accepted, or nothing it names is owed any more."""
    reply = slip.answer
    if slip.state != SlipState.ISSUED:
        return slip.refusal()
    if reply is None or reply.state == AssignmentState.ACCEPTED or all(each.is_settled for each in debts):
        return ""
    return _("It is closed once its reply is accepted, or everything it names has been filed.")


@transaction.atomic
def close(slip: Slip, *, by: Any) -> None:
    """The matter is settled. A reply that nobody wrote yet is no longer asked. Raises: MoveRefused."""
    slip = hold(slip)
    if why := why_not_closed(slip, named_in(slip)):
        raise MoveRefused(why)
    slip.move(SlipState.CLOSED, by=by, roles=OFFICE_ROLES)
    end_reply(slip, by=by, note=in_site_language(gettext_noop("The slip is closed.")))
    tell_unit_of(slip, gettext_noop("The supervision slip %(number)s is closed."), "closed")


def end_reply(slip: Slip, *, by: Any, note: str) -> None:
    """Its reply is no longer asked; one that was accepted stays as it is."""
    reply = slip.answer
    if reply is not None and reply.can_move(AssignmentState.CLOSED):
        reply.move(AssignmentState.CLOSED, by=by, note=note)


def tell_unit_of(slip: Slip, message: str, what: str) -> None:
    """Liaison officers and the head of the unit hear of it at once."""
    notify(
        User.objects.speaking_for([slip.unit_id], *UNIT_ROLES),
        message,
        key=f"slip-{slip.pk}-{what}",
        url=slip.get_absolute_url(),
        number=slip.number,
        unit=slip.unit_id,
    )


@transaction.atomic
def set_again(slip: Slip, *, by: Any) -> None:
    """Queue its paper again. Raises: MoveRefused when there is none that failed."""
    paper = SlipPaper.objects.filter(slip=slip).first()
    if paper is None:
        raise MoveRefused(_("The slip has not been issued yet."))
    paper.retry(by=by)
    paper.hint()
