"""After a test that commits: what it wrote is deleted. What ``migrate`` wrote stays, so nothing is written anew."""

from __future__ import annotations

from functools import cache

from django.db import connection, transaction

BY_MIGRATE = {"django_content_type", "auth_permission", "django_migrations"}


@cache
def tables() -> list[str]:
    """Every table a test may write in."""
    return sorted(set(connection.introspection.table_names()) - BY_MIGRATE)


def empty(_case: object = None) -> None:
    """Delete all rows of the tables that hold any; which row points at which is looked at when all are gone.

    In place of Django's flush, which truncates every table, full or not, and writes what ``migrate`` wrote again.
    """
    full = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(full)
        for (name,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{name}"')
