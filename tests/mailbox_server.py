"""A real IMAP server on loopback, as much of RFC 3501 as reading a mailbox takes; strict like NetEase where told so."""

from __future__ import annotations

import re
import socketserver
import threading
from dataclasses import dataclass, field
from types import TracebackType


@dataclass
class MailboxServer:
    """``mails`` by their numbers; ``said`` is what it was told, line by line."""

    mails: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    wants_id: bool = False
    """Whether it opens no folder for a program that has not said its name (RFC 2971)."""
    password: str = "p@ss word"
    said: list[str] = field(default_factory=list)

    def __enter__(self) -> MailboxServer:
        mailbox = self

        class Answers(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.named = False
                self.say(b"* OK ready")
                while line := self.rfile.readline():
                    tag, _space, asked = line.decode().rstrip("\r\n").partition(" ")
                    mailbox.said.append(asked)
                    done = self.answer(asked)
                    self.say(f"{tag} {done}".encode())
                    if asked == "LOGOUT":
                        return

            def say(self, line: bytes) -> None:
                self.wfile.write(line + b"\r\n")

            def answer(self, asked: str) -> str:
                verb = asked.upper()
                if verb.startswith("CAPABILITY"):
                    self.say(b"* CAPABILITY IMAP4rev1 ID")
                elif verb.startswith("LOGIN") and f'"{mailbox.password}"' not in asked:
                    return "NO LOGIN failed"
                elif verb.startswith("ID "):
                    self.named = True
                elif verb.startswith("EXAMINE"):
                    if mailbox.wants_id and not self.named:
                        return "NO EXAMINE Unsafe Login. Please contact the provider"
                    self.say(f"* {len(mailbox.mails)} EXISTS".encode())
                    self.say(f"* OK [UIDVALIDITY {mailbox.validity}] valid".encode())
                    return "OK [READ-ONLY] done"
                elif verb.startswith("UID SEARCH"):
                    self.say(" ".join(["* SEARCH", *map(str, self.found(asked))]).encode())
                elif fetched := re.match(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", asked):
                    number, most = map(int, fetched.groups())
                    part = mailbox.mails[number][:most]
                    self.wfile.write(f"* 1 FETCH (UID {number} BODY[]<0> {{{len(part)}}}\r\n".encode() + part)
                    self.say(b")")
                elif verb not in ("LOGOUT", "NOOP") and not verb.startswith("LOGIN"):
                    return "BAD unknown"
                return "OK done"

            def found(self, asked: str) -> list[int]:
                """As the standard has it: n:* is the last mail at least."""
                first = re.search(r"UID SEARCH UID (\d+):\*", asked)
                numbers = sorted(mailbox.mails)
                return [each for each in numbers if not first or each >= int(first[1]) or each == numbers[-1]]

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answers)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        """As RETURNS_URL names it."""
        return f"imap://returns%40example.com:p%40ss%20word@127.0.0.1:{self.server.server_address[1]}/INBOX"
