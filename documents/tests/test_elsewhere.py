"""The rooms called in a process of their own: the same answers, and whatever happens to it is said in a line."""

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.utils import translation

from documents.answers import Missing, Source
from documents.elsewhere import Desk, Room
from documents.errors import GlyphError, Unavailable
from documents.outline import Document, Paragraph
from documents.paper import to_pdf
from documents.refusal import Refused
from documents.tests import samples
from documents.word import to_docx

BASE = Path(__file__).resolve().parents[2]
FLAMINGO = Document(title="质量月\U0001f9a9", body=(Paragraph("甲"),))


@pytest.fixture(scope="module")
def desk():
    desk = Desk()
    yield desk
    desk.end()


def gone(pid):
    """Whether a process ends within some seconds."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_it_answers_what_the_room_would_answer_here(desk):
    assert Room("paper", desk).to_pdf(samples.letter()) == to_pdf(samples.letter())
    assert Room("layout", desk).missing_glyphs(FLAMINGO) == (Missing("\U0001f9a9", "the title"),)
    found = Room("sources", desk).text_of("a.docx", to_docx(samples.letter()))
    assert isinstance(found, Source)
    assert samples.letter().title.replace("\n", "") in found.text


def test_a_child_that_answers_something_else_than_rooms_do_is_ended_and_nothing_of_it_is_made(desk):
    """As one would that a file took over: what it answers is no class of the ground."""
    for module, function, given in (("operator", "attrgetter", "title"), ("functools", "partial", print)):
        with pytest.raises(Unavailable, match="Something went wrong"):
            desk.call(module, function, given)
        assert desk.child is None
    assert Room("paper", desk).to_pdf(samples.letter())


def test_what_is_raised_there_is_raised_here_in_the_language_of_the_reader(desk):
    with pytest.raises(GlyphError, match="no font can print"):
        Room("paper", desk).to_pdf(FLAMINGO)
    with translation.override("zh-hans"), pytest.raises(GlyphError, match="标题"):
        Room("paper", desk).to_pdf(FLAMINGO)
    with pytest.raises(Refused, match="damaged") as refused:
        Room("sources", desk).text_of("a.docx", b"PK\x03\x04broken")
    assert refused.value.code == "damaged"


def test_a_fault_that_nobody_here_knows_is_told(desk):
    with pytest.raises(RuntimeError, match="PdfiumError"):
        Room("pictures", desk).page_sizes(b"no pdf", 1.0)
    with pytest.raises(AttributeError, match="nothing"):
        Room("paper", desk).nothing()


def test_one_child_does_all_and_a_new_one_takes_the_place_of_one_that_ended(desk):
    Room("layout", desk).missing_glyphs(FLAMINGO)
    first = desk.child.pid
    Room("layout", desk).missing_glyphs(FLAMINGO)
    assert desk.child.pid == first
    os.kill(first, signal.SIGKILL)
    assert Room("layout", desk).missing_glyphs(FLAMINGO) == (Missing("\U0001f9a9", "the title"),)
    assert desk.child.pid != first


def test_what_ends_the_child_each_time_is_said(desk):
    with pytest.raises(Unavailable, match="Something went wrong"):
        desk.call("os", "abort")
    assert Room("layout", desk).missing_glyphs(FLAMINGO) == (Missing("\U0001f9a9", "the title"),)


def test_what_takes_too_long_is_stopped_and_who_waits_behind_it_is_told():
    desk, ends = Desk(seconds=1), []

    def sleep():
        with translation.override("en"), pytest.raises(Unavailable) as stopped:
            desk.call("time", "sleep", 30)
        ends.append(str(stopped.value))

    slow = threading.Thread(target=sleep)
    slow.start()
    while desk.child is None:
        time.sleep(0.01)
    pid = desk.child.pid
    desk.seconds = 0.1
    with pytest.raises(Unavailable, match="Other documents are being worked on"):
        desk.call("time", "sleep", 0)
    slow.join()
    assert (ends, gone(pid)) == (["It took too long and was stopped."], True)
    assert desk.child is None


def test_a_large_file_goes_there_and_back(desk):
    data = os.urandom(30_000_000)
    assert desk.call("builtins", "bytes", data) == data


def test_the_child_ends_with_its_parent():
    code = "import documents.elsewhere as e; d = e.Desk(); d.call('os', 'getpid'); print(d.child.pid, flush=True); "
    parent = subprocess.Popen(
        [sys.executable, "-c", code + "import time; time.sleep(60)"], cwd=BASE, stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    assert gone(child)


def test_whatever_is_answered_can_be_held_anywhere():
    for value in (Missing("甲", "the title"), Source("a", "甲", "text"), Refused("scan"), samples.notice()):
        again = pickle.loads(pickle.dumps(value))
        assert (type(again), str(again)) == (type(value), str(value))
