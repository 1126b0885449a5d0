"""Passages that two units share: 100,000 of them put into the index, one summary looked up, how many are found again.

The passages are clauses of the four demonstrations thrown together anew, so that any two share the phrases of the
field. The floor is what any way of doing it needs: the text brought down to what counts and cut into pairs. Times are
CPU. Recall: a passage is changed (another year; letters exchanged, left out, put in) and has to be found; precision, on
the summaries of Shenzhen 2015, which were written apart: copies of a hundred of their sentences with every twentieth
letter changed, among all that is reported.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable, Iterator
from functools import partial

from bench import frame
from reports.alike.index import Index, pairs_of
from reports.alike.sentences import bare, sentences

PASSAGES, SUMMARY, TIMES = 100_000, 25, 50
LIMITS = {"index: seconds of CPU": 15.0, "one summary: ms": 5.0}
LEAST = {"another year": 0.98, "5% of letters": 0.95, "15% of letters": 0.80}
CLAUSE = re.compile(r"[^，。；！？\n]{4,40}")


def main() -> None:
    """Run it and write ``bench/results/alike.json``."""
    chance = random.Random(7)
    passages = list(made(chance, PASSAGES))
    floor = frame.row("floor: cut into pairs", PASSAGES, cpu(lambda: [pairs_of(bare(each)) for each in passages], 3))
    index = Index()
    whole = frame.row("index", PASSAGES, cpu(lambda: filled(index, passages), 1), floor, peak_mb=frame.own_peak())
    asked = [chance.sample(passages, SUMMARY) for _ in range(TIMES)]
    look = frame.row("one summary looked up", SUMMARY, [cpu(partial(index.near, each), 1)[0] for each in asked])
    found = recall(index, passages, chance)
    short = [
        f"recall, {name}: {found[name]:.3f}, at least {least}" for name, least in LEAST.items() if found[name] < least
    ]
    slow = {"index: seconds of CPU": whole.p50 / 1000, "one summary: ms": look.p50}
    short += [f"{name}: {slow[name]:.2f}, at most {most}" for name, most in LIMITS.items() if slow[name] > most]
    frame.publish("alike", [floor, whole, look], recall=found, precision=precision(chance), over_the_limit=short)


def cpu(work: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of CPU, each time."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return taken


def filled(index: Index, passages: list[str]) -> None:
    """Put them in as they come: a summary's at a time."""
    for start in range(0, len(passages), SUMMARY):
        index.add(passages[start : start + SUMMARY])


def made(chance: random.Random, number: int) -> Iterator[str]:
    """Passages of some forty letters out of the clauses of the demonstrations, each with figures of its own."""
    written = " ".join(path.read_text() for path in sorted((frame.TOP / "fixtures").glob("*/*.json")))
    clauses = sorted({each for text in re.findall(r'"([^"]{12,})"', written) for each in CLAUSE.findall(text)})
    for _ in range(number):
        picked = chance.sample(clauses, 3)
        yield "2025年" + re.sub(r"\d+", lambda _: str(chance.randrange(1, 3000)), "，".join(picked) + "。")


def recall(index: Index, passages: list[str], chance: random.Random) -> dict[str, float]:
    """The share of passages found again after each change, over a thousand."""
    ways: dict[str, Callable[[str], str]] = {
        "another year": lambda text: text.replace("2025年", "2026年"),
        "5% of letters": lambda text: edited(text, 0.05, chance),
        "15% of letters": lambda text: edited(text, 0.15, chance),
    }
    found = {}
    for name, change in ways.items():
        asked = chance.sample(range(len(passages)), 1_000)
        near = index.near([change(passages[number]) for number in asked])
        hits = sum(number in {each.number for each in row} for number, row in zip(asked, near, strict=True))
        found[name] = hits / len(asked)
    return found


def edited(text: str, share: float, chance: random.Random) -> str:
    """The text with a share of its letters exchanged, left out or followed by another."""
    letters = list(text)
    for place in chance.sample(range(len(letters)), round(len(letters) * share)):
        letters[place] = chance.choice([chance.choice(text), "", letters[place] + chance.choice(text)])
    return "".join(letters)


def precision(chance: random.Random) -> dict[str, int]:
    """A hundred copies among the summaries of Shenzhen 2015: how many are reported, and what else is."""
    rows = json.loads((frame.TOP / "fixtures/shenzhen-2015/summaries.json").read_text())
    names = ("overview", "practice", "effect", "problems", "suggestions")
    units = [[each for name in names for each in sentences(row.get(name, ""))] for row in rows]
    owner = [number for number, texts in enumerate(units) for _ in texts]
    flat = [each for texts in units for each in texts]
    index = Index()
    index.add(flat)
    copied = chance.sample(range(len(flat)), 100)
    near = index.near([edited(flat[number], 0.05, chance) for number in copied])
    right = sum(number in {each.number for each in row} for number, row in zip(copied, near, strict=True))
    between = sum(owner[each.number] != owner[here] for here, row in enumerate(index.near(flat)) for each in row)
    others = sum(len(row) for row in near) - right
    return {"passages": len(flat), "copies": 100, "reported rightly": right, "reported besides": others,
            "pairs of units that copied nothing": between // 2}  # fmt: skip
