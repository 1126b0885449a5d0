"""Forms of the register and of artwork."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.artwork import KINDS, LARGEST, PICTURES, check_picture, checksum, ending
from campaigns.models import Asset, Campaign, Saying
from campaigns.near_quotations import bare
from documents.counts import thousands
from documents.file_beginnings import is_what_it_says
from documents.refusal import Refused
from workflow.judged_upload import judged


class SayingForm(forms.ModelForm):
    """One theme or slogan of another level or year, entered by hand."""

    class Meta:
        model = Saying
        fields = ("kind", "text", "year", "level", "issuer")
        labels = {"text": gettext_lazy("Theme or slogan")}

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 1978 <= year <= 2100:
            raise forms.ValidationError(_("A year from 1978 to 2100: Quality Month began in 1978."))
        return year

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        text = cleaned.get("text")
        same: dict[str, Any] = {name: cleaned.get(name) for name in ("kind", "year", "level")}
        if text and not bare(text):
            self.add_error("text", _("There are no words in it."))
        elif text and Saying.objects.filter(key=bare(text), **same).exists():
            self.add_error("text", _("It stands in the register already."))
        return cleaned


class AssetForm(forms.ModelForm):
    """An artwork with the rules of its use."""

    class Meta:
        model = Asset
        fields = ("kind", "title", "rules", "colours", "smallest_mm")
        widgets = {"rules": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "rules": gettext_lazy("Where it may stand, and what may not be changed."),
            "colours": gettext_lazy("Such as: red C0 M100 Y100 K10."),
        }

    def __init__(self, *args: Any, campaign: Campaign, **more: Any) -> None:
        super().__init__(*args, **more)
        self.campaign = campaign

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if self.campaign.assets.exclude(pk=self.instance.pk).filter(title=title).exists():
            raise forms.ValidationError(
                _("There is artwork of this name already. Add the file there as a new version.")
            )
        return title


class AssetFileForm(forms.Form):
    """A version of an artwork."""

    file = forms.FileField(label=gettext_lazy("File"))

    def __init__(self, *args: Any, asset: Asset | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.asset = asset
        self.fields["file"].widget.attrs["accept"] = ",".join(KINDS)
        self.fields["file"].help_text = _("JPEG, PNG, PDF, AI, PSD, MP4, MOV, Word or ZIP, at most %(limit)s MB.") % {
            "limit": thousands(LARGEST // 1_000_000)
        }

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB. Please make it smaller.")
                % {"limit": thousands(LARGEST // 1_000_000)}
            )
        if ending(upload.name) == ".eps":
            raise forms.ValidationError(str(Refused("eps")))
        if ending(upload.name) not in KINDS:
            raise forms.ValidationError(_("This kind of file is not accepted."))
        if not is_what_it_says(upload, upload.name, KINDS):
            raise forms.ValidationError(
                _("This is no %(kind)s file, whatever its name says.") % {"kind": ending(upload.name)}
            )
        if ending(upload.name) in PICTURES:
            check_picture(upload)
        upload = judged(upload)
        newest = self.asset and self.asset.versions.first()
        if newest and newest.size == upload.size and newest.sha256 == checksum(upload):
            raise forms.ValidationError(_("This file is the newest version already."))
        return upload
