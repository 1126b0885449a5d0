"""The tables of a page by its ruled lines: where they cross there are cells."""

from __future__ import annotations

from collections.abc import Iterable

from documents.sources.pdf_sign import Sign
from documents.sources.sign_lines import Box
from documents.sources.table_cells import TOUCH, PageTable, filled

from .rules import Rule

_FEWEST = 3  # so many upright rules end together where a table is cut off by the page's end
_MOST = 400  # rules of a page, once those that touch are one: more are a drawing


def tables_of(rules: Iterable[Rule], signs: list[Sign]) -> list[PageTable]:
    """Return the tables of a page, from top to bottom. rules: its lines; signs: what stands on it."""
    level, upright = joined(rule for rule in rules if rule.is_level), joined(r for r in rules if not r.is_level)
    if len(level) + len(upright) > _MOST:
        return []
    found = []
    for own_level, own_upright in _together(level, upright):
        tops, bottoms = _open_ends(own_upright, own_level, top=True), _open_ends(own_upright, own_level, top=False)
        made = filled(_cells([*own_level, *tops, *bottoms], own_upright), signs)
        if made is not None:
            made.is_cut_above, made.is_cut_below = bool(tops), bool(bottoms)
            found.append(made)
    return sorted(found, key=lambda table: (table.box[1], table.box[0]))


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Return lines with those that lie in one and touch made one: each cell may have drawn its own side."""
    found: list[Rule] = []
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if rows and rule.at - rows[-1][0].at < TOUCH:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    for row in rows:
        at = row[0].at
        last: Rule | None = None
        for rule in sorted(row, key=lambda rule: rule.first):
            if last is not None and rule.first - last.last < TOUCH:
                last = last._replace(last=max(last.last, rule.last))
                found[-1] = last
            else:
                last = rule._replace(at=at)
                found.append(last)
    return found


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.first - TOUCH <= upright.at <= level.last + TOUCH
        and upright.first - TOUCH <= level.at <= upright.last + TOUCH
    )


def _together(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The lines of each table: those that meet."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in upright:
        met = [each for each in level if _meet(each, rule)]
        own = (met, [rule])
        rest = []
        for group in groups:
            if any(each in group[0] for each in met):
                own = (own[0] + [each for each in group[0] if each not in own[0]], own[1] + group[1])
            else:
                rest.append(group)
        groups = [*rest, own]
    return [group for group in groups if len(group[0]) > 0 and len(group[1]) > 1]


def _open_ends(upright: list[Rule], level: list[Rule], *, top: bool) -> list[Rule]:
    """The line that is missing where upright ones end together and nothing closes them: the page ends there."""
    ends = [rule.first if top else rule.last for rule in upright]
    edge = min(ends) if top else max(ends)
    own = [rule for rule, end in zip(upright, ends, strict=True) if abs(end - edge) < TOUCH]
    if len(own) < _FEWEST or any(abs(rule.at - edge) < 2 * TOUCH for rule in level):
        return []
    return [Rule(True, edge, min(rule.at for rule in own) - 1, max(rule.at for rule in own) + 1)]


def _cells(level: list[Rule], upright: list[Rule]) -> list[Box]:
    """The cells between lines, those with no line between them as one."""
    xs, ys = sorted({rule.at for rule in upright}), sorted({rule.at for rule in level})
    ruled_at: dict[tuple[bool, float], list[Rule]] = {}
    for rule in (*level, *upright):
        ruled_at.setdefault((rule.is_level, rule.at), []).append(rule)
    right = {(x, y): _divides(ruled_at[False, xs[x + 1]], ys[y], ys[y + 1]) for x in _gaps(xs)[:-1] for y in _gaps(ys)}
    below = {(x, y): _divides(ruled_at[True, ys[y + 1]], xs[x], xs[x + 1]) for x in _gaps(xs) for y in _gaps(ys)[:-1]}
    whole: dict[tuple[int, int], tuple[int, int]] = {}

    def first(cell: tuple[int, int]) -> tuple[int, int]:
        while whole.setdefault(cell, cell) != cell:
            cell = whole[cell]
        return cell

    for x in _gaps(xs):
        for y in _gaps(ys):
            if not right.get((x, y), True):
                whole[first((x + 1, y))] = first((x, y))
            if not below.get((x, y), True):
                whole[first((x, y + 1))] = first((x, y))
    boxes: dict[tuple[int, int], Box] = {}
    for x in _gaps(xs):
        for y in _gaps(ys):
            own = first((x, y))
            box = boxes.get(own, (xs[x], ys[y], xs[x + 1], ys[y + 1]))
            boxes[own] = (min(box[0], xs[x]), min(box[1], ys[y]), max(box[2], xs[x + 1]), max(box[3], ys[y + 1]))
    return list(boxes.values())


def _gaps(edges: list[float]) -> range:
    return range(len(edges) - 1)


def _divides(rules: list[Rule], first: float, last: float) -> bool:
    """Whether one of the lines that stand at a place goes over a stretch."""
    middle = (first + last) / 2
    return any(rule.first <= middle <= rule.last for rule in rules)
