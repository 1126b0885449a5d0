"""The form of a joint meeting: when, where, who is invited, what is on the agenda."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.unit_names import Names
from activities.form_fields import area, day
from activities.meetings.agenda import AgendaText, agenda_text
from activities.meetings.convening import LAST_TIME, Asked, left_open
from activities.models import Meeting
from activities.reading.forms import UnitsField
from workflow import clock

FARTHEST = timedelta(days=366)


def hour(label: Any) -> forms.TimeField:
    """A field for an hour."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class MeetingForm(forms.ModelForm):
    """One sitting. Units are written as people write them; an item of the agenda is a line."""

    on = day(capfirst(gettext_lazy("day")))
    begins = hour(capfirst(gettext_lazy("from")))
    ends = hour(capfirst(gettext_lazy("until")))
    members = UnitsField(
        gettext_lazy("Invited units"), help_text=gettext_lazy("Units or groups, with 、 between them.")
    )
    observers = UnitsField(gettext_lazy("Sitting in"), help_text=gettext_lazy("Units that are no members (列席)."))
    agenda = forms.CharField(
        label=gettext_lazy("Agenda"),
        max_length=5000,
        widget=area(6),
        help_text=gettext_lazy("One item a line; at its end in brackets the unit that reports on it."),
    )

    class Meta:
        model = Meeting
        fields = ("series", "title", "place", "chair", "bring")
        widgets = {"bring": area(3)}

    def __init__(self, *args: Any, host: Unit, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host, self.names = host, Names(host)
        self.initial = {**self.initial, **(shown(self.instance) if self.instance.pk else begun(self.instance, user))}

    def parties(self, name: str) -> list[Unit]:
        """Every unit named in a field, and those of every group named. Raises: ValidationError."""
        units, groups = self.names.parties(self.cleaned_data[name])
        return list(dict.fromkeys([*units, *(unit for group in groups for unit in group.units.all())]))

    def clean_members(self) -> list[Unit]:
        found = self.parties("members")
        if not found:
            raise forms.ValidationError(_("Which units are invited?"))
        return found

    def clean_observers(self) -> list[Unit]:
        members = {unit.pk for unit in self.cleaned_data.get("members") or ()}
        return [unit for unit in self.parties("observers") if unit.pk not in members]

    def clean_agenda(self) -> AgendaText:
        return AgendaText.read(self.cleaned_data["agenda"], self.names)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        on, begins, ends = cleaned.get("on"), cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("It ends after it begins."))
        elif on and begins and ends:
            cleaned["starts_at"] = timezone.make_aware(datetime.combine(on, begins))
            cleaned["ends_at"] = timezone.make_aware(datetime.combine(on, ends))
            self.check_day(on, cleaned["starts_at"])
        return cleaned

    def check_day(self, on: date, begins: datetime) -> None:
        """A day that is past, or far away, is a slip of the hand; what is held already keeps its day."""
        if begins != self.instance.starts_at and begins <= clock.now():
            self.add_error("on", _("This moment is past."))
        elif on > clock.today() + FARTHEST:
            self.add_error("on", _("This day is more than a year away."))

    def values(self) -> dict[str, Any]:
        """The fields of the meeting."""
        names = (*self.Meta.fields, "starts_at", "ends_at")
        return {name: self.cleaned_data[name] for name in names}

    def asked(self) -> Asked:
        """Whom it invites, and its agenda."""
        found = self.cleaned_data
        return Asked(found["members"], found["observers"], found["agenda"].items)


def shown(meeting: Meeting) -> dict[str, Any]:
    """What stands in a meeting, as its form shows it."""
    rows = list(meeting.invitations.standing().select_related("unit"))
    first, last = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return {
        "on": first.date(),
        "begins": first.time(),
        "ends": last.time(),
        "members": "、".join(row.unit.name for row in rows if not row.is_observer),
        "observers": "、".join(row.unit.name for row in rows if row.is_observer),
        "agenda": agenda_text(meeting.agenda.select_related("unit")),
    }


def begun(meeting: Meeting, user: Any) -> dict[str, Any]:
    """How a new one begins: as the office's last one; first on its agenda what that left open."""
    campaign = meeting.campaign
    last = Meeting.objects.filter(campaign__host=campaign.host_id).order_by("starts_at", "pk").last()
    agenda = LAST_TIME if left_open(campaign, user).exists() else ""
    if last is None:
        return {"series": f"{campaign.host.name}联席会议", "agenda": agenda}
    kept = {name: getattr(last, name) for name in ("series", "place", "chair")}
    told = shown(last)
    return kept | {name: told[name] for name in ("begins", "ends", "members", "observers")} | {"agenda": agenda}
