"""What a unit's own system files: how an activity goes, and counts. By the forms and deeds of the pages, so nobody gets
in by a program what a page refuses; the log says that a program did it."""

from hashlib import sha256
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models.memberships import UNIT_ROLES
from activities.counting.forms.entry import EntryForm
from activities.filing import volunteer
from activities.filing.forms.about_activity import AboutForm
from activities.filing.forms.progress import ProgressForm
from activities.models import Activity, Assignment, Entry, Progress, StaleDraft
from activities.models.entry import count_of
from activities.states import Kind
from campaigns.finding import campaign_for
from reports.api.caller import Caller
from reports.api.reading import assignment as assignment_row
from reports.api.refusal import Refused
from workflow.models import MoveRefused

BY = gettext_noop("Filed by a program of the unit (%(token)s).")


def owned(caller: Caller, pk: int, kind: str) -> Assignment:
    """What the unit owes, of a kind. Raises: Http404."""
    found: Assignment | None = Assignment.objects.of_units_of(caller).filter(kind=kind).for_list().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def file_progress(caller: Caller, given: Any) -> dict[str, Any]:
    """A report on an activity, written and filed. Returns: its assignment. Raises: Http404, Refused."""
    try:
        with transaction.atomic():
            owed = owned(caller, given.assignment, Kind.PROGRESS) if given.assignment else begun(caller, given)
            written(caller, owed, given.dict())
    except (MoveRefused, StaleDraft) as refusal:
        raise Refused(409, "not_now", refusal) from refusal
    return assignment_row(caller, owed.pk)


def begun(caller: Caller, given: Any) -> Assignment:
    """A report nobody asked for. Raises: Http404, Refused, MoveRefused."""
    if given.campaign is None or given.activity is None:
        raise Refused(422, "invalid", _("Which activity is it about?"), fields={"activity": [_("It is missing.")]})
    campaign = campaign_for(caller, given.campaign)
    activity = Activity.objects.filter(campaign=campaign, pk=given.activity).first()
    if activity is None:
        raise Http404
    owed = volunteer.begin(campaign, caller.token.unit, Kind.PROGRESS, activity)
    if Progress.latest(owed):  # somebody of the unit is writing one: theirs stays theirs
        told = _("Somebody of your unit is writing a report on this activity. It has to be filed or thrown away first.")
        raise Refused(409, "not_now", told)
    return Assignment.objects.for_list().get(pk=owed.pk)


def written(caller: Caller, owed: Assignment, given: dict[str, Any]) -> None:
    """Draft and submission, as the page does both. Raises: Refused, MoveRefused, StaleDraft."""
    if why := owed.why_not_filed():
        raise MoveRefused(why)
    filing = Progress.draft(owed)
    filing.assignment = owed
    form = ProgressForm(given, instance=filing, complete=True)
    about = AboutForm({"activity": given.get("activity") or owed.activity_id}, assignment=owed, complete=True)
    insist(form, about)
    seen = filing.revision
    about.keep()
    filing.save_draft(by=caller.person, seen=seen)
    filing.submit(by=caller.person)
    owed.remark(BY, by=caller.person, roles=UNIT_ROLES, token=caller.token.name)


def report_count(caller: Caller, pk: int, given: Any, key: str) -> dict[str, Any]:
    """So many of a deliverable. Arguments: the assignment; what is reported; the key of the request.

    Raises: Http404, Refused.
    """
    owed = owned(caller, pk, Kind.DELIVERABLE)
    mark = sha256(f"{caller.token.pk}\n{key}".encode()).hexdigest()[:40]
    form = EntryForm({**given.dict(), "key": mark}, assignment=owed, so_far=count_of(owed))
    insist(form)
    try:
        entry = Entry.report(owed, form.report(), by=caller.person)
    except MoveRefused as refusal:
        raise Refused(409, "not_now", refusal) from refusal
    if entry is None:
        raise Refused(409, "key_used", _("This idempotency key was used for another request."))
    owed.remark(BY, by=caller.person, roles=UNIT_ROLES, token=caller.token.name)
    so_far = count_of(owed)
    return {
        "id": entry.pk,
        "assignment": owed.pk,
        "count": entry.count,
        "on": entry.on.isoformat(),
        "reported": so_far.reported,
        "target": so_far.target,
        "filed": owed.is_filed,
    }


def insist(*forms: Any) -> None:
    """That forms take what was given. Raises: Refused with what is wrong, field by field."""
    wrong: dict[str, list[str]] = {}
    for form in forms:
        if not form.is_valid():
            wrong |= {name: [str(each) for each in errors] for name, errors in form.errors.items()}
    if wrong:
        raise Refused(422, "invalid", _("Nothing was filed: something is missing or wrong."), fields=wrong)
