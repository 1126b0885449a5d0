"""Work is asked of a worker by name; a name that no worker knows would wait for ever."""

import ast
from pathlib import Path

from qualitymonth.celery import app
from workflow.jobs import Job

BASE = Path(__file__).resolve().parents[2]
ASKING = {"ask", "ask_later"}


def asked():
    """Every name that is asked for in the code."""
    for room in ("accounts", "activities", "campaigns", "feedback", "reports", "workflow"):
        for path in (path for path in (BASE / room).rglob("*.py") if "tests" not in path.parts):
            calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
            yield from (call.args[0] for call in calls if getattr(call.func, "id", "") in ASKING and call.args)


def test_a_worker_knows_whatever_is_asked_for():
    app.loader.import_default_modules()
    names = {name.value for name in asked() if isinstance(name, ast.Constant)}
    jobs = {kind.TASK for kind in Job.__subclasses__()}
    assert (len(names), len(jobs)) == (6, 10)
    assert (names | jobs) - set(app.tasks) == set()
