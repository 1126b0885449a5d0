"""The text of a notice: saved as often as one likes, kept in versions, never lost to a second writer."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Notice, NoticeVersion
from campaigns.states import WRITTEN
from workflow import clock
from workflow.models import MoveRefused

TEXT = ("title", "salutation", "body", "signature")
"""What a version keeps."""
SITTING = timedelta(minutes=10)
"""Savings of one person within this time are one version."""


MUCH = 40
"""Characters that may go at one saving as part of the same sitting; of a long text a fifth."""


class StaleText(Exception):
    """Somebody else saved the notice after the page was opened."""


@transaction.atomic
def save_text(notice: Notice, *, by: Any, seen: int, apart: bool = False, **texts: Any) -> None:
    """Save what was written.

    Arguments: the notice; who writes; ``seen``, the revision the page was opened at; ``apart``, keep it as a version
    of its own in any case; fields of the notice.
    Raises: StaleText when somebody saved in between; MoveRefused when it can no longer be changed.
    """
    if not notice.is_written:
        raise MoveRefused(notice.refusal())
    rows = Notice.objects.filter(pk=notice.pk, revision=seen, state__in=WRITTEN)
    if not rows.update(revision=seen + 1, **texts):
        notice.refresh_from_db()
        if not notice.is_written:
            raise MoveRefused(notice.refusal())
        newest = notice.versions.select_related("saved_by").last()
        raise StaleText(_("%(who)s saved this notice meanwhile.") % {"who": newest.saved_by if newest else ""})
    for name, value in {"revision": seen + 1, **texts}.items():
        setattr(notice, name, value)
    keep_version(notice, by=by, apart=apart)


@transaction.atomic
def set_aside(notice: Notice, *, by: Any, **texts: Any) -> None:
    """Keep a text that was not taken among the versions, below the present one, which stays the newest.

    Arguments: the notice; whose text it is; the fields of ``TEXT`` in that writing.
    """
    now = {name: getattr(notice, name) for name in TEXT}
    if texts == now:
        return
    Notice.objects.select_for_update().get(pk=notice.pk)
    last = notice.versions.last()
    number = last.number if last else 0
    rows = [NoticeVersion(saved_by=by, number=number + 1, **texts)]
    rows.append(NoticeVersion(saved_by=last.saved_by if last else by, number=number + 2, **now))
    for row in rows:
        row.notice, row.saved_at, row.state = notice, clock.now(), notice.state
    NoticeVersion.objects.bulk_create(rows)


def keep_version(notice: Notice, *, by: Any, apart: bool = False) -> NoticeVersion | None:
    """Keep the text as it stands: one version for each sitting of a person, and one for each step of the way.

    A sitting ends when much of the text goes at once: what was there before stays a version of its own.
    Returns: the version; None when nothing changed since the last one.
    """
    notice.refresh_from_db(fields=TEXT)  # a step may have been taken from a page older than the last saving
    last, now = notice.versions.last(), clock.now()
    texts = {name: getattr(notice, name) for name in TEXT}
    if last and all(getattr(last, name) == text for name, text in texts.items()):
        if last.state != notice.state:
            NoticeVersion.objects.filter(pk=last.pk).update(state=notice.state)
        return None
    if last and not apart and notice.is_written and same_sitting(last, notice, by):
        NoticeVersion.objects.filter(pk=last.pk).update(saved_at=now, **texts)
        return last
    number = last.number + 1 if last else 1
    return NoticeVersion.objects.create(
        notice=notice, number=number, saved_by=by, saved_at=now, state=notice.state, **texts
    )


def same_sitting(last: NoticeVersion, notice: Notice, by: Any) -> bool:
    """Whether a person is still writing on at the last version, and has not just thrown much of it away."""
    lately = clock.now() - last.saved_at < SITTING
    shrunk = len(last.body) - len(notice.body) > max(MUCH, len(last.body) // 5)
    return last.saved_by_id == by.pk and last.state == notice.state and lately and not shrunk
