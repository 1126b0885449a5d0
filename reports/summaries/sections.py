"""Which sections the summaries of a campaign have: the usual ones until the office says otherwise, in versions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from reports.models import Section, SectionSet, Summary
from reports.models.section import FIGURES, as_rows

OWN = re.compile(r"own(\d{1,6})")
"""The key of a section that an office thought of."""
WORD = re.compile(r"[0-9A-Za-z]+(?:[-.,:/'][0-9A-Za-z]+)*|\S")
"""A word as Word counts them: each Chinese sign one, a number or a foreign word one."""


def usual() -> tuple[Section, ...]:
    """What offices usually ask, in the reader's language."""
    return (
        Section("overview", _("organisation"), needed=True),
        Section("practice", _("activities carried out"), needed=True),
        Section("effect", _("results"), needed=True),
        Section(FIGURES, _("figures of the work")),
        Section("cases", _("typical cases")),
        Section("problems", _("problems met")),
        Section("suggestions", _("suggestions")),
    )


def newest(campaign: Campaign) -> SectionSet | None:
    """The version that holds; None while the usual sections are asked."""
    return SectionSet.objects.filter(campaign=campaign).last()


def asked_of(found: SectionSet | None) -> tuple[Section, ...]:
    """The sections of a version; None: the usual ones."""
    return found.sections if found else usual()


def as_filed(sections: Iterable[Section]) -> dict[str, str]:
    """The heading of each section as papers name it: the usual ones in the language of the site."""
    with translation.override(settings.LANGUAGE_CODE):
        known = {each.key: each.heading for each in usual()}
    shown = {each.key: each.heading for each in usual()}
    return {each.key: known[each.key] if each.heading == shown.get(each.key) else each.heading for each in sections}


def words_in(text: str) -> int:
    """How many words a text has, counted as Word does."""
    return len(WORD.findall(text))


def begun(campaign: Campaign) -> int:
    """How many units have begun to write."""
    return Summary.objects.filter(assignment__campaign=campaign).values("assignment").distinct().count()


@transaction.atomic
def ask(campaign: Campaign, sections: Sequence[Section], *, by: Any) -> SectionSet | None:
    """From now on these sections are asked: a new version. What is asked already makes none.

    Arguments: the campaign; the sections in their order, those without a key are new; who says so.
    Returns: the version that holds.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    there = newest(campaign)
    wanted = keyed(sections, used_in(campaign))
    if wanted == asked_of(there):
        return there
    headings = as_filed(wanted)
    wanted = tuple(replace(each, heading=headings[each.key]) for each in wanted)
    version = (SectionSet.objects.filter(campaign=campaign).aggregate(last=Max("version"))["last"] or 0) + 1
    return SectionSet.objects.create(campaign=campaign, version=version, rows=as_rows(wanted), made_by=by)


def used_in(campaign: Campaign) -> int:
    """The highest number of a key that any version of the campaign has given: no key is given twice."""
    keys = [row["key"] for each in SectionSet.objects.filter(campaign=campaign) for row in each.rows]
    return max((int(found[1]) for key in keys if (found := OWN.fullmatch(key))), default=0)


def keyed(sections: Iterable[Section], last: int) -> tuple[Section, ...]:
    """The sections, each new one with a key of its own."""
    found = []
    for each in sections:
        if not each.key:
            last += 1
        found.append(each if each.key else replace(each, key=f"own{last}"))
    return tuple(found)
