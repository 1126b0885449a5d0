"""The outbox: reminders that wait, are held or went; one with its words and addressees, and what is done to it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activities.chasing import deeds, dispatch, outlook, prepare, who
from activities.chasing.forms.reminder import AddresseesForm, AgainForm
from activities.chasing.still_asked import still_asked
from activities.models import Chasing, Named, Reminder
from activities.states import LetterState, ReminderState
from campaigns.finding import campaign_of
from workflow import together
from workflow.models import MoveRefused
from workflow.pages import may, number, numbers, refused, require, told, visible

PAGE, PEOPLE = 30, 100


@require_safe
def reminders(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be sent and what is held, then what was sent."""
    campaign = campaign_of(request, pk)
    require(request, "oversee", campaign)
    rows = Reminder.objects.filter(campaign=campaign).select_related("by").order_by("-id").annotate(
        waiting=Count("letters", Q(letters__state=LetterState.WAITING)),
        went=Count("letters", Q(letters__state=LetterState.SENT)),
    )  # fmt: skip
    still = (ReminderState.HELD, ReminderState.WAITING)
    waiting = list(rows.filter(state__in=still))
    context = {
        "campaign": campaign,
        "chasing": Chasing.of(campaign),
        "open": waiting,
        "days": [localdate(row.send_from) for row in waiting if row.state == ReminderState.WAITING],
        "page": Paginator(rows.exclude(state__in=still), PAGE).get_page(request.GET.get("page")),
        "runs": may(request.user, "change", campaign),
    }
    return render(request, "activities/chasing/reminders.html", context)


def found(request: HttpRequest, pk: int, deed: str = "change") -> Reminder:
    """The reminder, if the person may do the deed. Raises: Http404, PermissionDenied."""
    row: Reminder = visible(
        Reminder.objects.select_related("campaign__host", "campaign__chasing", "by"), request, pk=pk
    )
    require(request, deed, row)
    return row


@transaction.atomic
def reminder(request: HttpRequest, pk: int) -> HttpResponse:
    """One reminder: its words, who gets it, how it stands; on POST its words and addressees are changed.

    The second of two who save waits for the first; where the words are others by then, both are shown.
    """
    row = found(request, pk, "change" if request.method == "POST" else "view")
    if request.method == "POST":
        hold_row(row)
    form, now = form_of(row, request.POST or None), form_of(row)
    theirs = None
    if row.state == ReminderState.HELD and together.overtaken(request, together.mark(now)):
        theirs = together.differences(form, now, {"unit": ""})
    elif request.method == "POST" and form.is_valid():
        with told(request, _("Saved.")):
            changed(request, row, form.cleaned_data)
        return redirect(request.get_full_path())
    status = 422 if form.errors else 200
    shown = context(request, row, form) | {"base": together.mark(now), "theirs": theirs}
    return render(request, "activities/chasing/reminder.html", shown, status=status if theirs is None else 409)


def hold_row(row: Reminder) -> None:
    """Nobody else changes it until this is done; it stands as it stands now."""
    Reminder.objects.select_for_update().get(pk=row.pk)
    row.refresh_from_db(fields=["line", "words", "state", "prepared_at", "send_from"])


def form_of(row: Reminder, data: Any = None) -> AddresseesForm:
    """The form of a reminder: as it stands, or as sent."""
    usual = dispatch.words_of(row.campaign)
    return AddresseesForm(data, reminder=row, units=outlook.units_named(row), usual=usual)


def mark_of(row: Reminder) -> str:
    """What somebody has seen who sends it: its words, and who is left out."""
    out = row.letters.filter(state=LetterState.LEFT_OUT).order_by("person")
    return together.mark(form_of(row), beside=list(out.values_list("person", flat=True)))


@transaction.atomic
def changed(request: HttpRequest, row: Reminder, data: dict[str, Any]) -> None:
    """Words, ticks, and people added: all of it or nothing. Raises: MoveRefused."""
    was, chosen = numbers(request.POST, "was"), numbers(request.POST, "person")
    deeds.reword(row, line=data["line"], words=data["words"])
    deeds.tick(row, was=was, chosen=chosen, by=request.user)
    if data["unit"]:
        deeds.add_people_of(row, data["unit"], by=request.user)


def left_out_of(request: HttpRequest, letters: dict[int, Any]) -> set[int]:
    """Whose box has no tick: as it stands, with what this page was about to change, if it was sent."""
    out = {person for person, letter in letters.items() if letter.state == LetterState.LEFT_OUT}
    was, chosen = set(numbers(request.POST, "was")), set(numbers(request.POST, "person"))
    return (out | (was - chosen)) - (chosen - was)


def context(request: HttpRequest, row: Reminder, form: AddresseesForm) -> dict[str, Any]:
    """What stands on the page of a reminder."""
    page = Paginator(row.letters.exclude(state=LetterState.NOTHING).order_by("pk"), PEOPLE).get_page(
        request.GET.get("page")
    )
    letters = {letter.person_id: letter for letter in page}
    is_open = row.can_be_changed and row.prepared_at is not None
    named = outlook.letters_of(letters, Named.objects.filter(letter__reminder=row))
    asked = outlook.letters_of(letters, still_asked(row)) if is_open else None
    listed = outlook.addressees(named, left_out_of(request, letters), asked)
    wanted = number(request.GET.get("as"))
    first = next((each for each in listed if each.ticked and each.debts), None)
    reader = next((each for each in listed if each.pk == wanted), first)
    return {
        "reminder": row,
        "campaign": row.campaign,
        "form": form,
        "page": page,
        "listed": listed,
        "letters": letters,
        "ticked": [person for person, letter in letters.items() if letter.state != LetterState.LEFT_OUT],
        "seen": mark_of(row) if row.state == ReminderState.HELD else "",
        "reader": reader,
        "text": reader
        and asked
        and outlook.preview(row.campaign, reader.pk, asked[reader.pk], line=row.line, words=row.words),
        "numbers": outlook.numbers(row) if is_open else None,
        "missing": who.missing(prepare.asked(row).keys()) if is_open and row.again_of_id is None else [],
        "went": row.letters.sent().count(),
        "rules_off": is_open and not dispatch.has_rules(row),
        "again": AgainForm(),
        "runs": may(request.user, "change", row),
    }


@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing of it goes until it is released."""
    row = found(request, pk)
    with told(request, _("It is held: nothing more of it goes until you send it.")):
        deeds.hold(row, by=request.user)
    return redirect(row)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """What was held may go."""
    row = found(request, pk)
    with told(request, _("It is on its way.")), transaction.atomic():
        hold_row(row)
        if row.state == ReminderState.HELD and together.overtaken(request, mark_of(row)):
            raise MoveRefused(_("Somebody changed its words or whom it goes to meanwhile. Please look again."))
        deeds.release(row, by=request.user, people=number(request.POST.get("number")))
    return redirect(row)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """What was not sent of it is not sent."""
    row = found(request, pk)
    with told(request, _("It is deleted: nobody gets it.")):
        deeds.delete(row, by=request.user)
    return redirect("activities:reminders", row.campaign_id)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same once more, held, with a line before it."""
    row = found(request, pk)
    form = AgainForm(request.POST)
    if not form.is_valid():
        refused(request, next(iter(form.errors.values()))[0])
        return redirect(row)
    try:
        made = deeds.say_again(row, by=request.user, line=form.cleaned_data["line"])
    except MoveRefused as refusal:
        refused(request, refusal)
        return redirect(row)
    messages.success(request, _("It is held: look at it, and send it."))
    return redirect(made)
