"""Django's SMTP backend with one question answered: could the mail have been taken when the connection broke?

RFC 1047 and RFC 5321, 4.5.3.2.6 describe the gap: between the full stop that ends a mail and the server's answer nobody
but the server knows whether it took it. Before the full stop it has not. So the full stop goes alone, last, when leave
was given.
"""

import re
import smtplib
import socket
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

LINE_OF_DOTS = re.compile(rb"(?m)^\.")


class Asking:
    """Mixed into a connection: ``on_the_way`` is called when all of a mail was sent but the full stop that ends it."""

    on_the_way: Callable[[], None] | None = None

    def data(self: Any, message: Any) -> Any:
        """The command DATA (RFC 5321, 4.1.1.4). Raises: SMTPDataError; what ``on_the_way`` raises, hanging up."""
        code, said = self.docmd("data")
        if code != 354:
            raise smtplib.SMTPDataError(code, said)
        # The full stop must not wait until the server has confirmed what came before (RFC 896).
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.send(LINE_OF_DOTS.sub(b"..", message) + (b"" if message.endswith(b"\r\n") else b"\r\n"))
        if self.on_the_way:
            try:
                self.on_the_way()
            except BaseException:
                self.close()  # what was begun can only be dropped
                raise
        self.send(b".\r\n")
        return self.getreply()


class Plain(Asking, smtplib.SMTP):
    """A connection, perhaps with STARTTLS."""


class Closed(Asking, smtplib.SMTP_SSL):
    """A connection in TLS from its beginning."""


class EmailBackend(smtp.EmailBackend):
    """Django's, over such a connection."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return Closed if self.use_ssl else Plain

    def _send(self, message: EmailMessage) -> bool:
        assert isinstance(self.connection, Asking)
        self.connection.on_the_way = getattr(message, "on_the_way", None)
        return bool(super()._send(message))

    def drop(self) -> None:
        """Hang up without a word to a server that may not answer any more."""
        for name in ("connection", "_partial_connection"):
            if connection := getattr(self, name):
                connection.close()
            setattr(self, name, None)
