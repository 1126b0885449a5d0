"""Sentences that stand in another text already: looked up by their parts, so that a long text costs little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import Indel

from reports.summaries.looks.pointer import Sentence

PART = 6
"""Letters of a part that two sentences share."""
ALIKE = 0.85
"""From here on a sentence is the other one, perhaps with a name or a number changed."""
LIKELY = 3
"""Sentences that share most parts and are compared letter by letter."""


class Known:
    """The sentences of other texts."""

    def __init__(self, found: Iterable[Sentence]) -> None:
        self.sentences = list({each.letters: each for each in found}.values())
        self.exact = {each.letters: each for each in self.sentences}
        self.places: dict[str, list[int]] = {}
        for at, each in enumerate(self.sentences):
            for part in parts(each.letters):
                self.places.setdefault(part, []).append(at)

    def like(self, sentence: Sentence) -> Sentence | None:
        """The sentence of the other texts that this one is, if there is one."""
        if same := self.exact.get(sentence.letters):
            return same
        shared = Counter(at for part in parts(sentence.letters) for at in self.places.get(part, ()))
        for at, _number in shared.most_common(LIKELY):
            other = self.sentences[at]
            if Indel.normalized_similarity(sentence.letters, other.letters, score_cutoff=ALIKE):
                return other
        return None


def parts(letters: str) -> set[str]:
    """Every run of so many letters."""
    return {letters[at : at + PART] for at in range(len(letters) - PART + 1)}
