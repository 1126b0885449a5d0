"""Figures that are asked about: far from the target, from last year, from what was reported, from their parts, from
the text beside them. Nobody is refused for a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from campaigns.models import Indicator, RollUp
from documents.counts import thousands
from reports.approximate import NUMBER, nearness, read
from reports.models import Figure, Passage, Summary
from reports.models.section import FIGURES
from reports.summaries.forms.figures import known_figures
from reports.summaries.looks.pointer import Pointer
from reports.summaries.prefill import last_years_figures

FAR = 3
"""So many times more or less is far."""
APART = 8
"""Signs between the name of a figure and its number in a sentence."""


def numbers(summary: Summary, passages: list[Passage]) -> Iterator[Pointer]:
    """What is to be asked about the figures of a summary."""
    figures = {each.indicator_id: each for each in summary.figures.select_related("indicator")}
    asked = list(Indicator.objects.filter(campaign=summary.assignment.campaign_id))
    reported = known_figures(summary.assignment, asked)
    before = last_years_figures(summary.assignment, asked)
    for each in figures.values():
        for text in about(each, reported.get(each.indicator_id), before.get(each.indicator_id)):
            yield Pointer(FIGURES, each.indicator.label, text)
    yield from shares(asked, figures)
    yield from in_words(passages, figures.values())


def about(figure: Figure, reported: int | None, before: tuple[int, str] | None) -> Iterator[str]:
    """One figure beside its target, what was reported, and last year. Arguments: it; the number the unit's reports
    come to; year and number of the last time."""
    target = figure.indicator.target
    if target and far(figure.value, target):
        yield _("%(value)s is far from the target of %(other)s. Is it right?") % {
            "value": figure.shown, "other": thousands(target),
        }  # fmt: skip
    if reported is not None and differs(figure, reported):
        yield _("%(value)s stands here; your own reports come to %(other)s.") % {
            "value": figure.shown, "other": thousands(reported),
        }  # fmt: skip
    then = read(before[1]) if before else None
    if before and then and far(figure.value, then.value):
        yield _("%(value)s is far from the %(other)s of %(year)s. Is it right?") % {
            "value": figure.shown, "other": before[1], "year": before[0],
        }  # fmt: skip


def far(value: int, other: int) -> bool:
    """Whether two numbers lie far apart."""
    low, high = sorted((value, other))
    return high >= FAR * max(low, 1)


def differs(figure: Figure, reported: int) -> bool:
    """Whether a number is another one; one that is only about right may be a tenth away."""
    return abs(figure.value - reported) > (figure.value // 10 if nearness(figure.about) else 0)


def shares(asked: list[Indicator], figures: dict[int, Figure]) -> Iterator[Pointer]:
    """Parts that are greater than their whole."""
    for each in asked:
        part, whole = figures.get(each.part_id or 0), figures.get(each.whole_id or 0)
        if each.rollup == RollUp.RATIO and part and whole and part.value > whole.value:
            said = _("%(part)s is more than %(whole)s, of which it is a part.")
            named = {"part": f"{part.indicator} {part.shown}", "whole": f"{whole.indicator} {whole.shown}"}
            yield Pointer(FIGURES, each.label, said % named)


def in_words(passages: list[Passage], figures: Iterable[Figure]) -> Iterator[Pointer]:
    """Numbers in the text that are others than the figure of the same name."""
    for figure in figures:
        name = re.compile(re.escape(figure.indicator.name) + rf"[^\d。；;\n]{{0,{APART}}}?(?={NUMBER.pattern})")
        for passage in passages:
            for hit in name.finditer(passage.text):
                number = NUMBER.match(passage.text, hit.end())
                found = read(number[0]) if number else None
                if found and not number_agrees(found.value, found.about, figure):
                    said = _("The text says %(words)s, the figure %(value)s.")
                    values = {"words": f"{figure.indicator} {number[0] if number else ''}", "value": figure.shown}
                    yield Pointer(passage.key, passage.heading, said % values)
                    break


def number_agrees(value: int, words: str, figure: Figure) -> bool:
    """Whether a number of the text and a figure are one; what is only about right may be a tenth away."""
    if words or figure.about:
        return abs(value - figure.value) <= max(value, figure.value) // 10
    return value == figure.value
