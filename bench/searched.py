"""``python -m bench.searched``: each filing of the filled office says something of its own, and is in the index.

Texts are clauses of the demonstrations thrown together anew (as for ``alike``); a summary of every unit comes on top.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from typing import Any

import django

django.setup()

from activities.models import Assignment, Case, Material, Plan, Progress  # noqa: E402 -- Django is set up first
from activities.states import AssignmentState, Kind  # noqa: E402
from bench.alike import made  # noqa: E402
from reports.models import SearchEntry, SearchPosting, Summary  # noqa: E402
from reports.search import index  # noqa: E402
from workflow import clock  # noqa: E402

PASSAGES = 20_000


def main() -> None:
    """Write the texts and make the index. Prints how much there is, and how long the index took."""
    chance = random.Random(5)
    passages = list(made(chance, PASSAGES))
    filed = Assignment.objects.filter(kind=Kind.SUMMARY, state=AssignmentState.OPEN)
    filed.update(state=AssignmentState.SUBMITTED, submitted_at=clock.now())
    there = Summary.objects.values("assignment")
    new = Assignment.objects.filter(kind=Kind.SUMMARY, submitted_at__isnull=False).exclude(pk__in=there)
    Summary.objects.bulk_create(
        (Summary(assignment_id=pk, submitted_at=clock.now()) for pk in new.values_list("pk", flat=True)),
        batch_size=1000,
    )
    for model, columns, sentences in (
        (Plan, ("content", "schedule"), 5),
        (Material, ("text",), 8),
        (Progress, ("narrative",), 6),
        (Case, ("background", "practice", "effect"), 6),
        (Summary, ("overview", "practice", "effect"), 14),
    ):
        different(model._default_manager.all(), columns, sentences, passages, chance)
    start = time.perf_counter()
    number = index.begin_anew()
    print(f"{number} entries, {SearchPosting.objects.count()} rows of letters, {time.perf_counter() - start:.1f} s")
    assert number == SearchEntry.objects.count()


def different(rows: Any, columns: Iterable[str], sentences: int, passages: list[str], chance: random.Random) -> None:
    """Give each row words of its own."""
    found = list(rows)
    for row in found:
        for column in columns:
            setattr(row, column, "".join(chance.choices(passages, k=sentences)))
    type(found[0])._default_manager.bulk_update(found, list(columns), batch_size=500)


if __name__ == "__main__":
    main()
