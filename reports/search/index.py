"""The index is kept by a worker: what has no entry of its version is asked for, read and written, again and again.

Nobody remembers how far the index has come, so nothing is missed by a worker that was killed, a transaction that ended
late, a backup that was restored. One writes at a time (``SearchState``), an entry and its letters in one transaction.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.sounds import sounds
from reports.models.search_entry import SearchEntry, SearchPosting, SearchState
from reports.search.folding import SECTION, fold
from reports.search.postings import BLOCK, change, fact, stands_for, unpacked
from reports.search.texts import SHOWN_TO_ALL, SOURCES, Source, Written

BATCH = 500
"""Rows of one transaction."""
A_TURN = 10_000
"""Rows of one table in one turn of the worker: then somebody else's work has its turn."""
WRITTEN = ("kind", "mark", "facts", "at", "title", "text", "folded")


def take_in(most: int = A_TURN) -> int:
    """Bring the index up to date. Arguments: how many rows of each table at most. Returns: how many were written."""
    return sum(taken(source, most) + taken_out(source) for source in SOURCES)


def taken(source: Source, most: int, batch: int = BATCH) -> int:
    """What is new or was changed in one table, so many rows in a transaction."""
    waiting, number = iter(list(source.waiting().values_list("pk", flat=True)[:most])), 0
    while pks := list(islice(waiting, batch)):
        with transaction.atomic():
            state = held()
            rows = source.rows().filter(pk__in=pks).order_by("pk")
            number += write(state, source, [source.read(row) for row in rows])
    return number


def taken_out(source: Source) -> int:
    """What is not to be found in one table any more."""
    gone, number = iter(list(source.over().values_list("pk", flat=True))), 0
    while pks := list(islice(gone, BATCH)):
        with transaction.atomic():
            held()
            rows = SearchEntry.objects.filter(pk__in=pks)
            change({row.number: (stands_for(row.folded, row.facts), set[str]()) for row in rows})
            number += rows.delete()[0]
    return number


def held() -> SearchState:
    """The state of the index, which whoever writes it holds until the transaction ends."""
    SearchState.objects.get_or_create(pk=1)
    return SearchState.objects.select_for_update().get(pk=1)


def write(state: SearchState, source: Source, said: Iterable[Written]) -> int:
    """Put what rows say in the place of what they said before. Returns: how many say something else."""
    meant = [entry_of(source, each) for each in said]
    about = [each.about for each in meant]
    stand = {row.about: row for row in SearchEntry.objects.filter(source=source.name, about__in=about)}
    made, kept = list[SearchEntry](), list[SearchEntry]()
    changes = dict[int, tuple[set[str], set[str]]]()
    for entry in meant:
        before = stand.get(entry.about)
        if before and all(getattr(before, name) == getattr(entry, name) for name in WRITTEN):
            continue
        old = stands_for(before.folded, before.facts) if before else set[str]()
        new = stands_for(entry.folded, entry.facts)
        entry.number, entry.pk = (before.number, before.pk) if before else (next_of(state), None)
        changes[entry.number] = (old - new, new - old)
        (kept if before else made).append(entry)
    SearchEntry.objects.bulk_create(made, batch_size=500)
    SearchEntry.objects.bulk_update(kept, WRITTEN, batch_size=100)
    change(changes)
    state.save()
    return len(changes)


def next_of(state: SearchState) -> int:
    """The next number in the index."""
    state.given += 1
    return state.given


def entry_of(source: Source, said: Written) -> SearchEntry:
    """The entry of what a row says; it has no number yet."""
    title, text = said.title[:250], said.text
    heard = [line for name in said.names for line in sounds(name)]
    owner: dict[str, Any] = {f"{source.column}_id": said.about}
    facts = [fact("kind", source.kind), fact("year", said.campaign.year), fact("host", said.campaign.host_id)]
    if source.name in SHOWN_TO_ALL:
        facts.append(fact("all", said.campaign.pk))
    return SearchEntry(
        kind=source.kind, source=source.name, about=said.about, mark=said.mark, facts=facts, at=said.at,
        title=title, text=text, folded=fold(SECTION.join((title, text, *heard))), **owner,
    )  # fmt: skip


def wrong() -> Iterator[str]:
    """What of the index is not what it should be: an entry that is missing, old, or of nothing; a block of letters that
    says something else than the texts. Returns: names and numbers, no words of anybody."""
    for source in SOURCES:
        rows = source.rows().order_by("pk").iterator(chunk_size=BATCH)
        while meant := [entry_of(source, source.read(row)) for row in islice(rows, BATCH)]:
            held = SearchEntry.objects.filter(source=source.name, about__in=[each.about for each in meant])
            stand = set(held.values_list("about", "mark", "folded"))
            yield from (str(each) for each in meant if (each.about, each.mark, each.folded) not in stand)
        yield from map(str, source.over())
    newest = SearchEntry.objects.aggregate(newest=Max("number"))["newest"] or 0
    yield from (f"block {block}" for block in range(newest // BLOCK + 1) if letters_of(block) != kept_of(block))
    yield from (f"block {row.block}" for row in SearchPosting.objects.filter(block__gt=newest // BLOCK))


def letters_of(block: int) -> dict[str, int]:
    """The letters of a block, from the texts of its entries."""
    found: dict[str, int] = {}
    rows = SearchEntry.objects.filter(number__gte=block * BLOCK, number__lt=(block + 1) * BLOCK)
    for number, folded, facts in rows.values_list("number", "folded", "facts").iterator(chunk_size=BATCH):
        for gram in stands_for(folded, facts):
            found[gram] = found.get(gram, 0) | 1 << number % BLOCK
    return found


def kept_of(block: int) -> dict[str, int]:
    """The letters of a block, from the index."""
    rows = SearchPosting.objects.filter(block=block).values_list("gram", "numbers")
    return {gram: unpacked(bytes(kept)) for gram, kept in rows.iterator(chunk_size=5000)}


@transaction.atomic
def begin_anew() -> int:
    """Empty the index and make it again. Returns: how many entries there are."""
    held()
    SearchPosting.objects.all().delete()
    SearchEntry.objects.all().delete()
    SearchState.objects.update(given=0)
    return sum(taken(source, 10**9, BLOCK) for source in SOURCES)
