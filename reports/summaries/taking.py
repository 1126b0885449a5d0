"""What is written into the draft of a summary from elsewhere than its page, with the figures its page would keep."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from documents.counts import thousands
from reports.models import Passage, Summary
from reports.models.summary import LONGEST
from reports.summaries.forms.figures import FiguresForm
from reports.summaries.forms.sections import SectionsForm


def standing(summary: Summary) -> list[Passage]:
    """The sections that are asked, with what stands in them."""
    form = SectionsForm(instance=summary)
    known = {each.key: each for each in summary.passages}
    headings = {each.key: each.heading for each in form.sections}
    return [known.get(key, Passage(key, heading)) for key, heading in headings.items()]


def too_long(passages: Iterable[Passage]) -> list[str]:
    """The sections whose text does not fit, each in a sentence."""
    said = _("“%(heading)s” would have %(number)s characters; at most %(most)s fit.")
    return [
        said % {"heading": each.heading, "number": thousands(len(each.text)), "most": thousands(LONGEST)}
        for each in passages
        if len(each.text) > LONGEST
    ]


@transaction.atomic
def take_over(summary: Summary, passages: list[Passage], *, by: Any, seen: int) -> None:
    """Save the draft with these passages; its figures stay what its page shows.

    Arguments: the draft; its passages; who saves; the revision it was looked at. Raises: StaleDraft.
    """
    page = FiguresForm(summary=summary)
    shown = {name: page.get_initial_for_field(field, name) for name, field in page.fields.items()}
    figures = FiguresForm(shown, summary=summary)
    figures.is_valid()  # what stands there was taken before
    summary.asked = SectionsForm(instance=summary).set
    summary.write(passages)
    summary.save_draft(by=by, seen=seen)
    figures.keep(summary)
