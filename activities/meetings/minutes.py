"""Minutes are written, circulated, and written anew: what was circulated stays, the next version says what is new."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities.meetings import decisions
from activities.meetings.attendance import attendance
from activities.meetings.convening import LAST_TIME, hold, open_before, units_of
from activities.models import Meeting, MeetingDecision, Minutes, MinutesPaper
from activities.states import DecisionState, MeetingState, MinutesState
from documents.numerals import in_chinese
from documents.text import chinese_date
from workflow import clock
from workflow.models import MoveRefused
from workflow.telling import notify

HALVES = ((12, "上午"), (18, "下午"), (24, "晚上"))


def current(meeting: Meeting, user: Any) -> Minutes:
    """The version to write in: the draft there is; else one not saved yet, begun from the last or from the agenda."""
    last = meeting.minutes.order_by("version").last()
    if last is None:
        return Minutes(meeting=meeting, body=proposed(meeting, user))
    last.meeting = meeting
    if last.is_draft:
        return last
    return Minutes(meeting=meeting, version=last.version + 1, issue=last.issue, body=last.body)


def proposed(meeting: Meeting, user: Any) -> str:
    """How minutes begin: when, where, in whose chair; what was left open; a heading for each item of the agenda."""
    local = timezone.localtime(meeting.starts_at)
    half = next(words for until, words in HALVES if local.hour < until)
    lines = [
        f"{chinese_date(local.date())}{half}，{meeting.chair}在{meeting.place}主持召开{meeting.title}。"
        "现将会议主要内容纪要如下："
    ]
    for number, item in enumerate(meeting.agenda.select_related("unit"), 1):
        lines.append(f"{in_chinese(number)}、{item.title}")
        if item.title == LAST_TIME:
            lines += [not_done(each) for each in open_before(meeting, user)]
        elif item.unit:
            lines.append(f"会议听取了{item.unit.name}的汇报。")
    return "\n".join(lines)


def not_done(row: MeetingDecision) -> str:
    """One thing an earlier meeting decided and that is not done, as minutes say it."""
    return f"{row.text}（{row.owed.unit.name}，{chinese_date(row.due_on)}前）：尚未完成。"


@transaction.atomic
def save(meeting: Meeting, values: dict[str, str], *, by: Any) -> Minutes:
    """Save the text; the first time a version begins by it. Raises: MoveRefused when the meeting was not held."""
    meeting = hold(meeting)
    if why := why_not_written(meeting):
        raise MoveRefused(why)
    row = current(meeting, by)
    is_new = row.pk is None
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    if is_new:
        row.log(row.state, by=by, roles=OFFICE_ROLES)
    return row


def why_not_written(meeting: Meeting) -> str:
    """Why no minutes are written yet; empty when they can be."""
    return "" if meeting.state == MeetingState.HELD else _("Write down first who was there: by that it is held.")


def mark(minutes: Minutes) -> str:
    """What it says in short: another mark, and somebody changed it since it was read."""
    said = [minutes.version, minutes.issue, minutes.body, minutes.changes, said_now(minutes.meeting)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def said_now(meeting: Meeting) -> dict[str, Any]:
    """Who was there and what was decided, as it stands."""
    rows = meeting.decisions.exclude(state=DecisionState.DROPPED).select_related("unit")
    return {
        "attendance": [list(line) for line in attendance(meeting)],
        "decisions": [
            {"text": row.text, "unit": row.unit.name, "due_on": row.due_on.isoformat()}
            for row in rows.order_by("order")
        ],
    }


def why_not_circulated(minutes: Minutes) -> list[str]:
    """All that stands against circulating it now, for a person."""
    if not minutes.can_move(MinutesState.CIRCULATED):
        return [minutes.refusal()]
    meeting = minutes.meeting
    found = [] if minutes.body.strip() else [_("The minutes have no text yet.")]
    if minutes.version > 1 and not minutes.changes.strip():
        found.append(_("Say what is different in this version: whoever has the one before will read it."))
    drafts = meeting.decisions.filter(state=DecisionState.DRAFT).select_related("unit")
    return found + decisions.faults(drafts)


def not_invited(meeting: Meeting) -> list[str]:
    """Units that were given something and were not invited: they are told, and may read the minutes."""
    invited = meeting.invitations.standing().values("unit")
    rows = meeting.decisions.exclude(state=DecisionState.DROPPED).exclude(unit__in=invited)
    return list(dict.fromkeys(rows.order_by("order").values_list("unit__name", flat=True)))


@transaction.atomic
def circulate(minutes: Minutes, *, by: Any, seen: str | None = None) -> Minutes:
    """Send it round: everybody invited and everybody given something may read it; what was decided becomes tasks.

    Arguments: the draft; who sends it; the mark of what was read before (None: nobody read a page).
    Returns: the minutes.
    Raises: MoveRefused when somebody was faster, or something stands against it.
    """
    meeting = hold(minutes.meeting)
    minutes = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
    minutes.meeting = meeting
    if whys := why_not_circulated(minutes):
        raise MoveRefused(" ".join(whys))
    if seen not in (None, mark(minutes)):
        raise MoveRefused(_("It has been changed meanwhile: read it once more."))
    for before in meeting.minutes.filter(state=MinutesState.CIRCULATED):
        before.meeting = meeting
        before.move(MinutesState.REPLACED, by=by, roles=OFFICE_ROLES)
    minutes.move(
        MinutesState.CIRCULATED, by=by, roles=OFFICE_ROLES, said=said_now(meeting), circulated_at=clock.now(),
        circulated_by=by,
    )  # fmt: skip
    MinutesPaper.objects.create(minutes=minutes).hint()
    if not decisions.why_not_handed_out(meeting.campaign):
        decisions.hand_out(meeting, by=by)
    tell(minutes)
    return minutes


def tell(minutes: Minutes) -> None:
    """Everybody invited hears of it, and whoever was given something."""
    meeting = minutes.meeting
    units = {*units_of(meeting.invitations.standing()), *meeting.decisions.values_list("unit", flat=True)}
    first = gettext_noop("The minutes of %(what)s are here.")
    anew = gettext_noop("The minutes of %(what)s in a new version: %(changes)s")
    notify(
        User.objects.speaking_for(sorted(units), *UNIT_ROLES),
        anew if minutes.version > 1 else first,
        key=f"meeting-{meeting.pk}-minutes-{minutes.version}",
        url=minutes.get_absolute_url(),
        what=meeting.title,
        changes=minutes.changes[:150],
    )
