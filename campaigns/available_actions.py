"""What a person can do with a notice now, and for what cannot be done: why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Role, User
from campaigns import next_to_act, way
from campaigns.models import DocumentNumber, JointBody, Notice, NoticeKind
from campaigns.models.number import printed
from campaigns.next_to_act import Errand
from campaigns.states import IN_FORCE, JointState, NoticeState
from workflow.pages import may

JOINED = (NoticeState.REVIEWED, NoticeState.COUNTERSIGNED)
BEFORE_SIGNING = (NoticeState.DRAFT, NoticeState.RETURNED, NoticeState.REVIEW, *JOINED)
FORWARD = ("primary", "success")
"""Styles of the buttons that bring a notice on its way: they stand first."""
FOLLOW_UPS = (NoticeKind.CORRECTION, NoticeKind.SUPPLEMENT, NoticeKind.NOTICE)


@dataclass(frozen=True)
class Deed:
    """A button: the address it leads to by name, its label, and why it cannot be used (empty: it can)."""

    name: str
    label: str
    style: str = "outline-secondary"
    why: str = ""
    asks: str = ""
    """What is to be typed: a “reason” (must be), a “remark” (may be), a “number” (may be); or only to be “sure”."""
    question: str = ""
    link: bool = False
    """A page of its own instead of a form."""
    field: str = ""
    value: str = ""
    """A hidden field of the form, where one address serves several buttons."""

    @property
    def key(self) -> str:
        """Tells the buttons of one page apart."""
        return f"{self.name.split(':')[-1]}{self.value}"


def deeds(user: Any, notice: Notice) -> list[Deed]:
    """The buttons of this person: those that can be used first."""
    found = [*joint_deeds(user, notice)]
    if may(user, "change", notice):
        found += [*host_deeds(user, notice)]
    return sorted(found, key=lambda deed: (bool(deed.why), deed.style not in FORWARD))


def host_deeds(user: Any, notice: Notice) -> Iterator[Deed]:
    """Buttons of the office's staff and signers."""
    if notice.is_written:
        yield Deed("campaigns:editor", _("Edit the text"), "outline-primary", link=True)
        yield Deed("campaigns:send-to-review", _("Send to review"), "primary")
    if way.is_only_begun(notice):
        question = _("Its text, versions, addressees and annexes are deleted. This cannot be undone.")
        label = _("Throw the draft away")
        yield Deed("campaigns:discard-notice", label, "outline-danger", asks="sure", question=question)
    if notice.state == NoticeState.REVIEW:
        yield from review_deeds(user, notice)
    if notice.state in JOINED:
        yield returning(notice)
    if notice.state in BEFORE_SIGNING or notice.state == NoticeState.SIGNED:
        yield from signing_deeds(user, notice)
    if notice.state in (*IN_FORCE, NoticeState.WITHDRAWN):
        yield from later_deeds(notice)
    if notice.state in (NoticeState.SIGNED, *IN_FORCE) and may(user, "withdraw", notice):
        question = _("Why is it withdrawn? Everybody who has it will read this.")
        yield Deed("activities:withdraw-notice", _("Withdraw it"), "outline-danger", asks="reason", question=question)


def review_deeds(user: Any, notice: Notice) -> Iterator[Deed]:
    """Review it, return it, or take it back."""
    own = user == next_to_act.sent_in_by(notice)
    alone = own and not next_to_act.others_can_review(notice, user)
    why = _("You sent it in yourself: somebody else of the office reviews it.") if own and not alone else ""
    yield Deed("campaigns:review", _("Reviewed"), "success", why, asks="remark", question=_("Remark (may stay empty)"))
    if not own or alone:
        yield returning(notice)
    yield Deed("campaigns:take-back", _("Take it back"))


def returning(notice: Notice) -> Deed:
    """Return it to its author."""
    return Deed(
        "campaigns:return-notice",
        _("Return it"),
        "outline-danger",
        asks="reason",
        question=_("What is to be corrected? The author will read this."),
    )


def signing_deeds(user: Any, notice: Notice) -> Iterator[Deed]:
    """Sign it; check and issue it, which signs as well."""
    why = " ".join(why_not_sign(user, notice))
    signed = notice.state == NoticeState.SIGNED
    if not signed and next_to_act.errand(notice) == Errand.SIGN:
        question = _("Number (empty: %(number)s)") % {"number": number_to_come(notice)}
        yield Deed("activities:sign", _("Sign only"), why=why, asks="" if why else "number", question=question)
    yield Deed("activities:issue", _("Check and issue"), "primary", "" if signed and not why else why, link=True)


def why_not_sign(user: Any, notice: Notice) -> list[str]:
    """Everything that keeps this person from signing or issuing it now."""
    wrong = []
    if not may(user, "sign", notice):
        signers = next_to_act.among(User.objects.speaking_for([notice.campaign.host_id], Role.SIGNER))
        wrong.append(_("Only a signer of the office can issue it: %(names)s.") % {"names": signers or "-"})
    return [*wrong, *filter(None, [next_to_act.missing(notice)])]


def number_to_come(notice: Notice) -> str:
    """The number it will be given when it is signed now."""
    seq = notice.number_wanted or DocumentNumber.objects.coming(notice.org_code, notice.year)
    return printed(notice.org_code, notice.year, seq)


def later_deeds(notice: Notice) -> Iterator[Deed]:
    """A later notice about this one."""
    labels = {
        NoticeKind.CORRECTION: _("Write a correction"),
        NoticeKind.SUPPLEMENT: _("Write a supplementary notice"),
        NoticeKind.NOTICE: _("Write a notice that replaces it"),
    }
    kinds = FOLLOW_UPS if notice.state in IN_FORCE else (NoticeKind.NOTICE,)
    for kind in kinds:
        yield Deed("activities:follow-up", labels[kind], field="kind", value=str(kind))


def joint_deeds(user: Any, notice: Notice) -> Iterator[Deed]:
    """Buttons of a joint body's signer."""
    now = next_to_act.turn(notice)
    for body in bodies_of(user, notice):
        if notice.state != NoticeState.REVIEWED:
            continue
        why = why_not_countersign(body, now)
        label = _("Countersign for %(body)s") % {"body": body.name}
        question = _("Remark (may stay empty)")
        yield Deed(
            "campaigns:countersign",
            label,
            "success",
            why,
            "" if why else "remark",
            question,
            field="body",
            value=str(body.pk),
        )
        if not why:
            label = _("Do not agree, for %(body)s") % {"body": body.name}
            question = _("What stands against it? The author will read this.")
            yield Deed(
                "campaigns:refuse", label, "outline-danger", "", "reason", question, field="body", value=str(body.pk)
            )


def bodies_of(user: Any, notice: Notice) -> list[JointBody]:
    """The joint bodies this person signs for."""
    return [body for body in notice.joint_bodies.all() if user.is_in(body.unit_id, Role.SIGNER)]


def why_not_countersign(body: JointBody, now: list[JointBody]) -> str:
    """Why this body cannot countersign at this moment."""
    if body in now:
        return ""
    if body.state != JointState.WAITING:
        return str(body.get_state_display())
    return _("The bodies countersign one after another: %(name)s is first.") % {"name": now[0].name if now else ""}
