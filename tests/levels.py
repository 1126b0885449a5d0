"""Who sees what over four levels: ``python -m tests.levels`` prints the table of docs/levels.md; a test opens it all.

A person stands to a campaign as its host, as a unit it is addressed to, as an office above the host, or as neither.
What somebody meets follows from that and from the role alone; nobody looks past the level below.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

LEVELS = ("province", "city", "district", "town")
HOSTS = LEVELS[:3]
"""Each hosts a campaign; the level below is addressed."""
ROLES = ("staff", "leader", "head", "liaison")
SEES, FORBIDDEN, ABSENT = "sees", "403", "404"

OVERSEES = {
    ("host", "staff"): SEES,
    ("host", "leader"): SEES,
    ("unit", "head"): FORBIDDEN,
    ("unit", "liaison"): FORBIDDEN,
}
TAKES_PART = OVERSEES | {("unit", "head"): SEES, ("unit", "liaison"): SEES}
RUNS = OVERSEES | {("host", "leader"): FORBIDDEN}

PAGES: dict[str, tuple[str, dict[tuple[str, str], str]]] = {
    "campaigns:campaign": ("campaign", TAKES_PART),
    "campaigns:notice": ("notice", TAKES_PART),
    "activities:assignments": ("campaign", TAKES_PART),
    "reports:dashboard": ("campaign", OVERSEES),
    "activities:carry-out": ("notice", {("unit", "staff"): SEES}),
    "activities:coverage-of": ("campaign", OVERSEES),
    "activities:coverage-below": ("campaign", OVERSEES),
    "activities:upper-changes": ("campaign", OVERSEES),
    "reports:rolled-up": ("campaign", OVERSEES | {("host", "head"): SEES, ("host", "liaison"): FORBIDDEN}),
    "reports:roll-up": ("campaign", RUNS),
    "reports:figure-map": ("campaign", RUNS),
    "reports:summary": ("summary", dict.fromkeys(TAKES_PART, SEES)),
    "reports:where-from": ("summary", dict.fromkeys(TAKES_PART, SEES)),
    "activities:hand-down": ("plan", {("unit", "staff"): SEES}),
}
"""What stands behind each page (of the campaign, its notice, what the unit below owes), and who meets what; the rest
finds nothing there."""


def relation(level: str, host: str) -> str:
    """How somebody of a level stands to the campaign of a host."""
    below = LEVELS.index(level) - LEVELS.index(host)
    return {0: "host", 1: "unit"}.get(below, "above" if below < 0 else "further below")


def cells() -> Iterator[tuple[str, str, str, str, str]]:
    """Page, host of the campaign, level and role of the person, and what the person meets."""
    for page, host, level, role in product(PAGES, HOSTS, LEVELS, ROLES):
        yield page, host, level, role, PAGES[page][1].get((relation(level, host), role), ABSENT)


def table() -> str:
    """The table as docs/levels.md has it."""
    lines = ["| page | campaign of | " + " | ".join(f"{each}: {', '.join(ROLES)}" for each in LEVELS) + " |"]
    lines.append("|" + "---|" * (len(LEVELS) + 2))
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for page, host, level, _role, meets in cells():
        found.setdefault((page, host), {}).setdefault(level, []).append(meets)
    for (page, host), levels in found.items():
        lines.append(f"| {page} | {host} | " + " | ".join(" · ".join(levels[each]) for each in LEVELS) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
