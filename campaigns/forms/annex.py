"""Forms for the annexes of a notice."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.artwork import PICTURES, check_picture, ending
from campaigns.forms.notice import Line, PrintedText
from campaigns.models import AnnexContent, NoticeAnnex
from documents.file_beginnings import is_what_it_says
from workflow.judged_upload import judged

MOST_BYTES = 20_000_000
KINDS = (".pdf", ".docx", ".xlsx", ".pptx", ".doc", ".xls", ".wps", ".et", ".jpg", ".jpeg", ".png")


class AnnexForm(forms.ModelForm):
    """One annex: its title as printed, and what it holds."""

    class Meta:
        model = NoticeAnnex
        fields = ("title", "heading", "issued", "content", "text", "file")
        field_classes = {"title": Line, "heading": Line, "text": PrintedText}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
            "file": forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        }
        help_texts = {
            "title": gettext_lazy("As it is printed, without a number."),
            "heading": gettext_lazy("Only where the title above the annex is another one than the notice names it by."),
            "text": gettext_lazy(
                "Numbering makes the headings. Lines whose cells are parted by | or tabs become a table; the first "
                "line is its head."
            ),
            "file": gettext_lazy(
                "PDF, Word, Excel, WPS, JPEG or PNG, at most 20 MB. Pictures and .docx are set into the paper; other "
                "files go beside it."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].strip = False  # type: ignore[attr-defined]
        if not self.instance.blocks:
            del self.fields["heading"]
            choices = self.fields["content"].choices  # type: ignore[attr-defined]
            self.fields["content"].choices = [each for each in choices if each[0] != AnnexContent.HANDED_IN]  # type: ignore[attr-defined]
        self.file_before = self.instance.file.name if self.instance.file else ""

    def clean_title(self) -> str:
        """Two annexes of one title cannot be told apart; mostly it is a second press of the button."""
        title: str = self.cleaned_data["title"]
        if self.instance.notice.annexes.exclude(pk=self.instance.pk).filter(title=title).exists():
            raise forms.ValidationError(_("An annex of this title stands there already."))
        return title

    def clean_file(self) -> Any:
        """A file of a known kind, by its name and by how it begins."""
        file = self.cleaned_data["file"]
        if not file or file == self.instance.file:
            return file
        if file.size > MOST_BYTES:
            sizes = {"size": filesizeformat(file.size), "most": filesizeformat(MOST_BYTES)}
            raise forms.ValidationError(_("The file has %(size)s; at most %(most)s.") % sizes)
        if not is_what_it_says(file, file.name, KINDS):
            raise forms.ValidationError(_("This is not a PDF, Word, Excel, WPS, JPEG or PNG file."))
        if ending(file.name) in PICTURES:
            check_picture(file, to_print=True)
        return judged(file)

    def clean(self) -> dict[str, Any]:
        """What the annex holds must be there."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        content = cleaned.get("content")
        if content == AnnexContent.TEXT and "text" in cleaned and not cleaned["text"].strip():
            self.add_error("text", _("Write the text, or say that the annex is sent separately."))
        if content == AnnexContent.FILE and "file" in cleaned and not cleaned["file"]:
            self.add_error("file", _("Choose the file, or say that the annex is sent separately."))
        return cleaned

    def ready(self) -> NoticeAnnex:
        """The annex with what was typed, not saved yet; a new file keeps its name beside it."""
        annex: NoticeAnnex = self.save(commit=False)
        if annex.file and annex.file.name != self.file_before:
            annex.file_name = PurePath(self.cleaned_data["file"].name).name[-200:]
        return annex
