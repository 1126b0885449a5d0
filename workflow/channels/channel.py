"""What a way of reaching people has to say of itself, and what may come of one letter."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MAIL, WEBHOOK = "mail", "webhook"
"""The channel every site has; the webhook that has no name of its own."""
LONGEST_NAME = 10


def called(name: str) -> str:
    """A channel in words; one that the operator took away meanwhile by its name."""
    if name == MAIL:
        return gettext("e-mail")
    hook = settings.WEBHOOKS.get(name)
    return (hook.label if hook else "") or (gettext("messenger") if name == WEBHOOK else name)


class Cause(models.TextChoices):
    """Why something was given up: what the office may do about it differs."""

    NO_ADDRESS = "no-address", _("there is no address")
    ADDRESS = "address", _("the address was refused")
    CONTENT = "content", _("the message was refused")
    RETURNED = "returned", _("it came back later")
    TOO_LATE = "too-late", _("it could not be delivered for three days")
    DOUBT = "doubt", _("nobody knows whether it arrived: the connection broke before the answer")


@dataclass(frozen=True)
class Letter:
    """What is to be sent: a name that stays the same however often it is tried; to whom; plain text."""

    name: str
    person: Any
    subject: str
    """One line."""
    text: str
    url: str
    """The whole address that opens it on the site; empty where that is not known."""
    told_at: datetime


class Line(Protocol):
    """An open connection over which letters go, one after the other."""

    def send(self, letter: Letter, address: str, on_the_way: Callable[[], None]) -> None:
        """Send it. ``on_the_way`` is called right before what cannot be taken back: until then it was not sent.

        Raises: GivenUp, Later, Away, Doubtful; and what ``on_the_way`` raises, after which nothing was sent.
        """


class Channel(ABC):
    """One way of reaching people."""

    name: str
    knows_again = False
    """Whether the other side knows a letter again by its name: then one in doubt is simply sent again."""

    @abstractmethod
    def is_on(self) -> bool:
        """Whether the office uses it."""

    @abstractmethod
    def a_minute(self) -> int:
        """How many letters the other side takes a minute; 0: as many as there are."""

    @abstractmethod
    def address_of(self, told: Any) -> str:
        """Where the person of a message is reached; empty: not this way, or not with this message."""

    @abstractmethod
    def line(self) -> AbstractContextManager[Line]:
        """Open a connection. Raises: Away."""

    @abstractmethod
    def try_out(self) -> None:
        """Whether the other side would take us; nothing is sent. Raises: Away."""


class Failure(Exception):
    """It did not go; ``said`` is what the other side said."""

    def __init__(self, said: object = "") -> None:
        super().__init__(said)
        self.said = str(said)


class GivenUp(Failure):
    """It will never go as it is."""

    def __init__(self, cause: Cause, said: object = "") -> None:
        super().__init__(said)
        self.cause = cause


class Later(Failure):
    """This letter did not go now; others may."""


class Doubtful(Failure):
    """It was sent, and nobody knows whether it was taken."""


class Away(Failure):
    """The other side takes nothing at all at present; perhaps it said for how long."""

    def __init__(self, said: object = "", wait: timedelta | None = None) -> None:
        super().__init__(said)
        self.wait = wait
