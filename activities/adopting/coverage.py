"""Beside each sentence of the upper notice: which activity, task or unit carries it out, nobody yet, or not for us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit
from activities.adopting.choice import Choice
from activities.adopting.sentences import sentences_of
from activities.finding import Finding, in_short, mark, place, shown
from activities.models import Activity, Adoption, AskingSentence, CarriedOut, Demand
from activities.models.adopting import REASON
from campaigns.models import Campaign, Notice, NoticeKind
from campaigns.states import NoticeState
from documents.counts import so_many
from documents.text import bare
from workflow import clock
from workflow.models import MoveRefused
from workflow.site_language import in_site_language

NOBODY, NOT_OURS = "", "not"
ALSO = (NoticeKind.CORRECTION, NoticeKind.SUPPLEMENT)
"""Later notices about the one that was adopted whose sentences are carried out as well."""


@dataclass(frozen=True)
class Row:
    """One sentence, and what the office made of it; None: nobody yet."""

    sentence: AskingSentence
    carried: CarriedOut | None

    @property
    def value(self) -> str:
        """How it stands in the form: ``activity:12``, ``demand:3``, ``unit:4``, ``not``; empty for nobody."""
        if self.carried is None:
            return NOBODY
        for name in ("activity", "demand", "unit"):
            if pk := getattr(self.carried, f"{name}_id"):
                return f"{name}:{pk}"
        return NOT_OURS


def notices_of(adoption: Adoption) -> list[Notice]:
    """The adopted notice, then its corrections and supplements that were issued."""
    later = adoption.notice.later.filter(kind__in=ALSO, issued_at__isnull=False)
    return [adoption.notice, *later.exclude(state=NoticeState.WITHDRAWN).order_by("issued_at", "pk")]


def rows_of(adoption: Adoption) -> list[Row]:
    """Every sentence that asks, in the order of the notices, with what carries it out."""
    carried = {row.sentence_id: row for row in adoption.carried.select_related("activity", "demand", "unit", "by")}
    found = [sentence for notice in notices_of(adoption) for sentence in sentences_of(notice)]
    return [Row(sentence, carried.get(sentence.pk)) for sentence in found]


def open_rows(adoption: Adoption) -> list[AskingSentence]:
    """The sentences that nobody carries out."""
    return [row.sentence for row in rows_of(adoption) if row.carried is None]


def choices_of(adoption: Adoption) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can carry out a sentence here: activities, what the notice asks beside, units; by kind."""
    campaign = adoption.campaign
    demands = Demand.objects.filter(notice__campaign=campaign).order_by("notice", "order")
    units = Unit.objects.filter(pk__in=campaign.taking_part().live().values("pk")) | Unit.objects.filter(
        pk=campaign.host_id
    )
    return [
        (_("Activities"), [(f"activity:{row.pk}", row.title) for row in campaign.activities.all()]),
        (_("Tasks"), [(f"demand:{row.pk}", row.title) for row in demands]),
        (_("Units"), [(f"unit:{row.pk}", row.name) for row in units.order_by("order", "pk")]),
    ]


@transaction.atomic
def decide(adoption: Adoption, sentence: AskingSentence, value: str, reason: str, *, by: Any) -> None:
    """Say who carries out a sentence.

    Arguments: the adoption; the sentence; what, as :attr:`Row.value` has it; why it is not for us; who says so.
    Raises: MoveRefused when it names nothing of this campaign, or a reason is missing.
    """
    if value == NOBODY:
        adoption.carried.filter(sentence=sentence).delete()
        return
    found = parts_of(adoption, value, reason)
    CarriedOut.objects.update_or_create(
        adoption=adoption, sentence=sentence, defaults={**found, "by": by, "at": clock.now()}
    )


def parts_of(adoption: Adoption, value: str, reason: str) -> dict[str, Any]:
    """The columns of a decision. Raises: MoveRefused."""
    empty: dict[str, Any] = {"activity": None, "demand": None, "unit": None, "reason": ""}
    if value == NOT_OURS:
        if not reason:
            raise MoveRefused(_("Please say why it is not for you."))
        return empty | {"reason": reason[:REASON]}
    offered = {each for _group, rows in choices_of(adoption) for each, _name in rows}
    if value not in offered:
        raise MoveRefused(_("That is not of this campaign, so it cannot carry out the sentence."))
    name, _colon, pk = value.partition(":")
    return {**{key: found for key, found in empty.items() if key != name}, f"{name}_id": int(pk)}


def cover_at_first(
    adoption: Adoption,
    sentences: Sequence[AskingSentence],
    choices: Sequence[Choice],
    taken: Mapping[int, Activity],
    *,
    by: Any,
) -> None:
    """What is clear from the beginning: an activity that was taken along, or left to others; the summary above."""
    known = {bare(each.activity.title): each for each in choices}
    for sentence in sentences:
        choice = known.get(bare(sentence.heading))
        if choice is None:
            continue
        if mine := taken.get(choice.activity.pk):
            decide(adoption, sentence, f"activity:{mine.pk}", "", by=by)
        else:
            reason = choice.to or in_site_language(gettext_noop("left to others"))
            decide(adoption, sentence, NOT_OURS, reason, by=by)


# --- the check before issue, and the dashboard ------------------------------------------------------------------


def adoption_of(campaign: int) -> Adoption | None:
    """What a campaign carries out, if it carries out an upper notice."""
    return Adoption.objects.filter(campaign=campaign).select_related("notice", "campaign__parent").first()


