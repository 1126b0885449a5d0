"""A query whose SQL is built once for each process and planned once for each connection; later calls put in values.

Building a queryset with its conditions and turning it into SQL costs as much as many a page may cost in all, and gives
the same text every time; planning it costs PostgreSQL more than running it. A :class:`Compiled` query is written with
the ORM, as any other, with a :class:`Given` where a value will stand::

    of_person = Compiled(lambda person: Membership.objects.filter(user=person).values_list("unit", "role"))
    of_person(person=7)  # [(3, "staff")]

Rows are tuples: what ``values_list`` gives.

PostgreSQL gets it as a prepared statement, and decides by itself whether one plan is good for all values
(https://www.postgresql.org/docs/current/sql-prepare.html). What is no value of a call stands in its text, so that
partial indexes are found. Behind a pooler that gives each transaction another connection nothing is prepared: there
DISABLE_SERVER_SIDE_CURSORS is set anyway.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, F, Q, QuerySet
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler
from psycopg2.extensions import AsIs


class Given(Expression):
    """The place of a value in a compiled query."""

    def __init__(self, name: str, place: int | None = None) -> None:
        """Arguments: the value's name; for one of several values, its place among them."""
        super().__init__()
        self.name, self.place = name, place

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """A placeholder, and this object where the value will stand."""
        return "%s", [self]

    def of(self, values: dict[str, Any]) -> Any:
        """Its value."""
        value = values[self.name]
        return value if self.place is None else value[self.place]


def adapted(value: Any, connection: Any) -> Any:
    """A value, or a list of them, as the database's driver takes it."""
    if isinstance(value, list):
        return [adapted(each, connection) for each in value] if value and isinstance(value[0], date) else value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def any_of(column: str, values: Iterable[Any]) -> Q:
    """That a column has one of these values: as ``column__in``, which takes no :class:`Given` for a foreign key."""
    return Q(In(F(column), list(values)))


LARGEST = 2**63 - 1
SOME = " LIMIT %s OFFSET %s"
ROWS, COUNT, PART = "{}", "SELECT COUNT(*) FROM ({}) counted", "{}" + SOME
"""What becomes of the SQL of a queryset: as it is, how many rows it has, some of them."""


NUMBERS = count(1)
PREPARED: "WeakKeyDictionary[Any, set[str]]" = WeakKeyDictionary()
"""Which statements each connection to PostgreSQL knows by name."""


