"""Who writes what is owed: the unit itself, the office on its behalf, or a visitor through a personal link.

Asked once, when the request comes in (:func:`writer_of`); the answer is carried through every step: which draft, in
whose name, whom to tell, where the way goes on. All three use the unit's own page (``filing/filing_page.py``).
The office says so in the address (``?behalf=1``): otherwise its staff would meet a form on every page they only want
to read.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models.memberships import OFFICE_ROLES
from accounts.visitor import Visitor
from activities.behalf.forms.signing import BehalfForm, SigningForm
from activities.models import Assignment, Filing, PersonalLink
from activities.models.signing import goes_to_head
from activities.tell_unit import tell_unit
from workflow.models import MoveRefused
from workflow.pages import may
from workflow.site_language import in_site_language

FLAG = "behalf"


class Capacity(Enum):
    """As what somebody writes."""

    UNIT = auto()
    OFFICE = auto()
    VISITOR = auto()


TOLD = {
    Capacity.OFFICE: gettext_noop("The office filed on behalf of your unit: %(what)s. Please check it."),
    Capacity.VISITOR: gettext_noop("Filed for your unit through a personal link: %(what)s. Please check it."),
}
"""What the unit's people hear of a filing they did not make themselves."""


@dataclass(frozen=True)
class Draft:
    """The version to write in, and why it can only be submitted, not saved (empty: it can)."""

    filing: Filing
    why_not_saved: str = ""


@dataclass(frozen=True)
class Writer:
    """Somebody at the page of an assignment, and what they may write there."""

    assignment: Assignment
    capacity: Capacity
    may_write: bool
    by: Any
    """The account that saves and submits; None for a visitor."""
    person: str = ""
    """For whom the visitor's link was made."""
    link: int = 0

    @property
    def is_office(self) -> bool:
        return self.capacity is Capacity.OFFICE

    @property
    def writes_now(self) -> bool:
        """Whether the form is theirs at this moment."""
        owed = self.assignment.is_owed and not self.assignment.is_locked
        return self.may_write and owed and (self.is_office or not self.assignment.before_head())

    @property
    def to_head(self) -> bool:
        """Whether what they submit passes the head of the unit first."""
        return self.capacity is Capacity.UNIT and goes_to_head(self.assignment, self.by)

    def why_not_written(self) -> str:
        """Why nothing can be written or filed here now; empty when it can. What lies before the head waits for it."""
        if not self.is_office and self.assignment.before_head():
            return _("It lies before the head of the unit. Take it back first to change it.")
        return self.assignment.why_not_filed()

    def draft(self, model: type[Filing]) -> Draft:
        """The version to write in. What the unit has begun and not submitted is not the office's to read or replace.

        The office then begins the version behind it; the unit's own stays as it is.
        """
        last = model.latest(self.assignment) if self.is_office else None
        if last is None or not is_of_unit(last):
            return Draft(model.draft(self.assignment))
        why = _(
            "The unit has begun a draft of its own (%(who)s). It stays as it is; what you file becomes the next "
            "version. So it cannot be saved as a draft here, only submitted."
        )
        who = {"who": last.saved_by or _("Somebody with a personal link")}
        return Draft(model(assignment=self.assignment, version=last.version + 1, revision=last.revision), why % who)

    def signing(self, data: QueryDict | None, complete: bool) -> dict[str, BaseForm]:
        """The form that asks in whose name it is filed; none for people of the unit.

        Arguments: what was posted, and whether everything must be said (to submit).
        """
        if self.capacity is Capacity.UNIT:
            return {}
        form, initial = (BehalfForm, {}) if self.is_office else (SigningForm, {"filed_for": self.person})
        return {"signing": form(data or None, initial=initial, complete=complete)}

    def names(self, forms: dict[str, Any]) -> dict[str, str]:
        """The arguments of ``submit``: in whose name, and how it came. A visitor's link is used up by one.

        Raises: MoveRefused when the link is not good any more.
        """
        form = forms.get("signing")
        if form is None:
            return {}
        return self.signed(form.cleaned_data["filed_for"], form.cleaned_data.get("filed_note", ""))

    def signed(self, person: str, how: str = "") -> dict[str, str]:
        """In whose name, and how it came; the use of a visitor's link is counted: see :meth:`PersonalLink.use`.

        Raises: MoveRefused when the link is not good any more.
        """
        if not self.link:
            return {"filed_for": person, "filed_note": how}
        link = PersonalLink.objects.select_related("made_by").get(pk=self.link)
        if not link.use():
            raise MoveRefused(_("This link is not good any more. Please ask the office for a new one."))
        note = in_site_language(gettext_noop("Personal link made by %(who)s"), who=link.made_by)
        return {"filed_for": person, "filed_note": note}

    def tell(self) -> None:
        """The unit's people hear of a filing in their name, if they did not file themselves."""
        if message := TOLD.get(self.capacity):
            tell_unit(self.assignment, message)

    def after(self) -> Any:
        """Where the way goes on: the office stays in the form while it is owed; a visitor is told what is done."""
        if self.link and self.assignment.is_filed:
            return reverse("activities:link-page")
        return page_for_unit(self.assignment) if self.is_office and self.assignment.is_owed else self.assignment


def writer_of(request: HttpRequest, assignment: Assignment) -> Writer:
    """Who is at the page: one of the three makers below. Arguments: the request, the assignment they may see."""
    user: Any = request.user
    if isinstance(user, Visitor):
        return the_visitor(user, assignment)
    if FLAG in request.GET and may(user, "file_for", assignment):
        return the_office(user, assignment)
    return the_unit(user, assignment)


def the_unit(user: Any, assignment: Assignment) -> Writer:
    """People of the unit; whoever else only reads."""
    return Writer(assignment, Capacity.UNIT, may(user, "file", assignment), by=user)


def the_office(user: Any, assignment: Assignment) -> Writer:
    """The office on the unit's behalf: asked for in the address, and allowed."""
    return Writer(assignment, Capacity.OFFICE, may_write=True, by=user)


def the_visitor(user: Visitor, assignment: Assignment) -> Writer:
    """Somebody without an account, through a personal link."""
    return Writer(
        assignment, Capacity.VISITOR, may(user, "file", assignment), by=None, person=user.person, link=user.link
    )


def page_for_unit(assignment: Assignment) -> str:
    """The address of the form in which the office files on behalf of the unit."""
    return f"{assignment.get_absolute_url()}?{FLAG}=1"


def is_of_unit(filing: Filing) -> bool:
    """Whether this is a draft that the unit wrote itself."""
    by = filing.saved_by
    office = by is not None and by.is_in(filing.assignment.campaign.host_id, *OFFICE_ROLES)
    return filing.submitted_at is None and not office
