"""Documents and clips in a filing's form: new ones, captions of those there, and which to take away."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files import File
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.evidence.accepted_documents import CLIP, DOCUMENT, MB, SORTS, check, safe_name
from activities.evidence.forms.kept_files import KeptForm, ManyField, ManyFiles
from activities.models import Assignment, Attachment
from documents.counts import thousands
from workflow import clock
from workflow.judged_upload import tell_cleaned

MOST = 10


class FilesField(ManyField):
    """Several files; each is judged by name, size and content, and named when it is refused."""

    def clean(self, data: Any, initial: Any = None) -> list[tuple[Any, str]]:
        found, wrong = [], []
        for each in (each for each in data or [] if each is not None):
            try:
                found.append(check(each))
            except forms.ValidationError as error:
                wrong.append(forms.ValidationError(f"{safe_name(each.name)}: {error.messages[0]}"))
        self.good = found
        if wrong:
            raise forms.ValidationError(wrong)
        return found


class AttachmentsForm(KeptForm):
    """New files, and a caption and a box to take it away for each that is there."""

    NEW, MOST, CAPTION, REMOVE = "documents", MOST, "filecaption", "remove_file"

    documents = FilesField(
        label=capfirst(gettext_lazy("add documents or clips")),
        required=False,
        widget=ManyFiles(attrs={"accept": ",".join(SORTS), "data-most": CLIP}),
    )

    def __init__(self, request: HttpRequest, assignment: Assignment) -> None:
        super().__init__(request, assignment)
        self.fields["documents"].widget.attrs["data-words"] = _(
            "%(name)s is larger than %(most)s MB and cannot be taken in. Please make it smaller, or give a link to it."
        ) % {"name": "{name}", "most": thousands(CLIP // MB)}
        self.fields["documents"].help_text = _(
            "Documents (PDF, Word, Excel, PowerPoint, WPS, OFD, text) up to %(document)s MB, clips and recordings "
            "(MP4, MOV, WebM, AVI, WMV, MP3, M4A, WAV) up to %(clip)s MB, at most %(most)s files."
        ) % {"document": thousands(DOCUMENT // MB), "clip": thousands(CLIP // MB), "most": thousands(MOST)}

    def kept(self) -> QuerySet[Attachment]:
        found: QuerySet[Attachment] = self.seen(self.assignment.attachments)
        return found

    def add(self, new: Sequence[tuple[Any, str]], person: Any) -> None:
        for file, sha256 in new:
            attach(self.assignment, file, sha256, person)
            tell_cleaned(self.request, file)

    def mark(self, new: tuple[Any, str]) -> str:
        return new[1]

    def said_too_large(self, name: str) -> str:
        return f"{safe_name(name)}: " + _("It is larger than %(most)s MB.") % {"most": thousands(CLIP // MB)}

    def said_too_many(self) -> str:
        return _("At most %(most)s files in all.") % {"most": thousands(MOST)}


def attach(assignment: Assignment, file: Any, sha256: str, person: Any, caption: str = "") -> None:
    """Keep one file with an assignment, unless it is there already."""
    if assignment.attachments.filter(sha256=sha256).exists():
        return
    name = safe_name(file.name)
    file.seek(0)
    Attachment.objects.create(
        assignment=assignment,
        file=File(file, name=f"{sha256[:16]}.{name.rpartition('.')[2].lower()}"),
        name=name,
        caption=caption,
        size=file.size,
        sha256=sha256,
        added_by=person,
        added_at=clock.now(),
    )
