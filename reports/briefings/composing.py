"""Composing a briefing: begun with what is known, saved as often as one likes, never lost to a second writer."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from activities.models import Assignment
from campaigns.models import Campaign
from documents.counts import thousands
from reports.briefings.first_words import text_of, title_of
from reports.briefings.passages import filed_text, first_two, sentences
from reports.models import Composition, Problem, Quote
from workflow import clock
from workflow.models import MoveRefused

MOST_CASES, MOST_PROBLEMS = 30, 30
COUNTED = re.compile(r"(?<![\d.,，])\d{4,12}(?=(?:余|多)?[人份家个件场次名条项户批元台])")
"""A number of things, of four digits or more, without commas."""


class StaleComposition(Exception):
    """Somebody else saved it after the page was opened."""


def begin(campaign: Campaign, kind: str, *, by: Any) -> Composition:
    """The composition of a campaign, with the text such papers begin with; a second call finds the first."""
    found, _made = Composition.objects.get_or_create(
        campaign=campaign,
        kind=kind,
        defaults={
            "title": title_of(kind, campaign.title),
            "text": text_of(kind, campaign.title),
            "saved_by": by,
            "saved_at": clock.now(),
        },
    )
    return found


@transaction.atomic
def save(
    composition: Composition,
    *,
    by: Any,
    seen: int,
    values: Mapping[str, Any],
    cases: Mapping[int, str] | None = None,
    problems: Mapping[int, Mapping[str, str]] | None = None,
) -> None:
    """Save what was written.

    Arguments: the composition; who writes; ``seen``, the revision the page was opened at; fields of the composition;
    the words of cases and problems by their ids.
    Raises: StaleComposition when somebody saved in between.
    """
    turn(composition, by, seen, **values)
    for pk, text in (cases or {}).items():
        composition.quotes.filter(pk=pk, problem=None).update(text=text)
    for pk, texts in (problems or {}).items():
        composition.problems.filter(pk=pk).update(**{name: texts[name] for name in Problem.TEXTS if name in texts})


def turn(composition: Composition, by: Any, seen: int | None = None, **values: Any) -> None:
    """Write fields and count the saving.

    Arguments: the composition; who; the revision that was seen (None: whatever it is now: rows come and go one by one,
    so there is nothing to write over).
    """
    rows = Composition.objects.filter(pk=composition.pk)
    revision = rows.select_for_update().values_list("revision", flat=True).get()
    if seen is not None and seen != revision:
        who = Composition.objects.select_related("saved_by").get(pk=composition.pk).saved_by
        raise StaleComposition(_("%(who)s saved this briefing meanwhile.") % {"who": who})
    rows.update(revision=revision + 1, saved_by=by, saved_at=clock.now(), **values)
    composition.refresh_from_db()


@transaction.atomic
def add_cases(composition: Composition, assignments: Collection[Assignment], *, by: Any) -> int:
    """Choose what some units filed as cases: the words begin with two sentences of theirs.

    Returns: how many are new. Raises: MoveRefused when there would be too many for a paper.
    """
    there = set(composition.quotes.filter(problem=None).values_list("assignment", flat=True))
    fresh = [each for each in assignments if each.pk not in there]
    if len(there) + len(fresh) > MOST_CASES:
        raise MoveRefused(
            _("At most %(most)s cases: this is a paper, not a collection.") % {"most": thousands(MOST_CASES)}
        )
    last = composition.quotes.aggregate(last=Max("order"))["last"] or 0
    for place, assignment in enumerate(fresh, last + 1):
        words = first_two(practice(assignment))
        composition.quotes.create(
            assignment=assignment, order=place, text=grouped(words)[:600], quoted="\n".join(sentences(words))
        )
    turn(composition, by)
    return len(fresh)


def grouped(text: str) -> str:
    """Numbers of things as papers print them: 48000份 becomes 48,000份; years stay as they are."""
    return COUNTED.sub(lambda found: thousands(int(found.group())), text)


def practice(assignment: Assignment) -> str:
    """The part of a filing that says what was done: the longest of its lines."""
    lines = filed_text(assignment).splitlines()
    return max(lines, key=len, default="")


@transaction.atomic
def add_problem(composition: Composition, quotes: Collection[tuple[Assignment, str]], *, by: Any) -> Problem:
    """Make a problem of sentences of units: its words begin with the first of them.

    Raises: MoveRefused when nothing was chosen, or there are too many.
    """
    if not quotes:
        raise MoveRefused(_("Tick the sentences that name the problem."))
    if composition.problems.count() >= MOST_PROBLEMS:
        raise MoveRefused(_("At most %(most)s problems.") % {"most": thousands(MOST_PROBLEMS)})
    last = composition.problems.aggregate(last=Max("order"))["last"] or 0
    problem = composition.problems.create(order=last + 1, text=next(iter(quotes))[1][:300])
    Quote.objects.bulk_create(
        Quote(composition=composition, problem=problem, assignment=assignment, order=place, quoted=sentence)
        for place, (assignment, sentence) in enumerate(quotes, 1)
    )
    turn(composition, by)
    return problem


@transaction.atomic
def drop(row: Quote | Problem, *, by: Any) -> None:
    """Take a case or a problem out again."""
    composition = row.composition
    row.delete()
    turn(composition, by)


@transaction.atomic
def move_up(row: Quote | Problem, *, by: Any) -> None:
    """Let a case or a problem stand one place earlier."""
    rows = list(row.composition.problems.all() if isinstance(row, Problem) else cases_of(row.composition))
    place = [each.pk for each in rows].index(row.pk)
    if place:
        rows[place - 1 : place + 1] = rows[place], rows[place - 1]
        for number, each in enumerate(rows, 1):
            type(each)._default_manager.filter(pk=each.pk).update(order=number)
    turn(row.composition, by)


def cases_of(composition: Composition) -> list[Quote]:
    """The cases in their order."""
    return list(composition.quotes.filter(problem=None))
