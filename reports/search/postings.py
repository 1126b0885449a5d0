"""The index of letters: for each pair a row of bits, one bit an entry, in blocks of 4,096.

So a search reads a few rows whatever stands in the texts, puts them over each other with ``&`` and counts with
``bit_count``; and it is two columns of text and bytes, so any database does it. Why so and not otherwise was measured
(``docs/search.md``). A rare pair is a list of places of two bytes each, a frequent one a bitmap.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from reports.models.search_entry import SearchPosting
from reports.search.folding import grams
from workflow.compiled import Compiled, any_of

BLOCK = 4096
BYTES = BLOCK // 8
AT_ONCE = 2000
"""Rows of one statement."""
FACT = "\x01"
"""How a gram begins that is no pair of letters: no text has such a sign."""

READ = Compiled(
    lambda grams: SearchPosting.objects.filter(any_of("gram", grams)).values_list("gram", "block", "numbers")
)


def fact(name: str, value: object) -> str:
    """What an entry is narrowed by, as the index has it: ``fact("kind", "plan")``."""
    return f"{FACT}{name}:{value}"


def packed(places: Collection[int]) -> bytes:
    """The places of one block as they are kept."""
    if 2 * len(places) < BYTES:
        return array("H", sorted(places)).tobytes()
    row = bytearray(BYTES)
    for place in places:
        row[place // 8] |= 1 << place % 8
    return bytes(row)


def into(row: bytearray, start: int, kept: bytes) -> None:
    """Set the bits of what was kept of a block in a row of bytes, from a byte on."""
    if len(kept) == BYTES:
        row[start : start + BYTES] = kept
        return
    for place in array("H", bytes(kept)):
        row[start + place // 8] |= 1 << place % 8


def unpacked(kept: bytes) -> int:
    """The places of one block, one bit each."""
    row = bytearray(BYTES)
    into(row, 0, kept)
    return int.from_bytes(row, "little")


def masks(wanted: Iterable[str]) -> dict[str, int]:
    """For each gram the entries it stands in, one bit each; one query."""
    found: dict[str, bytearray] = {}
    for gram, block, kept in READ(grams=sorted(set(wanted))):
        row = found.setdefault(gram, bytearray())
        start = block * BYTES
        row.extend(bytes(max(0, start + BYTES - len(row))))
        into(row, start, kept)
    return {gram: int.from_bytes(row, "little") for gram, row in found.items()}


Changes = Mapping[int, tuple[set[str], set[str]]]
"""For each entry the grams that go and those that come."""
Sides = tuple[list[int], list[int]]
"""The places of one block from which a gram goes, and to which it comes."""


def change(changes: Changes) -> None:
    """Write what changed of entries into the index; only whoever holds its state may."""
    blocks: dict[int, dict[str, Sides]] = defaultdict(lambda: defaultdict(lambda: ([], [])))
    for number, sides in changes.items():
        block, place = divmod(number, BLOCK)
        rows = blocks[block]
        for side, found in enumerate(sides):
            for gram in found:
                rows[gram][side].append(place)
    for block, rows in blocks.items():
        names = sorted(rows)
        for start in range(0, len(names), AT_ONCE):
            write(block, {gram: rows[gram] for gram in names[start : start + AT_ONCE]})


def write(block: int, rows: Mapping[str, Sides]) -> None:
    """Some grams of one block: those there are changed, the others made; what is nowhere any more goes."""
    stand = dict(SearchPosting.objects.filter(block=block, gram__in=list(rows)).values_list("gram", "numbers"))
    fresh, gone = [], []
    for gram, sides in rows.items():
        kept = changed(bytes(stand.get(gram, b"")), *sides)
        if kept:
            fresh.append(SearchPosting(gram=gram, block=block, numbers=kept))
        elif gram in stand:
            gone.append(gram)
    SearchPosting.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["gram", "block"], update_fields=["numbers"]
    )
    SearchPosting.objects.filter(block=block, gram__in=gone).delete()


def changed(kept: bytes, goes: list[int], comes: list[int]) -> bytes:
    """What is kept of a block after places went and came; empty where none is left."""
    if len(kept) < BYTES:
        return packed(set(array("H", kept)).difference(goes).union(comes))
    row = bytearray(kept)
    for place in goes:
        row[place // 8] &= ~(1 << place % 8)
    for place in comes:
        row[place // 8] |= 1 << place % 8
    return bytes(row) if any(row) else b""


def stands_for(folded: str, facts: Iterable[str]) -> set[str]:
    """All grams of an entry: of its letters, and its facts."""
    return grams(folded) | set(facts)
