"""Systems are told of events: each line of the log that is one becomes a row for every address that may know of it, and
the row is sent until it is taken or given up.

Signed and judged as the webhooks of the house are (``workflow/channels/webhook.py``): Standard Webhooks, the same
name however often it is sent, never an address inside the network. What is told holds numbers and states, no words of
anybody: whoever wants to know more asks with a token.
"""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from activities.models import Assignment
from activities.states import AssignmentState
from campaigns.models import Notice
from campaigns.states import NoticeState
from reports.models.interface import ApiHook, Event, HookDelivery
from workflow.addresses import whole
from workflow.channels.channel import Away, Doubtful, Failure, GivenUp
from workflow.channels.hook import Hook
from workflow.channels.webhook import WebhookLine, signed, start_of
from workflow.models import Transition
from workflow.once import put_once

log = logging.getLogger(__name__)
LATE = 2000
"""So many lines behind the newest another may still turn up: its transaction ended later."""
A_TURN = 500
TRIES = 12
"""So often it is tried, each time twice as long after: about three days in all."""
FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=12)
STATES: dict[tuple[str, str], str] = {
    ("assignment", AssignmentState.SUBMITTED): Event.FILED,
    ("assignment", AssignmentState.ACCEPTED): Event.ACCEPTED,
    ("assignment", AssignmentState.RETURNED): Event.RETURNED,
    ("notice", NoticeState.ISSUED): Event.ISSUED,
}
"""Which line of the log is which event."""


def follow() -> int:
    """Make the rows of what happened. Returns: how many there are more."""
    hooks = [each for each in ApiHook.objects.live().select_related("unit", "made_by") if not each.ended]
    if not hooks:
        return 0
    newest = Transition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    oldest = max(min(each.since for each in hooks), newest - LATE)
    lines = list(Transition.objects.filter(pk__gt=oldest).select_related("content_type"))
    told = set(HookDelivery.objects.filter(line__gt=oldest).values_list("hook", "line"))
    rows = [
        HookDelivery(hook=hook, line=line.pk, event=event, body=said(line, event, subject))
        for line, event, subject in events(lines)
        for hook in hooks
        if line.pk > hook.since and (hook.pk, line.pk) not in told and knows(hook, event, subject)
    ]
    put_once(HookDelivery, rows, "hook", "line")
    return len(rows)


def events(lines: list[Transition]) -> Iterator[tuple[Transition, str, Any]]:
    """The lines that are events, each with the row that moved."""
    found = [(line, STATES.get((line.content_type.model, line.to_state))) for line in lines]
    moved = [(line, event) for line, event in found if event and line.from_state != line.to_state]
    rows: dict[tuple[str, int], Any] = {}
    for name, model in (("assignment", Assignment), ("notice", Notice)):
        pks = [line.object_id for line, _event in moved if line.content_type.model == name]
        for row in model._default_manager.filter(pk__in=pks).select_related("campaign"):
            rows[name, row.pk] = row
    for line, event in moved:
        subject = rows.get((line.content_type.model, line.object_id))
        if subject is not None:
            yield line, event, subject


def knows(hook: ApiHook, event: str, subject: Any) -> bool:
    """Whether an address is told of it: of its unit's own filings and the notices to it, or of all to its office."""
    if event not in hook.events:
        return False
    if hook.office and subject.campaign.host_id == hook.unit_id:
        return True
    if isinstance(subject, Assignment):
        return subject.unit_id == hook.unit_id
    return bool(subject.addressees.filter(pk=hook.unit_id).exists() or subject.copy_to.filter(pk=hook.unit_id).exists())


def said(line: Transition, event: str, subject: Any) -> dict[str, Any]:
    """What is told: what happened to what, and where more can be asked."""
    about: dict[str, Any] = {"campaign": subject.campaign_id, subject._meta.model_name: subject.pk}
    if isinstance(subject, Assignment):
        about |= {"unit": subject.unit_id, "kind": subject.kind, "state": line.to_state}
    return {"type": event, "at": line.at.isoformat(), "data": about | {"url": whole(subject.get_absolute_url())}}


# --- sent -------------------------------------------------------------------------------------------------------------


def send_waiting() -> int:
    """Send what is due; of an address that takes nothing one row is tried. Returns: how many were taken."""
    now = timezone.now()
    due = HookDelivery.objects.filter(done_at=None, given_up_at=None, next_at__lte=now)
    taken, away = 0, set[int]()
    for row in due.select_related("hook__unit", "hook__made_by").order_by("pk")[:A_TURN]:
        if row.hook_id not in away and claimed(row):
            done = sent(row)
            taken += done
            away |= set() if done else {row.hook_id}
    return taken


def claimed(row: HookDelivery) -> bool:
    """Take a row for this worker: it is not due again before its next try."""
    wait = min(FIRST * 2**row.tries, LONGEST)
    rows = HookDelivery.objects.filter(pk=row.pk, tries=row.tries, done_at=None, given_up_at=None)
    return bool(rows.update(tries=row.tries + 1, next_at=timezone.now() + wait))


def sent(row: HookDelivery) -> bool:
    """Try one row. Returns: whether nothing stands against the next one of this address."""
    if row.hook.revoked_at or row.hook.ended:
        return ended(row, "revoked")
    name = f"event.{row.hook_id}.{row.line}"
    body = json.dumps({"id": name, **row.body}, ensure_ascii=False).encode()
    try:
        outward = import_module("workflow.channels.outward")  # eight megabytes, only where HTTP is spoken
        with outward.session(settings.WEBHOOK_ALLOWED_HOSTS) as session:
            line = WebhookLine(session, Hook(name="event", url=row.hook.url, secret=row.hook.secret))
            answer = line.ask("POST", body, signed(name, body, row.hook.secret))
            line.judge(answer.status_code, answer.headers.get("Retry-After", ""), start_of(answer))
    except GivenUp as failure:
        return ended(row, failure.said)
    except Failure as failure:
        if row.tries + 1 >= TRIES:
            return ended(row, failure.said)
        HookDelivery.objects.filter(pk=row.pk).update(said=failure.said[:300])
        return not isinstance(failure, Away | Doubtful)
    HookDelivery.objects.filter(pk=row.pk).update(done_at=timezone.now(), said="")
    return True


def ended(row: HookDelivery, why: str) -> bool:
    """It will not be sent again."""
    HookDelivery.objects.filter(pk=row.pk).update(given_up_at=timezone.now(), said=why[:300])
    return True


@transaction.atomic
def forget(older: timedelta = timedelta(days=30)) -> None:
    """Remove rows that nobody asks about any more."""
    moment = timezone.now() - older
    HookDelivery.objects.filter(made_at__lt=moment).exclude(done_at=None, given_up_at=None).delete()
