"""How pages write days and deadlines."""

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents.counts import so_many
from workflow import clock

register = template.Library()


@register.filter
def deadline(at: datetime | None) -> str:
    """A deadline as notices write it: midnight is 24:00 of the day it ends."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    if (local.hour, local.minute) == (0, 0):
        return f"{short_day(local - timedelta(days=1))} 24:00"
    return f"{short_day(local)} {local:%H:%M}"


@register.filter
def short_day(at: date | None) -> str:
    """A day as lists and tables write it: with its year only where that is not the year it is now."""
    if at is None:
        return ""
    day = timezone.localtime(at) if isinstance(at, datetime) else at
    if day.year == clock.today().year:
        return date_format(day, pgettext("a day without its year", "j F"))
    return date_format(day, "SHORT_DATE_FORMAT")


@register.filter
def short_moment(at: datetime | None) -> str:
    """A day and a time as lists and tables write them."""
    return f"{short_day(at)} {timezone.localtime(at):%H:%M}" if at else ""


@register.filter
def away(at: datetime | None) -> str:
    """How far a deadline is from today, in days."""
    if at is None:
        return ""
    days = (timezone.localtime(at - timedelta(seconds=1)).date() - clock.today()).days
    if days < 0:
        return so_many("%(n)s day overdue", "%(n)s days overdue", -days)
    if days == 0:
        return _("today")
    return so_many("in %(n)s day", "in %(n)s days", days)
