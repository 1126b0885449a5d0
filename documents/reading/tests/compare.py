"""Compare a draft with the truth written for a notice: facts in common over facts predicted and facts true (F1)."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NOTICES, TRUTH = HERE / "notices", HERE / "truth"
SHARED = HERE.parents[3] / "shared"


def bare(text: str | None) -> str:
    """Return text without white space, punctuation and width."""
    folded = unicodedata.normalize("NFKC", text or "").lower()
    return re.sub(r"[^\w%]", "", folded)


def load(name: str) -> tuple[str, dict[str, Any]]:
    """Return text and truth of one of the project's own notices."""
    truth = json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))
    return (NOTICES / f"{name}.txt").read_text(encoding="utf-8"), truth


def facts(paper: dict[str, Any], titles: dict[str, str]) -> dict[str, set[Any]]:
    """Return the facts of a draft or truth by group; titles maps other wordings of a title to the first."""
    found: dict[str, set[Any]] = {
        group: set() for group in ("title", "unit", "date", "deadline", "contact", "task", "target")
    }
    for activity in paper["activities"]:
        title = titles.get(bare(activity["title"]), bare(activity["title"]))
        found["title"].add((bare(activity.get("owner_unit")), title))
        for role in ("lead_units", "assist_units"):
            found["unit"] |= {(title, role, bare(unit)) for unit in activity[role]}
        found["date"] |= {(title, day["start"], day["end"]) for day in activity["dates"]}
    found["date"] |= {("", day["start"], day["end"]) for day in paper["campaign_period"]}
    found["deadline"] = {(d["date"], bare(d["text"])) for d in paper["deadlines"] if not d.get("optional")}
    for contact in paper["contacts"]:
        numbers = [re.sub(r"\D", "", phone) for phone in contact["phones"]]
        found["contact"] |= {bare(contact["name"]), *numbers, *contact["emails"]}
    for task in paper["tasks"]:
        day = task["deadline"] or {}
        units = (tuple(map(bare, task["responsible"])), tuple(map(bare, task["assisting"])))
        found["task"].add((task["no"], bare(task["title"]), day.get("start"), day.get("end"), *units))
    found["target"] = {_figure(target) for target in _targets(paper)}
    return found


def _targets(paper: dict[str, Any]) -> list[dict[str, Any]]:
    holders = [paper, *paper["activities"], *paper["tasks"], *paper.get("annexes", [])]
    return [target for holder in holders for target in holder.get("targets", []) if target["kind"] == "target"]


def _figure(target: dict[str, Any]) -> tuple[Any, ...]:
    return float(target["value"]), float(target.get("value_max") or 0), target["unit"], target["comparator"]


def f1(truth: dict[str, Any], draft: dict[str, Any]) -> dict[str, float]:
    """Return F1 for each group of which the truth has facts."""
    titles = {}
    for activity in truth["activities"]:
        for other in activity["title_alt"]:
            titles[bare(other)] = bare(activity["title"])
    true, read = facts(truth, titles), facts(draft, titles)
    return {
        group: 2 * len(true[group] & read[group]) / (len(true[group]) + len(read[group]))
        for group in true
        if true[group]
    }
