"""What came to the office from a unit by mail: handed in as a file or pasted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

import documents
from documents.answers import Source
from documents.errors import DocumentError
from documents.refusal import WHAT_IS_READ, Refused

MOST_BYTES = 20_000_000
LONGEST = 200_000


class IncomingForm(forms.Form):
    """What the unit sent: the text of a mail, or a file."""

    text = forms.CharField(
        label=_("paste the text of the mail or message here"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    file = forms.FileField(
        label=_("or choose the file"),
        required=False,
        allow_empty_file=True,
        help_text=format_lazy("{} {}", WHAT_IS_READ, _("At most 20 MB.")),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if "file" in self.errors:
            return cleaned
        if file and file.size > MOST_BYTES:
            self.add_error("file", _("The file is larger than 20 MB."))
            return cleaned
        try:
            cleaned["source"] = self.source(cleaned)
        except DocumentError as refused:
            self.add_error("file" if file else "text", str(refused))
        return cleaned

    def source(self, cleaned: dict[str, Any]) -> Source:
        """The text of what was handed in. Raises: Refused."""
        file = cleaned.get("file")
        found = (
            documents.sources.text_of(file.name, file.read())
            if file
            else documents.sources.pasted(cleaned.get("text", ""))
        )
        if len(found.text) > LONGEST:
            raise Refused("too-big")
        return found
