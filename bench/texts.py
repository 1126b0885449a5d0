"""Texts compared and slogans looked for: what a reviewer's and a unit's page wait for.

The floor of a comparison is cutting both texts into paragraphs; the floor of the slogans is folding the text once.
"""

from __future__ import annotations

import json
import random
from functools import partial

from bench import frame
from campaigns.near_quotations import fold, misquotes
from workflow.compare import PARAGRAPH, compare

TIMES = 10
LENGTH = 100_000
WORDS = "质量月活动开展宣传提升单位企业社会共享发展成果的了在是，。"
SLOGANS, TEXT = 25, 20_000


def main() -> None:
    """Run it and write ``bench/results/texts.json``."""
    rows: list[frame.Row] = []
    for size in (200, 2_000, LENGTH):
        for share in (0.001, 0.2):
            rows += compared(size, share)
    rows += compared(200, 1.0)
    frame.publish("texts", [*rows, *slogans()], method=f"in process, {TIMES} runs")


def compared(size: int, share: float) -> list[frame.Row]:
    """Time the comparison of a text in paragraphs of a size with one in which a share of characters was changed."""
    old = written(random.Random(1), size)
    new = changed(old, share) if share < 1 else written(random.Random(2), size)
    name = f"{LENGTH} chars, paragraphs of {size}, {share:.1%} changed"
    floor = frame.row(f"floor: {name}", len(old), frame.timed(lambda: PARAGRAPH.findall(old + new), TIMES))
    return [floor, frame.row(name, len(old), frame.timed(lambda: compare(old, new), TIMES), floor)]


def written(chance: random.Random, size: int) -> str:
    """A text of paragraphs of a size."""
    text = "".join(chance.choices(WORDS, k=LENGTH))
    return "\n".join(text[at : at + size] for at in range(0, LENGTH, size))


def changed(text: str, share: float) -> str:
    """The text with characters struck out, exchanged and put in."""
    chance = random.Random(3)
    return "".join(chance.choice(("", "变", each + "新")) if chance.random() < share else each for each in text)


def slogans() -> list[frame.Row]:
    """Time the slogans of two campaigns in a long text: of every day, and full of misquotations."""
    register = [
        each["text"] if isinstance(each, dict) else each
        for name in ("shenzhen-2015", "hubei-2020")
        for each in json.loads((frame.TOP / "fixtures" / name / "campaign.json").read_text())["slogans"]
    ][:SLOGANS]
    rows = []
    for name, line in (
        ("every day", "质量安全质量诚信质量水平提升，共建共享。"),
        ("misquoted", "质量造就未来，创新驱动。"),
    ):
        text = (line * TEXT)[:TEXT]
        floor = frame.row(f"floor: {name}", TEXT, frame.timed(partial(fold, text), TIMES))
        times = frame.timed(partial(misquotes, text, register), TIMES)
        rows += [floor, frame.row(f"{len(register)} slogans, {name}", TEXT, times, floor)]
    return rows
