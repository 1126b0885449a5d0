"""The annexes of a notice: added, changed, put in order, taken away; and the notation of their tables."""

from django.db.models import Max

from campaigns.addressing import shift, written
from campaigns.models import Notice, NoticeAnnex
from documents.cells import ruled, tabbed
from documents.counts import so_many
from documents.outline import Blocks, Figure, ListBlock, Table, from_text


def blocks(text: str) -> Blocks:
    """The text of an annex as an outline; lines parted by bars or tabs are a table."""
    return from_text("\n".join(tabbed(line) for line in text.split("\n") if not ruled(line)))


def said_contents(found: Blocks) -> str:
    """What an annex holds, in numbers: 1 table (19 rows), 3 paragraphs."""
    tables = [each for each in found if isinstance(each, Table)]
    rows = sum(len(each.head) + len(each.rows) for each in tables)
    pictures = sum(1 for each in found if isinstance(each, Figure))
    lines = sum(len(each.items) if isinstance(each, ListBlock) else 1 for each in found) - len(tables) - pictures
    parts = [
        so_many("%(n)s table", "%(n)s tables", len(tables)) if tables else "",
        so_many("%(n)s row", "%(n)s rows", rows) if tables else "",
        so_many("%(n)s paragraph", "%(n)s paragraphs", lines) if lines else "",
        so_many("%(n)s picture", "%(n)s pictures", pictures) if pictures else "",
    ]
    return " · ".join(each for each in parts if each)


def append(notice: Notice, annex: NoticeAnnex) -> NoticeAnnex:
    """Add an annex as the last one. Raises: MoveRefused when the notice is no longer written."""
    with written(notice):
        annex.notice = notice
        annex.order = (notice.annexes.aggregate(last=Max("order"))["last"] or 0) + 1
        annex.save()
    return annex


def keep(annex: NoticeAnnex) -> None:
    """Save a changed annex. Raises: MoveRefused."""
    with written(annex.notice):
        annex.save()


def move(annex: NoticeAnnex, step: int) -> None:
    """Move an annex up (-1) or down (1). Raises: MoveRefused."""
    with written(annex.notice):
        shift(NoticeAnnex.objects.filter(notice=annex.notice_id, issued=annex.issued), annex, step)


def choose(annex: NoticeAnnex, content: str) -> None:
    """Print what was handed in, or what the system knows instead; what was handed in stays. Raises: MoveRefused."""
    with written(annex.notice):
        NoticeAnnex.objects.filter(pk=annex.pk).update(content=content)


def take_away(annex: NoticeAnnex) -> None:
    """Remove an annex; those behind it move up, so that their numbers are those printed. Raises: MoveRefused."""
    with written(annex.notice):
        NoticeAnnex.objects.filter(pk=annex.pk).delete()
        for place, row in enumerate(NoticeAnnex.objects.filter(notice=annex.notice_id).order_by("order"), start=1):
            if row.order != place:
                NoticeAnnex.objects.filter(pk=row.pk).update(order=place)
