"""What a way of reaching people has to say of itself, and what may come of one letter."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _


class Name(models.TextChoices):
    MAIL = "mail", _("e-mail")
    WEBHOOK = "webhook", _("messenger")


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

    name: Name
    knows_again = False
    """Whether the other side knows a letter again by its name: then one in doubt is simply sent again."""

    @abstractmethod
    def is_on(self) -> bool:
        """Whether the office uses it."""

    @abstractmethod
    def a_minute(self) -> int:
        """How many letters the other side takes a minute; 0: as many as there are."""

    @abstractmethod
    def address_of(self, person: Any) -> str:
        """Where the person is reached; empty: not this way."""

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
