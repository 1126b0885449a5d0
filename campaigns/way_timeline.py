"""The way of a notice as its page tells it: steps done and to come, and the log of everybody who took part."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from accounts.models.memberships import HOST_ROLES
from campaigns.models import JointBody, Notice
from campaigns.states import JointState, NoticeState
from workflow.models import Transition

PUBLIC = (NoticeState.ISSUED, NoticeState.CORRECTED, NoticeState.SUPERSEDED, NoticeState.WITHDRAWN)
"""What everybody who got the notice may know of its way."""
ORDER = (
    NoticeState.DRAFT,
    NoticeState.REVIEW,
    NoticeState.REVIEWED,
    NoticeState.COUNTERSIGNED,
    NoticeState.SIGNED,
    NoticeState.ISSUED,
)


@dataclass(frozen=True)
class Entry:
    """One line of the log as a person reads it."""

    at: datetime
    what: str
    code: str
    by: Any = None
    acting_for: Any = None
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One station of the way: passed, here, or to come."""

    label: str
    stands: str


def steps(notice: Notice) -> list[Step]:
    """The stations of this notice; what became of it after the issue stands at the end."""
    stations = [state for state in ORDER if state != NoticeState.COUNTERSIGNED or notice.joint_bodies.all()]
    if notice.state in PUBLIC[1:]:
        stations = [*(stations if notice.is_sent else stations[:-1]), NoticeState(notice.state)]
    here = NoticeState.DRAFT if notice.state == NoticeState.RETURNED else NoticeState(notice.state)
    place = stations.index(here)
    return [
        Step(str(state.label), "passed" if number < place else "here" if number == place else "to-come")
        for number, state in enumerate(stations)
    ]


def story(notice: Notice, reader: Any) -> list[Entry]:
    """The log, oldest first, as much of it as this person may know.

    The host's people read everything; those of a joint body who did what, without the office's remarks; addressed
    units what became of the notice once it was issued.
    """
    if reader.is_in(notice.campaign.host_id, *HOST_ROLES):
        entries = [*own_lines(notice), *bodies_lines(notice), *waved_lines(notice)]
    elif any(reader.is_in(body.unit_id, *HOST_ROLES) for body in notice.joint_bodies.all()):
        entries = [*own_lines(notice, inner=False), *bodies_lines(notice)]
    else:
        entries = [each for each in own_lines(notice, inner=False) if each.code in PUBLIC]
    return sorted(entries, key=lambda entry: entry.at)


def own_lines(notice: Notice, *, inner: bool = True) -> list[Entry]:
    """The lines of the notice itself; those who are not of the office read remarks on issued notices only."""
    found = []
    for told in notice.told():
        line = told["line"]
        if inner or line.from_state != line.to_state:
            note = line.note if inner or line.to_state in PUBLIC else ""
            what = told["state"] if line.from_state != line.to_state else _("Noted")
            found.append(Entry(line.at, what, line.to_state, line.by, line.acting_for, note))
    return found


def bodies_lines(notice: Notice) -> list[Entry]:
    """What the joint bodies said."""
    names = {body.pk: body.name for body in notice.joint_bodies.all()}
    labels = dict(JointState.choices)
    if not names:
        return []
    rows = Transition.objects.filter(
        content_type=ContentType.objects.get_for_model(JointBody), object_id__in=names
    ).exclude(to_state=JointState.WAITING)
    return [
        Entry(
            line.at,
            f"{names[line.object_id]}：{labels[line.to_state]}",
            line.to_state,
            line.by,
            line.acting_for,
            line.note,
        )
        for line in rows.select_related("by", "acting_for")
    ]


def waved_lines(notice: Notice) -> list[Entry]:
    """Findings of the check that somebody let pass."""
    return [
        Entry(row.at, _("Let pass: %(what)s") % {"what": row.text}, "waved", row.by, None, row.remark)
        for row in notice.waved.select_related("by")
    ]
