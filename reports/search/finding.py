"""What somebody finds in the index: first in bits, then, of what is shown, in the rows themselves.

The bits say which entries hold the pairs of the words, are of the kind and the year, and belong to what the person may
see; so everything is counted at once however common a word is. What is shown was asked for in the rows as they stand at
this moment: whether the person may still read it, and whether a longer word stands there as it was typed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from accounts.models.memberships import HOST_ROLES, UNIT_ROLES
from campaigns.models import Campaign, Notice
from reports.models.search_entry import SearchEntry, Sought
from reports.search.folding import asked_of
from reports.search.postings import fact, masks
from workflow.compiled import Compiled, any_of

MOST = 200
"""Of each kind so many are paged, the newest; the page says how many there are beyond."""
EXACT = 100
"""So many candidates are looked at one by one, so that their number is right to the last."""
STEP, LOOKED = 20, 1500
"""Of many candidates so many are looked at first, then four times as many, up to so many at once: only where a longer
word stands in none of the newest."""
INDEXED = (
    Sought.NOTICE, Sought.ACTIVITY, Sought.PLAN, Sought.PROGRESS, Sought.CASE, Sought.SUMMARY, Sought.MATERIAL,
    Sought.REPLY, Sought.PERSON,
)  # fmt: skip

CAMPAIGNS = Compiled(lambda hosts, units: Campaign.objects.seen_by(hosts, units).order_by().values_list("pk"))
OWN = Compiled(lambda units: SearchEntry.objects.filter(any_of("assignment__unit", units)).values_list("number"))
NOTICES = Compiled(
    lambda hosts, units: SearchEntry.objects.filter(
        notice__in=Notice.objects.seen_by(hosts, units).exclude(any_of("campaign__host", hosts))
    ).values_list("number")
)
READABLE = Compiled(
    lambda words, **given: (
        holding(
            SearchEntry.objects.seen_by(given["hosts"], given["units"]).filter(any_of("number", given["numbers"])),
            [given[f"word{place}"] for place in range(words)],
        )
        .order_by("-number")
        .values_list("number")
    )
)
YEARS = Compiled(
    lambda hosts, units: Campaign.objects.seen_by(hosts, units).order_by("-year").values_list("year").distinct()
)


def holding(rows: Any, words: Iterable[Any]) -> Any:
    """The entries in which words stand as they were typed."""
    for word in words:
        rows = rows.filter(folded__contains=word)
    return rows


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: folded words; one kind of thing, if only that is wanted; one year, likewise."""

    words: tuple[str, ...]
    kind: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Found:
    """Of one kind: how many there are; whether that is right to the last, or some of it may not hold a long word as it
    was typed; the numbers of the entries to be shown, the newest first."""

    number: int
    exact: bool
    numbers: list[int] = field(default_factory=list)


class Finder:
    """One person's search in the index. Three to five queries, whatever is found."""

    def __init__(self, user: Any, asked: Asked) -> None:
        self.asked = asked
        self.hosts, self.units = sorted(user.units_as(*HOST_ROLES)), sorted(user.units_as(*UNIT_ROLES))
        self.long = [word for word in asked.words if len(word) > 2]

    def candidates(self) -> dict[Sought, int]:
        """By kind the entries that have all the pairs and are the person's to see, one bit each."""
        if not self.asked.words or not (self.hosts or self.units):
            return {}
        pairs = [pair for word in self.asked.words for pair in asked_of(word)]
        hosts = [fact("host", pk) for pk in self.hosts]
        seen_by_all = [fact("all", pk) for (pk,) in CAMPAIGNS(hosts=[], units=self.units)] if self.units else []
        kinds = {kind: fact("kind", kind) for kind in INDEXED if kind == self.asked.kind or not self.asked.kind}
        year = [fact("year", self.asked.year)] if self.asked.year is not None else []
        rows = masks([*pairs, *hosts, *seen_by_all, *kinds.values(), *year])
        found = self.special()
        for gram in (*hosts, *seen_by_all):
            found |= rows.get(gram, 0)
        for gram in (*pairs, *year):
            found &= rows.get(gram, 0)
        return {kind: bits for kind, gram in kinds.items() if (bits := found & rows.get(gram, 0))}

    def special(self) -> int:
        """What the person sees for another reason than a whole campaign: filings of the own units, notices sent."""
        numbers = [number for (number,) in OWN(units=self.units)] if self.units else []
        numbers += [number for (number,) in NOTICES(hosts=self.hosts, units=self.units)]
        row = bytearray(max(numbers, default=0) // 8 + 1)
        for number in numbers:
            row[number // 8] |= 1 << number % 8
        return int.from_bytes(row, "little")

    def found(self, few: int) -> dict[Sought, Found]:
        """What is found of each kind, with the numbers of the first ``few`` of each."""
        rows = self.candidates()
        every = sum(bits.bit_count() for bits in rows.values())
        if every <= EXACT:
            held = set(self.readable([number for bits in rows.values() for number in newest(bits)]))
            each = {kind: [number for number in newest(bits) if number in held] for kind, bits in rows.items()}
            return {kind: Found(len(numbers), True, numbers) for kind, numbers in each.items() if numbers}
        found = {kind: self.many(bits, few) for kind, bits in rows.items()}
        return {kind: each for kind, each in found.items() if each.number}

    def many(self, bits: int, few: int) -> Found:
        """The same of one kind where there are many in all."""
        rest, shown, step = iter(newest(bits)), list[int](), max(few, STEP)
        while len(shown) < few and step <= LOOKED and (some := list(islice(rest, step))):
            shown += self.readable(some)
            step *= 4
        return Found(bits.bit_count() if shown else 0, not self.long, shown[:few])

    def readable(self, numbers: Sequence[int]) -> list[int]:
        """Which of these entries the person may read now, and hold the longer words as they were typed."""
        words = {f"word{place}": word for place, word in enumerate(self.long)}
        rows = READABLE(len(words), numbers=list(numbers), hosts=self.hosts, units=self.units, **words)
        return [number for (number,) in rows] if numbers else []


def newest(bits: int) -> Iterable[int]:
    """The numbers of the entries, the highest first."""
    while bits:
        number = bits.bit_length() - 1
        yield number
        bits ^= 1 << number
