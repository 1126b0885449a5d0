"""The paper of an edition goes the way of a notice: reviewed, signed, numbered, issued, signed for."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns import new_notice
from campaigns.models import AnnexContent, Notice, NoticeAnnex, NoticeKind
from campaigns.versions import save_text
from documents.block_json import as_json
from documents.outline import ListBlock
from reports.briefings.paper import NOTICES
from reports.models import Briefing, BriefingKind, BriefingState, Composition
from workflow.models import MoveRefused


@transaction.atomic
def to_notice(briefing: Briefing, *, by: Any) -> Notice:
    """Make the paper of an edition the text of a notice that is still written; begin one where there is none.

    After the paper of an earlier edition went out, the new one is its correction and names what changed.
    Arguments: the edition; who. Returns: the draft.
    Raises: MoveRefused when the edition is not ready, or the paper of an earlier one is between review and issue.
    """
    if briefing.state not in (BriefingState.READY, BriefingState.CIRCULATED) or not briefing.content:
        raise MoveRefused(_("The edition is not ready yet."))
    composition = Composition.objects.select_for_update().get(campaign=briefing.campaign_id, kind=briefing.kind)
    notice = draft_of(briefing, composition.notice)
    said = briefing.content["paper"]
    annexes = [*said["annexes"], *differences(briefing, notice)]
    save_text(notice, by=by, seen=notice.revision, apart=True, title=briefing.content["title"][:200], body=said["text"])
    notice.annexes.all().delete()
    NoticeAnnex.objects.bulk_create(
        NoticeAnnex(
            notice=notice, order=place, title=each["title"], content=AnnexContent.HANDED_IN, blocks=each["blocks"]
        )
        for place, each in enumerate(annexes, 1)
    )
    Composition.objects.filter(pk=composition.pk).update(notice=notice)
    Briefing.objects.filter(pk=briefing.pk).update(notice=notice)
    return notice


def draft_of(briefing: Briefing, last: Notice | None) -> Notice:
    """The notice that takes the text. Arguments: the edition; the notice of an earlier edition.

    Raises: MoveRefused when that is with others now.
    """
    if last is None:
        return new_notice.begin(briefing.campaign, kind=NOTICES[BriefingKind(briefing.kind)])
    if last.is_written:
        return last
    if last.is_sent:
        return new_notice.begin(briefing.campaign, kind=NoticeKind.CORRECTION, about=last)
    raise MoveRefused(last.refusal())


def differences(briefing: Briefing, notice: Notice) -> list[dict[str, Any]]:
    """What a correction changes, as an annex."""
    if notice.kind != NoticeKind.CORRECTION or not briefing.changes:
        return []
    return [{"title": "更正内容", "blocks": as_json((ListBlock(tuple(briefing.changes), ordered=True),))}]
