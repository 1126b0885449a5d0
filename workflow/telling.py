"""Tell people: rows in the outbox now, delivery once they are committed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflow import clock
from workflow.once import put_once
from workflow.outbox import Notification
from workflow.queue import ask_later


@dataclass(frozen=True)
class Message:
    """What one person is told: who (the id); the English message id (marked with gettext_noop) and its values; a key
    that makes the telling unique for the person; the page it leads to; plain text of many lines below it, or none."""

    person: int
    message: str
    key: str
    url: str
    body: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def notify(people: Iterable[Any], message: str, *, key: str, url: str, body: str = "", **values: Any) -> None:
    """Tell each person the same, once. Arguments: the people, and what a :class:`Message` says of each."""
    notify_each(Message(person.pk, message, key, url, body, values) for person in people)


def notify_each(messages: Iterable[Message]) -> None:
    """Tell each person something of their own, once; a few statements, however many there are."""
    now = clock.now()
    rows = [
        Notification(
            person_id=each.person, message=each.message, values=dict(each.values), url=each.url, key=each.key,
            body=each.body, created_at=now,
        )
        for each in messages
    ]  # fmt: skip
    put_once(Notification, rows, "person", "key", batch_size=1000)
    ask_later("workflow.deliver")
