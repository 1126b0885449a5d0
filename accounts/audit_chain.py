"""The chain of the audit trail: each entry carries a keyed digest of itself and of the digest before it.

Whoever can write in the database but does not know the key (``AUDIT_KEY``, of the server) can change, remove or add an
entry only so that :func:`verify` names the place. The end of the chain is written to a file outside the database every
day (``AUDIT_ANCHORS``), so that nobody can cut it off. Digest: HMAC over SHA-256, or over SM3 (GB/T 32905) where
``AUDIT_ALGORITHM`` asks for it; each entry names its own, so both may stand in one chain.
"""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.audit_trail import BATCH, SOURCES, copied
from accounts.models import AuditEntry

START = ""
"""What stands before the first entry."""


def digest_of(entry: AuditEntry, before: str, algorithm: str) -> str:
    """The keyed digest of an entry. Arguments: the digest before it; "sha256" or "sm3". Returns: 64 hex digits."""
    said = [
        before, algorithm, entry.at.timestamp(), entry.person, entry.name, entry.act, entry.about, entry.detail,
        entry.address, entry.source, entry.source_pk,
    ]  # fmt: skip
    content = json.dumps(said, ensure_ascii=False).encode()
    return hmac.new(settings.AUDIT_KEY.encode(), content, algorithm).hexdigest()


def seal() -> int:
    """Chain what is not chained yet, a batch. Returns: how many entries; 0 when nothing waits."""
    with transaction.atomic():
        last = AuditEntry.objects.exclude(number=None).order_by("-number").select_for_update().first()
        AuditEntry.objects.bulk_create(copied())
        first, digest = ((last.number or 0) + 1, last.digest) if last else (1, START)
        waiting = list(AuditEntry.objects.filter(number=None).order_by("pk")[:BATCH])
        for number, entry in enumerate(waiting, first):
            digest = digest_of(entry, digest, settings.AUDIT_ALGORITHM)
            entry.number, entry.algorithm, entry.digest = number, settings.AUDIT_ALGORITHM, digest
        AuditEntry.objects.bulk_update(waiting, ["number", "algorithm", "digest"])
    return len(waiting)


def anchor() -> None:
    """Write the end of the chain to the file outside the database: time, number, digest."""
    last = AuditEntry.objects.exclude(number=None).order_by("-number").first()
    if last:
        with Path(settings.AUDIT_ANCHORS).open("a", encoding="ascii") as file:
            file.write(f"{now().isoformat(timespec='seconds')} {last.number} {last.digest}\n")


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong: at which place of the chain, and what."""

    number: int
    what: str


def verify() -> Fault | None:
    """Go through the whole chain, the lines it holds fast, and the anchors. Returns: the first fault, if any."""
    return next(faults_of_chain(), None) or next(faults_of_lines(), None) or next(faults_of_anchors(), None)


def faults_of_chain() -> Iterator[Fault]:
    """Each place where the chain does not hold; the first is what counts."""
    before, expected = START, 1
    for entry in chained().iterator(BATCH):
        number = entry.number or 0
        if number != expected:
            yield Fault(expected, _("is not there"))
        elif not holds(entry, before):
            yield Fault(number, what_happened(entry, before))
        before, expected = entry.digest, number + 1


def chained() -> "QuerySet[AuditEntry]":
    """The entries of the chain, in its order."""
    return AuditEntry.objects.exclude(number=None).order_by("number")


def holds(entry: AuditEntry | None, before: str) -> bool:
    """Whether an entry is what was chained there."""
    if entry is None or entry.algorithm not in ("sha256", "sm3"):
        return False
    return hmac.compare_digest(entry.digest, digest_of(entry, before, entry.algorithm))


def what_happened(entry: AuditEntry, before: str) -> str:
    """Name the fault, by where what belongs here stands now. Arguments: what stands here; the digest before it."""
    previous = entry
    for other in chained().filter(number__gt=entry.number).iterator(BATCH):
        if holds(other, before):
            if holds(entry, previous.digest) or holds(entry, other.digest):
                return _("changed places with entry %(other)s") % {"other": other.number}
            return _("was inserted")
        previous = other
    return _("was altered")


def faults_of_lines() -> Iterator[Fault]:
    """Each line of another log that is not any more what the chain holds of it."""
    for table, entry_of, with_it in SOURCES:
        held = AuditEntry.objects.filter(source=table._meta.label_lower).exclude(number=None).order_by("number")
        for entries in batches(held.iterator(BATCH)):
            rows = table._default_manager.select_related(*with_it).in_bulk([each.source_pk for each in entries])
            for entry in entries:
                line = rows.get(entry.source_pk)
                if line is None or told(entry_of(line)) != told(entry):
                    where = {"log": table._meta.label, "line": entry.source_pk}
                    gone = _("line %(line)s of %(log)s, which it holds fast, is missing") % where
                    other = _("line %(line)s of %(log)s, which it holds fast, was altered") % where
                    yield Fault(entry.number or 0, other if line else gone)


def told(entry: AuditEntry) -> tuple[object, ...]:
    """What an entry says of a line. The account may have been renamed since; the number of the person stays."""
    return entry.at, entry.person, entry.act, entry.about, entry.detail


def batches(entries: Iterator[AuditEntry]) -> Iterator[list[AuditEntry]]:
    """The entries in lists that one statement can ask for."""
    while found := list(islice(entries, BATCH)):
        yield found


def faults_of_anchors() -> Iterator[Fault]:
    """Each end of the chain written down outside the database that the chain does not know."""
    file = Path(settings.AUDIT_ANCHORS)
    for line in file.read_text("ascii").splitlines() if file.exists() else ():
        moment, number, digest = line.split()
        if not AuditEntry.objects.filter(number=number, digest=digest).exists():
            yield Fault(int(number), _("is not what was written down on %(moment)s") % {"moment": moment})
