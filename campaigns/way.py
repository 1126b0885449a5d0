"""The way of a notice: review, countersigning, signing and numbering, issue, and what may follow.

Each deed is one transaction with one line of the log; a press that comes second is refused by the table of states.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.memberships import OFFICE_ROLES, Role
from campaigns.models import DocumentNumber, JointBody, Notice, NoticeKind
from campaigns.states import IN_FORCE, JointState, NoticeState
from campaigns.versions import keep_version
from workflow import clock
from workflow.models import MoveRefused


@transaction.atomic
def send_to_review(notice: Notice, *, by: Any) -> None:
    """The author hands the text over; from now on it stays as it is. Raises: MoveRefused."""
    _move(notice, NoticeState.REVIEW, by, Role.STAFF)
    for body in notice.joint_bodies.exclude(state=JointState.WAITING):
        body.move(JointState.WAITING, by=by)
    keep_version(notice, by=by)


def approve(notice: Notice, *, author: Any, reviewer: Any) -> None:
    """From draft to reviewed, by two people."""
    send_to_review(notice, by=author)
    review(notice, by=reviewer)


@transaction.atomic
def take_back(notice: Notice, *, by: Any) -> None:
    """The author takes it back before anybody reviewed it. Raises: MoveRefused."""
    if notice.state != NoticeState.REVIEW:
        raise MoveRefused(notice.refusal())
    _move(notice, NoticeState.DRAFT, by, Role.STAFF)


@transaction.atomic
def review(notice: Notice, *, by: Any, note: str = "") -> None:
    """Somebody else of the office has read it and found it in order. Raises: MoveRefused."""
    if notice.state != NoticeState.REVIEW:
        raise MoveRefused(notice.refusal())
    if by == sent_in_by(notice) and others_can_review(notice, by):
        raise MoveRefused(_("You sent it in yourself: somebody else of the office reviews it."))
    _move(notice, NoticeState.REVIEWED, by, *OFFICE_ROLES, note=note)


@transaction.atomic
def send_back(notice: Notice, *, by: Any, reason: str) -> None:
    """Return it to the author with a reason: at review, or by the signer before signing. Raises: MoveRefused."""
    _move(notice, NoticeState.RETURNED, by, *OFFICE_ROLES, note=reason)


@transaction.atomic
def countersign(notice: Notice, body: JointBody, *, by: Any, note: str = "") -> None:
    """A joint body agrees; with the last one the notice is countersigned.

    Raises: MoveRefused, also when bodies that come earlier in a fixed order have not agreed yet.
    """
    Notice.objects.select_for_update().get(pk=notice.pk)  # bodies agree in turn, so the last one knows it is the last
    _insist_on_turn(notice, body)
    body.move(JointState.ACCEPTED, by=by, note=note, acting_for=by.stands_in_for(body.unit_id, Role.SIGNER))
    if not notice.joint_bodies.exclude(state=JointState.ACCEPTED).exists():
        notice.move(NoticeState.COUNTERSIGNED, by=by)


@transaction.atomic
def refuse(notice: Notice, body: JointBody, *, by: Any, reason: str) -> None:
    """A joint body does not agree: the notice goes back to its author with the reason. Raises: MoveRefused."""
    _insist_on_turn(notice, body)
    body.move(JointState.RETURNED, by=by, note=reason, acting_for=by.stands_in_for(body.unit_id, Role.SIGNER))
    notice.move(NoticeState.RETURNED, by=by, note=f"{body.name}：{reason}")


@transaction.atomic
def sign(notice: Notice, *, by: Any, seq: int | None = None) -> None:
    """The signer signs, and the notice gets its number: the next one, or the one the signer chose.

    Arguments: the notice; the signer; a number of the series, or None for the next.
    Raises: MoveRefused when a joint body is still waited for, or when the number was used already.
    """
    now_stands = Notice.objects.select_for_update().values_list("state", flat=True).get(pk=notice.pk)
    if notice.state != now_stands or not notice.can_move(NoticeState.SIGNED):
        notice.state = now_stands
        raise MoveRefused(notice.refusal())
    if notice.state == NoticeState.REVIEWED and notice.joint_bodies.exists():
        raise MoveRefused(_("It waits for the joint issuing bodies to countersign."))
    series, seq = (notice.org_code, notice.year), seq or notice.number_wanted
    given = (
        DocumentNumber.objects.give(*series, by=by) if seq is None else DocumentNumber.objects.take(*series, seq, by=by)
    )
    _move(notice, NoticeState.SIGNED, by, Role.SIGNER, note=str(given), document_number=given)


@transaction.atomic
def issue(notice: Notice, *, by: Any) -> None:
    """Send it out. Who then owes what is the deed of ``activities.issue``.

    A correction marks the notice it is about as corrected; a new notice about an older one supersedes it.
    Raises: MoveRefused when it is not signed, or went out already.
    """
    if notice.is_sent:
        raise MoveRefused(notice.refusal())
    _move(notice, NoticeState.ISSUED, by, *OFFICE_ROLES, issued_at=clock.now(), issued_by=by)
    about, becomes = notice.about, AFTERMATH.get(NoticeKind(notice.kind))
    if about and becomes and about.state in IN_FORCE and about.can_move(becomes):
        about.move(becomes, by=by, note=notice.number)


AFTERMATH = {NoticeKind.CORRECTION: NoticeState.CORRECTED, NoticeKind.NOTICE: NoticeState.SUPERSEDED}
"""What becomes of the notice that a later one is about."""


@transaction.atomic
def withdraw(notice: Notice, *, by: Any, reason: str) -> None:
    """Withdraw it with a reason; a number given stays taken, and the reason explains it. Raises: MoveRefused."""
    _move(notice, NoticeState.WITHDRAWN, by, Role.SIGNER, note=reason)
    if notice.document_number and not notice.is_sent:
        DocumentNumber.objects.filter(pk=notice.document_number_id).update(reason=reason[:200])


def sent_in_by(notice: Notice) -> Any:
    """Who handed it over for review last."""
    line = notice.history().filter(to_state=NoticeState.REVIEW).last()
    return line.by if line else None


def others_can_review(notice: Notice, by: Any) -> bool:
    """Whether the office has anybody else who could review; in an office of one, one does everything."""
    rows = notice.campaign.host.memberships.filter(role__in=OFFICE_ROLES, user__is_active=True)
    return rows.exclude(user=by).exists()


def turn(notice: Notice) -> list[JointBody]:
    """The joint bodies whose turn it is."""
    if notice.state != NoticeState.REVIEWED:
        return []
    waiting = [body for body in notice.joint_bodies.all() if body.state == JointState.WAITING]
    return waiting[:1] if notice.in_order else waiting


def _insist_on_turn(notice: Notice, body: JointBody) -> None:
    if notice.state != NoticeState.REVIEWED:
        raise MoveRefused(notice.refusal())
    if body.state != JointState.WAITING:
        raise MoveRefused(body.refusal())
    if body not in turn(notice):
        raise MoveRefused(_("The bodies countersign one after another: it is not this one's turn yet."))


def _move(notice: Notice, to: str, by: Any, *roles: str, note: str = "", **changes: Any) -> None:
    """Move the notice, marking whom a deputy stands in for."""
    acting_for = by.stands_in_for(notice.campaign.host_id, *roles) if by else None
    notice.move(to, by=by, note=note, acting_for=acting_for, **changes)
