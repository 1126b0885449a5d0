"""The database as one file: dumped in one snapshot while people work, loaded into an empty database.

PostgreSQL by its own pg_dump and pg_restore, SQLite by its backup interface; both through plain connections, so that a
database is filled and looked at that the settings do not name.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg2
from django.apps import apps
from django.db import connection, models
from psycopg2 import sql


class BackupError(Exception):
    """A backup cannot be made, or does not hold; the words are for the administrator."""


@dataclass(frozen=True)
class Found:
    """What stands in a database: rows of each table, and the names of all files its rows name."""

    rows: dict[str, int]
    files: frozenset[str]


def look(cursor: Any) -> Found:
    """Count the rows of every table of ours, and gather the names of files."""
    rows, files = {}, set()
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # nosec B608 # names of our models
        rows[table] = int(cursor.fetchone()[0])
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                cursor.execute(f'SELECT "{field.column}" FROM "{table}" WHERE "{field.column}" <> \'\'')  # nosec B608 # names of our models
                files |= {name for (name,) in cursor.fetchall()}
    return Found(rows, frozenset(files))


@dataclass(frozen=True)
class Postgres:
    """A database of a PostgreSQL server."""

    name: str
    at: dict[str, str]
    FILE = "database.dump"

    @classmethod
    def configured(cls) -> Postgres:
        """The one of the settings."""
        given = connection.settings_dict
        names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}  # nosec B105 # the name of a variable
        return cls(given["NAME"], {there: str(given[here]) for here, there in names.items() if given[here]})

    def connect(self) -> Any:
        """A plain connection."""
        at = {name.removeprefix("PG").lower(): value for name, value in self.at.items()}
        return psycopg2.connect(dbname=self.name, **at)

    def run(self, *command: str) -> None:
        """One of PostgreSQL's programs on this database. Raises: BackupError with what it said."""
        try:
            done = subprocess.run(command, env=os.environ | self.at, capture_output=True, text=True)
        except OSError as error:
            raise BackupError(f"{command[0]}: {error.strerror} (apt-get install postgresql-client)") from error
        if done.returncode:
            raise BackupError(f"{command[0]}: {done.stderr.strip()}")

    def dump(self, to: Path) -> Found:
        """Everything as of one moment into a file. Returns: what stood there at that moment."""
        with closing(self.connect()) as reader:
            reader.set_session(isolation_level="REPEATABLE READ", readonly=True)
            with reader.cursor() as cursor:
                cursor.execute("SELECT pg_export_snapshot()")
                snapshot = cursor.fetchone()[0]
                self.run(
                    "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}",
                    f"--file={to}", f"--dbname={self.name}",
                )  # fmt: skip
                return look(cursor)

    def load(self, dump: Path) -> None:
        """Fill the empty database, wholly or not at all."""
        self.run(
            "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
            f"--dbname={self.name}", str(dump),
        )  # fmt: skip

    def found(self) -> Found:
        """What stands there now."""
        with closing(self.connect()) as reader, reader.cursor() as cursor:
            return look(cursor)

    def is_empty(self) -> bool:
        """Whether there is no table yet."""
        with closing(self.connect()) as reader, reader.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
            return int(cursor.fetchone()[0]) == 0

    @contextmanager
    def scratch(self) -> Iterator[Postgres]:
        """An empty database beside this one, gone afterwards."""
        beside = replace(self, name=f"rehearsal_{secrets.token_hex(4)}")
        with closing(self.connect()) as server, server.cursor() as cursor:
            server.rollback()
            server.autocommit = True
            try:
                cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(beside.name)))
            except psycopg2.Error as error:
                raise BackupError(f"CREATE DATABASE: {error} (ALTER ROLE … CREATEDB)") from error
            try:
                yield beside
            finally:
                cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(beside.name)))


@dataclass(frozen=True)
class Sqlite:
    """A database in a file."""

    path: str
    FILE = "database.sqlite3"

    @classmethod
    def configured(cls) -> Sqlite:
        """The one of the settings."""
        return cls(str(connection.settings_dict["NAME"]))

    def dump(self, to: Path) -> Found:
        """Everything as of one moment into a file. Returns: what stood there at that moment."""
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(to)) as target:
            source.backup(target)
            return look(target.cursor())

    def load(self, dump: Path) -> None:
        """Fill the empty database."""
        with closing(sqlite3.connect(dump)) as source, closing(sqlite3.connect(self.path)) as target:
            source.backup(target)

    def found(self) -> Found:
        """What stands there now."""
        with closing(sqlite3.connect(self.path)) as reader:
            return look(reader.cursor())

    def is_empty(self) -> bool:
        """Whether there is no table yet."""
        with closing(sqlite3.connect(self.path)) as reader:
            return reader.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)

    @contextmanager
    def scratch(self) -> Iterator[Sqlite]:
        """An empty database beside this one, gone afterwards."""
        with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
            yield Sqlite(f"{folder}/rehearsal.sqlite3")


def configured() -> Postgres | Sqlite:
    """The database of the settings."""
    return Postgres.configured() if connection.vendor == "postgresql" else Sqlite.configured()
