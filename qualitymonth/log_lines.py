"""A line of the log as JSON: what machines read, and nothing about people but the number of an account.

Only what is named in ``SAID`` is said, whatever a library hangs on its lines (Django the whole request, Celery the
arguments of a task). Words that somebody typed come into a log in the texts of exceptions: so these lose what stands
between quotation marks, mail addresses, and the lines in which PostgreSQL quotes a row. gunicorn's master loads this
file too: it imports nothing of Django.
"""

import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from workflow import request_number

SAID = (
    "time", "level", "logger", "message", "request", "method", "view", "rows", "status", "ms", "user", "link",
    "task", "job", "exc_info",
)  # fmt: skip
"""Every name of a line, in this order."""
QUOTED = re.compile(r"""(["'`]).*?\1|[“‘«].*?[”’»]""", re.S)
ADDRESS = re.compile(r"[^\s<>(]+@[^\s<>)]+")
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class JsonLines(JsonFormatter):
    """One line for each record."""

    def __init__(self) -> None:
        super().__init__(json_ensure_ascii=False)

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        """As the library has it, with the number of the request, and then only what is ``SAID``."""
        super().add_fields(log_data, record, message_dict)
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).astimezone().isoformat(timespec="milliseconds")
        log_data["level"], log_data["logger"] = record.levelname, record.name
        log_data["request"] = request_number.current() or None
        log_data["message"] = message_of(record)
        said = {name: log_data[name] for name in SAID if log_data.get(name) is not None}
        log_data.clear()
        log_data.update(said)

    def formatException(self, ei: Raised) -> str:
        """Where it was raised, and as which kind of error: see :func:`without_words`."""
        found = []
        for error in chain_of(ei[1]):
            where = "".join(traceback.format_tb(error.__traceback__))
            found.append(f"{where}{type(error).__qualname__}: {said_by(error)}")
        return "\n".join(found)


def message_of(record: logging.LogRecord) -> str:
    """What a line says, of errors in it as little as :func:`said_by`.

    Django's own about a request end on its address, which may be a secret: it is left out.
    """
    given = record.args if isinstance(record.args, tuple) else ()
    said = tuple(said_by(each) if isinstance(each, BaseException) else each for each in given)
    text = str(record.msg) % said if said else record.getMessage()
    return text.partition(":")[0] if hasattr(record, "request") else text


def chain_of(error: BaseException | None) -> list[BaseException]:
    """An error behind those that it came from."""
    found: list[BaseException] = []
    while error and error not in found:
        found.insert(0, error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def said_by(error: BaseException) -> str:
    """What an error says, without words; of the system's own the file, which nobody typed."""
    if isinstance(error, OSError) and error.strerror and str(error.filename or "").startswith("/"):
        return f"[Errno {error.errno}] {error.strerror}: {error.filename}"
    return without_words(str(error))


def without_words(text: str) -> str:
    """The first line of what an error says, without values that somebody may have typed."""
    first = next(iter(text.splitlines()), "")
    return ADDRESS.sub("…@…", QUOTED.sub("“…”", first))
