"""Files beside what is typed: new ones, a caption and a box to take it away for each that is there."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from activities.evidence.accepted_documents import safe_name
from activities.models import Assignment
from workflow.kept_files import no_room_words
from workflow.pages import may


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class ManyField(forms.FileField):
    """Several files, each judged by itself."""

    good: Sequence[Any] = ()
    """Those that can be kept, also when others are refused; each form has a field of its own."""


class KeptForm(forms.Form):
    """Files of one sort: those that are there, and new ones in the field ``NEW``."""

    NEW: ClassVar[str]
    MOST: ClassVar[int]
    CAPTION: ClassVar[str]
    REMOVE: ClassVar[str]
    """How the two fields of each file that is there begin: several such forms stand on one page."""

    def __init__(self, request: HttpRequest, assignment: Assignment) -> None:
        super().__init__(request.POST or None, request.FILES or None)
        self.request, self.assignment, self.user = request, assignment, request.user
        # not taken in while they arrived (workflow/uploads.py): a film of gigabytes, or no end at all
        self.too_large, self.no_room = (
            [name for field, name in getattr(request, why, ()) if field == self.NEW] for why in ("too_large", "no_room")
        )
        self.show_there()

    @abstractmethod
    def kept(self) -> QuerySet[Any]:
        """The files this form is about; the office, filing for a unit, does not see those of the unit's draft."""

    def seen(self, rows: Any) -> Any:
        """Of files of the assignment those the person may see: whoever files it sees all of them."""
        return rows.all() if may(self.user, "file", self.assignment) else rows.visible_to(self.user)

    @abstractmethod
    def add(self, new: Sequence[Any], person: Any) -> None:
        """Keep new ones with the assignment; the same file twice stays one."""

    @abstractmethod
    def mark(self, new: Any) -> str:
        """The checksum of a new one."""

    @abstractmethod
    def said_too_large(self, name: str) -> str:
        """That one was too large to be taken in."""

    @abstractmethod
    def said_too_many(self) -> str:
        """That there are too many in all."""

    def show_there(self) -> None:
        """The fields of each that is there."""
        self.there = list(self.kept())
        for each in self.there:
            self.fields[f"{self.CAPTION}_{each.pk}"] = forms.CharField(
                label=_("caption"), max_length=120, required=False, initial=each.caption
            )
            self.fields[f"{self.REMOVE}_{each.pk}"] = forms.BooleanField(label=_("take away"), required=False)

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Each that is there with its two fields."""
        return [(each, self[f"{self.CAPTION}_{each.pk}"], self[f"{self.REMOVE}_{each.pk}"]) for each in self.there]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.too_large:
            self.add_error(self.NEW, self.said_too_large(name))
        for name in self.no_room:
            self.add_error(self.NEW, f"{safe_name(name)}: {no_room_words()}")
        if len(self.stay(cleaned)) + len(cleaned.get(self.NEW) or []) > self.MOST:
            self.add_error(self.NEW, self.said_too_many())
        return cleaned

    def stay(self, cleaned: dict[str, Any]) -> list[Any]:
        """Those that are there and are not taken away."""
        return [each for each in self.there if not cleaned.get(f"{self.REMOVE}_{each.pk}")]

    def has_changed(self) -> bool:
        """Whether there is anything to keep; what is there already is not."""
        there = {each.sha256 for each in self.there}
        sent = self.cleaned_data.get(self.NEW) or [] if self.is_bound else []
        others = set(self.changed_data) - {self.NEW}
        return bool(others or self.NEW in self.errors or any(self.mark(each) not in there for each in sent))

    def keep(self, person: Any) -> None:
        """Write captions, take away what was ticked, add what is new."""
        for each in self.there:
            caption = self.cleaned_data[f"{self.CAPTION}_{each.pk}"]
            if self.cleaned_data[f"{self.REMOVE}_{each.pk}"]:
                each.take_away()
            elif each.caption != caption:
                each.caption = caption
                each.save(update_fields=["caption"])
        if new := self.cleaned_data[self.NEW]:
            self.add(new, person)

    def keep_new(self, person: Any) -> bool:
        """Add the new ones that are good, whatever else is wrong on the page: no page can give files back.

        Returns: whether there were any. With too many in all none is kept: a person chooses.
        """
        good = self.fields[self.NEW].good  # type: ignore[attr-defined]  # a ManyField
        if len(self.there) + len(good) > self.MOST:
            return False
        self.add(good, person)
        self.show_there()
        return bool(good)
