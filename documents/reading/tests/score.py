"""Score the reader on the labelled set: recall and precision of each group of facts, and the false rows by name.

``python -m documents.reading.tests.score [FOLDER] [NAME…]`` prints the table (docs/labelled-papers.md says how to add a
paper). FOLDER: another set, of NAME.txt and NAME.json, beside each other or in notices/ and truth/.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

from documents.reading import draft_json, read

HERE = Path(__file__).parent
SHARED = HERE.parents[3] / "shared"
ROWS = ("activity", "task", "deadline", "contact", "unit")
"""Groups of which a false fact would give somebody something to do, or a name to nobody."""

_CUT_OFF = re.compile("^截[至止]到?")
_SEAL = re.compile("[（(](?:盖章|公章|签章|签字|签名|加盖公章)[）)]")
_REFERENCE = re.compile(r"[（(](?:详?见)?附[件表]?\d*[）)]$")
_ENDING = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)$", re.IGNORECASE)
_EXPLAINED = re.compile("[（(][^（）()]*[）)]$")
"""A day printed as 截至9月5日 is as good with the word as without it, and so are a thing with the number
of its form, and whoever gets it with who that is: 领导小组办公室（市市场监管局）."""

Facts = dict[str, set[tuple[Any, ...]]]


def papers(folder: Path = HERE) -> list[str]:
    """Return the names of the labelled papers of a folder."""
    return sorted(path.stem for path in folder.rglob("*.txt"))


def load(name: str, folder: Path = HERE) -> tuple[str, dict[str, Any]]:
    """Return text and truth of one of the labelled papers."""
    text, truth = (next(folder.rglob(f"{name}.{ending}")).read_text(encoding="utf-8") for ending in ("txt", "json"))
    return text, json.loads(truth)


def bare(text: str | None) -> str:
    """Return text without white space, punctuation and width."""
    return re.sub(r"[^\w%]", "", unicodedata.normalize("NFKC", text or "").lower())


def facts(paper: dict[str, Any], titles: dict[str, str]) -> Facts:
    """Return the facts of a draft or truth by group; titles maps other wordings of a title to the first."""
    found: Facts = defaultdict(set)
    _frame(paper, found)
    for activity in paper["activities"]:
        title = titles.get(bare(activity["title"]), bare(activity["title"]))
        found["activity"].add((bare(activity.get("owner_unit")), title))
        for role in ("lead_units", "assist_units"):
            found["unit"] |= {(title, role, bare(unit)) for unit in activity[role]}
        found["date"] |= {(title, day["start"], day["end"]) for day in activity["dates"]}
    found["date"] |= {("", day["start"], day["end"]) for day in paper["campaign_period"]}
    _owed(paper, found)
    for contact in paper["contacts"]:
        who = (bare(contact.get("unit")), bare(contact["name"]))
        found["contact"] |= {(*who, re.sub(r"\D", "", phone)) for phone in contact["phones"]}
        found["mail"] |= {(who[1], mail) for mail in contact["emails"]}
    found["target"] = {_figure(target) for target in _targets(paper)}
    return found


def _frame(paper: dict[str, Any], found: Facts) -> None:
    number, day = paper.get("doc_number") or {}, paper.get("issue_date") or {}
    addressees = (paper.get("addressees") or {}).get("list", [])
    found["frame"] |= {("title", bare(paper["title"])), ("number", bare(number.get("text"))), ("day", day.get("start"))}
    found["frame"] |= {("issuer", bare(name)) for name in paper["issuers"]}
    found["frame"] |= {("addressee", bare(name)) for name in addressees}
    found["frame"] -= {("title", ""), ("number", ""), ("day", None)}
    found["kind"] |= {(paper["doc_type"],)} if paper.get("doc_type") else set()
    found["theme"] |= {(bare(paper["theme"]["text"]),)} if paper["theme"] else set()
    found["slogan"] = {(bare(slogan["text"]),) for slogan in paper["slogans"]}
    found["attachment"] = {(bare(_ENDING.sub("", each["title"])),) for each in paper["attachments"]}
    for form in paper["forms"]:
        fields = [*(form.get("header_fields") or []), *(form.get("fields") or [])]
        found["form"] |= {(bare(form["title"]), bare(_SEAL.sub("", field))) for field in fields}


def _owed(paper: dict[str, Any], found: Facts) -> None:
    for duty in paper["deadlines"]:
        if not duty.get("optional"):
            text = _CUT_OFF.sub("", bare(duty["text"]))
            found["deadline"].add((duty["date"], text))
            found["item"] |= {(text, bare(_REFERENCE.sub("", duty["item"])))} if duty["item"] else set()
            found["recipient"] |= {(text, bare(_EXPLAINED.sub("", unit))) for unit in duty["to"]}
    for task in paper["tasks"]:
        day = task["deadline"] or {}
        when = day.get("end") or bare(day.get("text"))
        units = (tuple(map(bare, task["responsible"])), tuple(map(bare, task["assisting"])))
        found["task"].add((task["no"], bare(task["title"]), when, *units))


def _targets(paper: dict[str, Any]) -> list[dict[str, Any]]:
    holders = [paper, *paper["activities"], *paper["tasks"], *paper.get("annexes", [])]
    return [target for holder in holders for target in holder.get("targets", []) if target["kind"] == "target"]


def _figure(target: dict[str, Any]) -> tuple[Any, ...]:
    return float(target["value"]), float(target.get("value_max") or 0), target["unit"], target["comparator"]


def both(truth: dict[str, Any], draft: dict[str, Any]) -> tuple[Facts, Facts]:
    """Return the facts of a truth and of a draft, other wordings of a title taken for the first."""
    titles = {
        bare(other): bare(activity["title"])
        for activity in truth["activities"]
        for other in activity.get("title_alt", [])
    }
    true, drawn = facts(truth, titles), facts(draft, titles)
    skipped = set(truth.get("score_skip") or ())
    if not true["kind"]:
        skipped.add("kind")
    for group in (set(true) | set(drawn)) & skipped:
        true[group] = drawn[group] = set()
    return true, drawn


def f1(truth: dict[str, Any], draft: dict[str, Any]) -> dict[str, float]:
    """Return F1 for each group of which the truth has facts."""
    true, drawn = both(truth, draft)
    return {
        group: 2 * len(true[group] & drawn[group]) / (len(true[group]) + len(drawn[group]))
        for group in true
        if true[group]
    }


class Tally:
    """What the reader found in several papers: by group the facts that are true, read, and both."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        self.missed: list[str] = []
        self.false: list[str] = []

    def add(self, name: str, folder: Path = HERE) -> None:
        """Take in one of the labelled papers."""
        text, truth = load(name, folder)
        true, drawn = both(truth, draft_json(read(text)))
        for group in sorted(set(true) | set(drawn)):
            hits = true[group] & drawn[group]
            for place, amount in enumerate((len(true[group]), len(drawn[group]), len(hits))):
                self.counts[group][place] += amount
            self.missed += [f"{name} {group} {fact}" for fact in sorted(true[group] - hits, key=str)]
            self.false += [f"{name} {group} {fact}" for fact in sorted(drawn[group] - hits, key=str)]

    def recall(self, group: str) -> float:
        """Return which part of what is true was read."""
        true, _, hits = self.counts[group]
        return hits / true if true else 1.0

    def precision(self, group: str) -> float:
        """Return which part of what was read is true."""
        _, drawn, hits = self.counts[group]
        return hits / drawn if drawn else 1.0


def tally(names: list[str], folder: Path = HERE) -> Tally:
    """Return the scores of the papers of these names."""
    scores = Tally()
    for name in names:
        scores.add(name, folder)
    return scores


def main() -> None:
    """Print the scores of the papers named, or of all."""
    named = sys.argv[1:]
    folder = Path(named.pop(0)) if named and Path(named[0]).is_dir() else HERE
    scores = tally(named or papers(folder), folder)
    print(f"{'group':<12}{'recall':>8}{'precision':>11}{'true':>7}{'read':>7}")
    for group, (true, drawn, _) in sorted(scores.counts.items()):
        print(f"{group:<12}{scores.recall(group):>8.3f}{scores.precision(group):>11.3f}{true:>7}{drawn:>7}")
    false_rows = [each for each in scores.false if each.split()[1] in ROWS]
    print(f"\nfalse rows: {len(false_rows)}")
    for kind, several in (("missed", scores.missed), ("false", scores.false)):
        print(*(f"{kind}: {each}" for each in several), sep="\n")


if __name__ == "__main__":
    main()
