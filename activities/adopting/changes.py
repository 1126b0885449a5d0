"""An upper notice that was corrected, supplemented, superseded or withdrawn: each adopting office decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.models.memberships import OFFICE_ROLES
from activities.adopting.sentences import sentences_of
from activities.models import Adoption, AskingSentence, CarriedOut, ChangeKind, Decision, UpperChange
from activities.models.adopting import REASON
from campaigns.models import Notice, NoticeKind
from workflow import clock
from workflow.models import MoveRefused
from workflow.once import put_once
from workflow.telling import notify

Pair = tuple[ChangeKind, AskingSentence | None, AskingSentence | None]


@transaction.atomic
def note_later(notice: Notice) -> None:
    """A later notice was issued: what it changes is laid before every office that adopted the one it is about."""
    if notice.about is None:
        return
    adoptions = list(Adoption.objects.filter(notice=notice.about).select_related("campaign"))
    if not adoptions:
        return
    fresh = sentences_of(notice)
    supersedes = notice.kind == NoticeKind.NOTICE
    pairs = compared(sentences_of(notice.about), fresh) if supersedes else [(ChangeKind.ADDED, None, s) for s in fresh]
    for adoption in adoptions:
        lay_before(adoption, notice, pairs)
        if supersedes:
            follow_same_words(adoption, notice, fresh)
    tell(adoptions, notice, gettext_noop("The upper notice has changed: %(title)s. Please look what it means for you."))


@transaction.atomic
def note_withdrawn(notice: Notice) -> None:
    """The upper notice was withdrawn: what was made of it stays until each office decides."""
    adoptions = list(Adoption.objects.filter(notice=notice).select_related("campaign"))
    pairs: list[Pair] = [(ChangeKind.WITHDRAWN, each, None) for each in notice.asking_sentences.all()]
    for adoption in adoptions:
        lay_before(adoption, notice, pairs)
    tell(
        adoptions,
        notice,
        gettext_noop("The upper notice was withdrawn: %(title)s. What becomes of yours?"),
    )


def compared(old: Sequence[AskingSentence], new: Sequence[AskingSentence]) -> list[Pair]:
    """What became of each sentence: the same words need no decision; the same heading or number is worded otherwise."""
    left = [each for each in old if each.mark not in {row.mark for row in new}]
    known = {each.mark for each in old}
    found: list[Pair] = []
    for each in new:
        if each.mark in known:
            continue
        like = next((row for row in left if is_like(row, each)), None)
        if like:
            left.remove(like)
        found.append((ChangeKind.CHANGED if like else ChangeKind.ADDED, like, each))
    return [*found, *((ChangeKind.REMOVED, each, None) for each in left)]


def is_like(old: AskingSentence, new: AskingSentence) -> bool:
    """Whether one is another wording of the other."""
    same = bool(old.heading) and old.heading == new.heading
    return same or (bool(old.number) and old.number == new.number and not (old.heading and new.heading))


def lay_before(adoption: Adoption, notice: Notice, pairs: Sequence[Pair]) -> None:
    """One row for each thing that changed; twice changes nothing."""
    put_once(
        UpperChange,
        [
            UpperChange(adoption=adoption, notice=notice, order=order, kind=kind, old=old, new=new)
            for order, (kind, old, new) in enumerate(pairs, 1)
        ],
        "adoption",
        "notice",
        "order",
        "kind",
    )


def follow_same_words(adoption: Adoption, notice: Notice, fresh: Sequence[AskingSentence]) -> None:
    """From now on the newer notice is carried out: what is worded as before is carried out as before."""
    by_mark = {each.mark: each for each in fresh}
    for row in adoption.carried.select_related("sentence"):
        if same := by_mark.get(row.sentence.mark):
            CarriedOut.objects.filter(pk=row.pk).update(sentence=same)
    Adoption.objects.filter(pk=adoption.pk).update(notice=notice)


def tell(adoptions: Sequence[Adoption], notice: Notice, message: str) -> None:
    """The people of each adopting office hear of it, with the page on which they decide."""
    for each in adoptions:
        people = User.objects.speaking_for([each.campaign.host_id], *OFFICE_ROLES)
        url = reverse("activities:upper-changes", args=[each.campaign_id])
        notify(people, message, key=f"upper-{notice.pk}-{notice.state}-{each.pk}", url=url, title=notice.title)


def open_changes(adoption: Adoption) -> int:
    """How many rows wait for a decision."""
    return adoption.changes.filter(decision=Decision.OPEN).count()


def made_of(change: UpperChange) -> CarriedOut | None:
    """What the office had made of the sentence that changed."""
    old = change.old_id or change.new_id
    return change.adoption.carried.filter(sentence=old).select_related("activity", "demand", "unit").first()


@transaction.atomic
def decide(change: UpperChange, decision: str, remark: str, *, by: Any) -> None:
    """Follow it, or leave ours as it is with a reason.

    Following a sentence worded otherwise keeps what carries it out; following one that is gone gives that up.
    Raises: MoveRefused when it was decided meanwhile, or a reason is missing.
    """
    if decision not in (Decision.FOLLOWED, Decision.KEPT):
        raise MoveRefused(_("Please choose what becomes of it."))
    if decision == Decision.KEPT and not remark:
        raise MoveRefused(_("Please say why yours stays as it is."))
    rows = UpperChange.objects.filter(pk=change.pk, decision=Decision.OPEN)
    if not rows.update(decision=decision, remark=remark[:REASON], by=by, at=clock.now()):
        raise MoveRefused(_("Somebody has decided this meanwhile."))
    carried = made_of(change)
    if carried and change.new_id and change.old_id:
        CarriedOut.objects.filter(pk=carried.pk).update(sentence=change.new_id)
    elif carried and decision == Decision.FOLLOWED and not change.new_id:
        carried.delete()