def said_of_nobodys(left: Sequence[AskingSentence]) -> str:
    """The sentences that nobody carries out, in words."""
    return so_many(
        "%(n)s sentence of the upper notice is carried out by nobody: %(titles)s.",
        "%(n)s sentences of the upper notice are carried out by nobody: %(titles)s.",
        len(left),
        titles=in_short([str(each) for each in left]),
    )


def nobodys(campaign: Campaign) -> str:
    """What the dashboard of a campaign says of the upper notice it carries out; empty where nothing is left."""
    adoption = adoption_of(campaign.pk) if campaign.parent_id else None
    left = open_rows(adoption) if adoption else []
    return said_of_nobodys(left) if left else ""


def findings_from_above(notice: Notice) -> Iterator[Finding]:
    """What the check says of a lower notice: sentences of nobody, days after those above, an upper one gone."""
    if notice.campaign.parent_id is None:
        return
    adoption = adoption_of(notice.campaign_id)
    if adoption is None or notice.kind not in (NoticeKind.NOTICE, NoticeKind.PLAN):
        return
    where = place("activities:coverage-of", notice.campaign_id)
    if left := open_rows(adoption):
        text, of = said_of_nobodys(left), mark(*(each.mark for each in left))
        yield Finding(f"uncovered:{of}", text, False, where)
    if adoption.notice.state == NoticeState.WITHDRAWN:
        text = _("The upper notice “%(title)s” was withdrawn.") % {"title": adoption.notice}
        yield Finding(f"upper-withdrawn:{adoption.notice_id}", text, False, adoption.campaign.get_absolute_url())
    yield from after_those_above(adoption)


def after_those_above(adoption: Adoption) -> Iterator[Finding]:
    """An own last day that lies after the one above: what comes in then is too late there."""
    campaign, upper = adoption.campaign, adoption.notice.campaign
    for name in ("plan_due_on", "summary_due_on"):
        own, above = getattr(campaign, name), getattr(upper, name)
        if own and above and own > above:
            values = {"above": shown(above), "own": shown(own)}
            text = _("The upper office wants it by %(above)s; here it is due on %(own)s, later than that.") % values
            yield Finding(f"above:{name}:{own}:{above}", text, False, place("campaigns:edit-campaign", campaign.pk))


# --- the table of the upper office ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Taken:
    """One sentence over all units: who carries it out, for whom it is not, who has said nothing."""

    sentence: AskingSentence
    carried: list[CarriedOut]
    refused: list[CarriedOut]
    silent: list[Unit]
    units: int

    @property
    def number(self) -> int:
        return len(self.carried)


def offices_of(campaign: Campaign) -> list[Unit]:
    """The addressed units that are offices: those that adopted, and those that could."""
    addressed = Unit.objects.filter(notices__campaign=campaign, notices__issued_at__isnull=False)
    rows = addressed.filter(kind="office") | addressed.filter(hosted__parent=campaign)
    return list(rows.exclude(pk=campaign.host_id).distinct().order_by("order", "pk"))


def table_above(campaign: Campaign) -> list[Taken]:
    """The sentences of the notices of a campaign, each with who carries it out below: a few queries."""
    notices = campaign.notices.filter(kind__in=(NoticeKind.NOTICE, NoticeKind.PLAN, *ALSO), issued_at__isnull=False)
    standing = [each for each in notices.order_by("issued_at", "pk") if each.state not in GONE]
    sentences = [sentence for notice in standing for sentence in sentences_of(notice)]
    offices = offices_of(campaign)
    by_sentence = grouped(CarriedOut.objects.filter(sentence__in=sentences))
    return [taken(each, by_sentence.get(each.pk, []), offices) for each in sentences]


GONE = (NoticeState.SUPERSEDED, NoticeState.WITHDRAWN)


def grouped(rows: Any) -> dict[int, list[CarriedOut]]:
    """What was decided, by sentence."""
    found: dict[int, list[CarriedOut]] = {}
    related = ("adoption__campaign__host", "activity", "demand", "unit")
    for row in rows.select_related(*related).order_by("adoption__campaign__host__order", "pk"):
        found.setdefault(row.sentence_id, []).append(row)
    return found


def taken(sentence: AskingSentence, rows: Iterable[CarriedOut], offices: list[Unit]) -> Taken:
    """One sentence over all offices, each counted once."""
    by_office = {row.adoption.campaign.host_id: row for row in rows}
    carried = [row for row in by_office.values() if not row.is_refused]
    refused = [row for row in by_office.values() if row.is_refused]
    silent = [each for each in offices if each.pk not in by_office]
    return Taken(sentence, carried, refused, silent, len(offices))


@dataclass(frozen=True)
class Below:
    """What carries out an activity one level down, and below that."""

    activity: Activity
    units: list[str]
    """Who leads or undertakes it there."""
    below: list[Below]


def down(activity: Activity, seen: frozenset[int] = frozenset()) -> list[Below]:
    """What carries out an activity in the campaigns below, down to the town."""
    if activity.pk in seen:
        return []
    rows = activity.carried_by.select_related("campaign__host").order_by("campaign__host__order", "pk")
    return [below(each, seen | {activity.pk}) for each in rows]


def below(activity: Activity, seen: frozenset[int] = frozenset()) -> Below:
    """One activity with its units, and what carries it out further down."""
    names = activity.participations.order_by("unit__order").values_list("unit__name", flat=True).distinct()
    grouped = activity.group_participations.values_list("group__name", flat=True)
    return Below(activity, list(dict.fromkeys([*names, *grouped])), down(activity, seen))
