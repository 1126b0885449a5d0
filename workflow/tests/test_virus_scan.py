"""ClamAV looks through what is sent, where an office runs it; while it does not answer that is said."""

import socket
import struct
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from qualitymonth.environment import when_down
from workflow.virus_scan import scan, state

MARK = b"the word that stands for a virus here"


@pytest.fixture
def clamav(settings, tmp_path):
    """A ClamAV that knows one virus, and speaks as much of its language as is asked (clamd(8): PING, INSTREAM)."""
    path = tmp_path / "clamd.ctl"
    settings.CLAMAV = f"unix://{path}"
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.listen()
    threading.Thread(target=answer, args=(server,), daemon=True).start()
    yield settings.CLAMAV
    server.close()


def answer(server):
    while True:
        try:
            connection, _address = server.accept()
        except OSError:
            return
        with connection, connection.makefile("rwb") as line:
            if line.readline() == b"nPING\n":
                line.write(b"PONG\n")
                continue
            content = b""
            while length := struct.unpack(">I", line.read(4))[0]:
                content += line.read(length)
            line.write(b"stream: Example.Word FOUND\n" if MARK in content else b"stream: OK\n")


def sent(data):
    with translation.override("en"):
        scan(SimpleUploadedFile("a.pdf", data))


def test_what_is_found_is_refused_by_its_name_and_the_rest_is_taken(clamav):
    sent(b"a plan" * 9000)
    with pytest.raises(ValidationError, match=r"found something in it \(Example.Word\). The file is not taken in."):
        sent(bytes(9000) + MARK)
    assert state() == "ready"


def test_while_it_does_not_answer_nothing_is_taken_in_unless_the_office_says_so(settings, tmp_path, caplog):
    settings.CLAMAV = f"unix://{tmp_path / 'nobody'}"
    with pytest.raises(ValidationError, match="The virus scanner does not answer at the moment"):
        sent(b"a plan")
    settings.CLAMAV_DOWN = "take"
    sent(b"a plan")
    assert [state(), len(caplog.records), "does not answer" in caplog.text] == ["down", 2, True]


def test_without_one_nothing_is_asked(settings):
    settings.CLAMAV = ""
    sent(MARK)
    assert state() == "off"


def test_a_word_that_nobody_knows_is_refused_at_the_start():
    with pytest.raises(ImproperlyConfigured, match="neither refuse nor take"):
        when_down("quarantine")
