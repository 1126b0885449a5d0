"""What goes into the audit trail: signing in, seeing personal data, downloading; and the lines other logs write.

A deed that has a log of its own (a move, a role given) is not written twice while somebody waits: the worker copies its
line when it chains (:func:`copied`).
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import models
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase

from accounts.models import Act, AuditEntry, RoleChange, User
from accounts.network import address_of
from workflow.models import Transition
from workflow.page_signals import personal_data_shown

LATE = 2000
"""So many numbers behind the newest copied line another may still turn up: its transaction ended later."""
BATCH = 1000


def note(act: Act, about: str, *, request: HttpRequest | None, user: Any = None, detail: str = "") -> None:
    """Write an entry.

    Arguments: what was done, to what; the request it was done by (None: a job); who, if not its user; what else is to
    be known.
    """
    who = user or getattr(request, "user", None) or AnonymousUser()
    AuditEntry.objects.create(
        act=act,
        about=about[:300],
        detail=detail,
        person=who.pk,
        name=who.get_username(),
        address=address_of(request)[:45] if request else "",
    )


def shows_personal_data(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose page holds names and numbers of people: who opened it is noted."""

    @wraps(view)
    def noted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        if request.method == "GET" and answer.status_code == 200:
            note(Act.SAW, request.get_full_path(), request=request)
        return answer

    return noted


@receiver(personal_data_shown)
def seen(request: HttpRequest, **_more: Any) -> None:
    """A page of a room below this one showed personal data."""
    note(Act.SAW, request.get_full_path(), request=request)


class NoteDownloads:
    """Middleware: what is handed out to be saved is noted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        saved = answer.get("Content-Disposition", "").startswith("attachment") and answer.status_code == 200
        if saved and request.user.is_authenticated:
            note(Act.SAVED, request.get_full_path(), request=request)
        return answer


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Any, **_more: Any) -> None:
    """Somebody signed in."""
    note(Act.SIGN_IN, request.path, request=request, user=user)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: Any, **_more: Any) -> None:
    """Somebody signed out."""
    if user:
        note(Act.SIGN_OUT, request.path, request=request, user=user)


@receiver(user_login_failed)
def refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any) -> None:
    """A wrong try. A name nobody has is not written down: people type their password there by mistake."""
    user = User.objects.filter(username=credentials.get("username", "")).first()
    note(Act.REFUSED, request.path if request else "", request=request, user=user)


# --- lines of other logs ---------------------------------------------------------------------------------------------


def of_move(line: Transition) -> AuditEntry:
    """What the trail holds of a line of the log of moves: its remark only where whoever audits may read it."""
    for_whom = f" for user {line.acting_for_id}" if line.acting_for_id else ""
    table = line.content_type.model_class()  # None: of a program that is no more
    said = line.note and not getattr(table, "CONFIDENTIAL", False)
    words = f"{line.from_state} → {line.to_state}{for_whom}" + (f": {line.note}" if said else "")
    return AuditEntry(act=Act.MOVE, about=f"{line.content_type.model} {line.object_id}", detail=words, **of(line))


def of_power(line: RoleChange) -> AuditEntry:
    """What the trail holds of a line of the history of power."""
    until = f" until {line.until:%Y-%m-%d}" if line.until else ""
    for_whom = f" for user {line.acting_for_id}" if line.acting_for_id else ""
    words = f"{line.deed} {line.role} in unit {line.unit_id}{until}{for_whom}"
    return AuditEntry(act=Act.POWER, about=f"user {line.person_id}", detail=words, **of(line))


def of(line: Any) -> dict[str, Any]:
    """What is alike in every copied line."""
    return {
        "at": line.at,
        "person": line.by_id,
        "name": line.by.get_username() if line.by else "",
        "source": line._meta.label_lower,
        "source_pk": line.pk,
    }


SOURCES: tuple[tuple[type[models.Model], Callable[[Any], AuditEntry], tuple[str, ...]], ...] = (
    (Transition, of_move, ("by", "content_type")),
    (RoleChange, of_power, ("by",)),
)
"""The other logs: the table, what the trail holds of a line, what is read along with it."""


def copied() -> Iterator[AuditEntry]:
    """Entries for lines that have none yet, a batch of each log at most."""
    for table, entry_of, with_it in SOURCES:
        name = table._meta.label_lower
        held = AuditEntry.objects.filter(source=name)
        newest = held.aggregate(newest=models.Max("source_pk"))["newest"] or 0
        recent = held.filter(source_pk__gt=newest - LATE).values("source_pk")
        rows = table._default_manager.filter(pk__gt=newest - LATE).exclude(pk__in=recent)
        yield from map(entry_of, rows.select_related(*with_it).order_by("pk")[:BATCH])
