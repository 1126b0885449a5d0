"""What is held about one person, for what, and until when: what PIPL (个人信息保护法) has told to whom it concerns."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.forms import PersonForm
from accounts.models import AuditEntry, Deed, Session, User
from accounts.personal_data import WAYS, masked
from accounts.two_factor import codes_left, is_on
from activities.personal_data import named_as
from activities.states import Kind
from documents.counts import so_many, thousands
from feedback.models import Feedback
from workflow.models import Notification, Transition


@dataclass(frozen=True)
class Kept:
    """One kind of data: what it is called, what is held, what for, until when; values that have names of their own."""

    what: str
    held: list[str]
    why: str
    until: str
    labelled: dict[str, str] = field(default_factory=dict)


def kept_about(person: User, *, whole: bool) -> list[Kept]:
    """Everything that is held about a person. Arguments: who; whether numbers and mail addresses stand there whole."""
    return [
        account(person, whole),
        secrets(person),
        power(person),
        where_signed_in(person),
        trail(person),
        told(person),
        done(person),
        written(person),
        *named(person, whole),
    ]


def account(person: User, whole: bool) -> Kept:
    """Name, unit's department, how to reach the person."""
    fields = PersonForm(instance=person).fields
    values = {name: str(getattr(person, name)) for name in ("username", "name", "department", "position")}
    values |= {name: way if whole else masked(way) for name in WAYS if (way := getattr(person, name, ""))}
    labelled = {str(fields[name].label): value for name, value in values.items() if value}
    why = _("To sign in, to be told what is due, and to be reached about it.")
    return Kept(_("Data of the account"), [], why, until_shut(person), labelled)


def until_shut(person: User) -> str:
    """Until when the numbers of an account are kept."""
    days = settings.PERSONAL_DATA_DAYS
    if not days:
        return _("As long as the account is there.")
    shut = person.role_changes.filter(deed=Deed.SHUT).order_by("-pk").first()
    if person.is_active or shut is None:
        words = so_many(
            "While the account is open. Telephones and mail address are removed %(n)s day after it was shut.",
            "While the account is open. Telephones and mail address are removed %(n)s days after it was shut.",
            days,
        )
        return words
    return _("Telephones and mail address: until %(day)s.") % {"day": day_of(shut.at, days)}


def secrets(person: User) -> Kept:
    """How the person shows who it is."""
    held = [_("password, as a digest nobody can read back")]
    if is_on(person):
        held.append(_("secret of the second step, %(n)s recovery codes") % {"n": thousands(codes_left(person))})
    return Kept(
        _("Signing in"), held, _("To know that it is you."), _("Until you choose another one, or switch the step off.")
    )


def power(person: User) -> Kept:
    """Roles, and the history of them."""
    held = [str(each) for each in person.memberships.select_related("unit", "acting_for")]
    lines = person.role_changes.count()
    if lines:
        held.append(so_many("%(n)s line in the history of roles", "%(n)s lines in the history of roles", lines))
    why = _("What you may do, and who allowed it when.")
    return Kept(_("Roles"), held, why, _("For good: who acted in which role has to be known later."))


def where_signed_in(person: User) -> Kept:
    """Sessions: browser and network address."""
    open_ones = Session.objects.filter(user=person, expire_date__gt=timezone.now()).count()
    held = [so_many("%(n)s session, each with browser and network address",
                    "%(n)s sessions, each with browser and network address", open_ones)]  # fmt: skip
    hours = settings.SESSION_LONGEST // 3600
    until = so_many("Until you sign out, at most %(n)s hour.", "Until you sign out, at most %(n)s hours.", hours)
    return Kept(_("Where you are signed in"), held if open_ones else [], _("So that you can see and end it."), until)


def trail(person: User) -> Kept:
    """Entries of the audit trail."""
    number = AuditEntry.objects.filter(person=person.pk).count()
    held = [so_many("%(n)s entry with account, page, time and network address",
                    "%(n)s entries with account, page, time and network address", number)]  # fmt: skip
    why = _("To find out who saw or did what, as GB/T 22239 asks.")
    return Kept(
        _("Audit trail"), held if number else [], why, _("At least six months; entries are not removed singly.")
    )


def told(person: User) -> Kept:
    """Messages."""
    number = Notification.objects.filter(person=person).count()
    held = [so_many("%(n)s message", "%(n)s messages", number)] if number else []
    return Kept(_("Messages"), held, _("To tell you what is due and what was decided."), _("With the account."))


def done(person: User) -> Kept:
    """What the person filed and decided."""
    number = Transition.objects.filter(by=person).count()
    held = [so_many("your name at %(n)s filing or decision", "your name at %(n)s filings and decisions", number)]
    why = _("Who filed and who decided is part of an official record.")
    return Kept(_("Filed and decided"), held if number else [], why, _("With the papers of the campaign."))


def written(person: User) -> Kept:
    """Complaints and suggestions."""
    number = Feedback.objects.filter(writer=person).count()
    held = [so_many("%(n)s complaint or suggestion", "%(n)s complaints and suggestions", number)] if number else []
    return Kept(_("Complaints and suggestions"), held, _("To answer what you wrote."), _("With the account."))


def named(person: User, whole: bool) -> Iterator[Kept]:
    """Where units named the person, with the numbers given there."""
    days = settings.PERSONAL_DATA_DAYS
    open_yet = so_many(
        "Telephones and mail address are removed %(n)s day after the campaign was archived.",
        "Telephones and mail address are removed %(n)s days after the campaign was archived.",
        days,
    )
    for each in named_as(person):
        officer = each.kind == Kind.LIAISON
        what = _("Liaison officer: %(campaign)s") if officer else _("In charge of an activity: %(campaign)s")
        until = open_yet if days else _("With the papers of the campaign.")
        if each.until:
            until = _("Telephones and mail address: until %(day)s.") % {"day": day_of(each.until)}
        held = [person.name, *(way if whole else masked(way) for way in each.ways)]
        why = _("So that the office can reach the unit about the campaign.")
        yield Kept(what % {"campaign": each.campaign}, held, why, until)


def day_of(moment: datetime, days: int = 0) -> str:
    """A day as pages write it. Arguments: the moment; how many days later is meant."""
    return date_format(timezone.localtime(moment + timedelta(days=days)), "DATE_FORMAT")
