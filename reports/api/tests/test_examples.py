"""The examples of docs/api.md run as they stand, one after the other, over HTTP."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from activities.models import Entry, Progress
from activities.states import Kind
from reports.models import ApiToken, Scope
from tests.cast import activity, issued

TOP = Path(__file__).resolve().parents[3]


@pytest.mark.django_db(transaction=True)
def test_the_examples_of_the_documentation_run(
    live_server: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cache.clear()
    cast = issued()
    task = activity(cast.campaign, "Posters", [cast.water])
    cast.notice.assignments.create(
        campaign=cast.campaign, unit=cast.water, kind=Kind.DELIVERABLE, activity=task,
        deliverable=task.deliverables.create(order=1, title="Posters", target=100), due_at=timezone.now(),
    )  # fmt: skip
    about: dict[str, Any] = {"unit": cast.water, "name": "OA", "made_by": cast.head, "language": "en"}
    until = timezone.now() + timedelta(days=1)
    _token, secret = ApiToken.make(**about, scopes=[Scope.READ, Scope.FILE], expires_at=until)
    monkeypatch.setenv("SITE", live_server.url)
    monkeypatch.setenv("TOKEN", secret)
    monkeypatch.setenv("no_proxy", "*")
    names: dict[str, Any] = {}
    examples = re.findall(r"```python\n(.*?)```", (TOP / "docs" / "api.md").read_text(), re.S)
    for each in examples:
        exec(compile(each, "docs/api.md", "exec"), names)
    assert (len(examples), len(names["rows"])) == (5, cast.water.assignments.count() - 1)
    assert (Progress.objects.count(), Entry.objects.count()) == (1, 1)
    assert "City month 0 of" in capsys.readouterr().out
