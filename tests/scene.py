"""A notice at any station of its way, brought there by the deeds themselves: the cast, a joint body, a deputy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from accounts.models import Membership, Role, User
from activities.asking import issue
from campaigns import way
from campaigns.models import JointBody, Notice
from tests.cast import Cast, make_cast, notice, person, unit


@dataclass
class Scene:
    """The cast with a joint issuing body, its signer, and a deputy of the office's signer."""

    cast: Cast
    notice: Notice
    people: dict[str, User]


def scene() -> Scene:
    """Everybody, and the notice as a draft."""
    cast = make_cast()
    joint = unit("Joint bureau")
    people = cast.people() | {
        "joint_signer": person("joint_signer", (joint, Role.SIGNER)),
        "deputy": person("deputy"),
    }
    Membership.objects.create(
        user=people["deputy"], unit=cast.office, role=Role.SIGNER, acting_for=cast.signer, until=date(2015, 9, 30)
    )
    JointBody.objects.create(notice=cast.notice, order=1, unit=joint, name="Joint bureau")
    return Scene(cast, Notice.objects.get(pk=cast.notice.pk), people)


# --- bringing a notice to each state by the deeds themselves ------------------------------------------------


def to_review(of: Scene) -> None:
    """Sent in by the staff."""
    way.send_to_review(of.notice, by=of.people["staff"])


def to_returned(of: Scene) -> None:
    """Returned by the signer."""
    to_review(of)
    way.send_back(of.notice, by=of.people["signer"], reason="No")


def to_reviewed(of: Scene) -> None:
    """Reviewed by the signer; the joint body is waited for."""
    to_review(of)
    way.review(of.notice, by=of.people["signer"])


def to_reviewed_alone(of: Scene) -> None:
    """Reviewed, and no joint body issues it."""
    of.notice.joint_bodies.all().delete()
    to_reviewed(of)


def to_countersigned(of: Scene) -> None:
    """The joint body agreed."""
    to_reviewed(of)
    way.countersign(of.notice, of.notice.joint_bodies.get(), by=of.people["joint_signer"])


def to_signed(of: Scene) -> None:
    """Signed, with its number."""
    to_countersigned(of)
    issue.sign(of.notice, by=of.people["signer"])


def to_issued(of: Scene) -> None:
    """Gone out to everybody."""
    to_countersigned(of)
    issue.issue(of.notice, by=of.people["signer"], due=issue.proposed_due(of.notice))


def followed_by(of: Scene, kind: str) -> None:
    """Issued, and a later notice of this kind about it as well."""
    to_issued(of)
    later = notice(of.cast.campaign, 7, [of.cast.water])
    Notice.objects.filter(pk=later.pk).update(kind=kind, about=of.notice)
    later.refresh_from_db()
    way.approve(later, author=of.people["staff"], reviewer=of.people["signer"])
    issue.issue(later, by=of.people["signer"], due=issue.proposed_due(later))


def to_withdrawn(of: Scene) -> None:
    """Issued and withdrawn."""
    to_issued(of)
    issue.withdraw(of.notice, by=of.people["signer"], reason="Off")


STATES: dict[str, Callable[[Scene], None]] = {
    "draft": lambda of: None,
    "review": to_review,
    "returned": to_returned,
    "reviewed": to_reviewed,
    "reviewed alone": to_reviewed_alone,
    "countersigned": to_countersigned,
    "signed": to_signed,
    "issued": to_issued,
    "corrected": lambda of: followed_by(of, "correction"),
    "superseded": lambda of: followed_by(of, "notice"),
    "withdrawn": to_withdrawn,
}
"""How each state is reached; a reviewed notice waits for its joint bodies, or (alone) for the signer."""
