"""What of a notice is printed in words: its body and its annexes."""

from collections.abc import Iterator

from campaigns.models import AnnexContent, Notice
from documents.outline import to_text


def texts_of(notice: Notice) -> Iterator[tuple[str, str]]:
    """The body, and each annex that is written out or printed as it was handed in, with its title."""
    yield "", notice.body
    for annex in notice.annexes.all():
        if annex.content == AnnexContent.TEXT:
            yield annex.title, annex.text
        elif annex.content == AnnexContent.HANDED_IN:
            yield annex.title, to_text(annex.handed_in)
