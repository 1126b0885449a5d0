"""A real HTTP server on loopback that keeps what is posted to it, and can be told what to answer."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


@dataclass
class WebHook:
    """``posted`` are path, headers and body of each request; ``answers`` what it answers to the next ones."""

    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    """Status, headers, body, one after the other; afterwards 200. Status 0: nothing, until ``over``."""
    posted: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    connections: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> WebHook:
        hook = self

        class Answers(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                hook.connections += 1
                super().setup()

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                hook.posted.append((self.path, dict(self.headers), body))
                status, headers, answer = hook.answers.pop(0) if hook.answers else (200, {}, b"ok")
                if not status:
                    hook.over.wait(60)
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in (headers | {"Content-Length": str(len(answer))}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer)

            do_OPTIONS = do_POST

            def log_message(self, *_said: Any) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])
