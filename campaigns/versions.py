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


class StaleText(Exception):
    """Somebody else saved the notice after the page was opened."""


@transaction.atomic
def save_text(notice: Notice, *, by: Any, seen: int, **texts: Any) -> None:
    """Save what was written.

    Arguments: the notice; who writes; ``seen``, the revision the page was opened at; fields of the notice.
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
    keep_version(notice, by=by)


def keep_version(notice: Notice, *, by: Any) -> NoticeVersion | None:
    """Keep the text as it stands: one version for each sitting of a person, and one for each step of the way.

    Returns: the version; None when nothing changed since the last one.
    """
    last, now = notice.versions.last(), clock.now()
    texts = {name: getattr(notice, name) for name in TEXT}
    if last and all(getattr(last, name) == text for name, text in texts.items()):
        if last.state != notice.state:
            NoticeVersion.objects.filter(pk=last.pk).update(state=notice.state)
        return None
    same_sitting = last and last.saved_by_id == by.pk and last.state == notice.state and now - last.saved_at < SITTING
    if last and same_sitting and notice.is_written:
        NoticeVersion.objects.filter(pk=last.pk).update(saved_at=now, **texts)
        return last
    number = last.number + 1 if last else 1
    return NoticeVersion.objects.create(
        notice=notice, number=number, saved_by=by, saved_at=now, state=notice.state, **texts
    )
