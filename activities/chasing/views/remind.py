"""A reminder by hand: what a filter of the list finds, who will get which words; sent, or held to be changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from activities.chasing import deeds, dispatch, outlook
from activities.chasing.forms.reminder import RemindForm
from activities.chasing.prepare import chosen_rows
from activities.judging.list_filter import meant
from activities.models import Reminder
from activities.states import Kind, ReminderState
from campaigns.finding import campaign_of
from campaigns.models import Campaign
from documents.counts import so_many
from workflow import clock
from workflow.pages import number, numbers, require, words
from workflow.templatetags.clock import short_moment

TICKS = 100
"""Up to so many people have a box each on the page; of more, the first are named, and all stand in one that is held."""


def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """First how many people of how many units, who, and the message as it arrives; on POST that is done."""
    campaign = campaign_of(request, pk)
    require(request, "change", campaign)
    form = RemindForm(request.POST or None, usual=dispatch.words_of(campaign))
    valid, data = form.is_valid(), form.cleaned_data if form.is_bound else {}
    chosen = meant({name: words(request.GET, name) for name in request.GET})
    heads = bool(data.get("to_heads"))
    found = outlook.outlook(chosen_rows(campaign, chosen, request.user), to_heads=heads)
    left_out = set(numbers(request.POST, "listed")) - set(numbers(request.POST, "person"))
    counted = found.numbers(left_out)
    deed = request.POST.get("deed")
    seen = number(request.POST.get("number")) == counted.people
    if valid and counted.people and (deed == "hold" or (deed == "send" and seen)):
        made = deeds.make(
            campaign, by=request.user, units=found.units, hold=deed == "hold", left_out=left_out, chosen=chosen, **data
        )
        messages.success(request, said(made, counted.people))
        return redirect(made)
    context = page(campaign, found, left_out, form) | {
        "chosen": chosen,
        "kind": Kind(chosen["kind"]) if chosen.get("kind") in Kind.values else None,
        "numbers": counted,
        "changed": deed == "send" and valid,
    }
    return render(request, "activities/chasing/remind.html", context, status=422 if form.errors else 200)


def said(made: Reminder, people: int) -> str:
    """What became of it, for who made it."""
    if made.state == ReminderState.HELD:
        return _("It is held: change whom it goes to, and send it.")
    if made.state == ReminderState.SENT:
        return so_many("%(n)s person was reminded.", "%(n)s people were reminded.", people)
    at = short_moment(made.send_from)
    return so_many("%(n)s person will be reminded: %(at)s.", "%(n)s people will be reminded: %(at)s.", people, at=at)


def page(campaign: Campaign, found: outlook.Outlook, left_out: set[int], form: RemindForm) -> dict[str, Any]:
    """What stands on the page beside the numbers: the first people, whom nobody reaches, a message as it arrives."""
    first = dict(list(found.letters.items())[:TICKS])
    listed = outlook.addressees(first, left_out)
    reader = next((each for each in listed if each.ticked), None)
    data = form.cleaned_data if form.is_bound else {}
    text = None
    if reader:
        line, typed = data.get("line", ""), data.get("words", "")
        text = outlook.preview(campaign, reader.pk, first[reader.pk], line=line, words=typed)
    moment = clock.now()
    goes = dispatch.hour(campaign, moment)
    return {
        "campaign": campaign,
        "form": form,
        "listed": listed,
        "ticks": len(found.letters) <= TICKS,
        "outlook": found,
        "missing": found.missing(),
        "reader": reader,
        "text": text,
        "goes": goes if goes > moment else None,
    }
