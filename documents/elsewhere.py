"""The rooms called in a process of their own.

A web process holds neither what sets a page nor a file that somebody uploaded. After work_elsewhere() a call of a room
goes, pickled, to a child of the process: ``python -m documents.elsewhere``, started by the first call, one call at a
time, gone when it was asked nothing for five minutes or its parent ended. What it answers and raises is of the ground
(outline, answers, errors) or builtin, so nothing heavy comes back with it.

What strangers hand in is opened at a desk of its own (STRANGERS) by every process, a worker too: its child gets no more
memory than CEILING, so a small file that unpacks to a gigabyte fills nothing, and one that crashes it brings nobody
down.
"""

from __future__ import annotations

import logging
import os
import pickle  # nosec B403 # between a process and its own child
import resource
import select
import struct
import subprocess
import sys
import threading
import traceback
from functools import partial
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import django
from django.conf import settings
from django.utils import translation

from .errors import Unavailable
from .messages import gettext as _

BASE = Path(__file__).resolve().parents[1]
ROOMS = frozenset({"book", "layout", "ofd", "paper", "sources", "word"})
"""Those that a web process calls elsewhere; ``pictures`` goes to the desk for strangers by itself."""
SECONDS = 60
GROUND = frozenset({"documents.answers", "documents.errors", "documents.outline", "documents.refusal", "datetime"})
"""Where the classes of what rooms answer and raise are."""
CEILING = 600 * 2**20
"""The most memory (bytes) for opening what a stranger handed in; see ``documents.pixels.MOST_BYTES``."""
IDLE = 300
_LENGTH = struct.Struct(">Q")
_log = logging.getLogger(__name__)


class Room:
    """A room of another process: its functions take and return what can be pickled."""

    def __init__(self, name: str, desk: Desk) -> None:
        self.name, self.desk = name, desk

    def __getattr__(self, function: str) -> Any:
        return partial(self.desk.call, f"documents.{self.name}", function)


class Desk:
    """The child that does the work, and its queue of one; memory: its ceiling in bytes, 0 for none."""

    def __init__(self, seconds: float = SECONDS, memory: int = 0) -> None:
        self.seconds, self.memory = seconds, memory
        self.child: subprocess.Popen[bytes] | None = None
        self.busy = threading.Lock()
        self.owner = os.getpid()

    def call(self, module: str, function: str, *given: Any, **named: Any) -> Any:
        """Call a function there.

        Returns what it returns. Raises what it raises; Unavailable when it takes too long, or the child ends twice.
        """
        if self.owner != os.getpid():  # forked: the child is another process's
            self.__init__(self.seconds, self.memory)  # type: ignore[misc]
        language = translation.get_language() if settings.configured else "en"  # unconfigured, as in a benchmark
        request = pickle.dumps((module, function, language, given, named))
        if not self.busy.acquire(timeout=self.seconds):
            raise Unavailable(_("Other documents are being worked on just now. Please try again in a moment."))
        try:
            well, answer = self._asked(request) or self._asked(request) or (False, self._lost(function))
        finally:
            self.busy.release()
        if not well:
            raise answer
        return answer

    def end(self) -> None:
        """End the child."""
        if self.child is not None:
            self.child.kill()
            self.child.communicate()
            self.child = None

    def _asked(self, request: bytes) -> tuple[bool, Any] | None:
        """Ask the child; None when it is gone, as after a while without work."""
        if self.child is None:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "documents.elsewhere", str(self.memory)],
                cwd=BASE,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # the keys of a terminal are meant for the parent, with whom it ends anyway
            )
        assert self.child.stdin and self.child.stdout
        try:
            _send(self.child.stdin, request)
            if not select.select([self.child.stdout], [], [], self.seconds)[0]:
                self.end()
                return False, Unavailable(_("It took too long and was stopped."))
            answer: tuple[bool, Any] = _Answers(BytesIO(_received(self.child.stdout))).load()
        except (BrokenPipeError, EOFError, pickle.UnpicklingError):
            self.end()
            return None
        return answer

    def _lost(self, function: str) -> Unavailable:
        _log.error("%s ended the process that worked on it, twice", function)
        return Unavailable(_("Something went wrong while it was worked on. Please try again."))


STRANGERS = Desk(memory=CEILING)


class _Answers(pickle.Unpickler):
    """Reads an answer: a child that a stranger's file took over makes nothing here but what rooms answer."""

    def find_class(self, module: str, name: str) -> Any:
        """A class of the ground, an exception, a set. Raises: UnpicklingError for everything else."""
        found: Any = super().find_class(module, name) if module in (*GROUND, "builtins") else None
        is_ours = module in GROUND and isinstance(found, type) and found.__module__ == module
        if is_ours or found in (set, frozenset) or (isinstance(found, type) and issubclass(found, Exception)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is nothing a room answers")


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


# --- in the child ------------------------------------------------------------------------------------------


def serve(memory: int) -> None:
    """Do what is asked on the standard input until it ends, or nothing was asked for a while.

    memory: the most it may take, in bytes; 0: as much as there is.
    """
    if memory:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    loggers = {"fontTools": {"level": "ERROR"}}  # subsetting tables are of no interest to an office
    settings.configure(LOCALE_PATHS=[BASE / "locale"], LOGGING={"version": 1, "loggers": loggers})
    django.setup()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, prints to the log
    while select.select([0], [], [], IDLE)[0]:
        try:
            request = _received(sys.stdin.buffer)
        except EOFError:
            break
        _send(answers, _answer(*pickle.loads(request)))  # nosec B301 # from the parent, over a pipe of its own


def _answer(module: str, function: str, language: str, given: Any, named: Any) -> bytes:
    with translation.override(language):
        try:
            return pickle.dumps((True, getattr(import_module(module), function)(*given, **named)))
        except Exception as error:  # it is raised again where it was asked for
            return pickle.dumps((False, _plain(error)))


def _plain(error: Exception) -> Exception:
    """The error itself if anybody knows it, else one that tells of it."""
    if type(error).__module__ in ("builtins", "documents.errors", "documents.refusal"):
        return error
    return RuntimeError("".join(traceback.format_exception(error)))


if __name__ == "__main__":
    serve(int(sys.argv[1]))
