"""Documents and clips in a filing's form: new ones, captions of those there, and which to take away."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.files import File
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.forms.photos import ManyFiles
from activities.models import Assignment, Attachment
from activities.uploads import CLIP, DOCUMENT, MB, SORTS, check, safe_name
from workflow import clock

MOST = 10


class FilesField(forms.FileField):
    """Several files; each is judged by name, size and content, and named when it is refused."""

    good: Sequence[tuple[Any, str]] = ()
    """Those that can be kept, also when others are refused; each form has a field of its own."""

    def clean(self, data: Any, initial: Any = None) -> list[tuple[Any, str]]:
        found, wrong = [], []
        for each in (each for each in data or [] if each is not None):
            try:
                found.append((each, check(each)))
            except forms.ValidationError as error:
                wrong.append(forms.ValidationError(f"{safe_name(each.name)}: {error.messages[0]}"))
        self.good = found
        if wrong:
            raise forms.ValidationError(wrong)
        return found


class AttachmentsForm(forms.Form):
    """New files, and a caption and a box to take it away for each that is there."""

    documents = FilesField(
        label=capfirst(gettext_lazy("add documents or clips")),
        required=False,
        widget=ManyFiles(attrs={"accept": ",".join(SORTS), "data-most": CLIP}),
    )

    def __init__(self, request: HttpRequest, assignment: Assignment) -> None:
        super().__init__(request.POST or None, request.FILES or None)
        self.assignment, self.user, self.too_large = assignment, request.user, too_large(request)
        self.fields["documents"].widget.attrs["data-words"] = _(
            "%(name)s is larger than %(most)d MB and cannot be taken in. Please make it smaller, or give a link to it."
        ) % {"name": "{name}", "most": CLIP // MB}
        self.fields["documents"].help_text = _(
            "Documents (PDF, Word, Excel, PowerPoint, WPS, OFD, text) up to %(document)d MB, clips and recordings "
            "(MP4, MOV, WebM, AVI, WMV, MP3, M4A, WAV) up to %(clip)d MB, at most %(most)d files."
        ) % {"document": DOCUMENT // MB, "clip": CLIP // MB, "most": MOST}
        self.show_there()

    def show_there(self) -> None:
        """The fields of each file that is there; the office, filing for a unit, does not see those of its draft."""
        self.there = list(self.assignment.attachments.visible_to(self.user))
        for each in self.there:
            self.fields[f"filecaption_{each.pk}"] = forms.CharField(
                label=_("caption"), max_length=120, required=False, initial=each.caption
            )
            self.fields[f"remove_file_{each.pk}"] = forms.BooleanField(label=_("take away"), required=False)

    @property
    def rows(self) -> list[tuple[Attachment, Any, Any]]:
        """Each file that is there with its two fields."""
        return [(each, self[f"filecaption_{each.pk}"], self[f"remove_file_{each.pk}"]) for each in self.there]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.too_large:
            words = _("It is larger than %(most)d MB.") % {"most": CLIP // MB}
            self.add_error("documents", f"{safe_name(name)}: {words}")
        stay = [each for each in self.there if not cleaned.get(f"remove_file_{each.pk}")]
        if len(stay) + len(cleaned.get("documents") or []) > MOST:
            self.add_error("documents", _("At most %(most)d files in all.") % {"most": MOST})
        return cleaned

    def has_changed(self) -> bool:
        """Whether there is anything to keep; files that are there already are not."""
        there = {each.sha256 for each in self.there}
        sent = self.cleaned_data.get("documents") or [] if self.is_bound else []
        others = set(self.changed_data) - {"documents"}
        return bool(others or "documents" in self.errors or any(mark not in there for _file, mark in sent))

    def keep(self, person: Any) -> None:
        """Write captions, take away what was ticked, add what is new; the same file twice stays one."""
        for each in self.there:
            if self.cleaned_data[f"remove_file_{each.pk}"]:
                each.take_away()
            elif each.caption != self.cleaned_data[f"filecaption_{each.pk}"]:
                each.caption = self.cleaned_data[f"filecaption_{each.pk}"]
                each.save(update_fields=["caption"])
        for file, mark in self.cleaned_data["documents"] or []:
            attach(self.assignment, file, mark, person)

    def keep_new(self, person: Any) -> bool:
        """Add the new files that are good, whatever else is wrong on the page: no page can give files back.

        Returns: whether there were any. With too many in all none is kept: a person chooses.
        """
        good = cast(FilesField, self.fields["documents"]).good
        if len(self.there) + len(good) > MOST:
            return False
        for file, mark in good:
            attach(self.assignment, file, mark, person)
        self.show_there()
        return bool(good)


def too_large(request: HttpRequest) -> list[str]:
    """Names of files among documents that were not taken in while they arrived, because they had no end."""
    return [name for field, name in getattr(request, "too_large", ()) if field == "documents"]


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
