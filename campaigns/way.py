"""The way of a notice: review, countersigning, signing and numbering, issue, and what may follow.

Each deed is one transaction with one line of the log, and tells whoever acts next; a press that comes second is refused
by the table of states. Signing, issuing and withdrawing are called by ``activities.asking.issue``, which adds what
units owe.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models.memberships import OFFICE_ROLES, Role
from campaigns import errands
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
    errands.tell_next(notice, by=by)


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
    if _is_not_for(notice, by):
        raise MoveRefused(_("You sent it in yourself: somebody else of the office reviews it."))
    _move(notice, NoticeState.REVIEWED, by, *OFFICE_ROLES, note=note)
    errands.tell_next(notice, by=by)


@transaction.atomic
def send_back(notice: Notice, *, by: Any, reason: str) -> None:
    """Return it to the author with a reason: at review, or before signing. Raises: MoveRefused."""
    if notice.state == NoticeState.REVIEW and _is_not_for(notice, by):
        raise MoveRefused(_("You sent it in yourself: take it back instead."))
    _move(notice, NoticeState.RETURNED, by, *OFFICE_ROLES, note=reason)
    errands.tell_next(notice, by=by)


@transaction.atomic
def countersign(notice: Notice, body: JointBody, *, by: Any, note: str = "") -> None:
    """A joint body agrees; with the last one the notice is countersigned.

    Raises: MoveRefused, also when bodies that come earlier in a fixed order have not agreed yet.
    """
    hold(notice)  # bodies agree one after the other, so the last one knows it is the last
    _insist_on_turn(notice, body)
    body.move(JointState.ACCEPTED, by=by, note=note)
    if not notice.joint_bodies.exclude(state=JointState.ACCEPTED).exists():
        notice.move(NoticeState.COUNTERSIGNED, by=by)
    if notice.in_order or notice.state == NoticeState.COUNTERSIGNED:
        errands.tell_next(notice, by=by)


@transaction.atomic
def refuse(notice: Notice, body: JointBody, *, by: Any, reason: str) -> None:
    """A joint body does not agree: the notice goes back to its author with the reason. Raises: MoveRefused."""
    hold(notice)
    _insist_on_turn(notice, body)
    body.move(JointState.RETURNED, by=by, note=reason)
    notice.move(NoticeState.RETURNED, by=by, note=f"{body.name}：{reason}")
    errands.tell_next(notice, by=by)


@transaction.atomic
def sign(notice: Notice, *, by: Any, seq: int | None = None) -> None:
    """The signer signs, and the notice gets its number: the next one, or the one the signer chose.

    Arguments: the notice; the signer; a number of the series, or None for the next.
    Raises: MoveRefused when a joint body is still waited for, when the number was used already, or when another
    office keeps the register.
    """
    hold(notice)
    if not notice.can_move(NoticeState.SIGNED):
        raise MoveRefused(notice.refusal())
    if notice.state == NoticeState.REVIEWED and notice.joint_bodies.exists():
        raise MoveRefused(errands.missing(notice))
    if not notice.org_code:
        raise MoveRefused(_("The notice has no issuing code, so it cannot be numbered."))
    given = _number_for(notice, seq or notice.number_wanted, by)
    _move(notice, NoticeState.SIGNED, by, Role.SIGNER, note=str(given), document_number=given)
    errands.tell_next(notice, by=by)


def _number_for(notice: Notice, seq: int | None, by: Any) -> DocumentNumber:
    """The number of a notice that is signed now: the one chosen, or the next."""
    series, owner = (notice.org_code, notice.year), notice.campaign.host
    if seq is None:
        return DocumentNumber.objects.give(*series, by=by, owner=owner)
    return DocumentNumber.objects.take(*series, seq, by=by, owner=owner)


@transaction.atomic
def issue(notice: Notice, *, by: Any) -> None:
    """Send it out. Who then owes what is the deed of ``activities.asking.issue``.

    A correction marks the notice it is about as corrected; a new notice about an older one supersedes it.
    Raises: MoveRefused when it is not signed, or went out already.
    """
    hold(notice)
    if notice.is_sent:
        raise MoveRefused(notice.refusal())
    _move(notice, NoticeState.ISSUED, by, *OFFICE_ROLES, issued_at=clock.now(), issued_by=by)
    _mark_what_it_is_about(notice, by)


def _mark_what_it_is_about(notice: Notice, by: Any) -> None:
    """The older notice is corrected or superseded; a second correction is one more line of its log."""
    about, becomes = notice.about, AFTERMATH.get(NoticeKind(notice.kind))
    if not about or not becomes or about.state not in IN_FORCE:
        return
    if about.can_move(becomes):
        about.move(becomes, by=by, note=notice.number)
    else:
        about.log(about.state, by=by, note=notice.number)


AFTERMATH = {NoticeKind.CORRECTION: NoticeState.CORRECTED, NoticeKind.NOTICE: NoticeState.SUPERSEDED}
"""What becomes of the notice that a later one is about."""


@transaction.atomic
def discard(notice: Notice, *, by: Any) -> None:
    """Throw away a draft that was never sent in: text, versions, annexes; the log of the campaign keeps its title.

    Raises: MoveRefused when it was in review once, for then others have read it.
    """
    hold(notice)
    if not is_only_begun(notice):
        raise MoveRefused(_("Only a draft that was never in review can be thrown away."))
    notice.campaign.remark(gettext_noop("A draft was thrown away: %(title)s"), by=by, title=notice)
    notice.delete()


def is_only_begun(notice: Notice) -> bool:
    """Whether it is a draft that nobody but its writers has seen."""
    return notice.state == NoticeState.DRAFT and errands.sent_in_by(notice) is None


@transaction.atomic
def withdraw(notice: Notice, *, by: Any, reason: str) -> None:
    """Withdraw it with a reason; a number given stays taken, and the reason explains it. Raises: MoveRefused."""
    hold(notice)
    _move(notice, NoticeState.WITHDRAWN, by, Role.SIGNER, note=reason)
    if notice.document_number and not notice.is_sent:
        DocumentNumber.objects.filter(notice=notice).update(reason=reason[:200])


def hold(notice: Notice) -> None:
    """Keep everybody else waiting until this transaction ends. Raises: MoveRefused when somebody was faster."""
    stands = Notice.objects.select_for_update().values_list("state", flat=True).get(pk=notice.pk)
    if notice.state != stands:
        notice.refresh_from_db(fields=["state", "issued_at", "document_number"])
        raise MoveRefused(notice.refusal())


def _is_not_for(notice: Notice, by: Any) -> bool:
    """Four eyes: whether this person sent it in, and somebody else can review it."""
    return by == errands.sent_in_by(notice) and errands.others_can_review(notice, by)


def _insist_on_turn(notice: Notice, body: JointBody) -> None:
    if notice.state != NoticeState.REVIEWED:
        raise MoveRefused(notice.refusal())
    if body.state != JointState.WAITING:
        raise MoveRefused(body.refusal())
    if body not in errands.turn(notice):
        raise MoveRefused(_("The bodies countersign one after another: it is not this one's turn yet."))


def _move(notice: Notice, to: str, by: Any, *roles: str, note: str = "", **changes: Any) -> None:
    """Move the notice, marking whom a deputy stands in for."""
    notice.move(to, by=by, note=note, roles=roles, **changes)
