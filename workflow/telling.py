"""Tell people: rows in the outbox now, delivery once they are committed."""

from collections.abc import Iterable
from typing import Any

from workflow import clock
from workflow.outbox import Notification
from workflow.queue import ask_later


def notify(people: Iterable[Any], message: str, *, key: str, url: str, **values: Any) -> None:
    """Tell each person once.

    Arguments: the people; the English message id (marked with gettext_noop); a key that makes the telling
    unique for each person; the page it leads to; the values of the message.
    """
    rows = [
        Notification(person_id=person.pk, message=message, values=values, url=url, key=key, created_at=clock.now())
        for person in people
    ]
    Notification.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    ask_later("workflow.deliver")
