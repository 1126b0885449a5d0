"""Is the file in your hands the issued one? Its SHA-256 beside those of the stored files."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.models import Notice, NoticePaper
from workflow.models import JobState


def compared(notice: Notice, file: Any, reader: Any) -> tuple[bool, str]:
    """Compare a file with the issued PDF, Word file and OFD of a notice.

    Arguments: the notice; a file that yields ``chunks()``; who asks (files of other notices are named only if shown).
    Returns: whether it is the issued file, byte for byte; the answer for a person.
    """
    mark = digest(file.chunks())
    paper = NoticePaper.objects.filter(notice=notice, state=JobState.READY).first()
    if paper is None:
        return False, _("There is no issued file yet to compare it with.")
    values = {"number": notice.number, "mark": mark}
    if mark == paper.sha256:
        return True, _("Yes: this is the issued PDF of %(number)s, byte for byte. SHA-256 %(mark)s") % values
    if paper.word and mark == digest(paper.word.open("rb").chunks()):
        return True, _("Yes: this is the Word file of %(number)s, byte for byte. SHA-256 %(mark)s") % values
    if paper.ofd_sha256 and mark == paper.ofd_sha256:
        return True, _("Yes: this is the OFD of %(number)s, byte for byte. SHA-256 %(mark)s") % values
    other = of_another(mark, reader)
    if other:
        values |= {"other": f"{other.number} {other.title}"}
        return False, _("No: this is the issued PDF of another notice, %(other)s. SHA-256 %(mark)s") % values
    issued = date_format(timezone.localtime(notice.issued_at), "DATE_FORMAT") if notice.issued_at else ""
    said = _("No: this is not the file that was issued as %(number)s on %(day)s; something in it differs.")
    return False, f"{said % {'number': notice.number, 'day': issued}} SHA-256 {mark}"


def of_another(mark: str, reader: Any) -> Notice | None:
    """The other notice, shown to this person, whose PDF has this mark."""
    rows = Notice.objects.visible_to(reader).filter(paper__sha256=mark, paper__state=JobState.READY)
    return rows.select_related("document_number").first()


def digest(chunks: Iterable[bytes]) -> str:
    """The SHA-256 of a file, piece by piece."""
    mark = hashlib.sha256()
    for chunk in chunks:
        mark.update(chunk)
    return mark.hexdigest()
