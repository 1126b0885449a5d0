"""Schemathesis asks what the description allows, and what it does not: never a 500, every answer as described.

``SCHEMATHESIS=200 python -m pytest reports/api/tests/test_schema.py`` asks so many times of each address.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from activities.states import Kind
from reports.models import ApiToken, Scope
from tests.cast import filed_plan, filed_summary, issued

EXAMPLES = int(os.environ.get("SCHEMATHESIS", "3"))
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection,
]  # fmt: skip
TRIES = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])


@pytest.fixture(autouse=True)
def kept_connection() -> Iterator[None]:
    """The end of a request closes no connection: the test stands in a transaction of it (as Django's own client)."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(db: None, settings: Any) -> dict[str, str]:
    """Of a token of an office that may do everything, where something was filed."""
    cache.clear()
    settings.API_A_MINUTE = 10**6
    cast = issued()
    filed_plan(cast.owed(cast.water, Kind.PLAN), cast.liaison, budget="12000.50", starts_on="2015-09-05")
    filed_summary(cast.owed(cast.water, Kind.SUMMARY), cast.liaison, 120)
    about: dict[str, Any] = {"unit": cast.office, "name": "OA", "made_by": cast.admin, "language": "en"}
    scopes = [Scope.READ, Scope.FILE, Scope.OFFICE]
    _token, secret = ApiToken.make(**about, scopes=scopes, expires_at=timezone.now() + timedelta(days=1))
    return {"Authorization": f"Bearer {secret}"}


def test_every_answer_is_as_described(headers: dict[str, str]) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), headers=headers)
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            asked += tried(operation, mode, headers)
    assert asked >= 2 * EXAMPLES * 10


def tried(operation: Any, mode: Any, headers: dict[str, str]) -> int:
    """Ask one address in one way. Returns: how often."""
    number = 0

    @TRIES
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        nonlocal number
        number += 1
        case.call_and_validate(headers=headers, checks=CHECKS)

    ask()
    return number
