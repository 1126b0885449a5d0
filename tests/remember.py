"""Rows that many tests begin with: written once in a process by the deeds themselves, then put back as they were."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import Unit, User
from qualitymonth.celery import app
from workflow.jobs import Job

Made = TypeVar("Made")
LITERAL = {"postgresql": "quote_nullable({}::text)", "sqlite": "quote({})"}
"""A column as it stands in SQL."""


@dataclass(frozen=True)
class Kept:
    """What was made, and the statements that write its rows again."""

    made: bytes
    statements: list[str]


KEPT: dict[tuple[object, ...], Kept] = {}


def remembered(make: Callable[[], Made]) -> Made:
    """What ``make`` returns, its rows in the tables as if it had just been called.

    Only on empty tables, and where no worker is to be told; elsewhere it is called. What it writes must depend on the
    language, the day and the folder of files only, and on whether tasks wait for a commit, which in a test's own
    transaction never comes. Arguments: how it is made. Returns: what it returned, a copy for each test.
    """
    if not app.conf.task_always_eager or Unit.objects.exists() or User.objects.exists():
        return make()
    key = (make, get_language(), settings.TODAY, settings.MEDIA_ROOT, connection.in_atomic_block)
    if key not in KEPT:
        made = make()
        KEPT[key] = Kept(pickle.dumps(made), statements())
        return made
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in KEPT[key].statements:
            cursor.execute(statement)
    for model in apps.get_models():
        if issubclass(model, Job):
            model._base_manager.update(beat_at=timezone.now())  # a job has been queued, or has ended, just now
    copy: Made = pickle.loads(KEPT[key].made)
    return copy


def statements() -> list[str]:
    """One statement for each table that holds rows of a test, which writes exactly these."""
    with connection.cursor() as cursor:
        found = []
        for model in apps.get_models(include_auto_created=True):
            if model._meta.proxy or model._meta.app_label in ("auth", "contenttypes"):
                continue  # the latter are written by migrate, and there in every test
            table = f'"{model._meta.db_table}"'
            columns = [f'"{field.column}"' for field in model._meta.concrete_fields if not field.generated]
            literals = ", ".join(LITERAL[connection.vendor].format(column) for column in columns)
            cursor.execute(f"SELECT {literals} FROM {table} ORDER BY 1")
            if rows := ", ".join(f"({', '.join(row)})" for row in cursor.fetchall()):
                found.append(f"INSERT INTO {table} ({', '.join(columns)}) VALUES {rows}")
    return found
