"""nginx as deploy/nginx.conf has it, in front of a site that only names a file: what protects the file arrives."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings

from tests.servers import free_port, running

NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
pytestmark = [pytest.mark.servers, pytest.mark.skipif(not NGINX, reason="no nginx here")]
TOLD = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'attachment; filename="a.txt"',
    "Content-Type": "application/octet-stream",
}


class Site(BaseHTTPRequestHandler):
    """Names a file, as the site does after it has asked for the right."""

    def do_GET(self) -> None:
        self.send_response(200)
        for name, value in ({**TOLD, "X-Accel-Redirect": "/kept-files/a.txt"}).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Quiet."""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with behind_nginx(tmp_path) as found:
        yield found


@contextmanager
def behind_nginx(tmp_path: Path) -> Iterator[int]:
    """nginx with deploy/nginx.conf, without TLS, before a site on a port of its own."""
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.txt").write_text("kept")
    tmp_path.chmod(0o755)
    upstream, port = ThreadingHTTPServer(("127.0.0.1", 0), Site), free_port()
    Thread(target=upstream.serve_forever, daemon=True).start()
    text = (Path(settings.BASE_DIR) / "deploy" / "nginx.conf").read_text()
    text = re.sub(r"server \{\s+listen 80;.*?\n\}", "", text, flags=re.S)  # only leads to HTTPS
    text = re.sub(r"\s+(listen|ssl_\w+) [^;]*;", "", text)
    text = text.replace("    server_name", f"    listen 127.0.0.1:{port};\n    server_name")
    text = re.sub(r"127\.0\.0\.1:800\d", f"127.0.0.1:{upstream.server_port}", text)
    text = text.replace("/var/log/nginx", str(tmp_path))
    text = re.sub(r"alias \S+;", f"alias {tmp_path}/media/;", text)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{each}_temp_path {tmp_path}/{each};" for each in kinds)
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"daemon off; pid {tmp_path}/pid; error_log stderr; {'user root;' if os.geteuid() == 0 else ''} events {{}}\n"
        f"http {{ access_log {tmp_path}/access.log; {folders}\n{text}\n}}"
    )
    command = [str(NGINX), "-c", str(config), "-p", str(tmp_path)]
    with running(command, tmp_path / "log", ready=(tmp_path / "pid").exists):
        yield port
    upstream.shutdown()


def test_a_file_that_nginx_sends_is_as_closed_as_one_of_the_site(port: int) -> None:
    asked = HTTPConnection("127.0.0.1", port, timeout=20)
    asked.request("GET", "/attachments/1/")
    answer = asked.getresponse()
    assert (answer.status, answer.read()) == (200, b"kept")
    assert {name: answer.getheader(name) for name in TOLD} == TOLD


def test_nobody_asks_nginx_for_a_file_past_the_site(port: int) -> None:
    for address in ("/kept-files/a.txt", "/kept-files/", "/x/../kept-files/a.txt"):
        asked = HTTPConnection("127.0.0.1", port, timeout=20)
        asked.request("GET", address)
        assert asked.getresponse().status == 404, address


def test_nothing_that_was_sent_comes_back_as_an_answer(port: int) -> None:
    asked = HTTPConnection("127.0.0.1", port, timeout=20)
    asked.request("TRACE", "/", headers={"Cookie": "a=secret"})
    answer = asked.getresponse()
    assert (answer.status, b"secret" in answer.read()) == (405, False)


def test_no_log_of_nginx_keeps_an_address_that_was_opened(tmp_path: Path) -> None:
    with behind_nginx(tmp_path) as port:
        sent = ("GET", {"Referer": "http://127.0.0.1/?q=Wen+Li"}), ("POST", {"Content-Length": "300000000"})
        for method, more in sent:
            asked = HTTPConnection("127.0.0.1", port, timeout=20)
            asked.request(method, "/link/secret-of-a-link/?q=Wen+Li", headers=more)
            asked.getresponse().read()
            asked.close()
    lines = [line for log in tmp_path.glob("*.log") for line in log.read_text().splitlines()]
    assert [line.split()[2:4] for line in lines] == [["GET", "200"], ["POST", "413"]]
