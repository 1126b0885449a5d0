"""Who acts next on a notice, since when, and telling them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext, gettext_noop, pgettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role, User
from accounts.models.memberships import OFFICE_ROLES
from campaigns.models import JointBody, Notice
from campaigns.states import JointState, NoticeState
from workflow.compiled import COUNT, Compiled, any_of
from workflow.models import Transition
from workflow.telling import notify


class Errand(StrEnum):
    """What a notice waits for."""

    WRITE = "write"
    CORRECT = "correct"
    REVIEW = "review"
    COUNTERSIGN = "countersign"
    SIGN = "sign"
    ISSUE = "issue"


WORDS = {
    Errand.WRITE: _("It is being written."),
    Errand.CORRECT: _("It was returned: please correct it."),
    Errand.REVIEW: _("It waits to be reviewed."),
    Errand.COUNTERSIGN: _("It waits to be countersigned."),
    Errand.SIGN: _("It waits to be signed."),
    Errand.ISSUE: _("It is signed and waits to be issued."),
}
MESSAGES = {
    Errand.CORRECT: gettext_noop("A notice was returned to you: %(title)s."),
    Errand.REVIEW: gettext_noop("A notice waits for your review: %(title)s."),
    Errand.COUNTERSIGN: gettext_noop("A notice waits for you to countersign it: %(title)s."),
    Errand.SIGN: gettext_noop("A notice waits for your signature: %(title)s."),
    Errand.ISSUE: gettext_noop("A notice is signed and waits to be issued: %(title)s."),
}
OPEN_STATES = (
    NoticeState.DRAFT,
    NoticeState.RETURNED,
    NoticeState.REVIEW,
    NoticeState.REVIEWED,
    NoticeState.COUNTERSIGNED,
    NoticeState.SIGNED,
)
"""States in which a notice waits for somebody of the offices."""


@dataclass(frozen=True)
class Waiting:
    """What a notice waits for, for whom, and since when."""

    errand: Errand
    people: tuple[User, ...]
    bodies: tuple[JointBody, ...] = ()
    since: datetime | None = None

    @property
    def words(self) -> str:
        return str(WORDS[self.errand])


def errand(notice: Notice) -> Errand | None:
    """What a notice waits for; None once it went out or was withdrawn."""
    if notice.state == NoticeState.REVIEWED and turn(notice):
        return Errand.COUNTERSIGN
    return {
        NoticeState.DRAFT: Errand.WRITE,
        NoticeState.RETURNED: Errand.CORRECT,
        NoticeState.REVIEW: Errand.REVIEW,
        NoticeState.REVIEWED: Errand.SIGN,
        NoticeState.COUNTERSIGNED: Errand.SIGN,
        NoticeState.SIGNED: Errand.ISSUE,
    }.get(NoticeState(notice.state))


def missing(notice: Notice) -> str:
    """What has to happen before it can be signed, for a person; empty when nothing is missing."""
    bodies = notice.joint_bodies.all()
    match errand(notice):
        case Errand.COUNTERSIGN:
            names = among(body.name for body in bodies if body.state == JointState.WAITING)
            return gettext("It still has to be countersigned by %(names)s.") % {"names": names}
        case Errand.WRITE | Errand.CORRECT | Errand.REVIEW if bodies:
            names = among(body.name for body in bodies)
            return gettext("It has to be reviewed first, then countersigned by %(names)s.") % {"names": names}
        case Errand.WRITE | Errand.CORRECT | Errand.REVIEW:
            return gettext("It has to be reviewed first.")
    return ""


def among(names: Iterable[Any]) -> str:
    """Names one after the other, as the reader's language parts them."""
    return str(pgettext("between names", ", ").join(map(str, names)))


def turn(notice: Notice) -> list[JointBody]:
    """The joint bodies whose turn it is."""
    if notice.state != NoticeState.REVIEWED:
        return []
    waiting = [body for body in notice.joint_bodies.all() if body.state == JointState.WAITING]
    return waiting[:1] if notice.in_order else waiting


def waiting(notice: Notice) -> Waiting | None:
    """Who acts now and since when."""
    what = errand(notice)
    if what is None:
        return None
    last = notice.history().last()
    return Waiting(what, tuple(actors(notice, what)), tuple(turn(notice)), last.at if last else None)


def actors(notice: Notice, what: Errand) -> Iterable[User]:
    """The people who can run this errand."""
    host, speaking = notice.campaign.host_id, User.objects.speaking_for
    match what:
        case Errand.CORRECT:
            author = sent_in_by(notice)
            return [author] if author else speaking([host], Role.STAFF)
        case Errand.REVIEW:
            author = sent_in_by(notice)
            others = speaking([host], *OFFICE_ROLES).exclude(pk=author.pk if author else None)
            return list(others) or ([author] if author else [])
        case Errand.COUNTERSIGN:
            return speaking([body.unit_id for body in turn(notice)], Role.SIGNER)
        case Errand.SIGN | Errand.ISSUE:
            return speaking([host], Role.SIGNER)
    return speaking([host], Role.STAFF)


