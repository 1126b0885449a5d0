"""A pytest plugin: how each test ended, how long it took and, under ``coverage run``, which lines it runs.

It writes JSON to the file named by the variable WITNESS: node id → {"outcome", "seconds"}, in the order of the run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from coverage import Coverage

SEEN: dict[str, dict[str, str | float]] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Put what the test runs down to its own name."""
    if measuring := Coverage.current():
        measuring.switch_context(item.nodeid)
    return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A test is as bad as the worst of its three phases: set-up, call, tear-down."""
    seen = SEEN.setdefault(report.nodeid, {"outcome": "passed", "seconds": 0.0})
    seen["seconds"] = round(float(seen["seconds"]) + report.duration, 3)
    if report.outcome != "passed" and seen["outcome"] != "failed":
        seen["outcome"] = report.outcome


def pytest_sessionfinish() -> None:
    """Hand over what was seen."""
    Path(os.environ["WITNESS"]).write_text(json.dumps(SEEN, ensure_ascii=False))
