"""The working days of a year: looked at by everybody, entered by an office from the State Council's text."""

from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

import documents
from accounts import days_off
from accounts.year_calendar import YearCalendar, names, weekdays
from workflow import clock
from workflow.models import YearArranged
from workflow.workdays import arranged, known_years, working_days

LONGEST = 10_000


class ArrangementForm(forms.Form):
    """The text; what is wrong with it stands beside it."""

    text = forms.CharField(
        label=gettext_lazy("The State Council's text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "lang": "zh-CN"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def working_days_of(request: HttpRequest) -> HttpResponse:
    """A year's days off and worked weekends; on POST a text is looked at, and with the second press it counts."""
    may = days_off.may_enter(request.user)
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        return pasted(request, asked_year(request))
    year = asked_year(request)
    entered = days_off.newest_of(year)
    form = ArrangementForm(initial={"text": entered.text if entered else ""})
    return shown(request, year, {"form": form, "may_enter": may, "entered": entered})


def asked_year(request: HttpRequest) -> int:
    """The year of the address; without one the first that is provisional, of this and the next."""
    text, this = request.GET.get("year", ""), clock.today().year
    if text.isascii() and text.isdecimal() and len(text) == 4 and int(text) in known_years():
        return int(text)
    return next((year for year in (this, this + 1) if working_days().is_provisional(year)), this)


def pasted(request: HttpRequest, year: int) -> HttpResponse:
    """A text as it would count, to be looked at; what was looked at is what is entered."""
    form = ArrangementForm(request.POST)
    if not form.is_valid():
        return shown(request, year, {"form": form, "may_enter": True, "entered": days_off.newest_of(year)}, 422)
    text = form.cleaned_data["text"]
    found = documents.reading.read_days_off(text, year)
    for words in refusals(found):
        form.add_error("text", words)
    if found.year not in known_years():
        return shown(request, year, {"form": form, "may_enter": True, "entered": days_off.newest_of(year)}, 422)
    entered = days_off.newest_of(found.year)
    proposal, mark = days_off.proposed(found, text, request.user), mark_of(found.year, text, entered)
    if request.POST.get("seen") == mark and "confirm" in request.POST and not form.errors:
        days_off.enter(proposal, request=request)
        messages.success(request, _("The working days of %(year)d are entered.") % {"year": found.year})
        return redirect(f"{reverse('accounts:working-days')}?year={found.year}")
    context = {"form": form, "may_enter": True, "entered": entered, "found": found, "proposal": proposal}
    context |= {"seen": mark, "silent": names(days_off.silent_of(found))}
    return shown(request, found.year, context, 422 if form.errors else 200)


def refusals(found: "documents.reading.DaysOff") -> list[str]:
    """Why a text cannot be entered; nothing where it can."""
    if found.year not in known_years():
        years = {"year": found.year, "first": known_years()[0], "last": known_years()[-1]}
        return [_("The text is about %(year)d; years from %(first)d to %(last)d can be entered.") % years]
    if not found.off and not found.wrong:
        return [_("No day off was found in this text. A line of it reads: 国庆节：10月1日至7日放假调休，共7天。")]
    return days_off.wrong_of(found)


def mark_of(year: int, text: str, entered: YearArranged | None) -> str:
    """Names what was looked at: the text, and what counted for its year then."""
    return sha256(f"{year}\n{entered.pk if entered else 0}\n{text}".encode()).hexdigest()[:32]


def shown(request: HttpRequest, year: int, more: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page: the year as it counts, or as the pasted text would make it."""
    known = working_days()
    if proposal := more.get("proposal"):
        known = arranged([*YearArranged.objects.order_by("pk"), proposal])
    context = {
        "year": year,
        "years": [each for each in (year - 1, year, year + 1) if each in known_years()],
        "calendar": YearCalendar(year, known),
        "weekdays": weekdays(),
        "provisional": known.is_provisional(year),
        "asked": request.method == "POST",
        **more,
    }
    return render(request, "accounts/working_days.html", context, status=status)
