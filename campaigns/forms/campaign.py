"""The form of a campaign: what is asked this year, its slogans and points one a line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.models.memberships import OFFICE_ROLES
from accounts.unit_names import Names
from campaigns.models import Campaign, Point, Slogan
from campaigns.models.campaign import PointKind
from campaigns.near_quotations import bare
from documents.counts import thousands
from workflow.form_fields import SeveralRows

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
POINT = re.compile(
    r"^(?P<number>[（(]?[一二三四五六七八九十\d]{1,6}(?:[）)、]|[.．](?!\d)))?(?P<heading>[^。]*)。?(?P<body>.*)$"
)
"""（一）Heading。Body: the number, the first sentence, the rest."""
LONGEST = 120
SHOWN = 200
"""Lines that are named one by one."""
YEAR = timedelta(days=366)


def lines_of(text: str) -> list[str]:
    """The lines that say something, trimmed."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def point_line(point: Point) -> str:
    """A point as one line of the form."""
    return f"{point.number}{point.heading}。{point.body}" if point.body else f"{point.number}{point.heading}"


class CampaignForm(forms.ModelForm):
    """A campaign's data; slogans, focal points, requirements and single units are lines."""

    units = forms.CharField(
        label=gettext_lazy("Single units besides"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line: media, associations, enterprises that stand in no group."),
    )
    slogans = forms.CharField(
        label=gettext_lazy("Slogans"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One a line, in the order of the notice."),
    )
    focal = forms.CharField(
        label=gettext_lazy("Focal points"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One a line: number, heading, full stop, text."),
    )
    requirement = forms.CharField(
        label=gettext_lazy("Requirements"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One a line: number, heading, full stop, text."),
    )

    class Meta:
        model = Campaign
        fields = (
            "host", "year", "title", "theme", "spirit_slogan", "starts_on", "ends_on",
            "registration_due_on", "plan_due_on", "summary_due_on", "head_signs", "parent", "groups",
            "guiding_ideology", "logo_note",
        )  # fmt: skip
        labels = {"parent": gettext_lazy("Carries out the campaign"), "groups": gettext_lazy("Groups taking part")}
        help_texts = {
            "parent": gettext_lazy("The upper level's campaign, if this one carries it out."),
            "head_signs": gettext_lazy(
                "The liaison officer submits to the head of the unit, who passes it on to the office. Filed is the day "
                "on which the head passes it on. Units without a head file as before."
            ),
            "groups": gettext_lazy("Their units are proposed as addressees of each new notice."),
            "registration_due_on": gettext_lazy("Empty: a day is proposed when the notice is issued."),
            "plan_due_on": gettext_lazy("Empty: a day is proposed when the notice is issued."),
            "spirit_slogan": gettext_lazy("Stands beside the logo at every activity, where there is one."),
        }
        field_classes = {"groups": SeveralRows}
        widgets = {
            "starts_on": DAY,
            "ends_on": DAY,
            "registration_due_on": DAY,
            "plan_due_on": DAY,
            "summary_due_on": DAY,
            "groups": forms.CheckboxSelectMultiple,
            "guiding_ideology": forms.Textarea(attrs={"rows": 4}),
            "logo_note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["theme"].required = False  # a campaign of an occasion has none
        self.fields["parent"].empty_label = gettext_lazy("none")  # type: ignore[attr-defined]
        hosts = Unit.objects.spoken_for_by(user, *OFFICE_ROLES)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        others = Campaign.objects.visible_to(user).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = others | Campaign.objects.filter(pk=self.instance.parent_id)  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["host"]
            self.fields["groups"].queryset = self.instance.host.groups.all()  # type: ignore[attr-defined]
            self.initial.update(
                units="\n".join(self.instance.units.values_list("name", flat=True)),
                slogans="\n".join(slogan.text for slogan in self.instance.slogans.all()),
                focal="\n".join(map(point_line, self.instance.focal_points)),
                requirement="\n".join(map(point_line, self.instance.requirements)),
            )
        else:
            self.fields["groups"].queryset = self.fields["groups"].queryset.filter(owner__in=hosts)  # type: ignore[attr-defined]

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 1978 <= year <= 2100:
            raise forms.ValidationError(_("A year from 1978 to 2100: Quality Month began in 1978."))
        return year

    def clean_units(self) -> list[Unit]:
        """The units of the lines. Raises: ValidationError naming each line that stands for no unit."""
        found = Names().found(self.cleaned_data["units"])
        if found.unknown:
            lines = [_("Line %(n)s:") % {"n": each.line} + f" {each.why}" for each in found.unknown[:SHOWN]]
            raise forms.ValidationError(lines)
        return found.units

    def clean_slogans(self) -> list[str]:
        found = lines_of(self.cleaned_data["slogans"])
        for number, line in enumerate(found, 1):
            if len(line) > LONGEST:
                raise forms.ValidationError(
                    _("Line %(number)d is longer than %(longest)s characters.")
                    % {"number": number, "longest": thousands(LONGEST)}
                )
        twice = [line for number, line in enumerate(found) if bare(line) in map(bare, found[:number])]
        if twice:
            raise forms.ValidationError(_("This slogan stands there twice: %(slogan)s") % {"slogan": twice[0]})
        return found

    def clean_focal(self) -> list[dict[str, str]]:
        return points_of(self.cleaned_data["focal"])

    def clean_requirement(self) -> list[dict[str, str]]:
        return points_of(self.cleaned_data["requirement"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last, due = (cleaned.get(name) for name in ("starts_on", "ends_on", "summary_due_on"))
        self.check_days(cleaned.get("year"), first, last, due)
        host = cleaned.get("host") or (self.instance.host if self.instance.pk else None)
        if host and any(group.owner_id != host.pk for group in cleaned.get("groups") or ()):
            self.add_error("groups", _("This group belongs to another office."))
        year: Any = cleaned.get("year")
        twins = Campaign.objects.filter(host=host, year=year, title=cleaned.get("title"))
        if host and twins.exclude(pk=self.instance.pk).exists():
            self.add_error("title", _("There is a campaign of this name in this year already."))
        return cleaned

    def check_days(self, year: int | None, first: date | None, last: date | None, due: date | None) -> None:
        """Days that contradict each other or the year are said beside the field."""
        if first and year and first.year != year:
            self.add_error("starts_on", _("The first day is not in %(year)d.") % {"year": year})
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        if first and due and due < first:
            self.add_error("summary_due_on", _("The summary would be due before the campaign begins."))
        for name, day in (("ends_on", last), ("summary_due_on", due)):
            if first and day and day - first > YEAR:
                self.add_error(name, _("This day is more than a year after the first day."))

    @transaction.atomic
    def save(self, commit: bool = True) -> Campaign:
        campaign: Campaign = super().save()
        campaign.units.set(self.cleaned_data["units"])
        write_slogans(campaign, self.cleaned_data["slogans"])
        write_points(campaign, PointKind.FOCAL, self.cleaned_data["focal"])
        write_points(campaign, PointKind.REQUIREMENT, self.cleaned_data["requirement"])
        return campaign


@dataclass(frozen=True)
class TakingPart:
    """How many units take part in the end, and how they come to it."""

    total: int
    in_groups: int
    singly: int

    @property
    def twice(self) -> int:
        """Units named singly that stand in a group as well."""
        return self.in_groups + self.singly - self.total


def taking_part(form: CampaignForm) -> TakingPart:
    """Who takes part by what stands in the form: as chosen and typed, whether it is saved or not."""
    if form.is_bound:
        groups, units = form.cleaned_data.get("groups", ()), form.cleaned_data.get("units", ())
    elif form.instance.pk:
        groups, units = form.instance.groups.all(), form.instance.units.all()
    else:
        return TakingPart(0, 0, 0)
    through, singly = Q(in_groups__in=groups), Q(pk__in=[unit.pk for unit in units])
    live = Unit.objects.live()
    counts = [live.filter(condition).distinct().count() for condition in (through | singly, through, singly)]
    return TakingPart(*counts)


def points_of(text: str) -> list[dict[str, str]]:
    """Points from the lines of the form. Raises: ValidationError naming the line that is too long."""
    found = []
    for number, line in enumerate(lines_of(text), 1):
        match = POINT.match(line)
        point = {name: (value or "").strip() for name, value in match.groupdict().items()} if match else {}
        if not point or len(point["heading"]) > LONGEST:
            raise forms.ValidationError(
                _("The heading of line %(number)d is longer than %(longest)s characters: end it with a full stop.")
                % {"number": number, "longest": thousands(LONGEST)}
            )
        found.append(point)
    return found


def write_slogans(campaign: Campaign, lines: Iterable[str]) -> None:
    """The campaign's slogans anew, the theme marked."""
    campaign.slogans.all().delete()
    theme = bare(campaign.theme)
    Slogan.objects.bulk_create(
        Slogan(campaign=campaign, order=order, text=text, is_theme=bare(text) == theme)
        for order, text in enumerate(lines, 1)
    )


def write_points(campaign: Campaign, kind: str, points: Iterable[dict[str, str]]) -> None:
    """The campaign's points of one kind anew."""
    campaign.points.filter(kind=kind).delete()
    Point.objects.bulk_create(Point(campaign=campaign, kind=kind, **point) for point in points)
