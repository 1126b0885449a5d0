"""Filing in somebody else's name: the office on behalf of a unit, a visitor through a personal link.

Both use the unit's own page and form (:mod:`activities.filing.filing_page`); what differs is here. The office says so
in the address (``?behalf=1``): otherwise its staff would meet a form on every page they only want to read.
"""

from typing import Any

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models.memberships import OFFICE_ROLES
from accounts.visitor import Visitor, account
from activities.behalf.forms.signing import BehalfForm, SigningForm
from activities.behalf.mail_to_fields import Split, split
from activities.models import Assignment, Filing, Incoming, PersonalLink
from activities.tell_unit import tell_unit
from workflow.models import MoveRefused
from workflow.pages import may

FLAG = "behalf"


def acts_for_unit(request: HttpRequest, assignment: Assignment) -> bool:
    """Whether this is the office filing on behalf of the unit: asked for in the address, and allowed."""
    return FLAG in request.GET and may(request.user, "file_for", assignment)


def may_write(request: HttpRequest, assignment: Assignment) -> bool:
    """Whether whoever is here may write the filing: the unit, its visitor, or the office on its behalf."""
    return may(request.user, "file", assignment) or acts_for_unit(request, assignment)


def page_for_unit(assignment: Assignment) -> str:
    """The address of the form in which the office files on behalf of the unit."""
    return f"{assignment.get_absolute_url()}?{FLAG}=1"


# --- the draft ---------------------------------------------------------------------------------------


def draft(request: HttpRequest, assignment: Assignment, model: type[Filing]) -> Filing:
    """The version to write in. What the unit has begun and not submitted is not the office's to read or replace.

    The office then begins the version behind it; the unit's own stays as it is.
    """
    last = model.latest(assignment)
    if last is None or not acts_for_unit(request, assignment) or not is_of_unit(last):
        return model.draft(assignment)
    return model(assignment=assignment, version=last.version + 1, revision=last.revision)


def is_of_unit(filing: Filing) -> bool:
    """Whether this is a draft that the unit wrote itself."""
    by = filing.saved_by
    office = by is not None and by.is_in(filing.assignment.campaign.host_id, *OFFICE_ROLES)
    return filing.submitted_at is None and not office


def why_not_saved(request: HttpRequest, filing: Filing) -> str:
    """Why the office can only submit here: a second draft would hide the one the unit is writing."""
    if filing.pk or not acts_for_unit(request, filing.assignment):
        return ""
    last = type(filing).latest(filing.assignment)
    if last is None or not is_of_unit(last):
        return ""
    return _(
        "The unit has begun a draft of its own (%(who)s). It stays as it is; what you file becomes the next version. "
        "So it cannot be saved as a draft here, only submitted."
    ) % {"who": last.saved_by or _("Somebody with a personal link")}


# --- what came in ------------------------------------------------------------------------------------


def incoming(request: HttpRequest, assignment: Assignment) -> Incoming | None:
    """What the office was sent and is to put into the form, while it is owed."""
    if not acts_for_unit(request, assignment) or not assignment.is_owed:
        return None
    return Incoming.newest(assignment)


def placed(came: Incoming | None, filing: Filing, form: Any) -> None:
    """Begin the form with what could be placed, unless it was saved since."""
    if came is None or not isinstance(form, BaseForm) or (filing.saved_at and filing.saved_at >= came.taken_at):
        return
    found = parts(came, form).values
    form.initial.update(found)
    for name in found:  # where the form offered something else, that is not where this was taken from
        form.fields[name].widget.attrs.pop("data-offered", None)
        form.fields[name].help_text = type(form).base_fields[name].help_text  # type: ignore[attr-defined]  # of every form


def parts(came: Incoming, form: Any) -> Split:
    """What came, split into the fields of the form; what the form has no field for is left over."""
    fields = form.fields if isinstance(form, BaseForm) else ()
    return split(came.text, came.assignment.kind, came.assignment.campaign.starts_on.year, fields)


def context(request: HttpRequest, assignment: Assignment, filing: Filing | None, form: Any) -> dict[str, Any]:
    """What the page shows of all this: who acts for whom, what came, and what of it could not be placed."""
    acting = acts_for_unit(request, assignment) and assignment.is_owed
    came = incoming(request, assignment)
    return {
        "acting": acting,
        "came": came,
        "remainder": parts(came, form).rest if came else "",
        "only_submits": why_not_saved(request, filing) if acting and filing else "",
    }


# --- signing -----------------------------------------------------------------------------------------


def signing(request: HttpRequest, assignment: Assignment, complete: bool) -> dict[str, BaseForm]:
    """The form that asks in whose name; none for people of the unit."""
    if isinstance(request.user, Visitor):
        initial = {"filed_for": request.user.person}
        return {"signing": SigningForm(request.POST or None, initial=initial, complete=complete)}
    if acts_for_unit(request, assignment):
        return {"signing": BehalfForm(request.POST or None, complete=complete)}
    return {}


def names(request: HttpRequest, forms: dict[str, Any]) -> dict[str, str]:
    """The arguments of ``submit``: in whose name, and how it came. A visitor's link is used up by one.

    Raises: MoveRefused when the link is not good any more.
    """
    form = forms.get("signing")
    if form is None:
        return {}
    return signed(request, form.cleaned_data["filed_for"], form.cleaned_data.get("filed_note", ""))


def signed(request: HttpRequest, person: str, how: str) -> dict[str, str]:
    """In whose name, and how it came; the use of a visitor's link is counted: see :meth:`PersonalLink.use`.

    Raises: MoveRefused when the link is not good any more.
    """
    if not isinstance(request.user, Visitor):
        return {"filed_for": person, "filed_note": how}
    link = PersonalLink.objects.select_related("made_by").get(pk=request.user.link)
    if not link.use():
        raise MoveRefused(_("This link is not good any more. Please ask the office for a new one."))
    with translation.override(settings.LANGUAGE_CODE):
        return {"filed_for": person, "filed_note": _("Personal link made by %(who)s") % {"who": link.made_by}}


def tell(request: HttpRequest, assignment: Assignment) -> None:
    """The unit's people hear of a filing in their name, if they did not file themselves."""
    if isinstance(request.user, Visitor):
        tell_unit(assignment, gettext_noop("Filed for your unit through a personal link: %(what)s. Please check it."))
    elif acts_for_unit(request, assignment):
        tell_unit(assignment, gettext_noop("The office filed on behalf of your unit: %(what)s. Please check it."))


def after(request: HttpRequest, assignment: Assignment) -> Any:
    """Where the way goes on: the office stays in the form while it is a draft; a visitor is told what is done."""
    if isinstance(request.user, Visitor) and assignment.is_filed:
        return reverse("activities:link-page")
    return page_for_unit(assignment) if acts_for_unit(request, assignment) and assignment.is_owed else assignment


def writer(request: HttpRequest) -> Any:
    """The account that saves and submits; None for a visitor."""
    return account(request.user)
