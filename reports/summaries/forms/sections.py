"""The form in which a unit writes the sections of its summary."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.behalf.mail_to_fields import Labels
from activities.filing.forms.filed import is_new
from activities.form_fields import area, demand
from documents.counts import so_many, thousands
from reports.models import Evidence, Passage, Section, Summary
from reports.models.section import FIGURES
from reports.models.summary import LONGEST
from reports.summaries.prefill import Taken
from reports.summaries.sections import as_filed, asked_of, newest, words_in
from reports.summaries.split import labels_of
from reports.summaries.table import activity_table

READ = "read_"


@dataclass(frozen=True)
class Part:
    """One section on the page: its field, where its text was taken from, and the box that says it was read."""

    section: Section
    field: BoundField
    sources: list[str]
    read: BoundField | None

    @property
    def has_figures(self) -> bool:
        """Whether the figures of the campaign stand in it."""
        return self.section.key == FIGURES


class SectionsForm(forms.ModelForm):
    """The sections as they are asked now; behind them those that an earlier version asked and the unit has written.

    ``complete`` asks for what is needed; ``offers`` are texts begun from what the unit has filed: they stand in the
    sections nobody has written in yet, each marked with its sources until it is changed or said to be read.
    """

    class Meta:
        model = Summary
        fields = ()

    def __init__(
        self, *args: Any, complete: bool = False, offers: Mapping[str, Taken] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.complete = complete
        campaign = self.instance.assignment.campaign
        self.set = newest(campaign)
        self.written = {} if is_new(self.instance) else {each.key: each for each in self.instance.passages}
        self.sections = [*asked_of(self.set), *self.left_over(asked_of(self.set))]
        self.sources: dict[str, list[str]] = {}
        for section in self.sections:
            self.add(section, (offers or {}).get(section.key))

    def left_over(self, asked: tuple[Section, ...]) -> Iterator[Section]:
        """The sections an earlier version asked, where the unit has written something."""
        keys = {each.key for each in asked}
        hint = _("No longer asked. What you wrote stays and is filed with the rest; empty it if it is to go.")
        for each in self.written.values():
            if each.key not in keys and each.text.strip():
                yield Section(each.key, each.heading, hint)

    def add(self, section: Section, offer: Taken | None) -> None:
        """One section with its text, its sources and, where it has any, the box beside them."""
        passage = self.written.get(section.key)
        text, sources = (passage.text, passage.sources) if passage else ("", [])
        if offer and not text.strip():
            text, sources = offer.text, offer.sources
        self.fields[section.key] = forms.CharField(
            label=_("in words, where that is needed") if section.key == FIGURES else section.heading,
            required=False,
            max_length=LONGEST,
            widget=area(4 if section.key == FIGURES else 6),
            initial=text,
            help_text=" ".join(filter(None, (section.hint, self.was_called(section), wanted(section)))),
        )
        if sources:
            self.sources[section.key] = sources
            label = _("I have read it; it is right as it stands")
            self.fields[READ + section.key] = forms.BooleanField(label=label, required=False)

    def was_called(self, section: Section) -> str:
        """That the heading is another one than that under which the unit wrote."""
        passage = self.written.get(section.key)
        before = passage.heading if passage and passage.text.strip() else ""
        same = {section.heading, as_filed([section])[section.key]}
        return (
            _("When you wrote it, it was called “%(heading)s”.") % {"heading": before}
            if before not in {"", *same}
            else ""
        )

    @property
    def parts(self) -> Iterator[Part]:
        """The sections in their order."""
        for each in self.sections:
            sources = [] if each.key in self.initial else self.sources.get(each.key, [])  # else it came by mail
            yield Part(each, self[each.key], sources, self[READ + each.key] if sources else None)

    @property
    def labels(self) -> Labels:
        """What units call the sections, for a text that is split into them."""
        return labels_of(self.sections)

    @property
    def has_figures(self) -> bool:
        """Whether one of the sections is that of the figures."""
        return any(each.key == FIGURES for each in self.sections)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.complete:
            demand(self, [each.key for each in self.sections if each.needed])
            for each in self.sections:
                self.insist_on_length(each)
        self.instance.asked = self.set
        self.instance.activities = activity_table(self.instance.assignment) if self.complete else None
        self.instance.write(self.passages(cleaned))
        return cleaned

    def insist_on_length(self, section: Section) -> None:
        """Refuse a section that is shorter or longer than the office insists on."""
        text = self.cleaned_data.get(section.key) or ""
        if section.strict and text and (said := out_of_range(section, text)):
            self.add_error(section.key, said)

    def passages(self, cleaned: Mapping[str, Any]) -> Iterator[Passage]:
        """What was typed, section by section; the marks stay where a text is as it was taken over and not said to be
        read. A section whose text is not valid stays as it was."""
        headings = as_filed(self.sections)
        for each in self.sections:
            before = self.written.get(each.key)
            text = cleaned.get(each.key, before.text if before else "")
            as_taken = text == self.fields[each.key].initial and not cleaned.get(READ + each.key)
            sources = self.sources.get(each.key, []) if as_taken and text else []
            yield Passage(each.key, headings[each.key], text, sources)


BESIDE = {Evidence.PHOTO: gettext_lazy("Photos are wanted."), Evidence.FILE: gettext_lazy("A document is wanted.")}


def wanted(section: Section) -> str:
    """How long a section should be, and what should lie beside it, for whoever writes it."""
    beside = BESIDE.get(Evidence(section.evidence))
    return " ".join(str(each) for each in (length_of(section), beside) if each)


def length_of(section: Section) -> str:
    """How many words the office wants."""
    least, most = section.least, section.most
    if least and most:
        return _("%(least)s to %(most)s words.") % {"least": thousands(least), "most": thousands(most)}
    if least:
        return so_many("At least %(n)s word.", "At least %(n)s words.", least)
    return so_many("At most %(n)s word.", "At most %(n)s words.", most) if most else ""


def out_of_range(section: Section, text: str) -> str:
    """That a section is shorter or longer than asked, by its name; empty: it is not."""
    number = words_in(text)
    if (section.least or 0) <= number <= (section.most or number):
        return ""
    said = _("“%(heading)s” has %(words)s words. Asked is: %(length)s")
    return said % {"heading": section.heading, "words": thousands(number), "length": length_of(section)}
