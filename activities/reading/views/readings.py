"""Reading a notice into a campaign: hand it in, review what was found, confirm."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Unit, UnitGroup
from accounts.models.memberships import OFFICE_ROLES
from accounts.unit_names import half_typed
from activities.models import Group, Proposal, Reading
from activities.reading import add as additions
from activities.reading import confirm as deed
from activities.reading.forms import HandInForm
from activities.reading.propose import earlier, read
from activities.reading.source_pieces import pieces
from activities.reading.unit_names import Register, like
from documents.counts import so_many
from workflow.models import MoveRefused
from workflow.pages import refused, told, visible


def own_offices(request: HttpRequest) -> Any:
    """The offices for which this person runs campaigns. Raises: PermissionDenied when there is none."""
    user: Any = request.user
    found = Unit.objects.spoken_for_by(user, *OFFICE_ROLES)
    if not found:
        raise PermissionDenied
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def readings(request: HttpRequest) -> HttpResponse:
    """Hand in a notice; and what was handed in before."""
    form = HandInForm(request.POST or None, request.FILES or None, hosts=own_offices(request))
    if request.method == "POST" and form.is_valid():
        return taken(request, form)
    rows = Reading.objects.visible_to(request.user).select_related("read_by").prefetch_related("proposals")
    context = {"form": form, "readings": rows[:30]}
    return render(request, "activities/reading/readings.html", context, status=422 if form.errors else 200)


def taken(request: HttpRequest, form: HandInForm) -> HttpResponse:
    """Read it; the same words again lead to the reading that is there."""
    source, host = form.cleaned_data["source"], form.cleaned_data["host"]
    known = earlier(source.text, host)
    if known:
        messages.info(request, _("This notice was read already, by %(who)s.") % {"who": known.read_by})
        return redirect(known)
    for note in source.notes:
        messages.info(request, _(note))
    return redirect(read(source, host=host, by=request.user))


@require_safe
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Left the text, right what is proposed, the doubtful ones first."""
    found = visible(Reading.objects.select_related("campaign", "host").prefetch_related("proposals"), request, pk=pk)
    rows = list(found.proposals.all())
    for row in rows:
        row.reading = found
    register = Register(found.host)
    context = {
        "reading": found,
        "pieces": pieces(found.text, rows),
        "doubtful": [row for row in rows if row.is_doubtful and row.group != Group.UNPLACED],
        "left": [row for row in rows if row.is_doubtful or (row.group == Group.UNPLACED and not row.checked)],
        "groups": grouped(rows),
        "blockers": deed.blockers(found, register) if found.is_open else [],
        "addable": additions.addable(found),
        "register": register,
    }
    return render(request, "activities/reading/reading.html", context)


def grouped(rows: list[Proposal]) -> list[tuple[str, str, list[Proposal]]]:
    """The groups with their rows, without those shown among the doubtful ones."""
    found = []
    for group in Group:
        there = [row for row in rows if row.group == group and (group == Group.UNPLACED or not row.is_doubtful)]
        if there:
            found.append((str(group), str(group.label), there))
    return found


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the campaign."""
    found = visible(Reading.objects.select_related("host__parent"), request, pk=pk)
    try:
        campaign = deed.confirm(found, by=request.user)
    except MoveRefused as refusal:
        refused(request, refusal)
        return redirect(found)
    messages.success(request, _("The campaign is made; its notice is a draft until the signer issues it."))
    return redirect(campaign)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away what confirming made."""
    found = visible(Reading.objects.select_related("campaign"), request, pk=pk)
    with told(request, _("What was made is taken away; the reading is open again.")):
        deed.undo(found, by=request.user)
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Something the reader missed: choose what it is, fill it in."""
    found = visible(Reading.objects.select_related("host").prefetch_related("proposals"), request, pk=pk)
    what = request.GET.get("what", "")
    if not found.is_open:
        messages.info(request, found.refusal())
        return redirect(found)
    if what not in dict(additions.addable(found)):
        return redirect(found)
    row = additions.begun(found, what)
    form = additions.form_of(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(additions.add(row, form))
    context = {"reading": found, "row": row, "form": form, "heading": additions.heading(row)}
    return render(request, "activities/reading/add.html", context, status=422 if form.errors else 200)


@require_POST
def rest(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is still doubtful is right as it stands."""
    found = visible(Reading.objects.prefetch_related("proposals"), request, pk=pk)
    if found.is_open:
        number = additions.accept_the_rest(found)
        messages.success(request, so_many("%(n)s row is right.", "%(n)s rows are right.", number))
    else:
        messages.info(request, found.refusal())
    return redirect(f"{found.get_absolute_url()}#confirm")


@require_safe
def units_like(request: HttpRequest) -> HttpResponse:
    """Known units for the name that is being typed, as options that complete the whole field."""
    offices = own_offices(request)
    typed = str(next(iter(request.GET.values()), ""))
    before, last = half_typed(typed)
    prefix = "".join(f"{name}、" for name in before)
    groups = UnitGroup.objects.filter(owner__in=offices, name__icontains=last.strip()) if len(last.strip()) > 1 else ()
    options = [f"{prefix}{each.name}" for each in (*groups, *like(last))]
    return render(request, "activities/reading/options.html", {"options": options})
