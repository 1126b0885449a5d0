"""A real SMTP server on loopback that keeps what it takes, and can be told to refuse, to hang up, to be slow."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers import free_port


@dataclass
class PostOffice:
    """``taken`` are the mails it answered for with 250, and ``dropped`` those it took without an answer."""

    refuses: dict[str, str] = field(default_factory=dict)
    """What it answers to which recipient."""
    answers: list[str] = field(default_factory=list)
    """What it answers to the next mails, one after the other: a reply, “hang up before”, “hang up after”, “hang”."""
    taken: list[EmailMessage] = field(default_factory=list)
    dropped: list[EmailMessage] = field(default_factory=list)
    connections: int = 0
    port: int = field(default_factory=free_port)

    def __enter__(self) -> PostOffice:
        self.controller = Controller(self, "127.0.0.1", self.port, enable_SMTPUTF8=True)
        self.controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.controller.stop()

    def to(self) -> list[str]:
        """To whom the mails it took went, in their order."""
        return [str(each["To"]) for each in self.taken]

    def times(self) -> Counter[str]:
        """How often each person got each mail, whether it was answered for or not."""
        return Counter(f"{each['To']} {each['Subject']}" for each in [*self.taken, *self.dropped])

    # --- what aiosmtpd asks -----------------------------------------------------------------------------------

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        if self.answers and self.answers[0] == "hang up before":
            del self.answers[0]
            return hang_up(server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content: Any = envelope.content
        mail = message_from_bytes(content, policy=policy.default)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "hang":
            await asyncio.sleep(3600)
        if answer == "hang up after":
            self.dropped.append(mail)
            return hang_up(server)
        if answer.startswith("250"):
            self.taken.append(mail)
        return answer


def hang_up(server: SMTP) -> str:
    """Close the connection without an answer."""
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()
    return "421 gone"
