"""``python -m bench.post_office FILE PORT``: a real mail server that notes in a file to whom each mail went.

A line is in the file before the server answers: what it took is counted, also when nobody heard the answer.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers import free_port, running


class Taken:
    """Takes every mail."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("a", buffering=1)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        content: Any = envelope.content
        head = BytesHeaderParser().parsebytes(content[: content.find(b"\r\n\r\n") + 4])
        self.file.write(f"{envelope.rcpt_tos[0]}\t{head['Message-ID']}\n")
        return "250 OK"


async def serve(path: Path, port: int) -> None:
    """Until it is ended."""
    handler = Taken(path)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, enable_SMTPUTF8=True, ident="post office"), "127.0.0.1", port
    )
    print("open", flush=True)
    async with server:
        await server.serve_forever()


@dataclass
class PostOffice:
    """The running server. ``begin`` opens a new page; on it is what was taken since, a recipient a mail."""

    port: int
    file: Path
    read: int = 0

    def begin(self) -> None:
        self.read = self.file.stat().st_size

    def recipients(self) -> list[str]:
        lines = self.file.read_bytes()[self.read :].decode().splitlines()
        return [line.partition("\t")[0] for line in lines]


@contextmanager
def post_office(folder: Path) -> Iterator[PostOffice]:
    """One on loopback, in a process of its own. Raises: ServerError."""
    port, file, log = free_port(), folder / "mails", folder / "post office"
    file.touch()
    command = [sys.executable, "-m", "bench.post_office", str(file), str(port)]
    with running(command, log, ready=lambda: "open" in log.read_text()):
        yield PostOffice(port, file)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