class Statement:
    """One text of SQL with its places, and what turns its columns into Python."""

    def __init__(self, rows: "QuerySet[Any, Any]", form: str, more: Iterable[Any]) -> None:
        """Arguments: the queryset; what its SQL becomes; the values that come behind its own."""
        rows = rows.order_by() if form == COUNT else rows
        compiler: SQLCompiler = rows.query.get_compiler(using=rows.db)
        sql, params = compiler.as_sql()
        self.sql, self.params = form.format(sql), (*params, *more)
        self.using, self.name = rows.db, f"compiled_{next(NUMBERS)}"
        self.places = [each for each in self.params if isinstance(each, Given)]
        self.call = f"EXECUTE {self.name}" + (f" ({', '.join(['%s'] * len(self.places))})" if self.places else "")
        columns = [each for each, *_rest in compiler.select] if form in (ROWS, PART) else []
        self.converters = compiler.get_converters(columns)
        self.compiler = compiler if self.converters else None  # it holds the whole query, which is large

    def run(self, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        connection = connections[self.using]
        values = {name: adapted(value, connection) for name, value in values.items()}
        with connection.cursor() as cursor:
            if prepares(connection):
                call = self.prepared(cursor.cursor, connection.connection)
                cursor.execute(call, [each.of(values) for each in self.places])
            else:
                given = [each.of(values) if isinstance(each, Given) else each for each in self.params]
                cursor.execute(self.sql, given)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        if self.compiler is None:
            return rows
        return [tuple(row) for row in self.compiler.apply_converters(rows, self.converters)]

    def prepared(self, cursor: Any, connection: Any) -> str:
        """The call of the statement, which this connection knows by name from now on.

        Arguments: a cursor of the driver; the driver's connection.
        """
        known = PREPARED.setdefault(connection, set())
        if self.name not in known:
            numbers = count(1)
            params = [AsIs(f"${next(numbers)}") if isinstance(each, Given) else each for each in self.params]
            cursor.execute(f"PREPARE {self.name} AS {self.sql}", params)
            known.add(self.name)
        return self.call


def prepares(connection: Any) -> bool:
    """Whether statements are prepared on this connection."""
    return connection.vendor == "postgresql" and not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")


def is_beyond(value: Any) -> bool:
    """Whether it is a number no column of a database can hold, so that no row has it."""
    return isinstance(value, int) and not -LARGEST <= value <= LARGEST


def filled(values: Sequence[Any]) -> list[Any]:
    """Several values, the last one again and again until they are a power of two: so that a query has few shapes."""
    wanted = 1 << (len(values) - 1).bit_length() if values else 0
    return [*values, *([values[-1]] * (wanted - len(values)) if values else ())]


class Compiled:
    """A query that is compiled once for each shape: which of its parts are wanted, and how many values each place has.

    ``build`` is called with the parts as they are and with the values replaced by :class:`Given` (several values: a
    list of them). It must not look at a clock, a person or anything else but its arguments: what it returns is kept.
    """

    def __init__(self, build: "Callable[..., QuerySet[Any, Any]]", form: str = ROWS) -> None:
        """Arguments: makes the queryset, ending in ``values_list``; what is wanted of it.

        ``COUNT``: only the number of rows (:meth:`number`). ``PART``, or any other text that
        ends with ``SOME``: some of the rows, ``limit`` of them from ``offset`` on, which are two more values of a call.
        """
        self.build, self.form = build, form
        self.statements: dict[Hashable, Statement | None] = {}

    def __call__(self, *parts: Hashable, **values: Any) -> list[tuple[Any, ...]]:
        """The rows.

        Arguments: parts of which the text of the query depends; the values. Several values are given as a list or
        tuple, for :func:`any_of`; None is no value, because in SQL nothing equals it.
        """
        fixed = {"limit": values.pop("limit")} if "limit" in values else {}
        if values.get("offset") == 0:  # the first page has a text of its own: how far to read decides how
            fixed["offset"] = values.pop("offset")
        values = {name: filled(value) if isinstance(value, list | tuple) else value for name, value in values.items()}
        several = {name: len(value) for name, value in values.items() if isinstance(value, list)}
        if any(is_beyond(value) for value in values.values()):
            return self.nothing()
        key = (parts, tuple(values), tuple(several.items()), tuple(fixed.items()))
        if key not in self.statements:
            self.statements[key] = self.compiled(parts, values, several, fixed)
        statement = self.statements[key]
        return statement.run(values) if statement else self.nothing()

    def compiled(
        self, parts: tuple[Hashable, ...], values: dict[str, Any], several: dict[str, int], fixed: dict[str, int]
    ) -> Statement | None:
        """The statement of a shape; None when it can have no rows."""
        places: dict[str, Any] = fixed | {
            name: [Given(name, place) for place in range(several[name])] if name in several else Given(name)
            for name in values
        }
        try:
            part = [places.pop("limit"), places.pop("offset")] if self.form.endswith(SOME) else []
            return Statement(self.build(*parts, **places), self.form, part)
        except EmptyResultSet:
            return None

    def nothing(self) -> list[tuple[Any, ...]]:
        """What a query without rows gives."""
        return [(0,)] if self.form == COUNT else []

    def number(self, *parts: Hashable, **values: Any) -> int:
        """How many rows there are (of a query made with ``COUNT``)."""
        return int(self(*parts, **values)[0][0])
