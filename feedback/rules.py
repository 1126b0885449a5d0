"""Who may answer, and who may ask again."""

from typing import Any

from rules import predicate

from accounts.models import Role

ANSWERING = (Role.STAFF, Role.ADMIN)
"""Who reads and answers for an office."""


@predicate
def answers_for_office(user: Any, feedback: Any) -> bool:
    return user.is_in(feedback.office_id, *ANSWERING)


@predicate
def wrote_it(user: Any, feedback: Any) -> bool:
    return bool(feedback.writer_id == user.pk)


reads_it = answers_for_office | wrote_it
