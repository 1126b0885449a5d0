"""A joint meeting on pages: how far it is, from when until when, a field in a row."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from activities.models import Meeting
from activities.states import MeetingState

register = template.Library()
STYLES = {
    MeetingState.DRAFT: "due",
    MeetingState.CONVENED: "late",
    MeetingState.HELD: "done",
    MeetingState.CANCELLED: "waived",
}


@register.inclusion_tag("activities/meetings/stage.html")
def meeting_stage(meeting: Meeting) -> dict[str, Any]:
    """The badge of a meeting."""
    return {"label": meeting.get_state_display(), "style": STYLES[MeetingState(meeting.state)]}


@register.filter
def hours(meeting: Meeting) -> str:
    """The day with its weekday, from when until when."""
    first, last = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return f"{date_format(first, 'DATE_FORMAT')} {date_format(first, 'l')} {first:%H:%M}–{last:%H:%M}"


@register.filter
def in_row(bound: Any) -> SafeString:
    """A field that stands in a row, named by its own label for who cannot see the row."""
    widget: SafeString = bound.as_widget(attrs={"class": "form-control form-control-sm"})
    return widget
