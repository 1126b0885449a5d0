"""What a reminder says: the office's words with places to be filled in, and below them every debt, the worst first.

Words of users are plain text: a place is filled in once, and what it was filled with is not read again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from accounts.models import Role
from activities.models import Listed
from activities.states import Standing
from documents.counts import so_many, thousands
from workflow.addresses import whole
from workflow.words import Words

PLACES = {"单位": "unit", "姓名": "name", "事项": "items", "截止": "due"}
"""The places as the office writes them, and their English names, which are understood as well."""
PLACE = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
BRACES = re.compile(r"[{}｛｝]")
FEW_UNITS, FEW_ITEMS, MOST = 3, 5, 40
"""So many units and items are named in a sentence, so many debts below it; the rest stands behind a link."""

ONE = gettext_noop("Please file: %(what)s (%(unit)s), due %(due)s.")
SEVERAL = gettext_noop("Please file: %(what)s (%(unit)s), due %(due)s; %(number)s things in all.")
ABOVE_ONE = gettext_noop("A unit is overdue: %(unit)s with %(what)s, due %(due)s.")
ABOVE = gettext_noop("Units are overdue: %(unit)s with %(what)s, due %(due)s; %(number)s things in all.")


class Debt(NamedTuple):
    """One debt in a letter, and in which role the person is asked for it."""

    row: Listed
    campaign: int
    role: str


@dataclass(frozen=True)
class Part:
    """What one reminder says to a person: a line before it, its words (empty: those of the program), its debts."""

    line: str
    words: str
    debts: Sequence[Debt]


@dataclass(frozen=True)
class Text:
    """A letter as it arrives."""

    message: str
    values: dict[str, str]
    body: str
    url: str

    @property
    def title(self) -> str:
        """Its first line."""
        return _(self.message) % self.values


def usual(role: str = Role.LIAISON) -> str:
    """The words of the program, in the active language."""
    said = _("%(name)s: %(unit)s has not filed %(items)s yet (due %(due)s). Please see to it.")
    if role == Role.LEADER:
        said = _("%(name)s: these units are overdue: %(unit)s. They owe %(items)s.")
    return said % {english: f"{{{here}}}" for english, here in named_places().items()}


def named_places() -> dict[str, str]:
    """Each place, and how it is written in the active language."""
    return {english: english if get_language() == "en" else here for here, english in PLACES.items()}


def known_places() -> str:
    """The places there are, for a person."""
    return "  ".join(f"{{{name}}}" for name in named_places().values())


def checked(words: str) -> str:
    """Words with places, as they are. Raises: ValidationError that names what is no place, and those there are."""
    if unknown := [name for name in PLACE.findall(words) if name.strip() not in {*PLACES, *PLACES.values()}]:
        named = "  ".join(f"{{{name}}}" for name in dict.fromkeys(unknown))
        raise ValidationError(
            _("There is no place %(unknown)s. Known are: %(known)s"), params={"unknown": named, "known": known_places()}
        )
    if BRACES.search(PLACE.sub("", words)):
        raise ValidationError(
            _("A brace is open or closed alone. Places are: %(known)s"), params={"known": known_places()}
        )
    return words


def filled(words: str, values: dict[str, str]) -> str:
    """The words with every place filled in."""
    return PLACE.sub(lambda found: values[PLACES.get(found[1].strip(), found[1].strip())], words)


def places(name: str, debts: Sequence[Debt], said: Words) -> dict[str, str]:
    """What stands in the places of a letter to a person of this name."""
    units = list(dict.fromkeys(debt.row.unit for debt in debts))
    items = list(dict.fromkeys(str(debt.row) for debt in debts))
    return {
        "name": name,
        "unit": shortened(
            units, FEW_UNITS, so_many("and %(n)s more unit", "and %(n)s more units", len(units) - FEW_UNITS)
        ),
        "items": shortened(items, FEW_ITEMS, so_many("and %(n)s more", "and %(n)s more", len(items) - FEW_ITEMS)),
        "due": said.until(debts[0].row.falls_due),
    }


def shortened(names: Sequence[str], few: int, more: str) -> str:
    """The first of these names, and how many more there are."""
    return "、".join(names) if len(names) <= few else pgettext("between names", ", ").join([*names[:few], more])


def worst_first(debts: Iterable[Debt]) -> list[Debt]:
    """What has waited longest comes first."""
    return sorted(debts, key=lambda debt: (debt.row.last_at, debt.row.pk))


def text(name: str, parts: Sequence[Part], words: Words | None = None) -> Text:
    """A letter in the active language: what each reminder says, then all debts once.

    Arguments: the person's name; what each reminder asks of the person, none of them of nothing; words, where
    many letters are written in one language at one moment.
    """
    words = words or Words()
    once = {debt.row.pk: debt for part in parts for debt in part.debts}
    debts = worst_first(once.values())
    said = [each for part in parts for each in (part.line, said_by(name, part, words)) if each]
    url = page_of(debts)
    listed = [line(number, debt, words) for number, debt in enumerate(debts[:MOST], 1)]
    if len(debts) > MOST:
        listed.append(
            so_many("And %(n)s more: %(at)s", "And %(n)s more: %(at)s", len(debts) - MOST, at=whole(url)).rstrip(": ：")
        )
    first = debts[0].row
    values = {
        "what": str(first)[:120],
        "unit": first.unit,
        "due": words.until(first.falls_due),
        "number": thousands(len(debts)),
    }
    return Text(title_of(debts), values, "\n\n".join([*dict.fromkeys(said), "\n".join(listed)]), url)


def title_of(debts: Sequence[Debt]) -> str:
    """The message id of the first line."""
    if all(debt.role == Role.LEADER for debt in debts):
        return ABOVE_ONE if len(debts) == 1 else ABOVE
    return ONE if len(debts) == 1 else SEVERAL


def said_by(name: str, part: Part, words: Words) -> str:
    """The words of one reminder; whoever is asked for what others owe is told so."""
    debts = worst_first(part.debts)
    above = all(debt.role == Role.LEADER for debt in debts)
    return filled(usual(Role.LEADER) if above else part.words or usual(), places(name, debts, words))


def line(number: int, debt: Debt, words: Words) -> str:
    """One debt with its unit, its deadline and its link."""
    row = debt.row
    _ = words.text
    returned = row.standing_at(words.now) == Standing.RETURNED
    stands = _("to be corrected") if returned else words.away(row.last_at)
    said = f"{number}. {row}（{row.unit}）" + _("due %(at)s") % {"at": words.until(row.falls_due)} + f" · {stands}"
    at = whole(row.get_absolute_url())
    return f"{said}\n{at}" if at else said


def page_of(debts: Sequence[Debt]) -> str:
    """Where the letter leads: to the one thing owed, the list of a campaign, or the first page of the person."""
    campaigns = {debt.campaign for debt in debts}
    above = any(debt.role == Role.LEADER for debt in debts)
    if len(campaigns) > 1:
        return reverse("reports:home")
    if len(debts) == 1 and not above:
        return debts[0].row.get_absolute_url()
    listed = reverse("activities:assignments", args=[campaigns.pop()])
    return f"{listed}?standing={'overdue' if above else 'owed'}"