def tell_next(notice: Notice, *, by: Any) -> None:
    """Tell whoever acts next, except who has just acted; once for each line of the log."""
    what = errand(notice)
    if what is None or what not in MESSAGES:
        return
    people = [person for person in actors(notice, what) if person != by]
    key = f"notice-{notice.pk}-{notice.history().count()}-{what}"
    if what == Errand.COUNTERSIGN:
        key += f"-{turn(notice)[0].order}"
    notify(people, MESSAGES[what], key=key, url=notice.get_absolute_url(), title=notice.title)


def sent_in_by(notice: Notice) -> Any:
    """Who handed it over for review last."""
    line = notice.history().filter(to_state=NoticeState.REVIEW).last()
    return line.by if line else None


def others_can_review(notice: Notice, by: Any) -> bool:
    """Whether the office has anybody else who could review; in an office of one, one does everything."""
    people = User.objects.speaking_for([notice.campaign.host_id], *OFFICE_ROLES)
    return people.exclude(pk=by.pk if by else None).exists()


@dataclass(frozen=True)
class Errands:
    """What waits for one person, and what is under way with others."""

    mine: list[tuple[Notice, Errand]]
    others: list[tuple[Notice, Errand]]


def under_way(own: Any, signs_for: Any) -> Any:
    """Notices of these offices that have not gone out yet, or wait for one of these bodies."""
    asked = any_of("joint_bodies__unit", signs_for) & Q(joint_bodies__state=JointState.WAITING)
    mine = any_of("campaign__host", own) | asked & Q(state=NoticeState.REVIEWED)
    return Notice.objects.filter(mine, state__in=OPEN_STATES).values_list("pk")


UNDER_WAY = Compiled(under_way, COUNT)


def errands_of(user: Any) -> Errands:
    """Every notice that has not gone out yet and concerns this person's offices: in five queries, however many; in one
    when nothing is under way.

    Arguments: the person. Returns: those that wait for this person, and those that wait for somebody else.
    """
    own, signs_for = user.units_as(*OFFICE_ROLES), user.units_as(Role.SIGNER)
    joint = JointBody.objects.filter(unit__in=signs_for, state=JointState.WAITING).values("notice")
    if not UNDER_WAY.number(own=sorted(own), signs_for=sorted(signs_for)):
        return Errands([], [])
    mine = Q(campaign__host__in=own) | Q(pk__in=joint, state=NoticeState.REVIEWED)
    rows = list(
        Notice.objects.filter(mine, state__in=OPEN_STATES)
        .select_related("campaign__host", "document_number")
        .prefetch_related("joint_bodies")
    )
    authors, alone = _authors(rows), _hosts_of_one(user, rows)
    found = Errands([], [])
    for notice in rows:
        what = errand(notice)
        if what is None:
            continue
        is_author = authors.get(notice.pk) == user.pk and notice.campaign.host_id not in alone
        runs = _runs(user, notice, what, is_author)
        (found.mine if runs else found.others).append((notice, what))
    return found


def _runs(user: Any, notice: Notice, what: Errand, is_author: bool) -> bool:
    """Whether this errand is this person's."""
    if what == Errand.COUNTERSIGN:
        return any(user.is_in(body.unit_id, Role.SIGNER) for body in turn(notice))
    if what in (Errand.SIGN, Errand.ISSUE):
        return bool(user.is_in(notice.campaign.host_id, Role.SIGNER))
    if what == Errand.REVIEW and is_author:
        return False
    return bool(user.is_in(notice.campaign.host_id, *OFFICE_ROLES))


def _authors(rows: Collection[Notice]) -> dict[int, int | None]:
    """Who sent each notice in last, by the ids of the notices."""
    lines = Transition.objects.filter(
        content_type=ContentType.objects.get_for_model(Notice),
        object_id__in=[row.pk for row in rows if row.state == NoticeState.REVIEW],
        to_state=NoticeState.REVIEW,
    )
    return dict(lines.order_by("id").values_list("object_id", "by"))


def _hosts_of_one(user: Any, rows: Collection[Notice]) -> set[int]:
    """Offices in which nobody but this person could review."""
    hosts = {row.campaign.host_id for row in rows if row.state == NoticeState.REVIEW}
    if not hosts:
        return set()
    return hosts - set(
        Membership.objects.held_now()
        .filter(unit__in=hosts, role__in=OFFICE_ROLES, user__is_active=True)
        .exclude(user=user)
        .values_list("unit", flat=True)
    )
