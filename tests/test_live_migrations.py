"""A migration that the version before would not live with is found; one that it does not notice is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests import live_migrations
from tests.live_migrations import found_in, main

CHAR, MODEL = models.CharField(max_length=20), "unit"


@pytest.fixture
def own_migrations(settings: Any) -> None:
    """The migrations of the house, also where tests run without (``--no-migrations``)."""
    settings.MIGRATION_MODULES = {}


def before() -> ProjectState:
    """A unit with a name, a place and a telephone."""
    state = ProjectState()
    fields = {
        "id": models.BigAutoField(primary_key=True),
        "name": models.CharField(max_length=80),
        "place": models.IntegerField(null=True),
        "phone": models.CharField(max_length=30, null=True),
    }
    state.add_model(ModelState("accounts", "Unit", list(fields.items())))
    return state


def migration(*operations: Any, **more: Any) -> Any:
    kind = type("Migration", (migrations.Migration,), {"operations": list(operations), **more})
    return kind("9999_new", "accounts")


def said(*operations: Any) -> list[str]:
    """What is found, without the words that name the operation."""
    return [each.partition(": ")[2] for each in found_in(migration(*operations), before())]


@pytest.mark.parametrize(
    ("operation", "found"),
    [
        (migrations.RemoveField(MODEL, "phone"), "takes away what it reads"),
        (migrations.DeleteModel("Unit"), "takes away what it reads"),
        (migrations.RenameField(MODEL, "phone", "telephone"), "gives another name to what it reads"),
        (migrations.RenameModel("Unit", "Body"), "gives another name to what it reads"),
        (migrations.AlterModelTable("Unit", "bodies"), "gives another name to what it reads"),
        (
            migrations.AddField(MODEL, "code", models.CharField(max_length=9, default="")),
            "adds a column that it leaves out: give it null=True or db_default",
        ),
        (
            migrations.AlterField(MODEL, "place", models.TextField(null=True)),
            "changes the kind of a column that it reads",
        ),
        (migrations.AlterField(MODEL, "place", models.IntegerField()), "refuses rows without a value, which it writes"),
        (migrations.AlterField(MODEL, "name", models.CharField(max_length=40)), "shortens a column that it writes"),
        (
            migrations.AlterField(MODEL, "name", models.CharField(max_length=80, unique=True)),
            "refuses rows that it writes",
        ),
        (migrations.AlterUniqueTogether(MODEL, {("name", "place")}), "refuses rows that it writes"),
        (
            migrations.AddConstraint(MODEL, models.UniqueConstraint(fields=["name"], name="once")),
            "refuses rows that it writes",
        ),
        (migrations.RunSQL("DROP TABLE accounts_unit"), "is SQL, of which nothing is known"),
        (
            migrations.SeparateDatabaseAndState(database_operations=[migrations.RemoveField(MODEL, "phone")]),
            "takes away what it reads",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, migrations.operations.base.Operation) else None,
)
def test_what_the_old_version_would_meet_is_found(operation: Any, found: str) -> None:
    assert said(operation) == [found]


@pytest.mark.parametrize(
    "operations",
    [
        [migrations.AddField(MODEL, "code", models.CharField(max_length=9, null=True))],
        [migrations.AddField(MODEL, "code", models.CharField(max_length=9, db_default=""))],
        [migrations.AddField(MODEL, "others", models.ManyToManyField("accounts.unit"))],
        [migrations.AlterField(MODEL, "name", models.CharField("the name", max_length=90, choices=[("a", "A")]))],
        [migrations.AlterField(MODEL, "place", models.IntegerField(db_default=0))],
        [migrations.AlterField(MODEL, "name", models.CharField(max_length=80, null=True))],
        [migrations.AddIndex(MODEL, models.Index(fields=["name"], name="by_name"))],
        [migrations.RunPython(migrations.RunPython.noop)],
        [migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField(MODEL, "phone")])],
        [
            migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))]),
            migrations.AddField("new", "code", CHAR),
            migrations.AddConstraint("new", models.UniqueConstraint(fields=["code"], name="new_once")),
        ],
    ],
    ids=lambda value: type(value[0]).__name__,
)
def test_what_it_does_not_notice_is_left_alone(operations: list[Any]) -> None:
    assert said(*operations) == []


@pytest.mark.usefixtures("own_migrations")
def test_the_baseline_names_migrations_that_are_there_and_what_is_behind_it_is_clean() -> None:
    loader = MigrationLoader(None)
    numbers = {(app, int(name.partition("_")[0])) for app, name in loader.disk_migrations if name[:4].isdecimal()}
    assert set(live_migrations.BASELINE.items()) <= numbers
    assert main() == 0


@pytest.mark.usefixtures("own_migrations")
def test_the_lint_step_names_the_migration_unless_it_is_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(live_migrations.BASELINE, "campaigns", 1)
    assert main() == 1
    shown = capsys.readouterr().out
    assert "campaigns.0002_year_round: Remove field seq from notice: takes away what it reads" in shown.splitlines()
    assert "accounts." not in shown
    for key, each in MigrationLoader(None).disk_migrations.items():
        if key[0] == "campaigns":
            monkeypatch.setattr(type(each), live_migrations.ANSWER, "before the first version", raising=False)
    assert main() == 0
