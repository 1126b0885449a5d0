"""How pages write days and deadlines."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from workflow import clock

register = template.Library()


@register.filter
def deadline(at: datetime | None) -> str:
    """A deadline as notices write it: midnight is 24:00 of the day it ends."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    if (local.hour, local.minute) == (0, 0):
        return f"{month_day(local - timedelta(days=1))} 24:00"
    return f"{month_day(local)} {local:%H:%M}"


def month_day(day: datetime) -> str:
    """A day without its year, in the order of the language."""
    return date_format(day, pgettext("a day without its year", "j F"))


@register.filter
def away(at: datetime | None) -> str:
    """How far a deadline is from today, in days."""
    if at is None:
        return ""
    days = (timezone.localtime(at - timedelta(seconds=1)).date() - clock.today()).days
    if days < 0:
        return ngettext("%(days)d day overdue", "%(days)d days overdue", -days) % {"days": -days}
    if days == 0:
        return _("today")
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
