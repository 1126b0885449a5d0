"""The rules of a campaign: when reminders go out, and the ladder of each kind with the days on which it rings."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from activities.chasing import prepare
from activities.chasing.forms.rules import ChasingForm, LadderForm
from activities.chasing.rungs import Rungs
from activities.models import Assignment, Chasing, Ladder
from activities.states import Kind
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from documents.counts import so_many
from workflow.pages import require, words
from workflow.workdays import working_days

SHOWN = 3
"""Rungs after a deadline that a page shows."""


@dataclass(frozen=True)
class Example:
    """The ladder of one kind over the deadline that most of its assignments have."""

    kind: Kind
    own: bool
    due: datetime
    number: int
    said: str
    rungs: list[date]
    head: date | None
    leader: date | None

    @property
    def days(self) -> list[date]:
        """Every day named, for the remark on provisional years."""
        return [day for day in (*self.rungs, self.head, self.leader) if day]


@transaction.atomic
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Hours, words and ladders; the address names the kind whose ladder is open."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    if request.method == "POST":  # who saves them first at the same moment as somebody else: one after the other
        Campaign.objects.select_for_update().get(pk=campaign.pk)
        list(Chasing.objects.select_for_update().filter(campaign=campaign))  # no pass begins by rules that go
    kind = words(request.GET, "kind")
    kind = kind if kind in Kind.values else ""
    chasing, ladders = Chasing.of(campaign), Ladder.of(campaign)
    own = {row.kind: row for row in ladders.values()}
    ladder = own.get(kind) or copy_of(ladders[""], kind)
    posted = request.POST or None
    forms = ChasingForm(posted, instance=chasing), LadderForm(posted, instance=ladder)
    if request.method == "POST" and all(form.is_valid() for form in forms):
        kept(request, campaign, *forms)
        return redirect(request.get_full_path())
    context = {
        "campaign": campaign,
        "form": forms[0],
        "ladder_form": forms[1],
        "kind": Kind(kind) if kind else None,
        "on": Chasing.objects.filter(campaign=campaign, is_on=True).exists(),
        "examples": examples(campaign, Chasing.of(campaign), Ladder.of(campaign)),
    }
    return render(
        request, "activities/chasing/rules.html", context, status=422 if any(form.errors for form in forms) else 200
    )


def copy_of(usual: Ladder, kind: str) -> Ladder:
    """A ladder of its own for a kind, as the usual one is; not written yet."""
    same = {name: getattr(usual, name) for name in LadderForm.Meta.fields}
    return Ladder(campaign_id=usual.campaign_id, kind=kind, **same)


def kept(request: HttpRequest, campaign: Campaign, form: ChasingForm, ladder: LadderForm) -> None:
    """Write what was set, and go through the rules anew today: what was ready and untouched is prepared anew."""
    form.instance.looked_on = None
    was_on = Chasing.objects.filter(campaign=campaign, is_on=True).exists()
    row = form.save()
    if ladder.has_changed() or not ladder.instance.kind:
        ladder.save()
    if row.is_on != was_on:
        said = (
            gettext_noop("Reminding by rule was switched on")
            if row.is_on
            else gettext_noop("Reminding by rule was switched off")
        )
        campaign.remark(said, by=request.user)
    for said in what_follows(row.is_on, *prepare.begin_anew(campaign)):
        messages.success(request, said)


def what_follows(is_on: bool, gone: int, stay: int) -> list[str]:
    """What follows, for who set them. Arguments: whether they are on; how many ready reminders go, how many stay."""
    if is_on:
        said = [_("The rules are set. Units are reminded by them.")]
        said += [_("What was ready and not sent yet is prepared anew by them.")] if gone else []
    else:
        said = [_("The rules are set. They are not switched on.")]
        said += [_("What was ready is not sent.")] if gone else []
    said += [_("A reminder that somebody changed, held or let go stays as it is: see the outbox.")] if stay else []
    return said


def examples(campaign: Campaign, chasing: Chasing, ladders: dict[str, Ladder]) -> list[Example]:
    """For each kind that is owed in the campaign, when it rings; two queries."""
    rows = Assignment.objects.required().filter(campaign=campaign).order_by()
    found: dict[str, tuple[int, datetime]] = {}
    for kind, due, number in rows.values_list("kind", "due_at").annotate(number=Count("pk")):
        found[kind] = max(found.get(kind, (0, due)), (number, due))
    known = working_days()
    listed = []
    for each in Kind:
        if each in found:
            number, due = found[each]
            ladder = ladders[each]
            over = Rungs(ladder, due, due, chasing.send_at, known)
            after = dict(first_of(over, max(ladder.head_after, ladder.leader_after)))
            listed.append(
                Example(
                    each,
                    ladder.kind == each,
                    due,
                    number,
                    in_words(ladder),
                    over.first(SHOWN),
                    after.get(ladder.head_after),
                    after.get(ladder.leader_after),
                )
            )
    return listed


def first_of(over: Rungs, late: int) -> list[tuple[int, date]]:
    """The rungs up to so many working days after the deadline."""
    found = []
    for number, day in over.behind():
        if number > late:
            break
        found.append((number, day))
    return found


def in_words(ladder: Ladder) -> str:
    """A ladder as a person says it."""
    parts = [
        ladder.before and so_many("%(n)s working day before", "%(n)s working days before", ladder.before),
        ladder.on_day and _("on the day"),
        ladder.every and so_many("every working day after it", "every %(n)s working days after it", ladder.every),
        ladder.head_after
        and so_many(
            "the head as well after %(n)s working day", "the head as well after %(n)s working days", ladder.head_after
        ),
        ladder.leader_after
        and so_many(
            "the leader as well after %(n)s working day",
            "the leader as well after %(n)s working days",
            ladder.leader_after,
        ),
    ]
    said = str(pgettext("between names", ", ")).join(part for part in parts if part) or _("never")
    return so_many("%(said)s; at most once", "%(said)s; at most %(n)s times", ladder.at_most, said=said)
