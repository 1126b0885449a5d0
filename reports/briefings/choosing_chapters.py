"""The chapters of the book as the office orders them: whole, edited beside the unit's own text, or left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from reports.briefings.chapters import chapter_text
from reports.briefings.composing import StaleComposition, turn
from reports.briefings.content import in_order
from reports.briefings.moment import Owed, Stood
from reports.models import ChapterChoice, ChapterKind, ChapterOrder, Composition


@dataclass(frozen=True)
class Chapter:
    """A chapter in the list: whose, its place, what the office made of it, and whether the unit corrected it since."""

    owed: Owed
    choice: ChapterChoice
    place: int

    @property
    def is_stale(self) -> bool:
        """Whether the unit wrote otherwise since the office edited its text."""
        return self.choice.kind == ChapterKind.EDITED and self.choice.original != own_text(self.owed)


def own_text(owed: Owed) -> str:
    """What the unit filed, as the text of a chapter."""
    assert owed.summary is not None
    with translation.override("zh-hans"):
        return chapter_text(owed.summary)


def listed(composition: Composition, stood: Stood) -> list[Chapter]:
    """All chapters, those left out too, in the order of the book."""
    pairs = in_order(composition, stood, left_out=True)
    return [Chapter(owed, choice or fresh(composition, owed), place) for place, (owed, choice) in enumerate(pairs, 1)]


def fresh(composition: Composition, owed: Owed) -> ChapterChoice:
    """What holds where the office chose nothing: the full text."""
    return ChapterChoice(composition=composition, assignment=owed.assignment)


@transaction.atomic
def arrange(composition: Composition, choices: Mapping[int, tuple[str, int]], order: str, *, by: Any) -> None:
    """Keep how the chapters stand.

    Arguments: the composition; kind and place by the ids of the assignments; the rule of the order; who.
    """
    known = {row.assignment_id: row for row in composition.chapters.select_for_update()}
    for pk, (kind, place) in choices.items():
        row = known.get(pk) or ChapterChoice(composition=composition, assignment_id=pk)
        if kind == ChapterKind.EDITED and not row.text.strip():
            kind = ChapterKind.FULL  # nothing is edited yet: that is done on the page of the chapter
        row.kind, row.order = kind, place if order == ChapterOrder.BY_HAND else 0
        row.save()
    turn(composition, by, order=order)


@transaction.atomic
def edit(composition: Composition, owed: Owed, text: str, *, seen: int, by: Any) -> ChapterChoice:
    """Keep the office's text of a chapter; the same text as the unit's is its full text again.

    Arguments: the composition; the unit's summary; the text; the revision that was seen; who.
    Raises: StaleComposition when somebody saved in between.
    """
    own = own_text(owed)
    rows = ChapterChoice.objects.select_for_update()
    row, _made = rows.get_or_create(composition=composition, assignment=owed.assignment)
    if row.revision != seen:
        raise StaleComposition(_("Somebody saved this chapter meanwhile."))
    row.text, row.original, row.revision = text, own, seen + 1
    row.kind = ChapterKind.FULL if text.strip() in ("", own.strip()) else ChapterKind.EDITED
    row.save()
    turn(composition, by)
    return row


def chapter_of(composition: Composition, stood: Stood, assignment: int) -> Chapter | None:
    """One chapter by the id of its assignment; None where the summary is not accepted."""
    return next((each for each in listed(composition, stood) if each.owed.assignment.pk == assignment), None)
