"""What did not arrive, for whoever can help: the office that looks after the person, its administrators."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.people_keepers import looked_after, people_of
from accounts.personal_data import masked_in
from workflow.channels.channel import MAIL, called
from workflow.channels.sending import in_use
from workflow.compiled import Compiled
from workflow.models import Cause, ChannelState, Delivery, Mailbox, StoppedAddress

SEES = (Role.STAFF, Role.ADMIN, Role.SECURITY)
LATELY = timedelta(days=60)
"""What was given up before is not shown any more."""


def for_eyes_of(user: Any) -> "QuerySet[Delivery]":
    """What was given up of late, and was not read on the site either, of people of the units somebody looks after.

    Raises: PermissionDenied for who looks after none.
    """
    theirs = people_of(looked_after(user, SEES)).order_by().filter(pk=OuterRef("notification__person"))
    lately = Delivery.objects.given_up().filter(given_up_at__gt=timezone.now() - LATELY, notification__read_at=None)
    return lately.filter(Exists(theirs))


@dataclass(frozen=True)
class Heap:
    """So many that did not arrive for one reason by one channel; ``name`` is how the page asks for it."""

    channel: str
    cause: str
    messages: int
    people: int

    @property
    def name(self) -> str:
        return f"{self.channel}-{self.cause}"

    @property
    def title(self) -> str:
        """Channel and reason in words."""
        return f"{called(self.channel)} · {Cause(self.cause).label}"

    @property
    def advice(self) -> str:
        """What helps."""
        return {
            Cause.NO_ADDRESS: _("Enter an address on the person's page: what waits is then sent by itself."),
            Cause.ADDRESS: _(
                "Put the address right on the person's page: what waits is then sent by itself. Sent again as it is, "
                "the address counts as right, and mail goes there once more."
            ),
            Cause.CONTENT: _("Ask whoever runs the server why it refuses these; then send them again."),
            Cause.TOO_LATE: _("Once the server takes messages again, send them again; what is out of date may stay."),
            Cause.RETURNED: _(
                "Most often a mailbox is full or its server was away: tell the person by telephone, then send them "
                "again."
            ),
            Cause.DOUBT: _("Most of these did arrive. Whoever gets one twice reads the same once more."),
        }[Cause(self.cause)]


def heaps(rows: "QuerySet[Delivery]") -> list[Heap]:
    """The rows by channel and reason, the largest heap first."""
    counted = rows.order_by().values("channel", "cause")
    counted = counted.annotate(messages=Count("pk"), people=Count("notification__person", distinct=True))
    return [Heap(**each) for each in counted.order_by("-messages", "channel", "cause")]


def in_heap(rows: "QuerySet[Delivery]", heap: Heap) -> "QuerySet[Delivery]":
    """The rows of one heap, the newest first."""
    return rows.filter(channel=heap.channel, cause=heap.cause).order_by("-pk")


def away() -> list[ChannelState]:
    """Channels whose other side takes nothing at present, with the number of what ``waiting`` there."""
    names = [each.name for each in in_use()]
    found = list(ChannelState.objects.filter(name__in=names).exclude(away_since=None).order_by("name"))
    for each in found:
        each.waiting = Delivery.objects.open().filter(channel=each.name).count()  # type: ignore[attr-defined]
    return found


def unread_mailboxes() -> "QuerySet[Mailbox]":
    """Mailboxes of returned mail that cannot be read at present: what came back since is not known."""
    return Mailbox.objects.exclude(away_since=None)


class Blank(dict[str, str]):
    """Whatever value a message asks for: it stays between its people."""

    def __missing__(self, _name: str) -> str:
        return "…"


def what(row: Delivery) -> str:
    """What kind of message it was; whom it is about, only its reader is told."""
    return _(row.notification.message) % Blank()


def why(row: Delivery) -> str:
    """What the other side said, without whole addresses."""
    return masked_in(row.trouble)


def send_again(rows: "QuerySet[Delivery]") -> int:
    """Send what was given up again; addresses at which nobody was count as right by it. Returns: how many."""
    chosen = Delivery.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    StoppedAddress.objects.lift(*chosen.filter(channel=MAIL).values_list("address", flat=True).distinct())
    return chosen.try_again()


def address_is_right(user: User) -> None:
    """Somebody says that the address of a person is right, or it was put right: what waited for that is sent."""
    StoppedAddress.objects.lift(user.email)
    theirs = Delivery.objects.filter(notification__person=user, channel=MAIL)
    theirs.exclude(cause__in=[Cause.DOUBT, Cause.CONTENT]).try_again()  # whose cause was no address


STOPPED = Compiled(lambda address: StoppedAddress.objects.filter(address=address).order_by().values_list("said"))
LAST_MAIL = Compiled(
    lambda person: (
        Delivery.objects.filter(notification__person=person, channel=MAIL)
        .exclude(tries=0)
        .order_by("-pk")
        .values_list("given_up_at", "cause", "trouble")[:1]
    )
)


def comes_back(user: User) -> str:
    """What was last said to the address of a person by a mail server; empty when it took the last mail."""
    for (said,) in STOPPED(address=user.email.lower()):
        return masked_in(said)
    for given_up_at, cause, trouble in LAST_MAIL(person=user.pk):
        return masked_in(trouble) if given_up_at and cause == Cause.ADDRESS else ""
    return ""
