"""审签: the liaison officer submits to the head of the unit; the head passes it on to the office, or returns it.

What the office files from a mail, and what comes through a personal link, passes no head: both ways are opened by the
office, for units that answer outside the site; the unit's people, its head among them, are told. If something lies
before the head then, it is over.
"""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.models.memberships import UNIT_ROLES, Role
from activities.models import Assignment, Filing, Signing
from activities.states import SigningState
from workflow import clock
from workflow.models import MoveRefused
from workflow.telling import notify


@transaction.atomic
def lay_before_head(filing: Filing, *, by: Any) -> Signing:
    """The liaison officer submits a version to the head; nobody of the unit changes it meanwhile.

    Arguments: the saved version; who submits. Raises: MoveRefused when it cannot be filed, or lies there already.
    """
    if why := filing.assignment.why_not_filed():
        raise MoveRefused(why)
    try:
        with transaction.atomic():
            signing = Signing.objects.create(
                assignment=filing.assignment,
                filing=filing,
                revision=filing.revision,
                asked_by=by,
                asked_at=clock.now(),
            )
    except IntegrityError as error:
        raise MoveRefused(_("It lies before the head of your unit already.")) from error
    tell(signing, gettext_noop("Waits for you to pass it on to the office: %(what)s."), Role.HEAD)
    return signing


def waiting(assignment: Assignment) -> Signing:
    """What lies before the head. Raises: MoveRefused when nothing does."""
    found: Signing | None = assignment.before_head()
    if found is None:
        raise MoveRefused(_("It does not lie before the head any more. Nothing was changed."))
    return found


@transaction.atomic
def pass_on(assignment: Assignment, *, by: Any, seen: int) -> None:
    """The head passes it on: that is the moment of filing.

    Arguments: the assignment; the head; the revision the head had before the eyes.
    Raises: MoveRefused when it was taken back, is another version by now, or is closed for filing.
    """
    signing = waiting(assignment)
    filing: Any = signing.filing
    if signing.revision != seen or filing.revision != seen:
        raise MoveRefused(_("It was changed after you opened the page. Please read it again; nothing was passed on."))
    signing.move(SigningState.PASSED, by=by, roles=(Role.HEAD,))
    filing.assignment = assignment
    filing.submit(by=by)
    tell(signing, gettext_noop("The head passed it on to the office: %(what)s."), Role.LIAISON)


@transaction.atomic
def return_to_officer(assignment: Assignment, *, by: Any, reason: str) -> None:
    """The head returns it with a reason; the office hears nothing. Raises: MoveRefused."""
    signing = waiting(assignment)
    signing.move(SigningState.RETURNED, by=by, note=reason, roles=(Role.HEAD,), reason=reason)
    tell(signing, gettext_noop("The head returned it, please correct: %(what)s."), Role.LIAISON)


def take_back(assignment: Assignment, *, by: Any) -> None:
    """The liaison officer takes it back to change it. Raises: MoveRefused."""
    waiting(assignment).move(SigningState.TAKEN_BACK, by=by, roles=UNIT_ROLES)


def tell(signing: Signing, message: str, role: str) -> None:
    """One message to each person of the unit in this role, for each step."""
    with translation.override(settings.LANGUAGE_CODE):
        what = str(signing.assignment)
    notify(
        User.objects.speaking_for([signing.assignment.unit_id], role),
        message,
        key=f"signing-{signing.pk}-{signing.state}",
        url=signing.assignment.get_absolute_url(),
        what=what,
        unit=signing.assignment.unit_id,
    )
