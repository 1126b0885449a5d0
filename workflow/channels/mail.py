"""Mail, over one kept connection for many letters."""

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from workflow.channels import channel
from workflow.channels.channel import Away, Cause, Doubtful, GivenUp, Later, Letter
from workflow.channels.returns.marks import marked, return_address
from workflow.channels.returns.stopped import StoppedAddress

TOO_LARGE = 552
"""The mail is larger than the server takes (RFC 1870), said before anything of it was sent."""
GOES = 421
"""The server closes the connection (RFC 5321, 4.2.2): too many mails over it, or it is shut down."""


class Mail(channel.Channel):
    """SMTP, or whatever EMAIL_URL names."""

    name = channel.MAIL

    def is_on(self) -> bool:
        return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")

    def a_minute(self) -> int:
        return int(settings.MAIL_A_MINUTE)

    def address_of(self, told: Any) -> str:
        return str(told.person.email)

    @contextmanager
    def line(self) -> Iterator["MailLine"]:
        line = MailLine(get_connection())
        try:
            yield line
        finally:
            line.close()

    def try_out(self) -> None:
        line = MailLine(get_connection())
        line.open()
        line.close()


class MailLine:
    """One connection; one that breaks before a mail was on its way is opened again, once for each mail."""

    def __init__(self, connection: Any) -> None:
        self.connection, self.gone = connection, False

    @cached_property
    def stopped(self) -> dict[str, str]:
        """Addresses where nobody is, with what their server said; asked once for a connection."""
        return dict(StoppedAddress.objects.values_list("address", "said"))

    def open(self) -> bool:
        """Returns: whether it was not open already. Raises: Away."""
        try:
            return bool(self.connection.open())
        except (OSError, ValueError) as wrong:  # ValueError: TLS twice, in EMAIL_URL
            self.hang_up()
            raise Away(said(wrong)) from wrong

    def close(self) -> None:
        """Take leave of the server; what it says to that matters no more."""
        with suppress(OSError):
            self.connection.close()

    def hang_up(self) -> None:
        """End a connection that may be dead."""
        if hasattr(self.connection, "drop"):
            self.connection.drop()
        else:
            self.close()

    def send(self, letter: Letter, address: str, on_the_way: Callable[[], None]) -> None:
        if (said := self.stopped.get(address.lower())) is not None:
            raise GivenUp(Cause.ADDRESS, said)
        kept, self.gone = not self.open(), False
        try:
            self.once(letter, address, on_the_way)
        except Away:
            if not kept or self.gone:
                raise
            self.open()  # the server closes what was long open, or takes only so many over one connection
            self.once(letter, address, on_the_way)

    def once(self, letter: Letter, address: str, on_the_way: Callable[[], None]) -> None:
        """One try over the open connection. Raises: as ``send``."""

        def is_gone() -> None:
            on_the_way()
            self.gone = True

        try:
            self.hand_in(as_mail(letter, address), is_gone)
        except smtplib.SMTPException as wrong:
            raise self.judged(wrong) from wrong
        except ValueError as wrong:  # a header, or an address, that no mail can have
            raise GivenUp(Cause.ADDRESS, said(wrong)) from wrong
        except OSError as wrong:
            self.hang_up()
            raise (Doubtful if self.gone else Away)(said(wrong)) from wrong

    def hand_in(self, mail: EmailMessage, is_gone: Callable[[], None]) -> None:
        """Give it to the backend, which says when it is gone; one that cannot say so is told before."""
        if hasattr(self.connection, "drop"):
            mail.on_the_way = is_gone  # type: ignore[attr-defined]
        else:
            is_gone()
        self.connection.send_messages([mail])

    def judged(self, wrong: smtplib.SMTPException) -> channel.Failure:
        """What the answer of the server means: 5yz for good, 4yz not now (RFC 5321, 4.2.1)."""
        code, words = answer(wrong)
        if code != GOES:
            if isinstance(wrong, smtplib.SMTPRecipientsRefused):
                return GivenUp(Cause.ADDRESS, words) if code >= 500 else Later(words)
            if isinstance(wrong, smtplib.SMTPDataError) or code == TOO_LARGE:
                return GivenUp(Cause.CONTENT, words) if code >= 500 else Later(words)
        self.hang_up()
        return Doubtful(words) if self.gone and not code else Away(words)


def answer(wrong: smtplib.SMTPException) -> tuple[int, str]:
    """The code and the words of the server; 0 where there was no answer."""
    code, words = 0, b""
    if isinstance(wrong, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(wrong.recipients.values()))
    elif isinstance(wrong, smtplib.SMTPResponseException):
        code, words = wrong.smtp_code, bytes(wrong.smtp_error)  # type: ignore[arg-type]  # bytes, whatever is declared
    return (code, f"{code} {words.decode(errors='replace')}") if code > 0 else (0, said(wrong))


def said(wrong: Exception) -> str:
    """What an error says."""
    return str(wrong) or type(wrong).__name__


def as_mail(letter: Letter, address: str) -> EmailMessage:
    """The letter as a mail of plain text. It keeps its Message-ID when it is sent again, and asks for no answer by a
    machine (RFC 3834). What cannot be delivered goes to MAIL_RETURNS_TO, where that is set."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{marked(letter.name)}@{domain}>", "Auto-Submitted": "auto-generated"}
    back = return_address(letter.name)
    if back:
        headers["From"] = settings.DEFAULT_FROM_EMAIL
    return EmailMessage(letter.subject, letter.text, back or None, [address], headers=headers)
