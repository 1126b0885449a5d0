"""What a page of figures is narrowed to, as its address says: a day, a unit, a level, a group, a kind, a period."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Min, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, UnitGroup
from accounts.models.units import UnitLevel
from activities.models import Assignment
from activities.states import Kind
from campaigns.models import Campaign
from workflow import clock
from workflow.pages import day, number

TREE = "tree"
"""Units as they stand below one another, instead of those with most overdue first."""


NAMES = ("on", "unit", "own", "level", "group", "kind", "first", "last", "by")
"""What an address may say."""


@dataclass(frozen=True)
class Scope:
    """Of which campaign, as of which evening (None: now), of which units, of which kind, falling due when."""

    campaign: int
    on: date | None = None
    unit: int | None = None
    level: str = ""
    group: int | None = None
    kind: str = ""
    first: date | None = None
    last: date | None = None
    by: str = ""
    own: bool = False
    """Of the unit itself, without those below it."""

    @property
    def at(self) -> datetime:
        """The moment the figures are of."""
        return clock.end_of(self.on) if self.on else clock.now()

    @property
    def day(self) -> date:
        """The last day whose changes count."""
        return self.on or clock.today()

    @property
    def is_plain(self) -> bool:
        """Whether nothing is narrowed: the campaign as it stands now."""
        return self == Scope(self.campaign, by=self.by)

    @property
    def key(self) -> str:
        """A name of its own among all scopes."""
        return f"{self.campaign}:{self.query()}"

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The same as fields of a form that asks for something beside it."""
        return parse_qsl(self.query())

    def query(self, **changes: Any) -> str:
        """The address of this scope, changed in places: what stands behind the question mark."""
        changed = replace(self, **changes)
        pairs = ((name, getattr(changed, name)) for name in NAMES)
        return urlencode({name: "1" if value is True else str(value) for name, value in pairs if value})


@dataclass(frozen=True)
class Asked:
    """A scope as it was asked for, and what of it could not be done, in words."""

    scope: Scope
    wrong: tuple[str, ...] = ()


def asked(campaign: Campaign, given: QueryDict) -> Asked:
    """The scope of an address; what nobody offers is left out and said."""
    wrong: list[str] = []
    scope = Scope(
        campaign.pk,
        on=past_day(campaign, given.get("on", ""), wrong),
        unit=one_of(Unit.objects.all(), given.get("unit", ""), _("There is no such unit."), wrong),
        level=chosen(UnitLevel.values, given.get("level", ""), _("There is no such level."), wrong),
        group=one_of(groups_of(campaign), given.get("group", ""), _("There is no such group."), wrong),
        kind=chosen(Kind.values, given.get("kind", ""), _("There is no such kind."), wrong),
        first=a_day(given.get("first", ""), wrong),
        last=a_day(given.get("last", ""), wrong),
        by=TREE if given.get("by") == TREE else "",
        own=given.get("own") == "1",
    )
    if scope.first and scope.last and scope.first > scope.last:
        wrong.append(_("The period ends before it begins."))
        scope = replace(scope, first=None, last=None)
    return Asked(scope, tuple(wrong))


def groups_of(campaign: Campaign) -> "QuerySet[UnitGroup]":
    """The groups of the campaign's office."""
    return UnitGroup.objects.filter(owner=campaign.host_id)


def a_day(text: str, wrong: list[str]) -> date | None:
    """A day as it was typed."""
    found = day(text) if text else None
    if text and found is None:
        wrong.append(_("“%(text)s” is no day. Please write it as 2015-09-20.") % {"text": text[:20]})
    return found


def past_day(campaign: Campaign, text: str, wrong: list[str]) -> date | None:
    """A day as of which figures can be said; today is now."""
    found, today = a_day(text, wrong), clock.today()
    if found is None or found == today:
        return None
    if found > today:
        wrong.append(_("%(day)s is still to come. These are the figures of now.") % {"day": found.isoformat()})
        return None
    begun = first_day(campaign.pk)
    if begun is None or found < begun:
        said = _("Nothing had been asked yet on %(day)s. These are the figures of now.")
        wrong.append(said % {"day": found.isoformat()})
        return None
    return found


def first_day(campaign: int) -> date | None:
    """On which day something was asked first."""
    found = Assignment.objects.filter(campaign=campaign).aggregate(first=Min("made_at"))["first"]
    return timezone.localdate(found) if found else None


def chosen(values: Iterable[str], text: str, why: str, wrong: list[str]) -> str:
    """One of the values that are offered."""
    if not text or text in values:
        return text
    wrong.append(why)
    return ""


def one_of(rows: Any, text: str, why: str, wrong: list[str]) -> int | None:
    """The number of a row that there is."""
    found = number(text)
    if not text or (found and rows.filter(pk=found).exists()):
        return found or None
    wrong.append(why)
    return None


def since(scope: Scope, campaign: Campaign, text: str, wrong: list[str]) -> date:
    """Since the evening of which day changes are told: as asked (``yesterday``, ``week``, a day), else of yesterday."""
    before = scope.day - timedelta(days=1)
    if text in ("", "yesterday"):
        return before
    if text == "week":
        return scope.day - timedelta(days=7)
    found = a_day(text, wrong)
    if found and found >= scope.day:
        wrong.append(_("Changes are told since a day before the one shown."))
        return before
    return found or before
